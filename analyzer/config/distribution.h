#pragma once

// Names of Python distributions. `Faker`, `faker` and `FAKER` are one, and so are `pytest-mock` and `pytest_mock`.

#include <string>
#include <string_view>

namespace hasten {

/// PEP 503: lower case, runs of `-`, `_` and `.` are one `-`.
[[nodiscard]] std::string normalized_distribution(std::string_view name);

}  // namespace hasten
