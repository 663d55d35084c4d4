#pragma once

// What the commands that print a project without judging it share: list, show and graph.

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/clock.h"
#include "analyzer/cli/console.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/project_options.h"
#include "analyzer/config/config.h"
#include "analyzer/link/link.h"
#include "analyzer/model/project.h"

namespace hasten {

struct ProjectView {
  Project project;
  ExitCode code = ExitCode::clean;  // could_not_work when there was nothing to read
};

/// None when there is no way to go on. Every problem has been printed.
[[nodiscard]] std::optional<ProjectView> read_view(const ProjectOptions& options, LinkDepth depth, Console& console);

/// What --verbose says on standard error: how much there is, how long it took, which files configured it.
void narrate(const Config& config, const Project& project, const Stopwatch& watch, Console& console);

/// On standard output, or into the file when there is one.
[[nodiscard]] ExitCode deliver(std::string_view text, const std::optional<std::string>& file, Console& console);

}  // namespace hasten
