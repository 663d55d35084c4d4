#include "analyzer/text/gitignore.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace hasten {
namespace {

namespace fs = std::filesystem;

bool ignores(std::string_view patterns, std::string_view path, EntryKind kind = EntryKind::file) {
  return IgnoreList::parse(patterns).ignores(path, kind);
}

TEST(gitignore, a_pattern_without_a_slash_means_any_depth) {
  EXPECT_TRUE(ignores("*.log", "a/b/c.log"));
  EXPECT_TRUE(ignores("build", "a/build/x.py"));
}

TEST(gitignore, a_slash_before_the_end_anchors) {
  EXPECT_TRUE(ignores("/build", "build", EntryKind::directory));
  EXPECT_FALSE(ignores("/build", "a/build", EntryKind::directory));
  EXPECT_TRUE(ignores("docs/*.txt", "docs/a.txt"));
  EXPECT_FALSE(ignores("docs/*.txt", "docs/deep/a.txt"));
  EXPECT_FALSE(ignores("docs/*.txt", "x/docs/a.txt"));
}

TEST(gitignore, a_slash_at_the_end_wants_a_directory) {
  EXPECT_FALSE(ignores("build/", "build", EntryKind::file));
  EXPECT_TRUE(ignores("build/", "x/build", EntryKind::directory));
}

TEST(gitignore, two_stars_stand_for_any_number_of_directories) {
  EXPECT_TRUE(ignores("**/foo", "foo"));
  EXPECT_TRUE(ignores("a/**/b", "a/b"));
  EXPECT_TRUE(ignores("a/**/b", "a/x/y/b"));
  EXPECT_TRUE(ignores("a/**", "a/x"));
  EXPECT_FALSE(ignores("a/**", "a", EntryKind::directory));
  EXPECT_FALSE(ignores("a/x**y/b", "a/x/y/b"));
}

TEST(gitignore, the_last_match_decides_but_below_an_ignored_directory_nothing_is_kept) {
  EXPECT_FALSE(ignores("*.py\n!keep.py\n", "keep.py"));
  EXPECT_TRUE(ignores("!keep.py\n*.py\n", "keep.py"));
  EXPECT_TRUE(ignores("lib/\n!lib/keep.py\n", "lib/keep.py"));
  EXPECT_FALSE(ignores("lib/*\n!lib/keep.py\n", "lib/keep.py"));
}

TEST(gitignore, comments_escapes_spaces_and_line_ends) {
  EXPECT_FALSE(ignores("#a", "#a"));
  EXPECT_TRUE(ignores("\\#a", "#a"));
  EXPECT_TRUE(ignores("\\!a", "!a"));
  EXPECT_TRUE(ignores("a   ", "a"));
  EXPECT_TRUE(ignores("a\\ ", "a "));
  EXPECT_TRUE(ignores("a\r\nb\r\n", "b"));
  EXPECT_TRUE(
      ignores("\xEF\xBB\xBF"
              "a",
              "a"));
}

TEST(gitignore, malformed_patterns_match_nothing) {
  EXPECT_FALSE(ignores("a[", "a["));
  EXPECT_FALSE(ignores("a\\", "a\\"));
  EXPECT_FALSE(ignores("[[:nonsense:]]", "n"));
  EXPECT_TRUE(ignores("[[:digit:]x]", "7"));
}

TEST(gitignore, many_stars_do_not_take_for_ever) {
  std::string deep, stars;
  for (int i = 0; i < 500; ++i) deep += "a/";
  for (int i = 0; i < 100; ++i) stars += "**/a/";
  EXPECT_FALSE(ignores(stars + "b", deep + "c"));
}

/// What `git check-ignore` says about `paths` under the ignore file `patterns`; empty when there is no git.
std::vector<bool> git_answers(const fs::path& repository, const std::string& patterns,
                              const std::vector<std::string>& paths) {
  std::ofstream(repository / ".gitignore", std::ios::binary) << patterns;
  std::string input;
  for (const std::string& path : paths) (input += path) += '\0';
  std::ofstream(repository / ".git" / "input", std::ios::binary) << input;
  const std::string command = "cd '" + repository.string() +
                              "' && git -c core.excludesFile=/dev/null check-ignore --no-index --stdin -z -v -n "
                              "< .git/input 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  pclose(pipe);
  // source NUL line NUL pattern NUL path NUL
  std::vector<bool> answers;
  std::vector<std::string> fields;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = output.find('\0', at);
    fields.push_back(output.substr(at, end - at));
    at = end + 1;
  }
  for (std::size_t i = 0; i + 3 < fields.size(); i += 4) {
    answers.push_back(!fields[i + 2].empty() && !fields[i + 2].starts_with('!'));
  }
  return answers;
}

