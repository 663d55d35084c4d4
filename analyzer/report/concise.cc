#include <fmt/format.h>

#include "analyzer/report/display_text.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"
#include "analyzer/report/report.h"
#include "analyzer/report/summary.h"

namespace hasten {

std::string report_concise(const ReportInput& input, const TextStyle& style) {
  const Paint paint(style);
  Places places(input.project, input.base);
  const std::string colon = paint(Ink::cyan, ":");
  std::string out;
  for (const Finding& finding : input.findings) {
    const LineColumn start = places.region(finding.place).start;
    out += fmt::format("{}{}{}{}{}{} {} {}\n", paint(Ink::bold, display_text(places.path(finding.place.file))), colon,
                       start.line, colon, start.column, colon, paint(ink_of(finding.severity), finding.rule),
                       display_text(finding.message));
  }
  if (style.has_summary) out += summary_line(input.findings.size()) + '\n';
  return out;
}

std::string report_problem(const Problem& problem, std::string_view root, std::string_view base) {
  std::string where = display_text(path_from(base, root, problem.path));
  if (problem.line > 0) where += fmt::format(":{}", problem.line);
  if (problem.line > 0 && problem.column > 0) where += fmt::format(":{}", problem.column);
  if (!where.empty()) where += ": ";
  return fmt::format("{}problem: {}\n", where, display_text(problem.message));
}

}  // namespace hasten
