#pragma once

// A command is one constant in one file here: its name, what it is for, the options it declares and what it then does.
// commands.cc lists them.

#include <functional>
#include <span>
#include <string_view>

#include "analyzer/cli/console.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/options.h"

namespace hasten {

/// Runs the command with the options that were declared for it.
using Action = std::function<ExitCode(Console&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  Action (*declare)(Options&);
};

/// In the order of the help.
[[nodiscard]] std::span<const Command* const> commands();

}  // namespace hasten
