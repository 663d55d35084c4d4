#pragma once

// What a place in the code stands in: its statement, the loops and branches around it, the marks of a test.

#include <span>
#include <string_view>

#include "analyzer/model/project.h"

namespace hasten {

/// The innermost statement around `range`; none outside all of them.
[[nodiscard]] StatementId statement_at(const FileModel& model, TextRange range);

/// Is there a block of this kind between the place and the function (or module, or class) whose body it is in?
[[nodiscard]] bool stands_in(const Project& project, Place place, BlockKind kind);

/// Does `place` stand under `if __name__ == "__main__":`, which neither pytest nor an import runs?
[[nodiscard]] bool is_script_only(const Project& project, Place place);

/// Does a condition in the function ask about a variable or attribute called `name`?
[[nodiscard]] bool asks_about(const FileModel& model, FunctionId function, std::string_view name);

/// Is the test marked with one of `names`: by itself, its classes or its module's pytestmark?
[[nodiscard]] bool has_mark(const Project& project, const Test& test, std::span<const std::string_view> names);

/// Do its marks keep the test on one worker: an `xdist_group`, or one of alone_marks?
[[nodiscard]] bool is_for_one_worker(const Project& project, const Test& test);

/// Is a decorator of the test or of its classes called something that `counts`, by its last name?
[[nodiscard]] bool has_decorator(const Project& project, const Test& test, bool (*counts)(std::string_view));

/// Does a `skipif` of the test, its classes or its module ask for an option or an environment variable? Then it runs
/// only where someone wants it to.
[[nodiscard]] bool is_asked_for(const Project& project, const Test& test);

}  // namespace hasten
