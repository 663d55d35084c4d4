#pragma once

// What ends a test, or a part of it, that takes too long.

#include "analyzer/model/project.h"

namespace hasten {

/// By a mark, a decorator or a fixture of its own. Whether pytest-timeout is there for all of them is
/// `collection.limits_time`.
[[nodiscard]] bool is_limited_in_time(const Project& project, TestId test);

/// `with fail_after(5):`, `async with asyncio.timeout(5):` around the statement, within its function.
[[nodiscard]] bool stands_in_limit(const FileModel& model, StatementId statement);

}  // namespace hasten
