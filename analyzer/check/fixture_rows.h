#pragma once

// What rules about fixtures share: where a definition stands, from where it is visible, which tests use it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/check/check.h"
#include "analyzer/model/project.h"

namespace hasten {

/// The name of a fixture's function; the fixture must have one.
[[nodiscard]] Place place_of(const Project& project, const Fixture& fixture);

/// Is the definition under a condition, so that it may not be there at all?
[[nodiscard]] bool is_conditional(const Project& project, const Fixture& fixture);

/// Reports at the fixture's function, with its symbol.
Finding& report_fixture(Check& check, const Fixture& fixture, std::string message);

/// Can code in `file` ask for the fixture (C3)? A class's fixture counts as its whole module's.
[[nodiscard]] bool is_visible_in(const Project& project, const Fixture& fixture, FileId file);

/// Which tests have each definition in their closure, overridden and dynamic uses included.
class FixtureUsers {
 public:
  explicit FixtureUsers(const Project& project);
  /// Ascending, each once.
  [[nodiscard]] std::span<const TestId> of(FixtureId fixture) const {
    return std::span(tests_).subspan(first_[fixture.index()], first_[fixture.index() + 1] - first_[fixture.index()]);
  }

 private:
  std::vector<std::size_t> first_;  // by fixture, and one more
  std::vector<TestId> tests_;
};

}  // namespace hasten
