#include "analyzer/check/check.h"

#include <algorithm>

namespace hasten {
namespace {

/// Annotations, editors and SARIF viewers show one line; what goes on is cut at its end.
TextRange first_line(std::string_view text, TextRange range) {
  if (range.end > text.size()) return range;
  const std::size_t line_end = text.find_first_of("\r\n", range.begin);
  if (line_end < range.end) range.end = static_cast<std::uint32_t>(line_end);
  return range;
}

}  // namespace

Finding& Check::report(Place place, std::string message) {
  Finding& finding = findings_.emplace_back();
  finding.rule = rule_.code;
  finding.severity = rule_.severity;
  finding.confidence = rule_.confidence;
  finding.place = {place.file, first_line(project_.file(place.file).source.bytes(), place.range)};
  finding.message = std::move(message);
  return finding;
}

}  // namespace hasten
