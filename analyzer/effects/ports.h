#pragma once

// Which port a call takes: as an argument, by default, or through a child that serves one.

#include <optional>
#include <string_view>

#include "analyzer/effects/call_facts.h"

namespace hasten {

/// What the argument of the call says, or the port that the server takes when it is given none: "9898"; `("", 9898)`
/// and "localhost:9898" say the same. None when it is computed.
[[nodiscard]] NameId port_of_call(const CallSite& site, const Api& api);

/// A server that a child process is: `[sys.executable, "-m", "http.server", "8123"]`, `"uvicorn shop:app"`. Knowledge
/// describes it under the name `http.server.__main__`, `flask.__main__.run`.
struct ChildServer {
  const Api* api = nullptr;
  NameId port;  // none when it is computed
};
[[nodiscard]] std::optional<ChildServer> server_of_command(const CallSite& site, const Api& api,
                                                           const Knowledge& knowledge);

}  // namespace hasten
