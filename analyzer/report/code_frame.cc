#include "analyzer/report/code_frame.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

constexpr std::string_view cut = "...";

/// The columns of all lines that are shown, so that lines of one frame stay aligned with each other.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Blank lines at the edge of a frame say nothing.
struct Lines {
  std::uint32_t first, last;
};

Lines shown_lines(const Source& source, std::uint32_t line, std::uint32_t around) {
  const auto is_blank = [&](std::uint32_t n) {
    return source.line_text(n).find_first_not_of(" \t\f") == std::string_view::npos;
  };
  Lines lines{line > around ? line - around : 1, std::min(line + around, source.line_count())};
  while (lines.first < line && is_blank(lines.first)) ++lines.first;
  while (lines.last > line && is_blank(lines.last)) --lines.last;
  return lines;
}

/// Of a line longer than any that people write, the bytes around `offset` (or the first ones, where that is elsewhere).
TextRange drawn_part(const Source& source, std::uint32_t line, std::uint32_t offset) {
  constexpr std::uint32_t most_bytes = 8192;
  const TextRange whole = source.line_range(line);
  if (whole.size() <= most_bytes) return whole;
  const bool has_offset = whole.begin <= offset && offset <= whole.end;
  const std::uint32_t begin =
      has_offset ? std::max(whole.begin, offset - std::min(offset, most_bytes / 2)) : whole.begin;
  return {begin, std::min(begin + most_bytes, whole.end)};
}

/// Cutting begins when the place would not fit; then it stands in the middle as far as it can.
Window window_for(std::size_t caret_begin, std::size_t caret_end, std::size_t room) {
  if (caret_end + cut.size() <= room) return {0, room};
  const std::size_t caret_width = std::min(caret_end - caret_begin, room / 2);
  const std::size_t before = (room - caret_width) / 2;
  const std::size_t begin = caret_begin > before ? caret_begin - before : 0;
  return {begin, begin + room};
}

/// `text` is drawn text without tabs. A wide character that lies across an edge leaves a blank.
std::string columns(std::string_view text, Window window) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty() && column < window.end) {
    const CodePoint point = first_code_point(text);
    const auto width = static_cast<std::size_t>(display_width(point.value));
    if (column >= window.begin && column + width <= window.end) {
      append_utf8(out, point.value);
    } else if (column + width > window.begin) {
      out += ' ';
    }
    column += width;
    text.remove_prefix(point.length);
  }
  return out;
}

std::string fitted(std::string_view line, Window window) {
  const std::size_t width = display_width(line);
  const bool cuts_end = width > window.end;
  const bool cuts_begin = window.begin > 0;
  if (cuts_begin && width <= window.begin) return "";
  Window kept = window;
  if (cuts_begin) kept.begin += cut.size();
  if (cuts_end) kept.end -= cut.size();
  return fmt::format("{}{}{}", cuts_begin ? cut : "", columns(line, kept), cuts_end ? cut : "");
}

}  // namespace

std::string code_frame(Places& places, Place place, const FrameStyle& style, const Paint& paint) {
  const Source& source = places.source(place.file);
  const TextRange range = places.first_line_part(place);
  const std::uint32_t line = source.line_of(range.begin);
  const TextRange drawn = drawn_part(source, line, range.begin);

  const std::string before = display_source(source.text({drawn.begin, range.begin}));
  const std::size_t caret_begin = display_width(before);
  const std::string marked = display_source(source.text({range.begin, std::min(range.end, drawn.end)}), caret_begin);
  const std::size_t caret_end = caret_begin + std::max<std::size_t>(1, display_width(marked));

  const std::size_t room = std::max<std::size_t>(style.width, style.gutter + 33) - style.gutter - 3;
  const Window window = window_for(caret_begin, caret_end, room);
  const std::string bar = paint(Ink::cyan, fmt::format("{:>{}} |", "", style.gutter));

  std::string out = bar + '\n';
  const Lines lines = shown_lines(source, line, style.lines_around);
  for (std::uint32_t number = lines.first; number <= lines.last; ++number) {
    const std::string text = fitted(display_source(source.text(drawn_part(source, number, range.begin))), window);
    const std::string gutter = paint(Ink::cyan, fmt::format("{:>{}} |", number, style.gutter));
    out += fmt::format("{}{}{}\n", gutter, text.empty() ? "" : " ", text);
    if (number != line) continue;
    const std::string carets(std::min(caret_end, window.end) - caret_begin, '^');
    out += fmt::format("{} {:>{}}{}\n", bar, "", caret_begin - window.begin, paint(style.caret, carets));
  }
  return out + bar + '\n';
}

std::size_t gutter_width(Places& places, Place place, const FrameStyle& style) {
  const Source& source = places.source(place.file);
  const std::uint32_t line = places.region(place).start.line;
  return std::to_string(shown_lines(source, line, style.lines_around).last).size();
}

}  // namespace hasten
