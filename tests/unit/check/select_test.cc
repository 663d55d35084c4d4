#include "analyzer/check/select.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace hasten {
namespace {

using Words = std::vector<std::string>;

/// The settings that select, all empty by default.
struct Choice {
  Words select = {};
  Words extend_select = {};
  Words ignore = {};
};

HastenConfig configured(const Choice& choice) {
  HastenConfig config;
  config.select = choice.select;
  config.extend_select = choice.extend_select;
  config.ignore = choice.ignore;
  return config;
}

Words selected(const Choice& choice) {
  std::vector<Problem> problems;
  Words codes;
  for (const Rule* rule : selected_rules(configured(choice), problems)) codes.emplace_back(rule->code);
  EXPECT_TRUE(problems.empty());
  return codes;
}

Words every_code() {
  Words codes;
  for (const Rule* rule : all_rules()) codes.emplace_back(rule->code);
  return codes;
}

bool has(const Words& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

TEST(Selection, is_every_rule_when_nothing_is_said) { EXPECT_EQ(selected({}), every_code()); }

TEST(Selection, knows_all_prefixes_codes_and_names) {
  EXPECT_EQ(selected({.select = {"ALL"}}), every_code());
  EXPECT_EQ(selected({.select = {"HS"}}), every_code());
  EXPECT_EQ(selected({.select = {"HS201", "unmocked-network"}}), (Words{"HS201", "HS202"}));
  for (const std::string& code : selected({.select = {"HS3"}})) EXPECT_TRUE(code.starts_with("HS3")) << code;
}

TEST(Selection, lets_the_more_specific_selector_win) {
  EXPECT_EQ(selected({.select = {"HS201"}, .ignore = {"HS2"}}), (Words{"HS201"}));
  EXPECT_FALSE(has(selected({.select = {"HS2"}, .ignore = {"HS201"}}), "HS201"));
  EXPECT_TRUE(has(selected({.select = {"HS2"}, .ignore = {"HS201"}}), "HS202"));
  EXPECT_EQ(selected({.select = {"sleep-in-test"}, .ignore = {"HS20"}}), (Words{"HS201"}));
}

TEST(Selection, ignores_at_a_tie) {
  EXPECT_EQ(selected({.select = {"HS201"}, .ignore = {"sleep-in-test"}}), Words{});
  EXPECT_EQ(selected({.ignore = {"ALL"}}), Words{});
}

TEST(Selection, is_extended_by_extend_select) {
  EXPECT_EQ(selected({.select = {"HS201"}, .extend_select = {"HS202"}}), (Words{"HS201", "HS202"}));
  EXPECT_TRUE(has(selected({.extend_select = {"HS201"}, .ignore = {"HS2"}}), "HS201"));
}

TEST(Selection, reports_a_selector_that_names_no_rule) {
  std::vector<Problem> problems;
  HastenConfig config = configured({.select = {"HS999", "HS201"}, .ignore = {"sleep-in-tests"}});
  config.file = "pyproject.toml";
  EXPECT_EQ(selected_rules(config, problems).size(), 1U);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].severity, ProblemSeverity::error);
  EXPECT_EQ(problems[0].path, "pyproject.toml");
  EXPECT_NE(problems[0].message.find("`HS999` in `select` is no rule"), std::string::npos) << problems[0].message;
  EXPECT_NE(problems[1].message.find("did you mean `sleep-in-test`?"), std::string::npos) << problems[1].message;
}

TEST(Selection, accepts_no_empty_selector) {
  std::vector<Problem> problems;
  EXPECT_TRUE(selected_rules(configured({.select = {""}}), problems).empty());
  EXPECT_EQ(problems.size(), 1U);
}

Project project_of(const Words& paths) {
  ProjectTables tables;
  for (const std::string& path : paths) tables.files.add({FileRole::test_module, {}, Source(path, "x\n"), {}});
  return Draft(std::move(tables)).freeze();
}

Finding finding_in(std::size_t file, std::string_view rule) {
  Finding finding;
  finding.rule = rule;
  finding.place = {FileId(file), {0, 1}};
  return finding;
}

/// Findings that stay, as path:rule.
Words kept(const Words& paths, std::vector<HastenConfig::PerFile> ignores) {
  const Project project = project_of(paths);
  std::vector<Finding> findings;
  for (std::size_t file = 0; file < paths.size(); ++file) {
    findings.push_back(finding_in(file, "HS201"));
    findings.push_back(finding_in(file, "HS301"));
  }
  HastenConfig config;
  config.per_file_ignores = std::move(ignores);
  hide_per_file(project, config, findings);
  Words left;
  for (const Finding& finding : findings) {
    left.push_back(project.path(finding.place.file) + ":" + std::string(finding.rule));
  }
  return left;
}

TEST(PerFileIgnores, hide_the_named_rules_in_matching_files) {
  EXPECT_EQ(kept({"tests/old/test_a.py", "tests/test_b.py"}, {{"tests/old/**", {"HS2"}}}),
            (Words{"tests/old/test_a.py:HS301", "tests/test_b.py:HS201", "tests/test_b.py:HS301"}));
  EXPECT_EQ(kept({"tests/conftest.py", "tests/test_b.py"}, {{"conftest.py", {"ALL"}}}),
            (Words{"tests/test_b.py:HS201", "tests/test_b.py:HS301"}));
}

TEST(PerFileIgnores, with_an_exclamation_mark_hide_everywhere_else) {
  EXPECT_EQ(kept({"tests/test_a.py", "tools/test_b.py"}, {{"!tests/**", {"ALL"}}}),
            (Words{"tests/test_a.py:HS201", "tests/test_a.py:HS301"}));
}

}  // namespace
}  // namespace hasten
