#pragma once

// What a child process runs, as far as its command is written in the code.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/effects/call_facts.h"

namespace hasten {

/// `[sys.executable, "-m", "http.server", "8123"]`, `"uvicorn shop:app"`, `["docker", "run", "--name", "orders-db",
/// image]`.
struct ChildCommand {
  const Api* program = nullptr;         // described under a name like `http.server.__main__` or `docker.__main__.run`
  std::vector<std::string_view> words;  // what is computed is an empty word
  std::size_t arguments = 0;            // where those of the program begin in `words`

  /// What stands behind the option `--name` (`--name x`, `--name=x`); empty when it is not given or computed.
  [[nodiscard]] std::string_view option(std::string_view name) const;
};

/// None when knowledge describes no such program. `api` starts a process, and its `key` is the command.
[[nodiscard]] std::optional<ChildCommand> command_of(const CallSite& site, const Api& api, const Knowledge& knowledge);

}  // namespace hasten
