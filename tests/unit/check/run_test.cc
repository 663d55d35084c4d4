#include "analyzer/check/run.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/check/check.h"
#include "tests/unit/check/suite.h"

namespace hasten {
namespace {

Place place(std::size_t file, std::uint32_t begin, std::uint32_t end) { return {FileId(file), {begin, end}}; }

void report_twice(Check& check) {
  check.report(place(1, 0, 1), "second file");
  check.report(place(0, 2, 3), "later");
  check.report(place(0, 0, 1), "earlier");
}

void report_few(Check& check) {
  Finding& one = check.report(place(0, 0, 1), "one test");
  one.tests = {TestId(3)};
  one.cost = {1};
  one.chain = {{place(1, 0, 1), "cause of the first"}};
  Finding& two = check.report(place(0, 0, 1), "two tests");
  two.tests = {TestId(1), TestId(2)};
  two.cost = {2};
  two.chain = {{place(1, 1, 2), "cause of the second"}};
}

void report_long(Check& check) { check.report(place(0, 0, 5), "over two lines"); }

void count_sleeps(Check& check, EffectId effect) {
  check.report(check.project()->effects[effect].place, "an effect of the wanted kind");
}

Rule rule_of(std::string_view code, Hooks hooks) {
  Rule rule{};
  rule.code = code;
  rule.wants = {EffectKind::sleep};
  rule.hooks = hooks;
  return rule;
}

const Rule weighty = rule_of("HS901", {.on_suite = report_few});
const Rule unordered = rule_of("HS902", {.on_suite = report_twice});
const Rule multiline = rule_of("HS903", {.on_suite = report_long});
const Rule sleeps = rule_of("HS904", {.on_effect = count_sleeps});

Project two_files() {
  Suite suite;
  suite.file(FileRole::test_module, "test_a.py", "a\nbcd\n");
  suite.file(FileRole::test_module, "test_b.py", "x\n");
  suite.effect(EffectKind::sleep, "time.sleep", place(0, 0, 1), {});
  suite.effect(EffectKind::network, "requests.get", place(0, 2, 3), {});
  return std::move(suite).freeze();
}

std::vector<Finding> run(std::vector<const Rule*> rules, std::size_t workers = 2) {
  return run_rules(two_files(), rules, Pool(workers));
}

std::vector<std::string> messages(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(finding.message);
  return texts;
}

TEST(RunningRules, sorts_findings_by_path_place_and_rule) {
  EXPECT_EQ(messages(run({&unordered, &weighty})),
            (std::vector<std::string>{"two tests", "earlier", "later", "second file"}));
}

TEST(RunningRules, gives_the_same_for_any_number_of_workers) {
  EXPECT_EQ(messages(run({&unordered, &weighty, &sleeps}, 1)), messages(run({&unordered, &weighty, &sleeps}, 8)));
}

TEST(RunningRules, makes_one_finding_of_those_of_one_rule_at_one_place) {
  const std::vector<Finding> findings = run({&weighty});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "two tests");
  EXPECT_EQ(findings[0].tests, (std::vector<TestId>{TestId(1), TestId(2), TestId(3)}));
  EXPECT_FLOAT_EQ(findings[0].cost.value, 3);
  ASSERT_EQ(findings[0].related.size(), 1U);
  EXPECT_EQ(findings[0].related[0].message, "cause of the first");
}

TEST(RunningRules, shows_a_rule_only_the_effects_it_wants) {
  const std::vector<Finding> findings = run({&sleeps});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].place, place(0, 0, 1));
}

TEST(RunningRules, cuts_a_place_at_the_end_of_its_line) {
  const std::vector<Finding> findings = run({&multiline});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].place, place(0, 0, 1));
}

}  // namespace
}  // namespace hasten
