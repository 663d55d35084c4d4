#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "tests/support/expectations.h"

namespace hasten {
namespace {

using Columns = Expectation::Columns;

/// One Python file below the folder and what it expects.
struct ExpectedFile {
  std::string path;  // relative, `/` separated
  Expectations expectations;
};

/// A difference and where it is; sorts by place.
struct Mismatch {
  std::string path;
  std::uint32_t line = 0;
  std::string text;
  friend auto operator<=>(const Mismatch&, const Mismatch&) = default;
};

std::vector<ExpectedFile> read_expectations(const std::string& folder);
void compare_findings(const Outcome& outcome, const ExpectedFile& file, std::vector<const Finding*>& unexplained,
                      std::vector<Mismatch>& found);
void compare_fixtures(const Project& project, const ExpectedFile& file, std::vector<Mismatch>& found);
void compare_effects(const Project& project, const ExpectedFile& file, std::vector<Mismatch>& found);

std::uint32_t line_of(const Project& project, Place place) {
  return project.file(place.file).source.line_of(place.range.begin);
}

}  // namespace

std::vector<std::string> mismatches(const std::string& folder, const Outcome& outcome) {
  const Project& project = outcome.project;
  std::vector<Mismatch> found;
  std::vector<const Finding*> unexplained;
  for (const Finding& finding : outcome.findings) unexplained.push_back(&finding);

  for (const ExpectedFile& file : read_expectations(folder)) {
    for (const std::string& error : file.expectations.errors) found.push_back({file.path, 0, error});
    compare_findings(outcome, file, unexplained, found);
    compare_fixtures(project, file, found);
    compare_effects(project, file, found);
  }
  for (const Finding* finding : unexplained) {
    found.push_back({project.path(finding->place.file), line_of(project, finding->place),
                     fmt::format("unexpected {} {}", finding->rule, finding->message)});
  }
  for (const Problem& problem : outcome.problems) found.push_back({problem.path, problem.line, problem.message});

  std::ranges::sort(found);
  std::vector<std::string> lines;
  for (const Mismatch& mismatch : found) {
    lines.push_back(fmt::format("{}:{}: {}", mismatch.path, mismatch.line, mismatch.text));
  }
  return lines;
}

Outcome analyze_folder(const std::string& folder, std::vector<std::string> select, const Pool& pool) {
  ConfigRequest request;
  request.paths = {folder};
  request.root_dir = folder;
  request.isolated = true;  // of what stands above the folder
  const std::string own_settings = folder + "/pyproject.toml";
  if (std::filesystem::exists(own_settings)) request.config_file = own_settings;
  std::vector<Problem> problems;
  Result<Config, Problem> config = load_config(request, problems);
  if (!config) return {Draft(ProjectTables{}).freeze(), {}, {config.reason()}};
  config->hasten.select = std::move(select);
  config->hasten.min_confidence = Confidence::low;
  Outcome outcome = analyze(*config, pool);
  outcome.problems.insert(outcome.problems.end(), problems.begin(), problems.end());
  return outcome;
}

namespace {

std::vector<ExpectedFile> read_expectations(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<ExpectedFile> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() != ".py") continue;
    const Result<std::string> bytes = read_bytes(entry.path().string());
    if (!bytes) continue;
    files.push_back({entry.path().lexically_relative(folder).generic_string(), parse_expectations(*bytes)});
  }
  std::ranges::sort(files, {}, &ExpectedFile::path);
  return files;
}

Columns columns_of(const Project& project, Place place) {
  const Source& source = project.file(place.file).source;
  return {source.line_column(place.range.begin).column, source.line_column(place.range.end).column};
}

bool meets(const Project& project, const Finding& finding, const std::string& path, const Expectation& expectation) {
  return finding.rule == expectation.code && project.path(finding.place.file) == path &&
         line_of(project, finding.place) == expectation.line &&
         finding.message.find(expectation.part) != std::string::npos &&
         (!expectation.confidence || finding.confidence == *expectation.confidence) &&
         (!expectation.columns || columns_of(project, finding.place) == *expectation.columns);
}

