#pragma once

// Names that Python itself owns.

#include <string_view>

namespace hasten {

/// A top-level module of the standard library, as of Python 3.11 and before. `test` is left out: projects use it for
/// their own tests far more often than they import the interpreter's.
[[nodiscard]] bool is_standard_library(std::string_view module);
/// A module of it, or something in one, that no system and no distribution leaves out.
[[nodiscard]] bool is_always_there(std::string_view dotted);

/// A name that every module sees without an import: `open`, `print`, `Exception`.
[[nodiscard]] bool is_builtin(std::string_view name);

}  // namespace hasten
