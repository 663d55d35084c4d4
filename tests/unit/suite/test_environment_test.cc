#include "analyzer/suite/test_environment.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/unit/config/project_folder.h"

namespace hasten {
namespace {

class TestEnvironmentOf : public ProjectFolder {
 protected:
  void SetUp() override {
    ProjectFolder::SetUp();
    write("pytest.ini", "[pytest]\n");
  }

  TestEnvironment read() {
    problems_.clear();
    const auto config = load_config(request_, problems_);
    EXPECT_TRUE(config) << config.reason().message;
    return config ? test_environment(*config, nullptr, problems_) : TestEnvironment();
  }
  /// "8.3.4 from uv.lock:5".
  std::string version() {
    const Setting<std::string> setting = read().pytest_version;
    return fmt::format("{} from {}:{}", setting.value, setting.origin.path, setting.origin.line);
  }
  /// "pytest-mock requirements.txt:2".
  std::vector<std::string> distributions() {
    std::vector<std::string> out;
    for (const InstalledDistribution& one : read().distributions) {
      out.push_back(fmt::format("{} {}:{}", one.name, one.origin.path, one.origin.line));
    }
    return out;
  }
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> out;
    for (const Problem& one : problems_) out.push_back(fmt::format("{}:{}: {}", one.path, one.line, one.message));
    return out;
  }

