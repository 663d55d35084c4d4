#pragma once

// What a function's own body does besides computing: calls of known APIs, changes of os.environ, of modules, classes
// and the containers they hold. What its callees do is reach.h's concern, but for what they do to something that this
// function passes to them (carried_effects.h).

#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/receivers.h"
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
  bool is_at_end = false;        // in a clean-up that the call registers
  bool is_open = false;          // what it touches is said by some callers, each in an effect of its own
  std::vector<CallRef> through =
      {};  // calls from the callee of `call` on, the API's last, when `call` says what is touched

  /// Byte offset in the file of the function whose effect this is.
  [[nodiscard]] std::uint32_t at() const { return (through.empty() ? row.place : row.told).range.begin; }
};

/// In source order. `restored` is not yet decided for changes of state (restoration.h).
[[nodiscard]] std::vector<DirectEffect> direct_effects(const Running& running, ProjectTables& tables, Values& values,
                                                       Calls& calls, Receivers& receivers, EffectDetail detail);

}  // namespace hasten
