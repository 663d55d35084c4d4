#pragma once

// The last line that people read.

#include <cstddef>
#include <string>
#include <string_view>

namespace hasten {

/// "1 test", "3 tests".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// "Found 3 findings.", "No findings."
[[nodiscard]] std::string summary_line(std::size_t findings);

}  // namespace hasten
