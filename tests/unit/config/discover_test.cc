#include "analyzer/config/discover.h"

#include <algorithm>

#include <sys/stat.h>

#include "analyzer/config/paths.h"
#include "analyzer/config/test_arguments.h"
#include "tests/unit/config/project_folder.h"

namespace hasten {
namespace {

using Words = std::vector<std::string>;

class DiscoverProject : public ProjectFolder {
 protected:
  void find(const Words& paths = {}) {
    request_.paths = paths;
    std::vector<Problem> problems;
    const auto config = load_config(request_, problems);
    ASSERT_TRUE(config) << config.reason().message;
    found_ = discover(*config);
  }
  [[nodiscard]] Words files() const {
    Words out;
    for (const FoundFile& file : found_.files) out.push_back(file.relative);
    return out;
  }
  [[nodiscard]] Words with_role(FileRole role) const {
    Words out;
    for (const FoundFile& file : found_.files) {
      if (file.role == role) out.push_back(file.relative);
    }
    return out;
  }
  [[nodiscard]] Words tests() const { return with_role(FileRole::test_module); }
  [[nodiscard]] Words support() const { return with_role(FileRole::test_support); }
  [[nodiscard]] Words conftests() const { return with_role(FileRole::conftest); }
  [[nodiscard]] Words problems() const {
    Words out;
    for (const Problem& problem : found_.problems) out.push_back(problem.path + ": " + problem.message);
    return out;
  }

