#pragma once

// Which port a call takes: as an argument, by default, or through a child that serves one.

#include <optional>

#include "analyzer/effects/commands.h"

namespace hasten {

/// What the argument of the call says, or the port that the server takes when it is given none: "9898"; `("", 9898)`
/// and "localhost:9898" say the same. None when it is computed.
[[nodiscard]] NameId port_of_call(const CallSite& site, const Api& api);

/// The port that the program serves on (`[sys.executable, "-m", "http.server", "8123"]`): an empty id when it is
/// computed, none when the program is no server.
[[nodiscard]] std::optional<NameId> port_of_command(const CallSite& site, const ChildCommand& command);

}  // namespace hasten
