#pragma once

// Who speaks: the name and version that reports carry and `hasten --version` prints.

#include <string_view>

namespace hasten {

inline constexpr std::string_view tool_name = "hasten";
/// A test holds it against the version in CMakeLists.txt.
inline constexpr std::string_view tool_version = "0.1.0";
/// Names the tool in formats that ask for an address; becomes its home page when there is one.
inline constexpr std::string_view tool_address = "urn:hasten";

}  // namespace hasten
