#include "analyzer/collect/pytest_rules.h"

#include <array>
#include <charconv>

namespace hasten {
namespace {

constexpr PytestRules rules_7_0 = {.since = "7.0",
                                   .traversal = Traversal::files_first,
                                   .closure_order = ClosureOrder::breadth_first,
                                   .repeats_autouse_names = 1,
                                   .has_nose_hooks = 1,
                                   .scans_test_cases_once = 1,
                                   .hooks_are_attributes = 1,
                                   .marks_nearest_base_first = 1,
                                   .mixed_indirect_is_indirect = 1,
                                   .collects_yield_tests = 1,
                                   .sorts_parameter_keys = 1,
                                   .farthest_gives_indirect_scope = 1,
                                   .registers_every_use = 1,
                                   .unparametrized_is_zero = 1,
                                   .checks_parametrized_scope = 1};

constexpr PytestRules changed(PytestRules rules, std::string_view since, auto&& change) {
  rules.since = since;
  change(rules);
  return rules;
}

constexpr PytestRules rules_7_3 = changed(rules_7_0, "7.3", [](PytestRules& rules) {
  rules.marks_nearest_base_first = 0;
  rules.collects_class_methods = 1;
});
constexpr PytestRules rules_8_0 = changed(rules_7_3, "8.0", [](PytestRules& rules) {
  rules.traversal = Traversal::by_name;
  rules.repeats_autouse_names = 0;
  rules.has_nose_hooks = 0;
  rules.package_owner = PackageOwner::above;
  rules.direct_key = DirectKey::set;
  rules.package_key = PackageKey::module;
  rules.farthest_gives_indirect_scope = 0;
});
constexpr PytestRules rules_8_1 = changed(rules_8_0, "8.1", [](PytestRules& rules) {
  rules.hooks_are_attributes = 0;
  rules.sorts_parameter_keys = 0;
});
constexpr PytestRules rules_8_2 = changed(rules_8_1, "8.2", [](PytestRules& rules) {
  rules.scans_test_cases_once = 0;
  rules.registers_every_use = 0;
  rules.checks_repeated_requests = 1;
  rules.unparametrized_is_zero = 0;
});
constexpr PytestRules rules_8_3 = changed(rules_8_2, "8.3", [](PytestRules& rules) {
  rules.skips_abstract_test_cases = 1;
  rules.package_key = PackageKey::folder;
  rules.compares_parameters_by_value = 1;
});
constexpr PytestRules rules_8_4 = changed(rules_8_3, "8.4", [](PytestRules& rules) {
  rules.collects_yield_tests = 0;
  rules.direct_key = DirectKey::item;
  rules.checks_parametrized_scope = 0;
});
constexpr PytestRules rules_9_0 = changed(rules_8_4, "9.0", [](PytestRules& rules) {
  rules.closure_order = ClosureOrder::initial_then_depth;
  rules.follows_override_chain = 1;
});
constexpr PytestRules rules_9_1 = changed(rules_9_0, "9.1", [](PytestRules& rules) {
  rules.closure_order = ClosureOrder::depth_first;
  rules.mixed_indirect_is_indirect = 0;
  rules.has_unittest_skip_fixture = 1;
  rules.package_owner = PackageOwner::any_above;
});

constexpr std::array all = {rules_7_0, rules_7_3, rules_8_0, rules_8_1, rules_8_2,
                            rules_8_3, rules_8_4, rules_9_0, rules_9_1};

/// Takes the next number off the front.
int next_number(std::string_view& version) {
  int number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  const std::size_t dot = version.find('.');
  version = dot == std::string_view::npos ? std::string_view() : version.substr(dot + 1);
  return error == std::errc() ? number : 0;
}

}  // namespace

bool is_older(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    const int a = next_number(left), b = next_number(right);
    if (a != b) return a < b;
  }
  return false;
}

const PytestRules& pytest_rules(std::string_view version) {
  if (version.empty() || version.front() < '0' || version.front() > '9') return all.back();
  const PytestRules* best = &all.front();
  for (const PytestRules& rules : all) {
    if (!is_older(version, rules.since)) best = &rules;
  }
  return *best;
}

}  // namespace hasten
