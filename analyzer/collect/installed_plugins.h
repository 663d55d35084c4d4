#pragma once

// Which pytest plugins a project has: modules of the project named in pytest_plugins and -p, distributions that its
// surroundings say are installed and, unless those are known to be all, distributions that are imported or named there.

#include <string>
#include <vector>

#include "analyzer/collect/collect.h"
#include "analyzer/config/config.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// `-p no:NAME` for the plugin that has the fixture: pytest's own have names too (`-p no:tmpdir`).
[[nodiscard]] bool is_blocked(const PluginFixture& fixture, const PytestConfig& config);

/// Files of the project that pytest loads as plugins, in the order of loading, each once (C2).
[[nodiscard]] std::vector<FileId> plugin_modules(const Literals& literals, const PytestConfig& config);

/// Known plugins, spelled as in knowledge; sorted, each once.
[[nodiscard]] std::vector<InstalledPlugin> installed_plugins(const Literals& literals, const PytestConfig& config,
                                                             const CollectionOptions& options);

}  // namespace hasten