  using Lines = std::vector<std::string>;
  ConfigRequest request_;
  std::vector<Problem> problems_;
};

constexpr auto uv_lock =
    "version = 1\n\n[[package]]\nname = \"pytest\"\nversion = \"8.3.4\"\n"
    "dependencies = [\n    { name = \"pluggy\" },\n]\n\n[package.metadata]\nversion = \"0\"\n\n"
    "[[package]]\nname = \"pytest_mock\"\nversion = \"3.14.0\"\nsource = { registry = \"x\" }\n";

TEST_F(TestEnvironmentOf, nothing_says_nothing) {
  const TestEnvironment environment = read();
  EXPECT_EQ(environment.pytest_version.value, "");
  EXPECT_EQ(environment.pytest_version.origin.kind, Origin::Kind::default_value);
  EXPECT_TRUE(environment.distributions.empty());
  EXPECT_FALSE(environment.is_complete);
}

TEST_F(TestEnvironmentOf, a_lock_file_is_exact_and_complete) {
  write("uv.lock", uv_lock);
  write("requirements.txt", "pytest>=7,<8\npytest-xdist\n");
  EXPECT_EQ(version(), "8.3.4 from uv.lock:5");
  EXPECT_EQ(distributions(), (Lines{"pytest uv.lock:5", "pytest-mock uv.lock:15", "pytest-xdist requirements.txt:2"}));
  EXPECT_TRUE(read().is_complete);
}

TEST_F(TestEnvironmentOf, knows_exact_versions_of_plugins) {
  write("requirements.txt", "pytest-asyncio==0.21.1\npytest-mock>=3\npytest-cov==4 ; python_version < '3.8'\n");
  const auto exact = [&] {
    std::string versions;
    for (const InstalledDistribution& one : read().distributions) versions += one.name + "=" + one.exact_version + " ";
    return versions;
  };
  EXPECT_EQ(exact(), "pytest-asyncio=0.21.1 pytest-cov= pytest-mock= ");
  write("uv.lock", uv_lock);
  EXPECT_EQ(exact(), "pytest=8.3.4 pytest-asyncio=0.21.1 pytest-cov= pytest-mock=3.14.0 ");
  request_.plugins = {"Pytest_Asyncio==0.20", "pytest-mock"};
  EXPECT_EQ(exact(), "pytest-asyncio=0.20 pytest-mock= ");
}

TEST_F(TestEnvironmentOf, a_lock_file_without_pytest_is_for_something_else) {
  write("poetry.lock", "[[package]]\nname = \"sphinx\"\nversion = \"7.0\"\n");
  write("requirements-dev.txt", "pytest==7.2.1\n");
  EXPECT_EQ(version(), "7.2.1 from requirements-dev.txt:1");
  EXPECT_FALSE(read().is_complete);
}

TEST_F(TestEnvironmentOf, reads_every_kind_of_lock_file) {
  const std::string package = "[[package]]\nname = 'pytest'\nversion = '8.1.1'\n";
  for (const char* name : {"uv.lock", "poetry.lock", "pdm.lock"}) {
    write(name, package);
    EXPECT_EQ(version(), fmt::format("8.1.1 from {}:3", name));
    std::filesystem::remove(at(name));
  }
  write("pylock.toml", "[[packages]]\nname = \"pytest\"\nversion = \"8.1.1\"\n");
  EXPECT_EQ(version(), "8.1.1 from pylock.toml:3");
  std::filesystem::remove(at("pylock.toml"));
  write("Pipfile.lock",
        "{\n    \"_meta\": {},\n    \"default\": {},\n    \"develop\": {\n        \"pytest\": {\n"
        "            \"version\": \"==8.1.1\"\n        }\n    }\n}\n");
  EXPECT_EQ(version(), "8.1.1 from Pipfile.lock:5");
}

TEST_F(TestEnvironmentOf, the_newest_of_the_versions_for_several_pythons_counts) {
  write("poetry.lock",
        "[[package]]\nname = \"pytest\"\nversion = \"7.4.4\"\n\n[[package]]\nname = \"pytest\"\nversion = "
        "\"8.3.5\"\n");
  EXPECT_EQ(version(), "8.3.5 from poetry.lock:7");
  EXPECT_EQ(distributions(), Lines{"pytest poetry.lock:7"});
}

TEST_F(TestEnvironmentOf, bounds_pick_the_newest_known_version_within) {
  write("requirements/dev.txt", "-r test.txt\n");
  write("requirements/test.txt", "# tests\npytest >= 7, \\\n  < 8\npytest-mock\n");
  EXPECT_EQ(version(), "7.4 from requirements/test.txt:2");
}

TEST_F(TestEnvironmentOf, constraints_bound_and_install_nothing) {
  write("requirements.txt", "pytest\n-c constraints.txt\n");
  write("constraints.txt", "pytest<8.2\npytest-django==4.0\n");
  EXPECT_EQ(version(), "8.1 from constraints.txt:1");
  EXPECT_EQ(distributions(), Lines{"pytest requirements.txt:1"});
}

TEST_F(TestEnvironmentOf, pins_of_the_oldest_versions_are_for_one_job_only) {
  write("requirements-min.txt", "pytest==7.0.0\n");
  write("requirements.txt", "pytest>=7\n");
  EXPECT_EQ(version(), "9.1 from requirements.txt:1");
}

TEST_F(TestEnvironmentOf, reads_pyproject_in_every_dialect) {
  struct Case {
    const char* text;
    const char* version;
  };
  for (const auto& [text, expected] : {
           Case{"[project]\ndependencies = [\"pytest<8.1\"]\n", "8.0 from pyproject.toml:2"},
           Case{"[project.optional-dependencies]\ntest = [\n  \"pytest<8.1\",\n]\n", "8.0 from pyproject.toml:3"},
           Case{"[dependency-groups]\na = [{include-group = \"b\"}]\nb = [\"pytest==8.2.0\"]\n",
                "8.2.0 from pyproject.toml:3"},
           Case{"[tool.poetry.group.test.dependencies]\npytest = \"^7.1\"\n", "7.4 from pyproject.toml:2"},
           Case{"[tool.poetry.dev-dependencies]\npytest = {version = \"~8.2\", extras = [\"x\"]}\n",
                "8.2 from pyproject.toml:2"},
           Case{"[tool.poetry.dependencies]\npytest = [{version = \"^7\", python = \"<3.8\"}, {version = \"^8\"}]\n",
                "8.4 from pyproject.toml:2"},
           Case{"[tool.uv]\ndev-dependencies = [\"pytest~=8.2.0\"]\n", "8.2 from pyproject.toml:2"},
           Case{"[tool.pdm.dev-dependencies]\ntest = [\"pytest==8.0.1\"]\n", "8.0.1 from pyproject.toml:2"},
           Case{"[tool.hatch.envs.test]\ndependencies = [\"pytest<9\"]\n", "8.4 from pyproject.toml:2"},
       }) {
    write("pyproject.toml", text);
    EXPECT_EQ(version(), expected) << text;
    EXPECT_TRUE(problems().empty()) << problems()[0];
  }
}

TEST_F(TestEnvironmentOf, reads_setup_cfg_tox_pipfile_and_conda) {
  write("setup.cfg", "[options.extras_require]\ntest =\n    pytest-mock\n    # old\n    pytest<8.1\n");
  EXPECT_EQ(version(), "8.0 from setup.cfg:5");
  std::filesystem::remove(at("setup.cfg"));
  write("tox.ini",
        "[testenv]\ndeps =\n    pytest7: pytest<8\n    pytest<8.4\n    -r{toxinidir}/test.txt\n    "
        "-r{envname}.txt\n\n[testenv:old]\ndeps = pytest<7.1\n");
  write("test.txt", "pytest-xdist\n");
  EXPECT_EQ(version(), "8.3 from tox.ini:4");
  EXPECT_EQ(distributions(), (Lines{"pytest tox.ini:3", "pytest-xdist test.txt:1"}));
  std::filesystem::remove(at("tox.ini"));
  write("Pipfile", "[dev-packages]\npytest = \"==8.2.1\"\n");
  EXPECT_EQ(version(), "8.2.1 from Pipfile:2");
  std::filesystem::remove(at("Pipfile"));
  write("environment.yml",
        "name: x\ndependencies:\n  - python=3.11\n  - conda-forge::pytest=8.1\n  - pip:\n      - pytest-mock==1\n");
  EXPECT_EQ(version(), "8.1 from environment.yml:4");
  EXPECT_EQ(distributions(),
            (Lines{"pytest environment.yml:4", "pytest-mock environment.yml:6", "python environment.yml:3"}));
}

TEST_F(TestEnvironmentOf, pytest_s_own_configuration_says_something_too) {
  write("pytest.ini", "[pytest]\nminversion = 7\nrequired_plugins = pytest-django>=4 pytest-xdist\n");
  EXPECT_EQ(distributions(), (Lines{"pytest-django pytest.ini:3", "pytest-xdist pytest.ini:3"}));
  EXPECT_EQ(version(), "9.1 from pytest.ini:2");
}

TEST_F(TestEnvironmentOf, what_the_user_says_wins) {
  write("uv.lock", uv_lock);
  write("hasten.toml", "plugins = [\"pytest_django\"]\npytest-version = \"7.4\"\n");
  EXPECT_EQ(version(), "7.4 from hasten.toml:2");
  EXPECT_EQ(distributions(), Lines{"pytest-django hasten.toml:1"});
  request_.pytest_version = "8.0";
  request_.plugins = {"none"};
  EXPECT_EQ(version(), "8.0 from :0");
  EXPECT_TRUE(distributions().empty());
  EXPECT_TRUE(read().is_complete);
}

TEST_F(TestEnvironmentOf, folders_above_speak_for_a_project_that_says_nothing) {
  make_folder(".git");
  write("uv.lock", uv_lock);
  write("pyproject.toml", "[project]\ndependencies = [\"pytest>=8\"]\n");
  write("services/a/pytest.ini", "[pytest]\n");
  write("services/a/requirements.txt", "pytest-xdist\n");
  request_.paths = {at("services/a")};
  EXPECT_EQ(version(), "8.3.4 from ../../uv.lock:5");
  EXPECT_EQ(distributions(),
            (Lines{"pytest ../../uv.lock:5", "pytest-mock ../../uv.lock:15", "pytest-xdist requirements.txt:1"}));
}

TEST_F(TestEnvironmentOf, broken_files_are_problems_with_a_line) {
  write("uv.lock", "[[package]]\nname = \"a\"\n<<<<<<< HEAD\nversion = \"1\"\n");
  write("poetry.lock", "[[package]]\nname = pytest\n");
  write("Pipfile.lock", "{\n  \"default\": {\n");
  write("requirements.txt", "pytest>=\n-r requirements/absent.txt\npytest-mock\n");
  write("setup.cfg", "[options]\ninstall_requires\n");
  write("environment.yml", "a: [\n");
  write("Pipfile", "[packages\n");
  EXPECT_EQ(distributions(), Lines{"pytest-mock requirements.txt:3"});
  Lines found = problems();
  EXPECT_EQ(std::ranges::count(found, "requirements.txt:2: includes `requirements/absent.txt`, which is no file"), 1);
  for (std::string& one : found) one.resize(std::min(one.find(": "), one.size()));
  EXPECT_EQ(found, (Lines{"uv.lock:3", "poetry.lock:2", "Pipfile.lock:3", "Pipfile:1", "requirements.txt:1",
                          "requirements.txt:2", "setup.cfg:2", "environment.yml:2"}));
}

TEST_F(TestEnvironmentOf, files_that_include_each_other_end) {
  write("requirements.txt", "-r a-requirements.txt\npytest<8\n");
  write("a-requirements.txt", "-r requirements.txt\n-r a-requirements.txt\n");
  EXPECT_EQ(version(), "7.4 from requirements.txt:2");
}

}  // namespace
}  // namespace hasten