class GitOracle : public testing::Test {
 protected:
  void SetUp() override {
    repository_ = fs::path(testing::TempDir()) / ("hasten_gitignore_" + std::to_string(getpid()));
    fs::create_directories(repository_);
    if (std::system(("git init -q '" + repository_.string() + "' 2>/dev/null").c_str()) != 0) {
      GTEST_SKIP() << "git is not available";
    }
    for (const char* directory : {"a/b/c", "a/ab", "b/a/b", "c", "ab/a"}) {
      fs::create_directories(repository_ / directory);
      for (const char* name : {"x", "ax", "-", "a b"}) std::ofstream(repository_ / directory / name) << "";
    }
    for (const auto& entry : fs::recursive_directory_iterator(repository_)) {
      const std::string path = fs::relative(entry.path(), repository_).string();
      if (path.starts_with(".git")) continue;
      paths_.push_back(path);
      kinds_.push_back(entry.is_directory() ? EntryKind::directory : EntryKind::file);
    }
  }
  void TearDown() override { fs::remove_all(repository_); }

  void expect_agreement(const std::string& patterns) {
    const std::vector<bool> answers = git_answers(repository_, patterns, paths_);
    ASSERT_EQ(answers.size(), paths_.size()) << patterns;
    const IgnoreList list = IgnoreList::parse(patterns);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      EXPECT_EQ(list.ignores(paths_[i], kinds_[i]), answers[i]) << paths_[i] << " under:\n" << patterns;
    }
  }

  fs::path repository_;
  std::vector<std::string> paths_;
  std::vector<EntryKind> kinds_;
};

TEST_F(GitOracle, chosen_patterns_ignore_what_git_ignores) {
  for (const char* patterns : {"a",         "/a",          "a/",
                               "*/a",       "**/a",        "a/**",
                               "**",        "/**",         "a/**/c",
                               "a/b/**/x",  "***/x",       "a/***",
                               "?",         "[ab]",        "[!a]",
                               "[^a]x",     "[a-b]*",      "a*x",
                               "*x\n!ax",   "a\n!a/b",     "a/*\n!a/b\na/b/*\n!a/b/c/",
                               "a\\ b",     "a b  ",       "/*/\n!/b/",
                               "//a",       "a//",         "!",
                               "/",         "[[:alpha:]]", "[[:alpha:][:space:]]*",
                               "a/[/]b",    "a[/]b",       "\\a",
                               "a\\/b",     "-",           "[]-]",
                               "[a-]",      "[\\-]",       "**x",
                               "x**",       "a/**b",       "a**/b/c",
                               "*\n!*/\n!x"}) {
    expect_agreement(patterns);
  }
}

/// git cuts off the literal beginning of a pattern first, so that it takes the stars of `a**/b` for a part of their
/// own, against its documentation. We do as it is documented.
bool shows_git_quirk(std::string_view patterns) {
  for (std::size_t at = patterns.find("**"); at != patterns.npos; at = patterns.find("**", at + 1)) {
    if (at > 0 && std::isalnum(static_cast<unsigned char>(patterns[at - 1])) != 0) return true;
  }
  return false;
}

TEST_F(GitOracle, random_patterns_ignore_what_git_ignores) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces{"a",    "b",    "x", "*", "**",  "/",     "?",
                                        "[ab]", "[!a]", "c", "/", "\\a", "[a-c]", "**/"};
  for (int round = 0; round < 150; ++round) {
    std::string patterns;
    for (std::size_t line = 0; line < 1 + random() % 3; ++line) {
      if (random() % 4 == 0) patterns += '!';
      for (std::size_t size = 1 + random() % 6; size > 0; --size) patterns += pieces[random() % pieces.size()];
      patterns += '\n';
    }
    if (!shows_git_quirk(patterns)) expect_agreement(patterns);
  }
}

}  // namespace
}  // namespace hasten
