#include "analyzer/check/catalogue.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace hasten {
namespace {

std::string kebab_case(std::string_view file) {
  std::string name(file);
  std::ranges::replace(name, '_', '-');
  return name;
}

bool is_code(std::string_view code) {
  return code.size() == 5 && code.starts_with("HS") && code.find_first_not_of("0123456789", 2) == std::string::npos;
}

bool has_hook(const Hooks& hooks) {
  return hooks.on_effect != nullptr || hooks.on_call != nullptr || hooks.on_test != nullptr ||
         hooks.on_fixture != nullptr || hooks.on_file != nullptr || hooks.on_suite != nullptr;
}

TEST(Catalogue, is_sorted_by_code_without_duplicates) {
  EXPECT_GE(all_rules().size(), 7U);
  EXPECT_TRUE(std::ranges::is_sorted(all_rules(), {}, &Rule::code));
  EXPECT_EQ(std::ranges::adjacent_find(all_rules(), {}, &Rule::code), all_rules().end());
}

TEST(Catalogue, has_no_name_twice) {
  std::set<std::string_view> names;
  for (const Rule* rule : all_rules()) EXPECT_TRUE(names.insert(rule->name).second) << rule->name;
}

TEST(Catalogue, names_each_rule_after_its_file) {
  EXPECT_EQ(rule_origins().size(), all_rules().size());
  for (const RuleOrigin& origin : rule_origins()) EXPECT_EQ(origin.rule->name, kebab_case(origin.file));
}

TEST(Catalogue, gives_each_rule_the_digit_of_its_folder) {
  for (const RuleOrigin& origin : rule_origins()) {
    ASSERT_TRUE(is_code(origin.rule->code)) << origin.rule->code;
    EXPECT_EQ(origin.rule->code[2], family_digit(origin.family)) << origin.rule->code << " in " << origin.family;
  }
}

TEST(Catalogue, says_everything_about_each_rule) {
  for (const Rule* rule : all_rules()) {
    EXPECT_FALSE(rule->summary.empty()) << rule->code;
    EXPECT_FALSE(rule->since.empty()) << rule->code;
    EXPECT_FALSE(rule->help.empty()) << rule->code;
    EXPECT_FALSE(rule->page.empty()) << rule->code;
    EXPECT_TRUE(has_hook(rule->hooks)) << rule->code;
    EXPECT_TRUE(rule->hooks.on_effect == nullptr || !rule->wants.empty()) << rule->code;
  }
}

TEST(Catalogue, writes_sentences_for_tables_in_lower_case_without_full_stop) {
  for (const Rule* rule : all_rules()) {
    for (const std::string_view sentence : {rule->summary, rule->help}) {
      EXPECT_FALSE(sentence.ends_with('.')) << sentence;
      EXPECT_TRUE(sentence.front() < 'A' || sentence.front() > 'Z') << sentence;
      EXPECT_EQ(sentence.find('\n'), std::string_view::npos) << sentence;
    }
  }
}

TEST(Catalogue, finds_rules_by_code_and_by_name) {
  ASSERT_NE(find_rule("HS201"), nullptr);
  EXPECT_EQ(find_rule("HS201"), find_rule("sleep-in-test"));
  EXPECT_EQ(find_rule("HS2"), nullptr);
  EXPECT_EQ(find_rule(""), nullptr);
}

}  // namespace
}  // namespace hasten
