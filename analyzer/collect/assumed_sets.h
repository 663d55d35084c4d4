#pragma once

// Wide-scoped parameters of unknown size: whose set-ups depend on how many sets there are? The session is replayed with
// one set each and with two; what is set up as often both times is known although the size is not.

#include <deque>
#include <vector>

#include "analyzer/collect/items.h"
#include "analyzer/collect/parameter_sources.h"

namespace hasten {

class AssumedSets {
 public:
  /// As `tests`, which have one set wherever the size is not known, but with two sets there.
  explicit AssumedSets(const std::vector<TestItems>& tests);

  /// Is there any such parameter? Else `tests()` is empty.
  [[nodiscard]] bool differ() const { return !doubled_.empty(); }
  [[nodiscard]] const std::vector<TestItems>& tests() const { return tests_; }

 private:
  std::vector<TestItems> tests_;
  std::deque<ParameterSource> doubled_;  // stay where they are
};

}  // namespace hasten
