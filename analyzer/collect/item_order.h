#pragma once

// The order in which pytest walks over test modules (B1, B18).

#include <string_view>
#include <vector>

#include "analyzer/collect/pytest_rules.h"
#include "analyzer/config/config.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Does the path `left` come before `right` in a traversal of their common folder?
[[nodiscard]] bool is_visited_before(std::string_view left, std::string_view right, Traversal traversal);

/// All test modules, in the order of `testpaths` where these cover them all.
[[nodiscard]] std::vector<FileId> in_collection_order(const ProjectTables& tables, const PytestConfig& config,
                                                      Traversal traversal);

}  // namespace hasten
