#pragma once

// Functions that a call hands to a thread.

#include <optional>

#include "analyzer/effects/calls.h"

namespace hasten {

struct ThreadCall {
  FunctionRef function;
  bool is_awaited = false;  // the caller waits for it: `await asyncio.to_thread(f)`
};

/// `Thread(target=f)`, `executor.submit(f)`, `asyncio.to_thread(f)`, and `worker.start()` of a project's own Thread,
/// which runs its `run`.
[[nodiscard]] std::optional<ThreadCall> thread_of_call(FileId file, const Call& call, const Callee& callee,
                                                       const ProjectTables& tables, Values& values);

}  // namespace hasten
