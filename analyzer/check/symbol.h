#pragma once

// Which function or class a place belongs to and what people call it: "tests/test_a.py::TestA::test_b". Baselines count
// by this name, so it must not change when lines move.

#include <string>

#include "analyzer/model/project.h"

namespace hasten {

/// The innermost function around `place`, decorators included; none at module and class level.
[[nodiscard]] FunctionRef enclosing_function(const Project& project, Place place);

/// `Api.push`, `make.<locals>.inner` without the `<locals>`: classes and functions from the outside in.
[[nodiscard]] std::string qualified_name(const Project& project, FunctionRef function);

/// path::Class::function of what encloses `place`; the path alone at module level.
[[nodiscard]] std::string symbol_at(const Project& project, Place place);

}  // namespace hasten
