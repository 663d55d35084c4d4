#pragma once

// Does what a chain of calls leads to surely happen? The project's own code asks, loops, catches and leaves early; what
// stands behind that depends on values that nobody here knows, and so it is with the branches of a helper. A test and a
// fixture are taken at their word: what they spell out, they mean to do.

#include "analyzer/model/project.h"

namespace hasten {

/// Something in the project's own code between the test and the effect may keep it from happening: a condition, a
/// handler, a loop over what may be empty, or a way out further up in the same function; or a helper of the tests
/// may leave it out, or the test expects the call that leads there to fail; or one of the calls may lead elsewhere.
[[nodiscard]] bool is_guarded(const Project& project, PathId path);

}  // namespace hasten
