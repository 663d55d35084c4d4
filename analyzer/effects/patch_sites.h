#pragma once

// The calls of test code that patch an attribute of a module of the project.

#include <string_view>
#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/model/project.h"

namespace hasten {

struct PatchSite {
  CallRef call;
  FileId module;          // whose attribute is replaced
  std::string_view name;  // of the attribute; lives as long as the tables
};

[[nodiscard]] std::vector<PatchSite> patch_sites(ProjectTables& tables, Values& values, Calls& calls);

/// Calls that start a patch by hand: `patcher.start()`, `patch("shop.api.fetch").start()`.
[[nodiscard]] std::vector<CallRef> patch_starts(ProjectTables& tables, Calls& calls);

}  // namespace hasten
