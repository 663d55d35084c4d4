#pragma once

// What the tests run with: which pytest, and which distributions beside it. The command line and [tool.hasten] have the
// first word, then lock files, then what requirements pin, then the newest known version within all their bounds. Every
// answer names the place it comes from.

#include <string>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"
#include "analyzer/suite/setup_script.h"

namespace hasten {

struct InstalledDistribution {
  std::string name;           // normalised (PEP 503)
  std::string versions;       // as the place says it; empty: any
  std::string exact_version;  // where it is locked or pinned
  Origin origin;
};

struct TestEnvironment {
  Setting<std::string> pytest_version;               // empty: nothing says
  std::vector<InstalledDistribution> distributions;  // by name, each once
  bool is_complete = false;  // nothing else is installed: they were given, or a lock file has them
};

/// Files that cannot be read or parsed are problems, with paths relative to the root directory, and say nothing.
/// `script` is the project's setup.py or a null pointer.
[[nodiscard]] TestEnvironment test_environment(const Config& config, const SetupScript* script,
                                               std::vector<Problem>& problems);

}  // namespace hasten
