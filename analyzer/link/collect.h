#pragma once

// From files and names to tests and fixtures: collection, registration, closures, case counts, set-ups (spec B, C, D).

#include <optional>
#include <string>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/link/names.h"
#include "analyzer/model/project.h"

namespace hasten {

struct CollectionOptions {
  std::string pytest_version;                       // empty: the newest that is known
  std::optional<std::vector<std::string>> plugins;  // distributions that are installed; not given: what the files tell
};

/// Appends to `tests`, `fixtures` and `set_ups`, in pytest's order. `names` is made for the same tables; File::module
/// is filled.
void link_collection(ProjectTables& tables, const Names& names, const PytestConfig& config,
                     const CollectionOptions& options = {});

}  // namespace hasten
