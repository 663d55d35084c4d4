#include "analyzer/config/config.h"

#include <algorithm>

#include "tests/unit/config/project_folder.h"

namespace hasten {
namespace {

using Words = std::vector<std::string>;

class LoadPytestConfig : public ProjectFolder {
 protected:
  PytestConfig load(const Words& paths = {}) {
    problems_.clear();
    request_.paths = paths;
    auto config = load_config(request_, problems_);
    EXPECT_TRUE(config) << config.reason().message;
    return config ? config->pytest : PytestConfig();
  }
  std::string file_of(const Words& paths = {}) {
    const PytestConfig config = load(paths);
    return config.file.empty() ? "" : config.file.substr(top().size() + 1);
  }
  [[nodiscard]] std::string problem() const {
    if (problems_.empty()) return "";
    const Problem& one = problems_[0];
    return one.path + ":" + std::to_string(one.line) + ": " + one.message;
  }

  ConfigRequest request_;
  std::vector<Problem> problems_;
};

TEST_F(LoadPytestConfig, a1_the_seven_names_are_tested_in_order) {
  write("setup.cfg", "[tool:pytest]\n");
  EXPECT_EQ(file_of(), "setup.cfg");
  write("tox.ini", "[pytest]\n");
  EXPECT_EQ(file_of(), "tox.ini");
  write("pyproject.toml", "[tool.pytest.ini_options]\n");
  EXPECT_EQ(file_of(), "pyproject.toml");
  write(".pytest.ini");
  EXPECT_EQ(file_of(), ".pytest.ini");
  write("pytest.ini");
  EXPECT_EQ(file_of(), "pytest.ini");
  write(".pytest.toml");
  EXPECT_EQ(file_of(), ".pytest.toml");
  write("pytest.toml");
  EXPECT_EQ(file_of(), "pytest.toml");
}

TEST_F(LoadPytestConfig, a1_files_without_the_section_do_not_count) {
  write("setup.cfg", "[metadata]\nname = x\n");
  write("tox.ini", "[tox]\n");
  write("pyproject.toml", "[tool.black]\n");
  write("setup.py");
  // The pyproject.toml is the last resort (8.1), before setup.py.
  EXPECT_EQ(file_of(), "pyproject.toml");
  EXPECT_EQ(load().testpaths.origin.kind, Origin::Kind::default_value);
}

TEST_F(LoadPytestConfig, a1_a_pytest_section_in_setup_cfg_is_a_problem) {
  write("setup.cfg", "[metadata]\n[pytest]\ntestpaths = a\n");
  EXPECT_EQ(file_of(), "");
  EXPECT_TRUE(problem().starts_with("setup.cfg:2: ")) << problem();
}

TEST_F(LoadPytestConfig, a1_native_tables_have_toml_types) {
  write("pyproject.toml", "[tool.pytest]\ntestpaths = ['t']\ncollect_imported_tests = false\n");
  const PytestConfig config = load();
  EXPECT_EQ(config.testpaths.value, Words{"t"});
  EXPECT_FALSE(config.collect_imported_tests.value);
  EXPECT_EQ(problem(), "");
}

TEST_F(LoadPytestConfig, a1_both_tables_of_pyproject_are_a_problem) {
  write("pyproject.toml", "[tool.pytest]\nminversion = '9'\n[tool.pytest.ini_options]\ntestpaths = 'a b'\n");
  EXPECT_EQ(load().testpaths.value, (Words{"a", "b"}));
  EXPECT_TRUE(problem().starts_with("pyproject.toml:1: ")) << problem();
}

TEST_F(LoadPytestConfig, a2_a_nearer_file_wins_over_a_better_one) {
  write("pytest.ini", "[pytest]\n");
  write("sub/setup.cfg", "[tool:pytest]\n");
  make_folder("sub/tests");
  EXPECT_EQ(file_of({"sub/tests"}), "sub/setup.cfg");
  EXPECT_EQ(load({"sub/tests"}).root, at("sub"));
}

TEST_F(LoadPytestConfig, a2_the_common_ancestor_of_the_arguments_is_where_the_search_begins) {
  write("a/pytest.ini", "[pytest]\n");
  write("pytest.ini", "[pytest]\n");
  make_folder("b");
  EXPECT_EQ(load({"a", "b"}).root, top());
  write("a/x/test_a.py");
  EXPECT_EQ(load({"a/x/test_a.py"}).root, at("a"));
}

TEST_F(LoadPytestConfig, a2_setup_py_marks_the_root_when_nothing_else_does) {
  write("p/setup.py");
  make_folder("p/tests/unit");
  EXPECT_EQ(load({"p/tests/unit"}).root, at("p"));
  EXPECT_EQ(load({"p/tests/unit"}).file, "");
}

TEST_F(LoadPytestConfig, a2_without_anything_the_root_is_shared_with_the_invocation_directory) {
  write("p/tests/test_a.py");
  EXPECT_EQ(load({"p/tests"}).root, at("p/tests"));
  EXPECT_EQ(load({"p/tests/test_a.py"}).root, top());
}

TEST_F(LoadPytestConfig, a2_each_argument_is_searched_when_their_ancestor_has_nothing) {
  write("a/tox.ini", "[pytest]\n");
  make_folder("b");
  EXPECT_EQ(load({"b", "a"}).root, at("a"));
}

TEST_F(LoadPytestConfig, a3_a_named_file_is_the_only_one_read) {
  write("pytest.ini", "[pytest]\ntestpaths = a\n");
  write("ci/other.ini", "[pytest]\ntestpaths = b\n");
  request_.pytest_config_file = "ci/other.ini";
  EXPECT_EQ(load().testpaths.value, Words{"b"});
  EXPECT_EQ(load().root, at("ci"));
  request_.root_dir = ".";
  EXPECT_EQ(load().root, top());
  EXPECT_EQ(load().testpaths.origin.path, "ci/other.ini");
}

TEST_F(LoadPytestConfig, a3_a_named_file_that_is_missing_fails) {
  request_.pytest_config_file = "no.ini";
  EXPECT_FALSE(load_config(request_, problems_));
}

TEST_F(LoadPytestConfig, a4_rootdir_does_not_change_the_file) {
  write("pytest.ini", "[pytest]\ntestpaths = a\n");
  make_folder("sub");
  request_.root_dir = "sub";
  EXPECT_EQ(load().root, at("sub"));
  EXPECT_EQ(load().file, at("pytest.ini"));
  EXPECT_EQ(load().testpaths.origin.path, "../pytest.ini");
  request_.root_dir = "none";
  EXPECT_FALSE(load_config(request_, problems_));
}

TEST_F(LoadPytestConfig, a6_overrides_and_paths_in_addopts_are_honoured) {
  make_folder("tests/unit");
  write("pytest.ini",
        "[pytest]\ntestpaths = a\n"
        "addopts = -o testpaths=b -o testpaths=c --ignore tests/slow -p no:cov --import-mode=importlib tests/unit "
        "gone\n");
  const PytestConfig config = load();
  EXPECT_EQ(config.testpaths.value, Words{"c"});
  EXPECT_EQ(config.testpaths.origin.line, 3U);
  EXPECT_EQ(config.ignore, Words{at("tests/slow")});
  EXPECT_EQ(config.blocked_plugins, Words{"cov"});
  EXPECT_EQ(config.import_mode, ImportMode::importlib);
  EXPECT_EQ(config.arguments, Words{at("tests/unit")});
  EXPECT_EQ(problem(), "pytest.ini:3: addopts: 'gone' is no file or directory");
}

TEST_F(LoadPytestConfig, a7_broken_ini_is_a_problem_and_the_root_stays) {
  write("pytest.ini", "[pytest]\ntestpaths = a\nnonsense\n");
  EXPECT_EQ(load().root, top());
  EXPECT_TRUE(load().testpaths.value.empty());
  EXPECT_EQ(problem(), "pytest.ini:3: expected 'key = value' or '[section]', found 'nonsense'");
  EXPECT_EQ(problems_.size(), 1U);
}

TEST_F(LoadPytestConfig, a7_broken_toml_is_a_problem_with_its_place_and_the_next_file_counts) {
  write("pyproject.toml", "[tool.pytest.ini_options]\ntestpaths = [\n");
  write("tox.ini", "[pytest]\ntestpaths = b\n");
  EXPECT_EQ(load().testpaths.value, Words{"b"});
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(problems_[0].path, "pyproject.toml");
  EXPECT_GT(problems_[0].line, 0U);
  EXPECT_GT(problems_[0].column, 0U);
}

TEST_F(LoadPytestConfig, a8_words_lines_and_paths_are_split_by_type) {
  write("pytest.ini",
        "[pytest]\npython_files = test_*.py 'check me.py'\nmarkers =\n  slow: takes long\n  # no\n  net: other\n"
        "pythonpath = src ../lib\nusefixtures = a b\n");
  make_folder("sub");
  const PytestConfig config = load({"sub"});
  EXPECT_EQ(config.python_files.value, (Words{"test_*.py", "check me.py"}));
  EXPECT_EQ(config.python_files.origin.path, "pytest.ini");
  EXPECT_EQ(config.python_files.origin.line, 2U);
  EXPECT_EQ(config.markers.value, (Words{"slow: takes long", "net: other"}));
  EXPECT_EQ(config.pythonpath.value.at(0), at("src"));
  EXPECT_EQ(config.usefixtures.value, (Words{"a", "b"}));
}

TEST_F(LoadPytestConfig, a8_lists_in_ini_options_are_not_split_again) {
  write(
      "pyproject.toml",
      "[tool.pytest.ini_options]\ntestpaths = ['a b', 'c']\nmarkers = ['x: y']\nminversion = 7.0\nxfail_strict = true\n"
      "filterwarnings = ['error', 'ignore']\n");
  const PytestConfig config = load();
  EXPECT_EQ(config.testpaths.value, (Words{"a b", "c"}));
  ASSERT_EQ(config.others.size(), 3U);
  EXPECT_EQ(config.others[0].value, "7.0");
  EXPECT_EQ(config.others[1].value, "True");
  EXPECT_EQ(config.others[2].value, "error\nignore");
  EXPECT_EQ(config.others[2].origin.line, 6U);
}

TEST_F(LoadPytestConfig, a8_a_wrong_type_is_a_problem_and_counts_as_not_set) {
  write("pytest.toml", "[pytest]\npython_files = 'check_*.py'\ncollect_imported_tests = 'no'\n");
  const PytestConfig config = load();
  EXPECT_EQ(config.python_files.value.size(), 2U);
  EXPECT_TRUE(config.collect_imported_tests.value);
  ASSERT_EQ(problems_.size(), 2U);
  EXPECT_EQ(problem(), "pytest.toml:2: 'python_files' is 'check_*.py', expected an array of strings");
}

TEST_F(LoadPytestConfig, a8_booleans_have_six_spellings_each) {
  for (const char* no : {"0", "False", "NO", "n", "f", "off"}) {
    write("pytest.ini", std::string("[pytest]\ncollect_imported_tests = ") + no);
    EXPECT_FALSE(load().collect_imported_tests.value) << no;
  }
  write("pytest.ini", "[pytest]\ncollect_imported_tests = perhaps");
  EXPECT_TRUE(load().collect_imported_tests.value);
  EXPECT_EQ(problem(), "pytest.ini:2: 'collect_imported_tests' is 'perhaps', expected a boolean");
}

TEST_F(LoadPytestConfig, a15_asyncio_mode_of_addopts_wins) {
  write("pytest.ini", "[pytest]\nasyncio_mode = strict\naddopts = --asyncio-mode=auto\n");
  EXPECT_EQ(load().asyncio_mode.value, "auto");
  write("pytest.ini", "[pytest]\nasyncio_mode = auto\n");
  EXPECT_EQ(load().asyncio_mode.value, "auto");
}

TEST_F(LoadPytestConfig, the_environment_is_not_read) {
  setenv("PYTEST_ADDOPTS", "-p no:cov", 1);
  EXPECT_TRUE(load().blocked_plugins.empty());
  unsetenv("PYTEST_ADDOPTS");
}

TEST_F(LoadPytestConfig, a_path_that_does_not_exist_fails_and_a_node_id_means_its_file) {
  write("test_a.py");
  ConfigRequest request;
  request.paths = {"test_a.py::test_x"};
  const auto config = load_config(request, problems_);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->paths, Words{at("test_a.py")});
  request.paths = {"test_b.py"};
  const auto missing = load_config(request, problems_);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.reason().path, "test_b.py");
  EXPECT_EQ(missing.reason().severity, ProblemSeverity::error);
}

TEST_F(LoadPytestConfig, bytes_that_are_no_utf8_are_a_problem) {
  write("tox.ini", "[pytest]\n\xFF = 1\n");
  (void)load();
  EXPECT_EQ(problem(), "tox.ini:2: not valid UTF-8");
}

}  // namespace
}  // namespace hasten
