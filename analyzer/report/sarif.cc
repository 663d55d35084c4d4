// SARIF 2.1.0 as GitHub code scanning reads it. Nothing in it depends on when or where hasten ran.

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "analyzer/report/fingerprint.h"
#include "analyzer/report/json_writer.h"
#include "analyzer/report/line_hash.h"
#include "analyzer/report/places.h"
#include "analyzer/report/report.h"
#include "analyzer/report/sarif_rules.h"
#include "analyzer/report/sarif_text.h"
#include "analyzer/report/summary.h"
#include "analyzer/report/tool.h"

namespace hasten {
namespace {

// An upload that goes past these is rejected as a whole (GitHub, "SARIF results exceed one or more limits").
constexpr std::size_t most_results = 25000;
constexpr std::size_t most_steps = 10000;
constexpr std::size_t most_related = 999;  // 1000 locations, the result's own included
constexpr std::size_t longest_snippet = 500;
constexpr std::string_view source_root = "%SRCROOT%";

/// Indices of the findings that are written: all, or the worst, in the order of the report.
std::vector<std::size_t> kept_findings(std::span<const Finding> findings) {
  std::vector<std::size_t> kept(findings.size());
  std::iota(kept.begin(), kept.end(), 0);
  if (kept.size() <= most_results) return kept;

  const auto badness = [&](std::size_t i) { return std::pair(findings[i].severity, findings[i].confidence); };
  std::ranges::stable_sort(kept, std::ranges::greater(), badness);
  kept.resize(most_results);
  std::ranges::sort(kept);
  return kept;
}

class SarifReport {
 public:
  explicit SarifReport(const ReportInput& input)
      : input_(input), places_(input.project, input.base), kept_(kept_findings(input.findings)) {}

  std::string document() {
    json_.begin_object().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json_.key("runs").begin_array().begin_object();
    write_tool();
    json_.key("automationDetails").begin_object().member("id", "hasten/").end_object();
    json_.key("originalUriBaseIds").begin_object().key(source_root).begin_object();
    write_message("description", "The root of the repository.");
    json_.end_object().end_object();
    write_invocation();
    json_.member("columnKind", "utf16CodeUnits");
    write_results();
    json_.end_object().end_array().end_object();
    return std::move(json_).document();
  }

 private:
  void write_tool() {
    json_.key("tool").begin_object().key("driver").begin_object().member("name", tool_name);
    json_.member("semanticVersion", tool_version).member("version", tool_version);
    json_.member("informationUri", tool_address);
    write_sarif_rules(json_.key("rules"), input_.rules);
    json_.end_object().end_object();
  }

  void write_invocation() {
    const bool has_failed = std::ranges::count(input_.problems, ProblemSeverity::error, &Problem::severity) > 0;
    json_.key("invocations").begin_array().begin_object();
    json_.key("executionSuccessful").truth(!has_failed);
    json_.key("toolExecutionNotifications").begin_array();
    for (const Problem& problem : input_.problems) write_notification(problem);
    if (kept_.size() < input_.findings.size()) {
      const std::size_t left_out = input_.findings.size() - kept_.size();
      write_notification({.severity = ProblemSeverity::warning,
                          .path = "",
                          .message = fmt::format("{} are left out; a run may have {} results at most",
                                                 counted(left_out, "further finding"), most_results)});
    }
    json_.end_array().end_object().end_array();
  }

  void write_notification(const Problem& problem) {
    json_.begin_object().member("level", problem.severity == ProblemSeverity::error ? "error" : "warning");
    write_message("message", unlinked(problem.message) + '.');
    if (!problem.path.empty()) {
      json_.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
      write_artifact(path_from(input_.base, input_.project->root, problem.path));
      if (problem.line > 0) {
        json_.key("region").begin_object().member("startLine", problem.line);
        if (problem.column > 0) json_.member("startColumn", problem.column);
        json_.end_object();
      }
      json_.end_object().end_object().end_array();
    }
    json_.end_object();
  }

  void write_results() {
    const std::vector<std::string> prints = fingerprints(input_.project, input_.findings);
    json_.key("results").begin_array();
    for (const std::size_t index : kept_) write_result(input_.findings[index], prints[index]);
    json_.end_array();
  }

