#pragma once

// A project and its findings, put together by hand: what every format's tests print.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/report/report.h"

namespace hasten::testing {

inline const Rule sleep_rule = {
    .code = "HS201",
    .name = "sleep-in-test",
    .summary = "a test waits for a fixed time",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::sleep},
    .hooks = {},
    .help = "wait for the condition",
    .page =
        "A test waits,\nand everybody with it.\n\n## Flagged\n\n## References\n\n- <https://docs.pytest.org/x.html>\n"};

class SmallReport {
 public:
  SmallReport() { tables.root = "/project"; }

  /// Files must be added in path order.
  FileId add_file(std::string path, std::string text) {
    return tables.files.add({FileRole::test_module, {}, Source(std::move(path), std::move(text)), {}});
  }

  TestId add_test(FileId file, std::string_view name) {
    Test test;
    test.file = file;
    test.name = tables.names.intern(name);
    test.qualified_name = tables.names.intern(tables.files[file].source.path() + "::" + std::string(name));
    return tables.tests.add(std::move(test));
  }

  /// The first occurrence of `text`.
  [[nodiscard]] Place find(FileId file, std::string_view text) const {
    const auto begin = static_cast<std::uint32_t>(tables.files[file].source.bytes().find(text));
    return {file, {begin, begin + static_cast<std::uint32_t>(text.size())}};
  }

  Finding& add_finding(Place place, std::string message) {
    Finding finding;
    finding.rule = sleep_rule.code;
    finding.severity = Severity::warning;
    finding.confidence = Confidence::high;
    finding.place = place;
    finding.message = std::move(message);
    findings.push_back(std::move(finding));
    return findings.back();
  }

  /// Hands the tables over; call it last.
  [[nodiscard]] std::string print(std::string (*format)(const ReportInput&), std::string base = {}) {
    const Project project = Draft(std::move(tables)).freeze();
    return format({project, findings, problems, rules, std::move(base)});
  }
  [[nodiscard]] std::string print(std::string (*format)(const ReportInput&, const TextStyle&),
                                  const TextStyle& style = {}, std::string base = {}) {
    const Project project = Draft(std::move(tables)).freeze();
    return format({project, findings, problems, rules, std::move(base)}, style);
  }

  ProjectTables tables;
  std::vector<Finding> findings;
  std::vector<Problem> problems;
  std::vector<const Rule*> rules = {&sleep_rule};
};

}  // namespace hasten::testing
