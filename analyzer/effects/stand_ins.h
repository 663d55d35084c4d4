#pragma once

// Functions of the test code that stand in for others: `client.send = slow_send`, `patch("shop.load", fake_load)`,
// `monkeypatch.setattr(api, "get", fake_get)`. Whoever calls what they replace calls them.

#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/implicit_calls.h"

namespace hasten {

/// Those that the function's own body puts in place, where that happens; whether anybody calls them is not known.
[[nodiscard]] std::vector<ImplicitCall> stand_ins_of(FunctionRef function, const ProjectTables& tables, Values& values,
                                                     Calls& calls);

/// Does the call stand in a lambda that fills somebody's place: `client.send = lambda: ...`, `patch("shop.load",
/// lambda:
/// ...)`, `Mock(side_effect=lambda: ...)`?
[[nodiscard]] bool is_in_stand_in(FileId file, CallId call, const ProjectTables& tables, Calls& calls);

}  // namespace hasten
