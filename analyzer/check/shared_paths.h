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
  /// A fixture that is asked for by a name that nobody knows may be one that goes elsewhere.
  [[nodiscard]] bool has(TestId test) const;

 private:
  const Project& project_;
  std::vector<TestId> tests_;  // ascending
  bool has_moving_fixture_ = false;
};

}  // namespace hasten
