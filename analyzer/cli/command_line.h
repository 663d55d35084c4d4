#pragma once

// argv -> what to do.

#include <span>
#include <string>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/cli/command.h"

namespace hasten {

/// Nothing to run: help or the version was asked for, or the arguments make no sense.
struct ParseEnd {
  ExitCode code{};
  std::string message;  // for standard output unless the code says that it could not work
};

/// `arguments` without the program's name.
[[nodiscard]] Result<Action, ParseEnd> parse_command_line(std::span<const Command* const> commands,
                                                          std::vector<std::string> arguments);

/// The whole program.
[[nodiscard]] ExitCode run_command_line(std::vector<std::string> arguments, Console& console);

}  // namespace hasten
