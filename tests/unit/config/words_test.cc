#include <gtest/gtest.h>

#include "analyzer/config/addopts.h"
#include "analyzer/config/shell_words.h"

namespace hasten {
namespace {

using Words = std::vector<std::string>;

Words split(std::string_view text) {
  auto words = split_shell_words(text);
  return words ? *words : Words{"error: " + words.reason().message};
}

Addopts parsed(std::string_view text) { return parse_addopts(split(text)); }

TEST(shell_words, are_cut_as_shlex_cuts_them) {
  EXPECT_EQ(split("a  b\tc\nd"), (Words{"a", "b", "c", "d"}));
  EXPECT_EQ(split("-m 'not slow' -k \"a b\""), (Words{"-m", "not slow", "-k", "a b"}));
  EXPECT_EQ(split("a\\ b '' x''y"), (Words{"a b", "", "xy"}));
  EXPECT_EQ(split(R"("a\"b\n" 'c\')"), (Words{"a\"b\\n", "c\\"}));
  EXPECT_EQ(split("a # b"), (Words{"a", "#", "b"}));
  EXPECT_EQ(split(""), Words{});
}

TEST(shell_words, that_are_not_finished_are_an_error) {
  EXPECT_EQ(split("'a"), Words{"error: no closing quotation"});
  EXPECT_EQ(split("a\\").at(0).substr(0, 6), "error:");
}

TEST(addopts, plugins_are_loaded_and_blocked_and_the_last_word_counts) {
  const Addopts addopts = parsed("-p xdist -pno:cov -p no:xdist");
  EXPECT_EQ(addopts.plugins, Words{});
  EXPECT_EQ(addopts.blocked_plugins, (Words{"cov", "xdist"}));
}

TEST(addopts, a_value_may_hold_spaces_in_an_element_of_a_list) {
  const Addopts addopts = parse_addopts({"-p no:cov", "--ignore=my folder", "-m not slow", "my tests"});
  EXPECT_EQ(addopts.blocked_plugins, Words{"cov"});
  EXPECT_EQ(addopts.ignore, Words{"my folder"});
  EXPECT_EQ(addopts.positional, Words{"my tests"});
}

TEST(addopts, values_of_options_are_no_paths) {
  EXPECT_EQ(parsed("-m slow -k name -n 4 --dist loadfile --cov src --tb short tests").positional, Words{"tests"});
  EXPECT_EQ(parsed("-ra -q --strict-markers tests/unit::x").positional, Words{"tests/unit"});
  EXPECT_EQ(parsed("-xvs a -n4 b -vn 3 c").positional, (Words{"a", "b", "c"}));
  EXPECT_EQ(parsed("--cov -v tests").positional, Words{"tests"});
  EXPECT_EQ(parsed("-- -x").positional, Words{"-x"});
}

TEST(addopts, the_word_behind_an_unknown_option_is_no_path) {
  EXPECT_EQ(parsed("--company-report out tests").positional, Words{"tests"});
  EXPECT_EQ(parsed("--company-report=out tests").positional, Words{"tests"});
}

TEST(addopts, what_is_ignored_and_overridden_adds_up) {
  const Addopts addopts = parsed("--ignore=a --ignore b --ignore-glob='*_x.py' -o a=1 --override-ini b=2=3");
  EXPECT_EQ(addopts.ignore, (Words{"a", "b"}));
  EXPECT_EQ(addopts.ignore_glob, Words{"*_x.py"});
  ASSERT_EQ(addopts.overrides.size(), 2U);
  EXPECT_EQ(addopts.overrides[1].value, "2=3");
}

TEST(addopts, import_mode_and_doctest_modules_are_read) {
  const Addopts addopts = parsed("--import-mode=append --doctest-modules --import-mode importlib");
  EXPECT_EQ(addopts.import_mode, ImportMode::importlib);
  EXPECT_TRUE(addopts.doctest_modules);
  EXPECT_EQ(parsed("--import-mode=x").mistakes.size(), 1U);
}

}  // namespace
}  // namespace hasten
