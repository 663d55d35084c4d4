#pragma once

// The `xdist_group` marks that keep the tests of each group on one worker under `--dist loadgroup`.

#include <string>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct GroupPatch {
  std::string patch;               // unified diff from the root directory; empty when nothing is missing
  std::vector<std::string> notes;  // what the patch cannot do, one sentence each
};

/// As few marks as do: one for a module or a class all of whose tests are in the group, else one for each function.
/// Tests that have a mark keep it. Same project, same bytes.
[[nodiscard]] GroupPatch group_patch(const Project& project);

}  // namespace hasten
