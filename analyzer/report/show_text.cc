#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "analyzer/check/distribution.h"
#include "analyzer/model/group_names.h"
#include "analyzer/report/details.h"
#include "analyzer/report/display_text.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"
#include "analyzer/report/set_up_doubts.h"
#include "analyzer/report/show.h"
#include "analyzer/report/summary.h"
#include "analyzer/report/verdict_text.h"

namespace hasten {
namespace {

constexpr std::size_t most_tests = 10;  // the rest is counted; JSON has all

class SubjectText {
 public:
  SubjectText(const Project& project, std::string base, const TextStyle& style)
      : project_(project), places_(project, std::move(base)), paint_(style) {}

  std::string text(const Subject& subject) && {
    subject.test ? write(subject.test) : write(subject.fixture);
    return std::move(out_);
  }

 private:
  void write(TestId id);
  void write_verdict(TestId id);
  void write_accesses(TestId id);
  void write(FixtureId id);
  void write_hook(FixtureId hook);
  void write(const ClosureRow& row);
  void write_fixtures(std::string_view heading, const std::vector<FixtureId>& fixtures);
  void write_neighbours(std::string_view heading, const std::vector<Neighbour>& neighbours);
  void write_set_ups(FixtureId id);
  [[nodiscard]] std::string xdist_bounds(FixtureId id) const;
  void write_tests(const std::vector<TestId>& tests);
  void write_title(std::string_view kind, std::string_view name);
  void field(std::string_view name, std::string_view value) { out_ += fmt::format("  {}: {}\n", name, value); }
  void heading(std::string_view text) { out_ += fmt::format("\n  {}:\n", text); }

  [[nodiscard]] std::string name_of(FixtureId id) const {
    return display_text(project_.name(project_->fixtures[id].name));
  }
  std::string place_of(FunctionRef function) {
    return places_.line_link({function.file, project_.function(function).range});
  }
  std::string place_of(const Fixture& fixture) {
    const Place code = project_.code_of(fixture);
    return code.file ? places_.line_link(code) : "plugin";
  }
  [[nodiscard]] std::string test_name(TestId id) const {
    return display_text(project_.name(project_->tests[id].qualified_name));
  }

