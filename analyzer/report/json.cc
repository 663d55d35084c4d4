// The JSON report, version 1. Keys are only ever added within a version. tests/integration/report.schema.json says the
// same to machines.
//
//   version   1
//   tool      {name, version}
//   findings  [{code, name, message, severity: info|warning|error, confidence: low|medium|high,
//               path, line, column, end_line, end_column,   one-based, code points, end exclusive
//               symbol,                                     node id of the test, fixture or function it is in
//               kind,                                       of the effect, as in effects_json.cc, or null
//               tests: [node ids without parameters],
//               chain: [place], related: [place],           place: {path, line, column, message}
//               cost_seconds: number or null,
//               help,
//               fingerprint}]                               stays when lines move
//   problems  [{severity: warning|error, path, line or null, column or null, message}]
//   summary   {findings, problems, files, tests, tests_touched, rules: {code: count}}
//
// Paths are relative to pytest's root directory, `/` separated.

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/report/effect_rows.h"
#include "analyzer/report/fingerprint.h"
#include "analyzer/report/json_writer.h"
#include "analyzer/report/places.h"
#include "analyzer/report/report.h"
#include "analyzer/report/tool.h"

namespace hasten {
namespace {

constexpr int schema_version = 1;

const Rule* rule_of(const ReportInput& input, const Finding& finding) {
  const auto rule = std::ranges::find(input.rules, finding.rule, &Rule::code);
  return rule == input.rules.end() ? nullptr : *rule;
}

void write_places(JsonWriter& json, Places& places, std::span<const RelatedPlace> rows) {
  json.begin_array();
  for (const RelatedPlace& row : rows) {
    const LineColumn start = places.region(row.place).start;
    json.begin_object().member("path", places.path(row.place.file)).member("line", start.line);
    json.member("column", start.column).member("message", row.message).end_object();
  }
  json.end_array();
}

void write_tests(JsonWriter& json, const Project& project, std::span<const TestId> tests) {
  json.begin_array();
  for (const TestId test : tests) json.text(project.name(project->tests[test].qualified_name));
  json.end_array();
}

void write_finding(JsonWriter& json, const ReportInput& input, Places& places, const Finding& finding) {
  const Rule* rule = rule_of(input, finding);
  const Region region = places.region(finding.place);
  json.begin_object().member("code", finding.rule).member("name", rule == nullptr ? "" : rule->name);
  json.member("message", finding.message);
  json.member("severity", to_string(finding.severity)).member("confidence", to_string(finding.confidence));
  json.member("path", places.path(finding.place.file));
  json.member("line", region.start.line).member("column", region.start.column);
  json.member("end_line", region.end.line).member("end_column", region.end.column);
  json.member("symbol", finding.symbol);
  json.key("kind");
  finding.kind ? json.text(listed_kind(*finding.kind)) : json.null();
  write_tests(json.key("tests"), input.project, finding.tests);
  write_places(json.key("chain"), places, finding.chain);
  write_places(json.key("related"), places, finding.related);
  json.key("cost_seconds");
  finding.cost.known() ? json.number(static_cast<double>(finding.cost.value)) : json.null();
  json.member("help", rule == nullptr ? "" : rule->help);
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.begin_object().member("severity", problem.severity == ProblemSeverity::error ? "error" : "warning");
  json.member("path", problem.path);
  json.key("line");
  problem.line > 0 ? json.number(problem.line) : json.null();
  json.key("column");
  problem.column > 0 ? json.number(problem.column) : json.null();
  json.member("message", problem.message).end_object();
}

void write_summary(JsonWriter& json, const ReportInput& input) {
  std::map<std::string_view, std::size_t> counts;
  std::set<TestId> touched;
  for (const Finding& finding : input.findings) {
    ++counts[finding.rule];
    touched.insert(finding.tests.begin(), finding.tests.end());
  }
  json.begin_object().member("findings", input.findings.size()).member("problems", input.problems.size());
  json.member("files", input.project->files.size()).member("tests", input.project->tests.size());
  json.member("tests_touched", touched.size());
  json.key("rules").begin_object();
  for (const auto& [code, count] : counts) json.member(code, count);
  json.end_object().end_object();
}

}  // namespace

std::string report_json(const ReportInput& input) {
  Places places(input.project, "");
  const std::vector<std::string> prints = fingerprints(input.project, input.findings);

  JsonWriter json;
  json.begin_object().member("version", schema_version);
  json.key("tool").begin_object().member("name", tool_name).member("version", tool_version).end_object();

  json.key("findings").begin_array();
  for (std::size_t i = 0; i < input.findings.size(); ++i) {
    write_finding(json, input, places, input.findings[i]);
    json.member("fingerprint", prints[i]).end_object();
  }
  json.end_array();

  json.key("problems").begin_array();
  for (const Problem& problem : input.problems) write_problem(json, problem);
  json.end_array();

  write_summary(json.key("summary"), input);
  json.end_object();
  return std::move(json).document();
}

}  // namespace hasten
