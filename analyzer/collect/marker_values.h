#pragma once

// How many values a `pytest_generate_tests` hook takes from the marks of a test:
//
//     values = []
//     for marker in metafunc.definition.iter_markers(name="browser"):
//         for name in marker.args:
//             values.append(name)
//     metafunc.parametrize("browser", values)
//
// Only lists that are filled so and in no other way: one value for each mark, or for each of its positional arguments.

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/collect/marks.h"

namespace hasten {

/// A local variable of a hook.
struct HookVariable {
  FunctionRef hook;
  std::string_view metafunc;  // the hook's name for it
  ExprId name;
};

/// The length of the list that the variable holds once it is filled for a test with these marks; nothing where that
/// cannot be told.
[[nodiscard]] std::optional<std::int32_t> values_from_marks(const Literals& literals, const HookVariable& variable,
                                                            const std::vector<Mark>& marks);

}  // namespace hasten
