#pragma once

// Which fixtures have a number of set-ups that only a run can tell, and why: the first cause that is met counts.

#include <cstdint>
#include <utility>
#include <vector>

#include "analyzer/collect/collection.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Of a class that may not be there, or that unittest may skip.
[[nodiscard]] SetUpDoubt doubt_about(const Collector& collector, ProjectTables& tables);

class SetUpDoubts {
 public:
  explicit SetUpDoubts(std::size_t fixtures = 0) : causes_(fixtures) {}

  /// `cause` names no fixture.
  void add(FixtureId fixture, const SetUpDoubt& cause) {
    std::uint32_t& known = causes_[fixture.index()];
    if (known != 0) return;
    rows_.push_back(cause);
    rows_.back().fixture = fixture;
    known = static_cast<std::uint32_t>(rows_.size());
  }
  [[nodiscard]] bool contains(FixtureId fixture) const { return causes_[fixture.index()] != 0; }
  /// Sorted by fixture.
  [[nodiscard]] std::vector<SetUpDoubt> take() &&;

 private:
  std::vector<std::uint32_t> causes_;  // by fixture: one more than its row; 0: there is no doubt
  std::vector<SetUpDoubt> rows_;
};

}  // namespace hasten
