#include "analyzer/report/display_text.h"

#include <algorithm>
#include <span>

#include "analyzer/text/source.h"

namespace hasten {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;
constexpr std::size_t tab_width = 4;

/// What may be shown in place of a character that would act on the terminal.
std::uint32_t harmless(std::uint32_t code_point) {
  if (code_point < 0x20) return 0x2400 + code_point;
  if (code_point == 0x7F) return 0x2421;
  const bool is_c1 = code_point >= 0x80 && code_point < 0xA0;
  const bool is_line_end = code_point == 0x2028 || code_point == 0x2029;
  const bool is_bidirectional = (code_point >= 0x202A && code_point <= 0x202E) ||
                                (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200E ||
                                code_point == 0x200F;
  return is_c1 || is_line_end || is_bidirectional ? replacement : code_point;
}

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 1) return {lead, 1};
  if (text.size() < length || first_invalid_utf8(text.substr(0, length)) != std::string_view::npos) return {};

  std::uint32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return {value, static_cast<std::uint32_t>(length)};
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    out += static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  }
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    width += static_cast<std::size_t>(display_width(point.value));
    text.remove_prefix(point.length);
  }
  return width;
}

std::string display_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    append_utf8(out, point.value == '\t' ? ' ' : harmless(point.value));
    text.remove_prefix(point.length);
  }
  return out;
}

std::string display_source(std::string_view text, std::size_t column) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    text.remove_prefix(point.length);
    if (point.value == '\t') {
      const std::size_t spaces = tab_width - column % tab_width;
      out.append(spaces, ' ');
      column += spaces;
      continue;
    }
    const std::uint32_t shown = harmless(point.value);
    append_utf8(out, shown);
    column += static_cast<std::size_t>(display_width(shown));
  }
  return out;
}

}  // namespace hasten
