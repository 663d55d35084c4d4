#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/report/report.h"
#include "analyzer/report/summary.h"

namespace hasten {

std::string report_statistics(const ReportInput& input) {
  std::map<std::string_view, std::size_t> counts;
  for (const Finding& finding : input.findings) ++counts[finding.rule];

  std::vector<std::pair<std::string_view, std::size_t>> rows(counts.begin(), counts.end());
  std::ranges::stable_sort(rows, std::ranges::greater(), [](const auto& row) { return row.second; });

  std::string out;
  for (const auto& [code, count] : rows) {
    const auto rule = std::ranges::find(input.rules, code, &Rule::code);
    out += fmt::format("{:>6}  {}  {}\n", count, code, rule == input.rules.end() ? "" : (*rule)->name);
  }
  return out + summary_line(input.findings.size()) + '\n';
}

}  // namespace hasten
