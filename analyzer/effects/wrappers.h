#pragma once

// What a decorator of the project puts around a function: whoever calls the function runs it.

#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/implicit_calls.h"

namespace hasten {

/// The functions that `@timed` and `@retry(times=3)` return in the place of this one: closures, made in the decorator
/// or in a method that it calls (`Retrying().wraps(function)`). Their place is the decorator.
[[nodiscard]] std::vector<ImplicitCall> wrappers_of(FunctionRef function, const ProjectTables& tables, Values& values,
                                                    Calls& calls);

}  // namespace hasten
