#pragma once

// Paths that tests on different workers, or other runs, meet at; and which tests go elsewhere first.

#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// "in the working directory", "at a fixed place", ...; empty for a folder of the test's own and for what is not known.
[[nodiscard]] std::string_view shared_place(PathRoot root);

/// Tests whose relative paths may lead elsewhere than into the directory in which pytest was started.
class MovingTests {
 public:
  explicit MovingTests(const Project& project);
  /// May what is reached happen elsewhere? A fixture that is asked for by a name that nobody knows may be one that goes
  /// elsewhere. Where the project's own code goes elsewhere and comes back, only what else that code does, reached by
  /// the same fixture or body, may happen there.
  [[nodiscard]] bool has(const Reach& reach) const;

 private:
  /// A test, and the fixture through which it goes elsewhere.
  struct Detour {
    TestId test;
    FixtureId fixture;
    friend auto operator<=>(const Detour&, const Detour&) = default;
  };
  const Project& project_;
  std::vector<TestId> tests_;    // ascending
  std::vector<Detour> detours_;  // ascending
  bool has_moving_fixture_ = false;
};

}  // namespace hasten
