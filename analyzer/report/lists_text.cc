#include <algorithm>
#include <string>
#include <unordered_set>

#include <fmt/format.h>

#include "analyzer/model/group_names.h"
#include "analyzer/report/display_text.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"
#include "analyzer/report/set_up_doubts.h"
#include "analyzer/report/summary.h"
#include "analyzer/report/verdict_text.h"

namespace hasten {
namespace {

/// `tests/test_a.py:12: `
std::string where(Places& places, const Paint& paint, Place place) {
  return fmt::format("{}{} ", paint(Ink::dim, places.line_link(place)), paint(Ink::dim, ":"));
}

std::string cases_of(const Project& project, const Test& test) {
  if (!test.cases.known()) return fmt::format(" (cases unknown: {})", display_text(project.name(test.unknown_cases)));
  return test.cases.value == 1 ? "" : fmt::format(" ({})", counted(static_cast<std::size_t>(test.cases.value), "case"));
}

std::string names_of(const Project& project, const std::vector<ClosureEntry>& entries) {
  std::string names;
  for (const ClosureEntry& entry : entries) {
    names += fmt::format("{}{}", names.empty() ? " " : ", ", display_text(project.name(entry.name)));
  }
  return names.empty() ? "" : ":" + names;
}

/// "12 tests in 3 files, 40 cases"; "at least" when some are unknown.
std::string sum_of(const Project& project) {
  std::unordered_set<FileId> files;
  std::size_t cases = 0;
  bool is_exact = true;
  for (const Test& test : project->tests) {
    files.insert(test.file);
    cases += test.cases.known() ? static_cast<std::size_t>(test.cases.value) : 1;
    is_exact = is_exact && test.cases.known();
  }
  return fmt::format("{} in {}, {}{}.\n", counted(project->tests.size(), "test"), counted(files.size(), "file"),
                     is_exact ? "" : "at least ", counted(cases, "case"));
}

/// ` [grouped port-9898]`; what can run anywhere needs no word.
std::string verdict_of(const Project& project, const std::vector<std::string>& groups, TestId test) {
  if (project->verdicts.empty() || project->verdicts[test].kind == VerdictKind::parallel) return {};
  const Verdict& verdict = project->verdicts[test];
  return fmt::format(" [{}{}{}]", to_string(verdict.kind), verdict.group ? " " : "",
                     verdict.group ? groups[verdict.group.index()] : "");
}

std::string usage_of(const Project& project, Places& places, const Paint& paint, FixtureId id) {
  const Fixture& fixture = project->fixtures[id];
  const std::string users = fixture.users == 0 ? "no test" : counted(fixture.users, "test");
  if (!fixture.setups.known()) {
    return fmt::format("{}, unknown number of set-ups{}", users, doubt_text(project, id, places, paint));
  }
  return fmt::format("{}, {}", users, counted(static_cast<std::size_t>(fixture.setups.value), "set-up"));
}

}  // namespace

std::string reason_of(const Project& project, const UncertainTests& row) {
  switch (row.why) {
    case UncertainTests::Why::made_names: return "names are made at run time";
    case UncertainTests::Why::computed_base: return "a base class is computed";
    case UncertainTests::Why::outside_base:
      return fmt::format("the base class {} lies outside the project", display_text(project.name(row.base)));
  }
  return "?";
}

std::string traits_of(const Fixture& fixture) {
  std::string text(fixture.scope_is_known ? to_string(fixture.scope) : "unknown scope");
  if (fixture.is_autouse) text += ", autouse";
  if (!fixture.params.known()) text += ", unknown params";
  if (fixture.params.value > 0) text += ", " + counted(static_cast<std::size_t>(fixture.params.value), "param");
  return text;
}

std::string_view class_path(const Project& project, const Test& test) {
  std::string_view id = project.name(test.qualified_name);
  id.remove_prefix(std::min(id.size(), project.path(test.file).size() + 2));
  const std::size_t name = id.rfind("::");
  return name == std::string_view::npos ? std::string_view() : id.substr(0, name);
}

bool is_listed(const Fixture& fixture) {
  if (fixture.origin == FixtureOrigin::plugin) return fixture.users > 0;
  return fixture.origin != FixtureOrigin::unittest;
}

std::string report_tests(const Project& project, std::string base, const TextStyle& style) {
  const Paint paint(style);
  Places places(project, std::move(base));
  const std::vector<std::string> groups = group_names(project);
  std::string out;
  for (const TestId id : project->tests.ids()) {
    const Test& test = project->tests[id];
    if (test.function) {
      out += where(places, paint, {test.function.file, project.function(test.function).range});
    }
    const std::string_view classes = class_path(project, test);
    if (!classes.empty()) out += display_text(classes) + "::";
    out += paint(Ink::bold, display_text(project.name(test.name)));
    out += cases_of(project, test) + names_of(project, test.closure) + verdict_of(project, groups, id) + '\n';
  }
  for (const UncertainTests& row : project->uncertain_tests) {
    out += where(places, paint, row.place) + "there may be more tests: " + reason_of(project, row) + '\n';
  }
  if (style.has_summary) out += sum_of(project);
  return out;
}

std::string report_fixtures(const Project& project, std::string base, const TextStyle& style) {
  const Paint paint(style);
  Places places(project, std::move(base));
  std::string out;
  std::size_t count = 0;
  for (const FixtureId id : project->fixtures.ids()) {
    const Fixture& fixture = project->fixtures[id];
    if (!is_listed(fixture)) continue;
    ++count;
    const Place code = project.code_of(fixture);
    out += code.file ? where(places, paint, code) : paint(Ink::dim, "plugin:") + ' ';
    out += fmt::format("{} ({}): {}\n", paint(Ink::bold, display_text(project.name(fixture.name))), traits_of(fixture),
                       usage_of(project, places, paint, id));
  }
  if (style.has_summary) out += counted(count, "fixture") + ".\n";
  return out;
}

}  // namespace hasten
