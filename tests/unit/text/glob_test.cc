#include "analyzer/text/glob.h"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace hasten {
namespace {

TEST(glob, star_and_question_mark_cross_slashes) {
  EXPECT_TRUE(fnmatch("a/b/c.py", "a*.py"));
  EXPECT_TRUE(fnmatch("a/b", "a?b"));
  EXPECT_FALSE(fnmatch("a/b.pyc", "a*.py"));
}

TEST(glob, matching_is_anchored_and_case_sensitive) {
  EXPECT_FALSE(fnmatch("xtest_a.py", "test_*.py"));
  EXPECT_FALSE(fnmatch("Test_a.py", "test_*.py"));
  EXPECT_TRUE(fnmatch("", ""));
  EXPECT_TRUE(fnmatch("", "*"));
  EXPECT_FALSE(fnmatch("", "?"));
}

TEST(glob, sets_know_ranges_negation_and_a_leading_bracket) {
  EXPECT_TRUE(fnmatch("b", "[a-c]"));
  EXPECT_FALSE(fnmatch("b", "[!a-c]"));
  EXPECT_TRUE(fnmatch("^", "[^a]"));  // a caret is no negation
  EXPECT_TRUE(fnmatch("]", "[]]"));
  EXPECT_TRUE(fnmatch("-", "[a-]"));
  EXPECT_FALSE(fnmatch("b", "[c-a]"));  // a range that runs backwards is empty
  EXPECT_TRUE(fnmatch("b", "[!c-a]"));
  EXPECT_TRUE(fnmatch("[a", "[a"));  // not closed: a literal
  EXPECT_TRUE(fnmatch("\\", "[\\]"));
}

TEST(glob, characters_are_code_points) {
  EXPECT_TRUE(fnmatch("tést", "t?st"));
  EXPECT_TRUE(fnmatch("ж", "[а-я]"));
  EXPECT_TRUE(
      fnmatch("a\xFF"
              "b",
              "a?b"));
  EXPECT_TRUE(fnmatch("\xFF", "\xFF"));
}

TEST(glob, a_path_pattern_with_a_slash_means_the_whole_path) {
  EXPECT_TRUE(PathGlob("test_*.py").matches("/p/tests/test_a.py"));
  EXPECT_FALSE(PathGlob("tests/*.py").matches("/p/test_a.py"));
  EXPECT_TRUE(PathGlob("tests/*.py").matches("/p/tests/deep/a.py"));
  EXPECT_TRUE(PathGlob("/p/*.py").matches("/p/tests/a.py"));
  EXPECT_FALSE(PathGlob("p/*.py").matches("p/a.py"));  // `*/` in front wants a slash
}

TEST(glob, many_stars_do_not_take_for_ever) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(fnmatch(std::string(20000, 'a'), pattern + "b"));
}

/// Python's answers for random patterns; empty when there is no python3.
std::vector<bool> python_answers(const std::vector<std::pair<std::string, std::string>>& cases) {
  const std::string script = testing::TempDir() + "hasten_glob_oracle.py";
  std::FILE* file = std::fopen(script.c_str(), "w");
  std::fputs("import fnmatch\n", file);
  for (const auto& [text, pattern] : cases) {
    std::fprintf(file, "print(int(fnmatch.fnmatchcase(r'''%s''', r'''%s''')))\n", text.c_str(), pattern.c_str());
  }
  std::fclose(file);
  std::vector<bool> answers;
  std::FILE* pipe = popen(("python3 " + script + " 2>/dev/null").c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c != '\n') answers.push_back(c == '1');
  }
  pclose(pipe);
  std::remove(script.c_str());
  return answers;
}

TEST(glob, random_patterns_match_what_python_matches) {
  std::mt19937 random(7);
  const std::string letters = "ab-!]a[*?/^z";
  const auto word = [&](std::size_t longest) {
    std::string out;
    for (std::size_t size = random() % longest; size > 0; --size) out += letters[random() % letters.size()];
    return out;
  };
  std::vector<std::pair<std::string, std::string>> cases;
  for (int i = 0; i < 4000; ++i) cases.emplace_back(word(5), word(9));
  const std::vector<bool> answers = python_answers(cases);
  if (answers.size() != cases.size()) GTEST_SKIP() << "python3 is not available";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(fnmatch(cases[i].first, cases[i].second), answers[i]) << cases[i].first << " ~ " << cases[i].second;
  }
}

}  // namespace
}  // namespace hasten
