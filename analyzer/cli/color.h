#pragma once

// Whether standard output gets colours.

#include <cstdint>
#include <string_view>

namespace hasten {

enum class ColorChoice : std::uint8_t { automatic, always, never };

/// `auto`, `always` or `never`; anything else reads as auto.
[[nodiscard]] ColorChoice color_choice(std::string_view word);

/// What the environment says; null for a variable that is not set.
using Environment = const char* (*)(const char* name);

/// --color, else NO_COLOR (any text turns colours off, and beats what forces them), else FORCE_COLOR and CLICOLOR_FORCE
/// (any text but 0 turns them on), else CLICOLOR=0, else whether it is a terminal that can.
[[nodiscard]] bool wants_color(ColorChoice choice, bool is_terminal, Environment environment);

}  // namespace hasten
