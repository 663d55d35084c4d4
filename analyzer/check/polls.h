#pragma once

// Loops that ask again and again whether something has happened, with a pause between two looks.

#include <optional>

#include "analyzer/model/project.h"

namespace hasten {

struct Poll {
  StatementId loop;            // `while` or `for`
  bool may_never_end = false;  // nothing but what it waits for ends it: no count, no clock, no way out
};

/// The innermost loop around `pause`, within its function, if it ends early when something has happened: by its
/// condition, a `return` or a `break`. None for a loop that only counts or runs for a while.
[[nodiscard]] std::optional<Poll> poll_around(const Project& project, Place pause);

}  // namespace hasten
