#pragma once

// Findings, rules and fixtures as text. One file per format, each a pure function: same project, same findings, same
// bytes. Columns are code points for people and JSON, UTF-16 units in SARIF; see places.h.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/check/rule.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

struct ReportInput {
  const Project& project;
  std::span<const Finding> findings;  // sorted by path, place, rule
  std::span<const Problem> problems;
  std::span<const Rule* const> rules;  // those that ran
  /// Absolute directory that printed paths start from (people: where they stand; SARIF: the repository); a file outside
  /// of it is printed with its absolute path. Empty: the project's root directory.
  std::string base = {};
};

/// How text for people is laid out.
struct TextStyle {
  bool is_colored = false;
  bool has_summary = true;  // the last line: how many findings
  std::size_t width = 120;  // columns; source lines are cut around the place to fit
};

/// `path:line:col: CODE message`, one line per finding.
[[nodiscard]] std::string report_concise(const ReportInput& input, const TextStyle& style = {});
/// Message, place, source lines with carets, the chain, the tests, advice.
[[nodiscard]] std::string report_full(const ReportInput& input, const TextStyle& style = {});
/// One object; analyzer/report/json.cc documents its schema, which only ever grows within a version.
[[nodiscard]] std::string report_json(const ReportInput& input);
/// SARIF 2.1.0 for GitHub code scanning.
[[nodiscard]] std::string report_sarif(const ReportInput& input);
/// Findings per rule, most first.
[[nodiscard]] std::string report_statistics(const ReportInput& input);

/// `path:line:col: problem: message`, without what is not known.
[[nodiscard]] std::string report_problem(const Problem& problem, std::string_view root, std::string_view base);

enum class GraphFormat : std::uint8_t { dot, mermaid, json };
struct GraphPart;  // fixture_graph.h
/// Fixtures, the test files that request them and the fixtures that those request. Node ids are stable:
/// `fixture:tests/conftest.py::db`, `tests:tests/test_api.py`, `test:tests/test_api.py::test_get`.
[[nodiscard]] std::string report_graph(const Project& project, GraphFormat format, const GraphPart& part);
/// Mermaid's own limits of edges and of text, which only the page that draws a graph can raise.
[[nodiscard]] bool is_too_long_for_mermaid(std::string_view graph);

[[nodiscard]] std::string report_rules_table(std::span<const Rule* const> rules, const TextStyle& style = {});
[[nodiscard]] std::string report_rules_json(std::span<const Rule* const> rules);
/// A rule's page: Markdown as it is, or with its headings set off when colored.
[[nodiscard]] std::string report_rule_page(const Rule& rule, const TextStyle& style = {});

}  // namespace hasten
