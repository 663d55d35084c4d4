#pragma once

// What may be otherwise in a run: a wide-scoped parameter of unknown size has more than one set, a test is skipped by a
// hook or is not. The session is replayed with the one and with the other; what is set up as often in all of them is
// known although they differ.

#include <deque>
#include <span>
#include <vector>

#include "analyzer/collect/items.h"
#include "analyzer/collect/parameter_sources.h"

namespace hasten {

/// It has a size that is not known, and outlives items.
[[nodiscard]] bool is_open(const Parametrization& at);

class AssumedSessions {
 public:
  /// In `tests` every parameter of unknown size has one set, and nothing of `maybe_skipped` is skipped.
  AssumedSessions(const std::vector<TestItems>& tests, std::span<const TestId> maybe_skipped);

  /// Tests as they may be instead; nothing when all is known.
  [[nodiscard]] std::span<const std::vector<TestItems>> others() const { return others_; }

 private:
  void add_more_sets(const std::vector<TestItems>& tests);

  std::vector<std::vector<TestItems>> others_;
  std::deque<ParameterSource> doubled_;  // stay where they are
};

}  // namespace hasten
