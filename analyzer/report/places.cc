#include "analyzer/report/places.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/config/paths.h"
#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

TextRange clamped(TextRange range, std::string_view bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const std::uint32_t begin = std::min(range.begin, size);
  return {begin, std::clamp(range.end, begin, size)};
}

LineColumn without_mark(LineColumn position, std::string_view bytes, ColumnUnit unit) {
  if (position.line != 1 || !bytes.starts_with(byte_order_mark)) return position;
  const std::uint32_t mark = unit == ColumnUnit::byte ? 3 : 1;
  return {1, position.column > mark ? position.column - mark : 1};
}

}  // namespace

const Source& Places::source(FileId file) {
  const Source& source = project_.file(file).source;
  if (source.lines_are_indexed()) return source;
  const auto [entry, is_new] = indexed_.try_emplace(file, source);
  if (is_new) entry->second.index_lines();
  return entry->second;
}

Region Places::region(Place place, ColumnUnit unit) {
  const Source& text = source(place.file);
  const TextRange range = clamped(place.range, text.bytes());
  return {without_mark(text.line_column(range.begin, unit), text.bytes(), unit),
          without_mark(text.line_column(range.end, unit), text.bytes(), unit)};
}

TextRange Places::first_line_part(Place place) {
  const Source& text = source(place.file);
  const TextRange range = clamped(place.range, text.bytes());
  const TextRange line = text.line_range(text.line_of(range.begin));
  const std::uint32_t begin = std::min(range.begin, line.end);
  return {begin, std::clamp(range.end, begin, line.end)};
}

std::string Places::path(FileId file) const { return path_from(base_, project_->root, project_.path(file)); }

std::string Places::link(Place place) {
  const LineColumn start = region(place).start;
  return fmt::format("{}:{}:{}", display_text(path(place.file)), start.line, start.column);
}

std::string Places::line_link(Place place) {
  return fmt::format("{}:{}", display_text(path(place.file)), region(place).start.line);
}

std::string path_from(std::string_view base, std::string_view root, std::string_view path) {
  if (base.empty() || base == root || path.empty()) return std::string(path);
  const std::string absolute = absolute_path(path, root);
  return lies_in(absolute, base) ? relative_path(absolute, base) : absolute;
}

}  // namespace hasten
