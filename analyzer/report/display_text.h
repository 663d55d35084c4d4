#pragma once

// Bytes of the analysed project on their way to a terminal: nothing in them may move the cursor, change a colour or
// reorder a line, and what stands under a caret must be as wide as the terminal draws it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hasten {

/// One code point of possibly broken UTF-8; a byte that starts no valid sequence decodes as U+FFFD of length 1.
struct CodePoint {
  std::uint32_t value = 0xFFFD;
  std::uint32_t length = 1;  // bytes
};
/// The text must not be empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text);
void append_utf8(std::string& out, std::uint32_t code_point);

/// Columns of a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji.
[[nodiscard]] int display_width(std::uint32_t code_point);
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Control characters become their pictures (ESC is drawn as U+241B), bidirectional overrides and bytes that are not
/// UTF-8 become U+FFFD; a tab becomes one space. Always a single line.
[[nodiscard]] std::string display_text(std::string_view text);

/// The same for one line of source, tabs expanded to the next multiple of four columns from `column` on.
[[nodiscard]] std::string display_source(std::string_view text, std::size_t column = 0);

}  // namespace hasten
