#pragma once

// The options of every command that analyses a project, and the way from them to a configuration.

#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/console.h"
#include "analyzer/cli/options.h"
#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"
#include "analyzer/report/report.h"

namespace hasten {

struct ProjectOptions {
  ConfigRequest request;
  bool ignores_gitignore = false;
  bool is_quiet = false;
  bool is_verbose = false;
  std::optional<std::string> color;
};

void declare_project_options(Options& options, ProjectOptions& project);

/// None when there is no way to go on; then the reasons have been printed. Problems that leave something to do are kept
/// for after the analysis.
[[nodiscard]] std::optional<Config> load_project(const ProjectOptions& project, std::vector<Problem>& problems,
                                                 Console& console);

/// Sorted, each once, on standard error; with --quiet only those that ended something.
void print_problems(std::vector<Problem>& problems, std::string_view root, const ProjectOptions& options,
                    Console& console);

[[nodiscard]] TextStyle text_style(const ProjectOptions& options, const Console& console);

}  // namespace hasten
