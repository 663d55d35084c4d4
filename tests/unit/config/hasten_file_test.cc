#include "analyzer/config/hasten_file.h"

#include "analyzer/config/rebase_pattern.h"
#include "tests/unit/config/project_folder.h"

namespace hasten {
namespace {

using Words = std::vector<std::string>;

class LoadHastenConfig : public ProjectFolder {
 protected:
  HastenConfig load(const Words& paths = {}) {
    problems_.clear();
    request_.paths = paths;
    auto config = load_config(request_, problems_);
    EXPECT_TRUE(config) << config.reason().message;
    return config ? config->hasten : HastenConfig();
  }
  [[nodiscard]] std::string problem() const {
    if (problems_.empty()) return "";
    const Problem& one = problems_[0];
    return one.path + ":" + std::to_string(one.line) + ":" + std::to_string(one.column) + ": " + one.message;
  }

  ConfigRequest request_;
  std::vector<Problem> problems_;
};

TEST_F(LoadHastenConfig, the_closest_file_wins_and_a_dot_file_beats_the_others) {
  write("pyproject.toml", "[tool.hasten]\nselect = ['C']\n");
  make_folder("sub");
  EXPECT_EQ(load({"sub"}).select, Words{"C"});
  write("hasten.toml", "select = ['B']\n");
  EXPECT_EQ(load({"sub"}).select, Words{"B"});
  write(".hasten.toml", "select = ['A']\n");
  EXPECT_EQ(load({"sub"}).select, Words{"A"});
  write("sub/pyproject.toml", "[tool.other]\n");
  EXPECT_EQ(load({"sub"}).select, Words{"A"});
  write("sub/pyproject.toml", "[tool.hasten]\n");
  EXPECT_EQ(load({"sub"}).select, Words{});
  EXPECT_EQ(load({"sub"}).file, at("sub/pyproject.toml"));
}

TEST_F(LoadHastenConfig, every_key_is_read) {
  write("pyproject.toml",
        "[tool.hasten]\nselect = ['HS1']\nextend-select = ['HS2']\nignore = ['HS3']\nexclude = ['a']\n"
        "extend-exclude = ['b']\nrespect-gitignore = false\noutput-format = 'json'\n"
        "[tool.hasten.per-file-ignores]\n'tests/slow/*' = ['HS4', 'HS5']\n");
  const HastenConfig config = load();
  EXPECT_EQ(config.select, Words{"HS1"});
  EXPECT_EQ(config.extend_select, Words{"HS2"});
  EXPECT_EQ(config.ignore, Words{"HS3"});
  EXPECT_EQ(config.exclude, Words{"a"});
  EXPECT_EQ(config.extend_exclude, Words{"b"});
  EXPECT_FALSE(config.respect_gitignore);
  EXPECT_EQ(config.output_format, "json");
  ASSERT_EQ(config.per_file_ignores.size(), 1U);
  EXPECT_EQ(config.per_file_ignores[0].pattern, "tests/slow/*");
  EXPECT_EQ(config.per_file_ignores[0].ignore, (Words{"HS4", "HS5"}));
  EXPECT_EQ(problem(), "");
}

TEST_F(LoadHastenConfig, an_unknown_key_is_an_error_with_the_likely_one) {
  write("hasten.toml", "select = []\nextend_selct = ['A']\nzzz = 1\n");
  (void)load();
  ASSERT_EQ(problems_.size(), 2U);
  EXPECT_EQ(problem(), "hasten.toml:2:1: unknown setting 'extend_selct', did you mean 'extend-select'?");
  EXPECT_EQ(problems_[0].severity, ProblemSeverity::error);
  EXPECT_EQ(problems_[1].message, "unknown setting 'zzz'");
}

TEST_F(LoadHastenConfig, entries_of_knowledge_keep_their_places) {
  write("pyproject.toml",
        "[tool.hasten]\n[[tool.hasten.api]]\nname = 'a.b'\nseconds = [0, 'x']\ncontext = true\ncost = 1.5\n"
        "[[tool.hasten.decorator]]\nnames = ['a.c']\n");
  const HastenConfig config = load();
  EXPECT_EQ(problem(), "");
  EXPECT_EQ(config.knowledge.files, Words{"pyproject.toml"});
  ASSERT_EQ(config.knowledge.entries.size(), 2U);
  const facts::Entry& api = config.knowledge.entries[0];
  EXPECT_EQ(api.kind, "api");
  EXPECT_EQ(api.where.line, 2U);
  ASSERT_EQ(api.keys.size(), 4U);
  EXPECT_EQ(api.keys[1].where.line, 4U);
  EXPECT_TRUE(api.keys[1].is_list);
  EXPECT_EQ(std::get<std::int64_t>(api.keys[1].values[0].value), 0);
  EXPECT_EQ(std::get<std::string>(api.keys[1].values[1].value), "x");
  EXPECT_TRUE(std::get<bool>(api.keys[2].values[0].value));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(api.keys[3].values[0].value));
  EXPECT_EQ(config.knowledge.entries[1].kind, "decorator");
}

TEST_F(LoadHastenConfig, knowledge_that_is_no_list_of_entries_is_an_error) {
  write("hasten.toml", "api = 3\n");
  (void)load();
  EXPECT_EQ(problem(), "hasten.toml:1:1: 'api' is no list of entries, expected [[tool.hasten.api]]");
  write("hasten.toml", "[decorator]\nname = 'a.b'\n");
  (void)load();
  EXPECT_EQ(problem(), "hasten.toml:1:2: 'decorator' is no list of entries, expected [[tool.hasten.decorator]]");
}

TEST_F(LoadHastenConfig, a_wrong_type_is_an_error_and_counts_as_not_set) {
  write("hasten.toml",
        "select = 'A'\nrespect-gitignore = 'no'\noutput-format = 1\nignore = [1]\nper-file-ignores = []\n");
  const HastenConfig config = load();
  EXPECT_TRUE(config.respect_gitignore);
  EXPECT_EQ(config.output_format, "full");
  ASSERT_EQ(problems_.size(), 5U);
  EXPECT_EQ(problem(), "hasten.toml:1:1: 'select' is a string, expected an array of strings");
}

TEST_F(LoadHastenConfig, the_least_confidence_is_one_of_three_words) {
  write("hasten.toml", "min-confidence = 'high'\n");
  EXPECT_EQ(load().min_confidence, Confidence::high);
  EXPECT_TRUE(problems_.empty());
  write("hasten.toml", "min-confidence = 'sure'\n");
  EXPECT_EQ(load().min_confidence, Confidence::medium);
  EXPECT_EQ(problem(), "hasten.toml:1:1: 'min-confidence' is a string, expected \"low\", \"medium\" or \"high\"");
}

TEST_F(LoadHastenConfig, the_command_line_has_the_last_word) {
  write("hasten.toml", "select = ['A']\nextend-select = ['B']\nexclude = ['x']\noutput-format = 'json'\n");
  request_.select = {"C"};
  request_.extend_select = {"D"};
  request_.extend_exclude = {"y"};
  request_.output_format = "sarif";
  const HastenConfig config = load();
  EXPECT_EQ(config.select, Words{"C"});
  EXPECT_EQ(config.extend_select, (Words{"B", "D"}));
  EXPECT_EQ(config.exclude, Words{"x"});
  EXPECT_EQ(config.extend_exclude, Words{"y"});
  EXPECT_EQ(config.output_format, "sarif");
}

TEST_F(LoadHastenConfig, a_named_file_or_a_single_setting_can_be_given) {
  write("hasten.toml", "select = ['A']\nignore = ['I']\n");
  write("other.toml", "select = ['B']\n");
  request_.config_file = "other.toml";
  EXPECT_EQ(load().select, Words{"B"});
  EXPECT_EQ(load().ignore, Words{});
  request_.config_file = "select = ['C']";
  EXPECT_EQ(load().select, Words{"C"});
  EXPECT_EQ(load().ignore, Words{"I"});
  request_.isolated = true;
  EXPECT_EQ(load().ignore, Words{});
  request_.config_file.reset();
  EXPECT_EQ(load().select, Words{});
}

TEST_F(LoadHastenConfig, an_unusable_named_file_fails) {
  request_.config_file = "missing.toml";
  EXPECT_FALSE(load_config(request_, problems_));
  write("broken.toml", "select = [\n");
  request_.config_file = "broken.toml";
  const auto broken = load_config(request_, problems_);
  ASSERT_FALSE(broken);
  EXPECT_GT(broken.reason().line, 0U);
}

TEST_F(LoadHastenConfig, a_broken_file_is_an_error_and_the_rest_goes_on) {
  write("hasten.toml", "select = [\n");
  EXPECT_EQ(load().exclude, default_exclude());
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(problems_[0].severity, ProblemSeverity::error);
}

TEST_F(LoadHastenConfig, patterns_turn_from_their_file_to_the_root_directory) {
  write("hasten.toml", "exclude = ['pkg/data/*.py', 'other/x', 'tmp']\n");
  write("pkg/pytest.ini");
  EXPECT_EQ(load({"pkg"}).exclude, (Words{"/data/*.py", "tmp"}));
}

TEST(rebase_pattern, keeps_what_has_no_slash) {
  EXPECT_EQ(rebase_pattern("*.py", "/a", "/a/b"), "*.py");
  EXPECT_EQ(rebase_pattern("build/", "/a", "/a/b"), "build/");
  EXPECT_EQ(rebase_pattern("x/y", "/a", "/a"), "x/y");
}

TEST(rebase_pattern, narrows_and_widens) {
  EXPECT_EQ(rebase_pattern("b/c/*.py", "/a", "/a/b"), "/c/*.py");
  EXPECT_EQ(rebase_pattern("*/c", "/a", "/a/b"), "/c");
  EXPECT_EQ(rebase_pattern("**/c", "/a", "/a/b/d"), "**/c");
  EXPECT_EQ(rebase_pattern("x/c", "/a", "/a/b"), std::nullopt);
  EXPECT_EQ(rebase_pattern("!b/c", "/a", "/a/b"), "!/c");
  EXPECT_EQ(rebase_pattern("/x/*.py", "/a/b[1]", "/a"), "/b\\[1]/x/*.py");
  EXPECT_EQ(rebase_pattern("x/y", "/other", "/a"), std::nullopt);
}

}  // namespace
}  // namespace hasten
