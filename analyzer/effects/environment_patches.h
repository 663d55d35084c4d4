#pragma once

// Calls that change variables of the environment and put them back: `patch.dict(os.environ, {"SHOP": "1"})`,
// `monkeypatch.setitem(os.environ, "SHOP", "1")`.

#include <optional>

#include "analyzer/effects/call_facts.h"

namespace hasten {

struct EnvironmentPatch {
  NameId key;  // the variable; none when there are several, or its name is computed
};

/// Nothing for other calls, and for those that only put back: `patch.dict(os.environ)`. Decorators act outside the
/// function around the call.
[[nodiscard]] std::optional<EnvironmentPatch> environment_patch(const CallSite& site, const Api& api);

}  // namespace hasten