  void write_result(const Finding& finding, std::string_view fingerprint) {
    json_.begin_object().member("ruleId", finding.rule);
    const auto rule = std::ranges::find(input_.rules, finding.rule, &Rule::code);
    if (rule != input_.rules.end()) json_.member("ruleIndex", rule - input_.rules.begin());
    json_.member("level", sarif_level(finding.severity));
    write_message("message", result_message(finding));

    json_.key("locations").begin_array().begin_object();
    write_physical_location(finding.place);
    if (!finding.symbol.empty()) {
      json_.key("logicalLocations").begin_array().begin_object();
      json_.member("fullyQualifiedName", finding.symbol).member("kind", "function");
      json_.end_object().end_array();
    }
    json_.end_object().end_array();

    json_.key("partialFingerprints").begin_object();
    json_.member("hastenFinding/v1", fingerprint);
    json_.member("primaryLocationLineHash", line_hash(finding.place)).end_object();
    write_related(finding);
    write_code_flow(finding);
    write_properties(finding);
    json_.end_object();
  }

  /// GitHub makes the first sentence the title and shows a related place only where the message links to it.
  static std::string result_message(const Finding& finding) {
    std::string text = unlinked(finding.message) + '.';
    if (finding.tests.size() > 1) text += fmt::format(" It touches {} tests.", finding.tests.size());
    for (std::size_t i = 0; i < std::min(finding.related.size(), most_related); ++i) {
      text += fmt::format("{}[{}]({})", i == 0 ? " See " : ", ", link_text(finding.related[i].message), i + 1);
    }
    return finding.related.empty() ? text : text + '.';
  }

  void write_related(const Finding& finding) {
    if (finding.related.empty()) return;
    json_.key("relatedLocations").begin_array();
    for (std::size_t i = 0; i < std::min(finding.related.size(), most_related); ++i) {
      json_.begin_object().member("id", i + 1);
      write_physical_location(finding.related[i].place);
      write_message("message", unlinked(finding.related[i].message));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_code_flow(const Finding& finding) {
    if (finding.chain.empty()) return;
    json_.key("codeFlows").begin_array().begin_object().key("threadFlows").begin_array().begin_object();
    json_.key("locations").begin_array();
    for (const RelatedPlace& step : std::span(finding.chain).first(std::min(finding.chain.size(), most_steps))) {
      json_.begin_object().key("location").begin_object();
      write_physical_location(step.place);
      write_message("message", unlinked(step.message));
      json_.end_object().end_object();
    }
    json_.end_array().end_object().end_array().end_object().end_array();
  }

  void write_properties(const Finding& finding) {
    json_.key("properties").begin_object().member("confidence", to_string(finding.confidence));
    if (finding.kind) json_.member("kind", to_string(*finding.kind));
    json_.member("tests", finding.tests.size());
    if (finding.cost.known()) json_.member("costSeconds", static_cast<double>(finding.cost.value));
    json_.end_object();
  }

  void write_physical_location(Place place) {
    const Region region = places_.region(place, ColumnUnit::utf16);
    const Source& source = places_.source(place.file);
    json_.key("physicalLocation").begin_object();
    write_artifact(places_.path(place.file));
    json_.key("region").begin_object();
    json_.member("startLine", region.start.line).member("startColumn", region.start.column);
    json_.member("endLine", region.end.line).member("endColumn", region.end.column);
    if (const TextRange text = places_.first_line_part(place);
        region.start.line == region.end.line && !text.empty() && text.size() <= longest_snippet) {
      json_.key("snippet").begin_object().member("text", source.text(text)).end_object();
    }
    json_.end_object();
    write_context(source, region);
    json_.end_object();
  }

  /// The whole lines of the region, for viewers that do not have the file.
  void write_context(const Source& source, const Region& region) {
    const TextRange lines{source.line_range(region.start.line).begin, source.line_range(region.end.line).end};
    if (lines.empty() || lines.size() > longest_snippet) return;
    json_.key("contextRegion").begin_object();
    json_.member("startLine", region.start.line).member("endLine", region.end.line);
    json_.key("snippet").begin_object().member("text", source.text(lines)).end_object().end_object();
  }

  void write_artifact(std::string_view path) {
    json_.key("artifactLocation").begin_object().member("uri", path_uri(path));
    if (!path.starts_with('/')) json_.member("uriBaseId", source_root);
    json_.end_object();
  }

  void write_message(std::string_view key, std::string_view text) {
    json_.key(key).begin_object().member("text", text).end_object();
  }

  std::string line_hash(Place place) {
    const auto [entry, is_new] = line_hashes_.try_emplace(place.file);
    if (is_new) entry->second = primary_line_hashes(places_.source(place.file).bytes());
    const std::uint32_t line = places_.region(place).start.line;
    return line <= entry->second.size() ? entry->second[line - 1] : std::string();
  }

  const ReportInput& input_;
  Places places_;
  std::vector<std::size_t> kept_;
  std::map<FileId, std::vector<std::string>> line_hashes_;
  JsonWriter json_;
};

}  // namespace

std::string report_sarif(const ReportInput& input) { return SarifReport(input).document(); }

}  // namespace hasten
