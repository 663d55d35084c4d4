#include "analyzer/check/run.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "analyzer/check/check.h"

namespace hasten {
namespace {

std::vector<Finding> run_rule(const Project& project, const Rule& rule);
void call_hooks(Check& check, const Hooks& hooks, EffectSet wants);
void sort_findings(std::vector<Finding>& findings);
std::vector<Finding> one_per_place(std::vector<Finding> sorted);

}  // namespace

std::vector<Finding> run_rules(const Project& project, std::span<const Rule* const> rules, const Pool& pool) {
  std::vector<std::vector<Finding>> slots(rules.size());
  pool.for_each(rules.size(), [&](std::size_t index, std::size_t) { slots[index] = run_rule(project, *rules[index]); });

  std::vector<Finding> findings;
  for (std::vector<Finding>& slot : slots) std::ranges::move(slot, std::back_inserter(findings));
  sort_findings(findings);
  return one_per_place(std::move(findings));
}

namespace {

std::vector<Finding> run_rule(const Project& project, const Rule& rule) {
  Check check(project, rule);
  call_hooks(check, rule.hooks, rule.wants);
  return std::move(check).findings();
}

void call_hooks(Check& check, const Hooks& hooks, EffectSet wants) {
  const Project& project = check.project();
  if (hooks.on_effect != nullptr) {
    for (const EffectId effect : project->effects.ids()) {
      if (wants.has(project->effects[effect].kind)) hooks.on_effect(check, effect);
    }
  }
  if (hooks.on_call != nullptr) {
    for (const FileId file : project->files.ids()) {
      for (const CallId call : project.model(file).calls.ids()) hooks.on_call(check, {file, call});
    }
  }
  if (hooks.on_test != nullptr) {
    for (const TestId test : project->tests.ids()) hooks.on_test(check, test);
  }
  if (hooks.on_fixture != nullptr) {
    for (const FixtureId fixture : project->fixtures.ids()) hooks.on_fixture(check, fixture);
  }
  if (hooks.on_file != nullptr) {
    for (const FileId file : project->files.ids()) hooks.on_file(check, file);
  }
  if (hooks.on_suite != nullptr) hooks.on_suite(check);
}

/// FileIds are ranks of paths, so places sort by path. Of those that will become one, the weightiest comes first.
void sort_findings(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
    return std::tuple(a.place, a.rule, b.tests.size(), std::string_view(a.message)) <
           std::tuple(b.place, b.rule, a.tests.size(), std::string_view(b.message));
  });
}

void absorb(Finding& kept, Finding other) {
  std::vector<TestId> tests;
  std::ranges::set_union(kept.tests, other.tests, std::back_inserter(tests));
  kept.tests = std::move(tests);
  kept.confidence = std::max(kept.confidence, other.confidence);
  if (other.cost.known()) kept.cost.value = std::max(kept.cost.value, 0.0F) + other.cost.value;

  const bool is_known =
      other.chain.empty() ||
      std::ranges::any_of(kept.related,
                          [&](const RelatedPlace& place) { return place.place == other.chain.back().place; }) ||
      (!kept.chain.empty() && kept.chain.back().place == other.chain.back().place);
  if (!is_known) kept.related.push_back(std::move(other.chain.back()));
}

std::vector<Finding> one_per_place(std::vector<Finding> sorted) {
  std::vector<Finding> kept;
  for (Finding& finding : sorted) {
    if (!kept.empty() && kept.back().rule == finding.rule && kept.back().place == finding.place) {
      absorb(kept.back(), std::move(finding));
    } else {
      kept.push_back(std::move(finding));
    }
  }
  return kept;
}

}  // namespace
}  // namespace hasten
