#pragma once

// toml++ builds and frees tables by recursion and bounds only brackets, so a key of 100,000 dots would exhaust the
// stack. This looks for such keys before it gets the bytes.

#include <cstdint>
#include <string_view>

namespace hasten {

/// One-based line where the dots of long keys (more than 8 dots each) add up to more than 1,000; 0 when they never do.
/// Whatever passes nests less than 4,000 deep: toml++ stops at 256 brackets by itself.
[[nodiscard]] std::uint32_t line_of_excessive_keys(std::string_view toml);

}  // namespace hasten
