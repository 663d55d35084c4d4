#include "analyzer/check/cause.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "analyzer/check/guards.h"
#include "analyzer/check/setups.h"
#include "analyzer/check/surroundings.h"
#include "analyzer/check/symbol.h"
#include "analyzer/check/witness.h"

namespace hasten {
namespace {

std::optional<Cause> cause_at_import(const Project& project, EffectId id);
bool keep_unguarded(const Project& project, std::vector<Reach>& reaches);
void choose_witness(const Project& project, Cause& cause);
void find_site(const Project& project, Cause& cause);
std::uint32_t executions(const Project& project, const std::vector<Reach>& reaches);
std::string whereabouts(const Cause& cause);
std::string frequency(const Project& project, const Cause& cause);

}  // namespace

std::vector<Reach> live_reaches(const Project& project, EffectId effect) {
  std::vector<Reach> reaches = project.reaches_of(effect);
  std::erase_if(reaches, [&](const Reach& reach) {
    return reach.masked_by || project->tests[reach.test].is_skipped != 0 || !reach.path;
  });
  return reaches;
}

std::vector<Reach> lasting_reaches(const Project& project, EffectId effect) {
  std::vector<Reach> reaches = live_reaches(project, effect);
  std::erase_if(reaches, [&](const Reach& reach) { return project->paths[reach.path].phase == Phase::teardown; });
  return reaches;
}

std::optional<Cause> cause_of(const Project& project, EffectId effect) {
  std::vector<Reach> reaches = live_reaches(project, effect);
  const bool is_reached = !project.reaches_of(effect).empty();
  if (!is_reached && !project->effects[effect].function) return cause_at_import(project, effect);
  return cause_of(project, effect, std::move(reaches));
}

std::optional<Cause> cause_of(const Project& project, EffectId effect, std::vector<Reach> reaches) {
  if (reaches.empty()) return std::nullopt;
  Cause cause;
  cause.effect = effect;
  cause.is_guarded = !keep_unguarded(project, reaches);
  cause.reaches = std::move(reaches);
  for (const Reach& reach : cause.reaches) {
    if (cause.tests.empty() || cause.tests.back() != reach.test) cause.tests.push_back(reach.test);
  }
  cause.executions = executions(project, cause.reaches) * std::max(1U, project->effects[effect].repeats);
  choose_witness(project, cause);
  find_site(project, cause);
  cause.chain = witness_chain(project, cause.witness);
  return cause;
}

std::string sentence(const Project& project, const Cause& cause, std::string_view deed) {
  return fmt::format("{}{}{}", deed, whereabouts(cause), frequency(project, cause));
}

Finding& report_cause(Check& check, const Cause& cause, std::string_view deed) {
  const Effect& effect = check.project()->effects[cause.effect];
  Finding& finding = check.report(cause.place, sentence(check.project(), cause, deed));
  finding.symbol = cause.symbol;
  finding.chain = cause.chain;
  finding.tests = cause.tests;
  finding.kind = effect.kind;
  const Seconds once = effect.seconds.known() ? effect.seconds : typical_seconds(effect.cost);
  if (once.known()) finding.cost = {once.value * static_cast<float>(cause.executions)};
  return finding;
}

namespace {

std::optional<Cause> cause_at_import(const Project& project, EffectId id) {
  const Effect& effect = project->effects[id];
  if (!project.is_test_code(effect.place.file) || is_script_only(project, effect.place)) return std::nullopt;
  Cause cause;
  cause.effect = id;
  cause.site = CauseSite::import;
  cause.place = effect.place;
  cause.name = project.path(effect.place.file);
  cause.symbol = symbol_at(project, effect.place);
  cause.executions = std::max(1U, effect.repeats);
  return cause;
}

/// Leaves the ways to the effect that nothing guards, when there are any.
bool keep_unguarded(const Project& project, std::vector<Reach>& reaches) {
  std::map<PathId, bool> guarded;
  for (const Reach& reach : reaches) guarded.try_emplace(reach.path, false);
  for (auto& [path, is_one] : guarded) is_one = is_guarded(project, path);
  if (std::ranges::all_of(guarded, [](const auto& entry) { return entry.second; })) return false;
  std::erase_if(reaches, [&](const Reach& reach) { return guarded.at(reach.path); });
  return true;
}

void choose_witness(const Project& project, Cause& cause) {
  cause.witness = *std::ranges::min_element(cause.reaches, {},
                                            [&](const Reach& reach) { return project->paths[reach.path].length; });
  cause.path = cause.witness.path;
}

bool is_fixture_hook(const Project& project, FixtureId fixture) {
  return fixture && project->fixtures[fixture].origin == FixtureOrigin::xunit;
}

/// Points at the last step in test code, not behind the call that says what is touched. A path that never touches test
/// code (a first-party fixture) is shown where the effect is.
void find_site(const Project& project, Cause& cause) {
  const Path& path = project->paths[cause.path];
  const Place told = project->effects[cause.effect].told;
  const auto steps = project.steps(cause.path);
  std::size_t last = steps.size() - 1;
  while (told.file && last > 0 && steps[last].place != told) --last;
  std::size_t index = last;
  while (index > 0 && !project.is_test_code(steps[index].place.file)) --index;
  if (!project.is_test_code(steps[index].place.file)) index = last;

  const Step& step = steps[index];
  cause.place = step.place;
  if (index + 1 < steps.size()) cause.behind = callee_as_written(project, cause.path, index);

  const FunctionRef function = enclosing_function(project, step.place);
  cause.symbol = symbol_at(project, step.place);
  const bool is_root = index == 0 || function == path.root;
  if (!is_root) {
    cause.site = CauseSite::helper;
    cause.name = function ? project.function_name(function) : project.path(step.place.file);
  } else if (cause.witness.fixture) {
    cause.site = is_fixture_hook(project, cause.witness.fixture) ? CauseSite::hook : CauseSite::fixture;
    cause.name = project.name(project->fixtures[cause.witness.fixture].name);
    if (cause.site == CauseSite::hook && path.root) cause.name = project.function_name(path.root);
  } else {
    cause.site = CauseSite::test;
    cause.name = project.name(project->tests[cause.witness.test].name);
  }
}

std::vector<TestId> tests_through(const std::vector<Reach>& reaches, FixtureId fixture) {
  std::vector<TestId> tests;
  for (const Reach& reach : reaches) {
    if (reach.fixture == fixture && (tests.empty() || tests.back() != reach.test)) tests.push_back(reach.test);
  }
  return tests;
}

std::vector<FixtureId> fixtures_of(const std::vector<Reach>& reaches) {
  std::vector<FixtureId> fixtures;
  for (const Reach& reach : reaches) fixtures.push_back(reach.fixture);
  std::ranges::sort(fixtures);
  const auto repeated = std::ranges::unique(fixtures);
  fixtures.erase(repeated.begin(), repeated.end());
  return fixtures;
}

/// A test's own body runs per case, a fixture per set-up.
std::uint32_t executions(const Project& project, const std::vector<Reach>& reaches) {
  std::uint32_t sum = 0;
  for (const FixtureId fixture : fixtures_of(reaches)) {
    const std::vector<TestId> tests = tests_through(reaches, fixture);
    sum += fixture ? set_ups(project, fixture, tests) : cases(project, tests);
  }
  return sum;
}

std::string whereabouts(const Cause& cause) {
  const std::string behind = cause.behind.empty() ? "" : fmt::format(" behind `{}`", cause.behind);
  switch (cause.site) {
    case CauseSite::import: return fmt::format(" whenever `{}` is imported", cause.name);
    case CauseSite::test: return fmt::format("{} in test `{}`", behind, cause.name);
    case CauseSite::fixture: return fmt::format("{} in fixture `{}`", behind, cause.name);
    case CauseSite::hook: return fmt::format("{} in `{}`", behind, cause.name);
    case CauseSite::helper: return fmt::format("{} in helper `{}`", behind, cause.name);
  }
  return {};
}

/// The fixture rows that one function stands for all count as that fixture (an imported one is one row per importer).
bool comes_from_one_function(const Project& project, const std::vector<Reach>& reaches) {
  return std::ranges::all_of(reaches, [&](const Reach& reach) {
    return reach.fixture &&
           project->fixtures[reach.fixture].function == project->fixtures[reaches.front().fixture].function;
  });
}

std::string times(std::uint32_t count) { return count == 1 ? "once" : fmt::format("{} times", count); }

std::string frequency(const Project& project, const Cause& cause) {
  if (cause.site == CauseSite::import) return {};
  const std::size_t tests = cause.tests.size();
  const std::uint32_t runs = executions(project, cause.reaches);
  const bool is_set_up = (cause.site == CauseSite::fixture || cause.site == CauseSite::hook) &&
                         cause.reaches.front().fixture && comes_from_one_function(project, cause.reaches);
  if (tests == 1) return runs <= 1 ? "" : fmt::format(", run for {} cases", runs);
  if (!is_set_up) return fmt::format(", reached by {} tests", tests);
  const std::string_view verb = cause.site == CauseSite::hook ? "run" : "set up";
  if (runs == tests) return fmt::format(", {} for {} tests", verb, tests);
  return fmt::format(", {} {} for {} tests", verb, times(runs), tests);
}

}  // namespace
}  // namespace hasten
