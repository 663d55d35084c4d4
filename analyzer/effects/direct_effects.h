#pragma once

// What a function's own body does besides computing: calls of known APIs, changes of os.environ, of modules, classes
// and the containers they hold. What its callees do is reach.h's concern.

#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/model/project.h"

namespace hasten {

struct DirectEffect {
  Effect row;
  StatementId statement;
  BlockId block;
  CallId call;                   // none for a change by assignment
  std::vector<ParamId> assumed;  // happens only when the caller leaves these parameters at their defaults
  bool takes_back = false;       // the form of a reset: deletes, clears, or puts back a saved value
  bool is_touch_only = false;    // counts as a reset of others, is no change of its own
  bool is_possible = false;      // the call may as well lead elsewhere
};

/// In source order. `restored` is not yet decided for changes of state (restoration.h).
[[nodiscard]] std::vector<DirectEffect> direct_effects(FunctionRef function, ProjectTables& tables, Values& values,
                                                       Calls& calls, EffectDetail detail);

}  // namespace hasten
