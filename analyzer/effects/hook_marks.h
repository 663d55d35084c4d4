#pragma once

// Marks that a conftest's `pytest_collection_modifyitems` puts on the tests below it:
// `item.add_marker(pytest.mark.vcr)`. What it asks before it does so is not followed: a test that may have the mark
// counts as one that has it.

#include <string_view>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/names.h"

namespace hasten {

struct HookMark {
  std::string_view folder;  // of the conftest, empty for the root; lives as long as the tables
  FileId file;              // where the mark is written, which may be a module that the conftest imports
  BlockId block;
  ExprId mark;
};

/// In the order of the conftests' paths, then as they are written.
[[nodiscard]] std::vector<HookMark> hook_marks(const ProjectTables& tables, const Names& names);

/// `mark.vcr`, `pytest.mark.vcr(...)`.
[[nodiscard]] bool is_mark(const FileModel& model, ExprId expr);

}  // namespace hasten
