#pragma once

// Which functions of the project call which, over any number of calls. What masks keep from being
// called is not asked. No row leads to a function that runs once for all, as under functools.cache.

#include <set>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// The functions that pytest calls for a test: its own, and those of the fixtures that are set up for it.
[[nodiscard]] std::vector<FunctionRef> entry_functions(const Project& project, const Test& test);

/// `functions` and all that they lead to.
[[nodiscard]] std::set<FunctionRef> called_from(const Project& project, std::vector<FunctionRef> functions);

/// `functions` and all that lead to them.
[[nodiscard]] std::set<FunctionRef> callers_of(const Project& project, std::vector<FunctionRef> functions);

/// The functions that call one called `name`, by that name; a row without a function is the module level of a file.
[[nodiscard]] std::vector<FunctionRef> callers_by_name(const Project& project, std::string_view name);

}  // namespace hasten
