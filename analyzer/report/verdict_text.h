#pragma once

// Whether a test can run beside others, in words.

#include <string>
#include <string_view>

#include "analyzer/model/project.h"

namespace hasten {

/// "port 9898", "path ~/.cache/x", "environment variable HOME", "shop.cart.CARTS".
[[nodiscard]] std::string resource_text(const Project& project, const Resource& resource);

/// "uses port 9898, as 3 other tests do (`tests/test_a.py::test_b`)"
[[nodiscard]] std::string reason_text(const Project& project, TestId test, const Reason& reason);

/// "meets", "leaks", ...: as in JSON.
[[nodiscard]] std::string_view to_string(ReasonKind kind);

}  // namespace hasten