/// Each comment explains one finding; those that ask for more come first, so that they get theirs.
void compare_findings(const Outcome& outcome, const ExpectedFile& file, std::vector<const Finding*>& unexplained,
                      std::vector<Mismatch>& found) {
  std::vector<Expectation> expectations = file.expectations.findings;
  std::ranges::stable_sort(expectations, std::ranges::greater(), [](const Expectation& expectation) {
    return std::tuple(expectation.columns.has_value(), expectation.confidence.has_value(), expectation.part.size());
  });
  for (const Expectation& expectation : expectations) {
    const auto finding = std::ranges::find_if(unexplained, [&](const Finding* candidate) {
      return meets(outcome.project, *candidate, file.path, expectation);
    });
    if (finding != unexplained.end()) {
      unexplained.erase(finding);
      continue;
    }
    const std::string columns =
        expectation.columns ? fmt::format(" at columns {}-{}", expectation.columns->begin, expectation.columns->end)
                            : "";
    const std::string part = expectation.part.empty() ? "" : fmt::format(" \"{}\"", expectation.part);
    const std::string confidence = expectation.confidence ? fmt::format(" {}", to_string(*expectation.confidence)) : "";
    found.push_back(
        {file.path, expectation.line, fmt::format("missing {}{}{}{}", expectation.code, confidence, part, columns)});
  }
}

bool is_named_at(const Project& project, FunctionRef function, const std::string& path, std::uint32_t line) {
  return function && project.path(function.file) == path &&
         line_of(project, {function.file, project.function(function).name_range}) == line;
}

std::string description(const Project& project, FixtureId id) {
  if (!id) return "nothing";
  const Fixture& fixture = project->fixtures[id];
  const std::string place =
      fixture.function ? project.location({fixture.function.file, project.function(fixture.function).name_range})
                       : "plugin";
  return fmt::format("{} ({})", place, to_string(fixture.scope));
}

/// The fixture that the test at the reveal's line gets under its name; "no test" when there is none.
std::string revealed_fixture(const Project& project, const std::string& path, const FixtureReveal& reveal) {
  for (const Test& test : project->tests) {
    if (!is_named_at(project, test.function, path, reveal.line)) continue;
    const auto entry = std::ranges::find_if(
        test.closure, [&](const ClosureEntry& candidate) { return project.name(candidate.name) == reveal.name; });
    return entry == test.closure.end() ? "not requested" : description(project, entry->fixture);
  }
  return "no test here";
}

void compare_fixtures(const Project& project, const ExpectedFile& file, std::vector<Mismatch>& found) {
  for (const FixtureReveal& reveal : file.expectations.fixtures) {
    const std::string expected = fmt::format("{} ({})", reveal.place, reveal.scope);
    const std::string actual = revealed_fixture(project, file.path, reveal);
    if (actual == expected) continue;
    found.push_back(
        {file.path, reveal.line, fmt::format("fixture {} is {}, expected {}", reveal.name, actual, expected)});
  }
}

bool is_at(const Project& project, Place place, const std::string& path, std::uint32_t line) {
  return project.path(place.file) == path && line_of(project, place) == line;
}

bool reveals(const Project& project, const Reach& reach, const std::string& path, const EffectReveal& reveal) {
  const Effect& effect = project->effects[reach.effect];
  if (to_string(effect.kind) != reveal.kind || project.name(effect.api) != reveal.api || !reach.path) return false;
  if (project.name(reach.masked_by).find(reveal.mask) == std::string_view::npos) return false;
  if (reveal.mask.empty() && reach.masked_by) return false;
  return std::ranges::any_of(project.steps(reach.path),
                             [&](const Step& step) { return is_at(project, step.place, path, reveal.line); });
}

void compare_effects(const Project& project, const ExpectedFile& file, std::vector<Mismatch>& found) {
  for (const EffectReveal& reveal : file.expectations.effects) {
    const bool is_there = std::ranges::any_of(
        project->reaches, [&](const Reach& reach) { return reveals(project, reach, file.path, reveal); });
    if (is_there) continue;
    found.push_back({file.path, reveal.line, fmt::format("no {} via {} passes here", reveal.kind, reveal.api)});
  }
}

}  // namespace
}  // namespace hasten