  const Project& project_;
  Places places_;
  Paint paint_;
  std::string out_;
};

std::string count_text(Count count, std::string_view noun) {
  if (!count.known()) return fmt::format("unknown number of {}s", noun);
  return counted(static_cast<std::size_t>(count.value), noun);
}

void SubjectText::write_title(std::string_view kind, std::string_view name) {
  out_ += fmt::format("{} {}\n", kind, paint_(Ink::bold, name));
}

void SubjectText::write(TestId id) {
  const Test& test = project_->tests[id];
  write_title("test", display_text(project_.name(test.qualified_name)));
  if (test.function) field("defined", place_of(test.function));
  field("cases", test.cases.known()
                     ? fmt::format("{}", test.cases.value)
                     : fmt::format("unknown, because of {}", display_text(project_.name(test.unknown_cases))));
  if (test.is_skipped) field("skipped", "always");
  for (const WrittenMark& mark : marks_of(project_, test)) {
    field("mark", fmt::format("{} ({})", display_text(mark.text), places_.line_link(mark.place)));
  }
  if (test.call_hook) write_hook(test.call_hook);
  write_verdict(id);
  if (test.has_unknown_closure) field("fixtures", "there may be more, which only a run can tell");

  heading("fixtures, as they are requested");
  const std::vector<ClosureRow> rows = closure_rows(project_, test);
  if (rows.empty()) out_ += "    none\n";
  for (const ClosureRow& row : rows) write(row);
  if (!test.closure.empty()) heading("in the order in which they are set up");
  std::string names;
  for (const ClosureEntry& entry : test.closure) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", display_text(project_.name(entry.name)));
  }
  if (!names.empty()) out_ += fmt::format("    {}\n", names);
  write_accesses(id);
}

void SubjectText::write_verdict(TestId id) {
  if (project_->verdicts.empty()) return;  // nobody asked what tests do
  const Verdict& verdict = project_->verdicts[id];
  const std::string group =
      verdict.group ? fmt::format(" ({})", group_names(project_)[verdict.group.index()]) : std::string();
  field("verdict", fmt::format("{}{}", to_string(verdict.kind), group));
  for (const Reason& reason : project_.reasons_of(id)) {
    out_ += fmt::format("    {}\n", display_text(reason_text(project_, id, reason)));
  }
}

void SubjectText::write_accesses(TestId id) {
  bool is_first = true;
  for (const Access& access : project_->accesses) {
    if (access.test != id) continue;
    if (std::exchange(is_first, false)) heading("shares with others");
    const Resource& resource = project_->resources[access.resource];
    out_ += fmt::format("    {} {}{}\n", access.mode == AccessMode::write ? "changes" : "reads",
                        display_text(resource_text(project_, resource)),
                        !is_between_processes(resource.kind) && access.mode == AccessMode::write && access.is_restored
                            ? ", and puts it back"
                            : "");
    for (const Step& step : project_.steps(project_->reaches[access.reach].path)) {
      out_ += fmt::format("      {} {} {}\n", paint_(Ink::dim, places_.line_link(step.place)),
                          display_text(project_.name(step.in)), display_text(project_.name(step.calls)));
    }
  }
}

/// A TestCase's setUp and tearDown.
void SubjectText::write_hook(FixtureId hook) {
  const Fixture& fixture = project_->fixtures[hook];
  for (const FunctionRef function : {fixture.function, fixture.teardown}) {
    if (!function) continue;
    field("runs around it", fmt::format("{} ({})", project_.function_name(function), place_of(function)));
  }
}

void SubjectText::write(const ClosureRow& row) {
  const std::string name = display_text(project_.name(row.name));
  out_ += std::string(4 + 2 * row.depth, ' ') + paint_(Ink::bold, name);
  if (row.fixture) {
    const Fixture& fixture = project_->fixtures[row.fixture];
    out_ += fmt::format(" ({}) {}", traits_of(fixture), paint_(Ink::dim, place_of(fixture)));
    if (!row.is_repeated) out_ += ", " + count_text(fixture.setups, "set-up");
  }
  if (row.is_parametrized) out_ += " (parametrized by a mark)";
  if (!row.fixture && !row.is_parametrized && name != "request") out_ += " (not found)";
  if (row.is_overridden) out_ += ", overridden by the one above";
  if (row.is_dynamic) out_ += ", by request.getfixturevalue";
  if (row.is_repeated) out_ += ", see above";
  out_ += '\n';
}

void SubjectText::write(FixtureId id) {
  const Fixture& fixture = project_->fixtures[id];
  const FixtureSurroundings around = surroundings_of(project_, id);
  write_title("fixture", name_of(id));
  field("defined", place_of(fixture));
  if (const FileId code = project_.code_of(fixture).file; fixture.file && code && fixture.file != code) {
    field("seen in", display_text(places_.path(fixture.file)));
  }
  field("scope", traits_of(fixture));
  field("set up", fixture.setups.known()
                      ? counted(static_cast<std::size_t>(fixture.setups.value), "time") + " in one serial run"
                      : "an unknown number of times" + doubt_text(project_, id, places_, paint_));
  if (const std::string bounds = xdist_bounds(id); !bounds.empty()) field("with xdist -n 4", bounds);
  field("used by", around.users.empty() ? "no test"
                                        : fmt::format("{}, {} of them by name", counted(around.users.size(), "test"),
                                                      around.direct_users));
  write_fixtures("overrides", around.overrides);
  write_fixtures("overridden by", around.overridden_by);
  write_neighbours("requests", around.requests);
  write_neighbours("requested by", around.requested_by);
  write_set_ups(id);
  write_tests(around.users);
}

void SubjectText::write_fixtures(std::string_view title, const std::vector<FixtureId>& fixtures) {
  if (fixtures.empty()) return;
  heading(title);
  for (const FixtureId id : fixtures) {
    const Fixture& fixture = project_->fixtures[id];
    out_ += fmt::format("    {} ({}) {}\n", name_of(id), traits_of(fixture), place_of(fixture));
  }
}

void SubjectText::write_neighbours(std::string_view title, const std::vector<Neighbour>& neighbours) {
  if (neighbours.empty()) return;
  heading(title);
  for (const Neighbour& one : neighbours) {
    const Fixture& fixture = project_->fixtures[one.fixture];
    out_ += fmt::format("    {} ({}) {}, in {}\n", name_of(one.fixture), traits_of(fixture), place_of(fixture),
                        counted(one.tests, "test"));
  }
}

void SubjectText::write_set_ups(FixtureId id) {
  const auto set_ups = project_.set_ups_of(id);
  if (set_ups.empty()) return;
  heading("set up for");
  for (const SetUp& set_up : set_ups.first(std::min(most_tests, set_ups.size()))) {
    const bool has_parameter = set_up.parameter != SetUp::no_parameter;
    const std::string parameter = has_parameter ? fmt::format(", parameter {}", set_up.parameter + 1) : "";
    out_ += fmt::format("    {}{}{}\n", test_name(set_up.test), parameter,
                        set_up.times == 1 ? "" : fmt::format(", {} times", set_up.times));
  }
  if (set_ups.size() > most_tests) out_ += fmt::format("    and {} more\n", set_ups.size() - most_tests);
}

/// "at most 4 (load, loadgroup), 1 (loadfile)": what is set up once per item is so anywhere.
std::string SubjectText::xdist_bounds(FixtureId id) const {
  const Fixture& fixture = project_->fixtures[id];
  if (!fixture.setups.known() || fixture.setups.value == 0) return {};
  std::vector<std::pair<std::int32_t, std::string>> groups;
  for (const Distribution distribution : all_distributions) {
    const std::int32_t most = most_set_ups(project_, id, distribution, 4).value;
    const auto same = std::ranges::find(groups, most, &std::pair<std::int32_t, std::string>::first);
    if (same == groups.end()) {
      groups.emplace_back(most, to_string(distribution));
    } else {
      same->second.append(", ").append(to_string(distribution));
    }
  }
  std::string text;
  for (const auto& [most, distributions] : groups) {
    const std::string times = counted(static_cast<std::size_t>(most), "time");
    text += fmt::format("{}{} ({})", text.empty() ? "at most " : ", ", times, distributions);
  }
  return text;
}

void SubjectText::write_tests(const std::vector<TestId>& tests) {
  if (tests.empty()) return;
  heading("tests");
  for (const TestId test : std::span(tests).first(std::min(most_tests, tests.size()))) {
    out_ += fmt::format("    {}\n", test_name(test));
  }
  if (tests.size() > most_tests) out_ += fmt::format("    and {} more\n", tests.size() - most_tests);
}

}  // namespace

std::string report_subject(const Project& project, const Subject& subject, std::string base, const TextStyle& style) {
  return SubjectText(project, std::move(base), style).text(subject);
}

}  // namespace hasten
