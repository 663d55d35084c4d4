#pragma once

// Waits that nothing ends but what they wait for.

#include "analyzer/effects/call_facts.h"

namespace hasten {

/// `event.wait()`, `event.wait(None)`, `queue.get(True)`, unless the same function has set the event or filled the
/// queue further up. What the project's own code waits for is its own affair.
[[nodiscard]] bool waits_without_end(const CallSite& site, const Api& api);

}  // namespace hasten
