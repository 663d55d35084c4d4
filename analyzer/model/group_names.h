#pragma once

// What the groups of tests that must share a worker are called.

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// The names that `@pytest.mark.xdist_group` marks give a test, nearest first; one that is computed is empty. Without
/// an argument it is "default".
[[nodiscard]] std::vector<std::string_view> marked_groups(const Project& project, const Test& test);

/// A name for each group, all different, by what its tests share: "port-9898". Where a test of the group is marked
/// already, the first such mark names the group.
[[nodiscard]] std::vector<std::string> group_names(const Project& project);

}  // namespace hasten
