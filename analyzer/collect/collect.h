#pragma once

// From files and names to tests and fixtures: collection, registration, closures, case counts, set-ups (spec B, C, D).

#include <string>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/project.h"
#include "analyzer/names/names.h"

namespace hasten {

struct InstalledPlugin {
  std::string distribution;  // any spelling (PEP 503)
  std::string version;       // empty: unknown, taken to have all that the plugin ever had
};

struct CollectionOptions {
  std::string pytest_version;  // empty: the newest that is known
  std::vector<InstalledPlugin> plugins;
  /// There are no others. Without this, what the project imports counts as installed too, and what nobody defines may
  /// come from a plugin that we do not see.
  bool plugins_are_complete = false;
};

/// Appends to `tests`, `fixtures` and `set_ups`, in pytest's order. `names` is made for the same tables; File::module
/// is filled.
void link_collection(ProjectTables& tables, const Names& names, const PytestConfig& config,
                     const CollectionOptions& options = {});

}  // namespace hasten
