#pragma once

// What every run finds where suites are taken to run: a recent CPython on 64-bit Linux (names/conditions).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/values/evaluated.h"

namespace hasten {

/// `sys.platform`, `sys.maxsize`: a text or a number.
[[nodiscard]] std::optional<Evaluated> known_constant(std::string_view dotted);

/// The numbers of `sys.version_info`.
[[nodiscard]] std::vector<std::int64_t> known_python();

/// What a function returns that is called without arguments: `platform.system()`.
[[nodiscard]] std::optional<std::string_view> known_result(std::string_view dotted);

/// `hasattr(os, "fork")`, `hasattr(sys, "pypy_version_info")`; unknown for most.
[[nodiscard]] Truth has_attribute(std::string_view module, std::string_view attribute);

}  // namespace hasten
