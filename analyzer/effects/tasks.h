#pragma once

// Coroutines that are not awaited where they are made, but handed to what runs them as a task.

#include <vector>

#include "analyzer/model/file_model.h"

namespace hasten {

/// Is what the call yields an argument of a call in the same statement that makes a task of it
/// (`asyncio.create_task(worker.run())`, `group.start_soon(run())`)? Such a coroutine runs beside its maker, who does
/// not wait for it here. Goes by the last name of the outer call, since what it is called on is seldom known.
[[nodiscard]] bool is_left_to_a_task(const FileModel& model, CallId call);

/// The calls of the same statement whose arguments or callee the call stands in, the innermost first. At most the 64
/// before it are looked at.
[[nodiscard]] std::vector<CallId> calls_around(const FileModel& model, CallId call);

}  // namespace hasten
