#pragma once

// FileModels -> Project: modules, names, collection, fixtures, values, calls, effects, reaches. What comes out has no
// mutators.

#include "analyzer/config/config.h"
#include "analyzer/link/modules.h"
#include "analyzer/model/project.h"

namespace hasten {

/// The files of `tables` are final and in path order.
[[nodiscard]] Project link(ProjectTables tables, const PytestConfig& config);

/// The files that `file` imports, as far as they are the project's, including the packages on the way. Duplicates and
/// any order.
[[nodiscard]] std::vector<FileId> imported_files(const FileModel& model, FileId file, const Modules& modules);

}  // namespace hasten