  ConfigRequest request_;
  Discovery found_;
};

TEST_F(DiscoverProject, b3_python_files_decides_what_is_a_test_module) {
  for (const char* name : {"test_a.py", "a_test.py", "testa.py", "test_a.txt", "test_b.pyc", ".py"}) write(name);
  find();
  EXPECT_EQ(tests(), (Words{"a_test.py", "test_a.py"}));
  EXPECT_EQ(files(), (Words{"a_test.py", "test_a.py", "testa.py"}));
  write("pytest.ini", "[pytest]\npython_files = check_*.py sub/*.py\n");
  write("check_x.py");
  write("sub/y.py");
  find();
  EXPECT_EQ(tests(), (Words{"check_x.py", "sub/y.py"}));
}

TEST_F(DiscoverProject, b3_a_file_that_was_given_is_a_test_module_whatever_its_name) {
  write("pytest.ini");
  write("tests/helper.py");
  write("tests/test_a.py");
  find({"tests/helper.py"});
  EXPECT_EQ(tests(), Words{"tests/helper.py"});
  EXPECT_EQ(with_role(FileRole::first_party), Words{"tests/test_a.py"});
}

TEST_F(DiscoverProject, files_are_sorted_by_bytes_and_listed_once) {
  for (const char* name : {"b/test_x.py", "a.b/test_x.py", "a/test_x.py", "B/test_x.py"}) write(name);
  find({"b", "b/test_x.py", "a"});
  EXPECT_EQ(files(), (Words{"B/test_x.py", "a.b/test_x.py", "a/test_x.py", "b/test_x.py"}));
  EXPECT_EQ(tests(), (Words{"a/test_x.py", "b/test_x.py"}));
}

TEST_F(DiscoverProject, a9_testpaths_count_only_in_the_root_directory) {
  write("pytest.ini", "[pytest]\ntestpaths = pkg*/tests\n");
  write("pkg1/tests/test_a.py");
  write("pkg2/tests/test_b.py");
  write("other/test_c.py");
  find();
  EXPECT_EQ(tests(), (Words{"pkg1/tests/test_a.py", "pkg2/tests/test_b.py"}));
  find({"other"});
  EXPECT_EQ(tests(), Words{"other/test_c.py"});
  find({"."});
  EXPECT_EQ(tests().size(), 2U);
}

TEST_F(DiscoverProject, a9_testpaths_that_match_nothing_are_a_problem) {
  write("pytest.ini", "[pytest]\ntestpaths = nowhere\n");
  write("other/test_c.py");
  find();
  EXPECT_EQ(tests(), Words{"other/test_c.py"});
  EXPECT_EQ(problems(),
            Words{"pytest.ini: testpaths 'nowhere' matches nothing, the whole directory is searched instead"});
}

TEST_F(DiscoverProject, a6_paths_in_addopts_take_the_place_of_testpaths) {
  write("pytest.ini", "[pytest]\ntestpaths = a\naddopts = b\n");
  write("a/test_a.py");
  write("b/test_b.py");
  find();
  EXPECT_EQ(tests(), Words{"b/test_b.py"});
}

TEST_F(DiscoverProject, b2_norecursedirs_replaces_the_defaults) {
  write("build2/test_a.py");
  write(".hidden/test_b.py");
  write("x.egg/test_c.py");
  find();
  EXPECT_EQ(tests(), Words{"build2/test_a.py"});
  write("pytest.ini", "[pytest]\nnorecursedirs = build2 */deep/data\n");
  write("deep/data/test_d.py");
  find();
  EXPECT_EQ(tests(), (Words{".hidden/test_b.py", "x.egg/test_c.py"}));
  // The code there can still be imported.
  EXPECT_EQ(with_role(FileRole::first_party), (Words{"build2/test_a.py", "deep/data/test_d.py"}));
  find({"build2"});
  EXPECT_EQ(tests(), Words{"build2/test_a.py"});
}

TEST_F(DiscoverProject, b2_virtual_environments_and_caches_are_left_out) {
  write("e1/pyvenv.cfg");
  write("e1/lib/test_a.py");
  write("e2/conda-meta/history");
  write("e2/test_b.py");
  write("e3/bin/activate");
  write("e3/test_c.py");
  write("ok/bin/test_d.py");
  write("__pycache__/test_e.py");
  find();
  EXPECT_EQ(files(), Words{"ok/bin/test_d.py"});
}

TEST_F(DiscoverProject, b2_ignored_paths_are_not_tests) {
  write("pytest.ini", "[pytest]\naddopts = --ignore=tests/slow --ignore=tests/test_x.py --ignore-glob=*_net.py\n");
  for (const char* name : {"tests/slow/test_a.py", "tests/test_x.py", "tests/deep/test_net.py", "tests/test_y.py"}) {
    write(name);
  }
  find();
  EXPECT_EQ(tests(), Words{"tests/test_y.py"});
}

TEST_F(DiscoverProject, gitignore_leaves_out_but_never_what_was_given) {
  write(".gitignore", "gen/\n*_tmp.py\n!keep_tmp.py\n");
  write("gen/test_a.py");
  write("test_b_tmp.py");
  write("test_keep_tmp.py");
  write("sub/.gitignore", "/test_c.py\n");
  write("sub/test_c.py");
  write("sub/deep/test_c.py");
  write("sub/deep/.ignore", "test_d.py\n");
  write("sub/deep/test_d.py");
  find();
  EXPECT_EQ(files(), Words{"sub/deep/test_c.py"});
  find({"gen", "test_b_tmp.py", "sub/test_c.py"});
  EXPECT_EQ(tests(), (Words{"gen/test_a.py", "sub/test_c.py", "test_b_tmp.py"}));
  request_.respect_gitignore = false;
  find({"."});
  EXPECT_EQ(files().size(), 6U);
}

TEST_F(DiscoverProject, ignore_files_of_the_repository_above_count) {
  make_folder(".git");
  write(".git/info/exclude", "*_local.py\n");
  write(".gitignore", "/p/gen\n");
  write("p/pytest.ini");
  write("p/gen/test_a.py");
  write("p/test_local.py");
  write("p/test_b.py");
  find({"p"});
  EXPECT_EQ(files(), Words{"test_b.py"});
}

TEST_F(DiscoverProject, an_ignore_file_beats_a_nearer_gitignore) {
  write(".ignore", "!test_a.py\n");
  write("sub/.gitignore", "test_a.py\n");
  write("sub/test_a.py");
  find();
  EXPECT_EQ(tests(), Words{"sub/test_a.py"});
}

TEST_F(DiscoverProject, exclude_leaves_out_but_never_what_was_given) {
  write("hasten.toml", "extend-exclude = ['legacy/*.py', 'old']\n");
  write("legacy/test_a.py");
  write("x/old/test_b.py");
  write("node_modules/test_c.py");
  write("test_d.py");
  find();
  EXPECT_EQ(files(), Words{"test_d.py"});
  find({"x/old", "legacy/test_a.py"});
  EXPECT_EQ(tests(), (Words{"legacy/test_a.py", "x/old/test_b.py"}));
}

TEST_F(DiscoverProject, a_package_called_build_is_code) {
  write("src/build/__init__.py");
  write("src/build/env.py");
  write("build/lib/shop.py");
  write("tests/test_a.py");
  find();
  EXPECT_EQ(files(), (Words{"src/build/__init__.py", "src/build/env.py", "tests/test_a.py"}));
}

TEST_F(DiscoverProject, exclude_beats_testpaths) {
  write("pytest.ini", "[pytest]\ntestpaths = a b\n");
  write("hasten.toml", "extend-exclude = ['b']\n");
  write("a/test_a.py");
  write("b/test_b.py");
  find();
  EXPECT_EQ(files(), Words{"a/test_a.py"});
}

TEST_F(DiscoverProject, a10_conftests_above_an_argument_are_included) {
  write("pytest.ini");
  for (const char* name : {"conftest.py", "tests/conftest.py", "tests/unit/conftest.py", "tests/unit/test_a.py",
                           "tests/system/conftest.py", "tests/system/test_b.py"}) {
    write(name);
  }
  find({"tests/unit"});
  EXPECT_EQ(conftests(), (Words{"conftest.py", "tests/conftest.py", "tests/unit/conftest.py"}));
  EXPECT_EQ(tests(), Words{"tests/unit/test_a.py"});
  find({"tests/unit/test_a.py"});
  EXPECT_EQ(conftests().size(), 3U);
}

TEST_F(DiscoverProject, a10_conftests_above_the_root_directory_are_not) {
  write("conftest.py");
  write("p/pytest.ini");
  write("p/conftest.py");
  find({"p"});
  EXPECT_EQ(conftests(), Words{"conftest.py"});
  EXPECT_EQ(found_.files.at(0).path, at("p/conftest.py"));
}

TEST_F(DiscoverProject, helpers_next_to_tests_are_support_and_a_package_is_not) {
  write("pytest.ini");
  write("pkg/__init__.py");
  write("pkg/conftest.py");
  for (const char* name : {"pkg/core.py", "pkg/io.py", "pkg/net.py", "pkg/sub/more.py"}) write(name);
  write("pkg/tests/__init__.py");
  write("pkg/tests/test_core.py");
  write("pkg/tests/data/build.py");
  write("spec/test_x.py");
  write("spec/support/fake.py");
  find();
  EXPECT_EQ(support(), (Words{"pkg/tests/__init__.py", "pkg/tests/data/build.py", "spec/support/fake.py"}));
  EXPECT_EQ(with_role(FileRole::first_party),
            (Words{"pkg/__init__.py", "pkg/core.py", "pkg/io.py", "pkg/net.py", "pkg/sub/more.py"}));
}

TEST_F(DiscoverProject, a_folder_named_for_tests_without_tests_is_code) {
  write("testing/tools.py");
  write("test/bench.py");
  write("test_x.py");
  find();
  EXPECT_EQ(with_role(FileRole::first_party), (Words{"test/bench.py", "testing/tools.py"}));
}

TEST_F(DiscoverProject, tests_in_the_root_directory_do_not_make_the_code_support) {
  write("test_a.py");
  write("test_b.py");
  write("pkg/code.py");
  find();
  EXPECT_EQ(with_role(FileRole::first_party), Words{"pkg/code.py"});
}

TEST_F(DiscoverProject, a_loop_of_links_ends_with_a_problem) {
  write("sub/test_a.py");
  std::filesystem::create_directory_symlink("..", at("sub/up"));
  std::filesystem::create_directory_symlink("self", at("sub/self"));  // broken: leads to itself
  find();
  EXPECT_EQ(files(), Words{"sub/test_a.py"});
  EXPECT_EQ(problems(), Words{"sub/up: is a link to a directory that it lies in, not followed"});
}

TEST_F(DiscoverProject, links_to_folders_are_followed_once_and_real_names_are_preferred) {
  write("real/test_a.py");
  std::filesystem::create_directory_symlink("real", at("a_link"));
  write("p/pytest.ini");
  std::filesystem::create_directory_symlink("../real", at("p/one"));
  std::filesystem::create_directory_symlink("../real", at("p/two"));
  find();
  EXPECT_EQ(tests(), Words{"real/test_a.py"});
  find({"p"});
  EXPECT_EQ(tests(), Words{"one/test_a.py"});
  find({"a_link"});
  EXPECT_EQ(tests(), Words{"test_a.py"});
}

TEST_F(DiscoverProject, an_argument_that_is_a_link_into_the_root_directory_reaches_the_real_folder) {
  write("pytest.ini");
  write("real/test_a.py");
  std::filesystem::create_directory_symlink("real", at("link"));
  find({"link"});
  EXPECT_EQ(tests(), Words{"real/test_a.py"});
}

TEST_F(DiscoverProject, pipes_and_broken_links_are_not_touched) {
  ASSERT_EQ(mkfifo(at("test_pipe.py").c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere.py", at("test_broken.py"));
  write("test_a.py");
  std::filesystem::create_symlink("test_a.py", at("test_link.py"));
  find();
  EXPECT_EQ(files(), (Words{"test_a.py", "test_link.py"}));
  EXPECT_EQ(problems(), Words{});
  find({"test_pipe.py"});
  EXPECT_EQ(problems(), Words{"test_pipe.py: is not a Python file, left out"});
}

TEST_F(DiscoverProject, a_huge_file_is_a_problem_and_left_out) {
  write("test_a.py");
  write("test_huge.py");
  write("test_large.py");
  std::filesystem::resize_file(at("test_huge.py"), (std::uintmax_t{4} << 20) + 1);
  std::filesystem::resize_file(at("test_large.py"), std::uintmax_t{4} << 20);
  find();
  EXPECT_EQ(files(), (Words{"test_a.py", "test_large.py"}));
  EXPECT_EQ(problems(), Words{"test_huge.py: larger than 4 MiB, left out"});
  find({"test_huge.py", "test_a.py"});
  EXPECT_EQ(files(), (Words{"test_a.py", "test_large.py"}));
}

TEST_F(DiscoverProject, an_unreadable_folder_is_a_problem_and_the_rest_goes_on) {
  write("closed/test_a.py");
  write("open/test_b.py");
  ASSERT_EQ(chmod(at("closed").c_str(), 0), 0);
  const bool is_root = geteuid() == 0;
  ASSERT_EQ(seteuid(is_root ? 65534 : geteuid()), 0);
  const bool may_look_around = access(top().c_str(), R_OK | X_OK) == 0;
  if (may_look_around) find();
  ASSERT_EQ(seteuid(is_root ? 0 : geteuid()), 0);
  chmod(at("closed").c_str(), 0700);
  if (!may_look_around) GTEST_SKIP() << "the temporary directory is private";
  EXPECT_EQ(files(), Words{"open/test_b.py"});
  EXPECT_EQ(problems(), Words{"closed: cannot be opened: Permission denied"});
}

TEST_F(DiscoverProject, an_empty_project_has_no_files_and_no_problems) {
  find();
  EXPECT_EQ(files(), Words{});
  EXPECT_EQ(problems(), Words{});
}

TEST_F(DiscoverProject, arguments_outside_of_the_root_directory_are_shown_relative_to_it) {
  make_folder("root");
  write("elsewhere/tests/test_a.py");
  write("elsewhere/conftest.py");
  request_.root_dir = "root";
  find({"elsewhere/tests"});
  EXPECT_EQ(tests(), Words{"../elsewhere/tests/test_a.py"});
  EXPECT_EQ(conftests(), Words{"../elsewhere/conftest.py"});
}

TEST_F(DiscoverProject, globs_are_expanded_as_python_expands_them) {
  for (const char* name : {"a/x/t.py", "a/y/t.py", "a/.h/t.py", "b/t.py"}) write(name);
  EXPECT_EQ(expand_glob(top(), "*/t.py"), Words{at("b/t.py")});
  EXPECT_EQ(expand_glob(top(), "a/*"), (Words{at("a/x"), at("a/y")}));
  EXPECT_EQ(expand_glob(top(), "a/.*"), Words{at("a/.h")});
  EXPECT_EQ(expand_glob(top(), "**/t.py"), (Words{at("a/x/t.py"), at("a/y/t.py"), at("b/t.py")}));
  EXPECT_EQ(expand_glob(top(), "./a/../b/"), Words{at("b")});
  EXPECT_EQ(expand_glob(top(), at("b")), Words{at("b")});
  EXPECT_EQ(expand_glob(top(), "c"), Words{});
}

TEST(paths, are_normalised_and_shown_relative) {
  EXPECT_EQ(absolute_path("../b/./c//d/", "/a/x"), "/a/b/c/d");
  EXPECT_EQ(absolute_path("../../..", "/a"), "/");
  EXPECT_EQ(relative_path("/a/b", "/a"), "b");
  EXPECT_EQ(relative_path("/a", "/a"), ".");
  EXPECT_EQ(relative_path("/a/c/d", "/a/b/x"), "../../c/d");
  EXPECT_EQ(relative_path("/ab/c", "/a"), "../ab/c");
  EXPECT_EQ(relative_path("/x/y", "/"), "x/y");
  EXPECT_EQ(relative_path("/", "/a"), "..");
  EXPECT_EQ(common_ancestor("/a/b", "/a/bc"), "/a");
}

}  // namespace
}  // namespace hasten
