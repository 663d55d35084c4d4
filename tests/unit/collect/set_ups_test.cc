#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/collect/collect.h"
#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

/// "name=set-ups/users" of every fixture that is not hidden, in the order of registration; `?` for an unknown number.
std::string counted(SmallProject&& project, const CollectionOptions& options = {}) {
  link_collection(project.tables, *project.names, project.config, options);
  std::string out;
  for (const Fixture& fixture : project.tables.fixtures) {
    if (fixture.origin != FixtureOrigin::definition) continue;
    const std::string count = fixture.setups.known() ? fmt::format("{}", fixture.setups.value) : "?";
    out += fmt::format("{}{}={}/{}", out.empty() ? "" : " ", project.tables.names[fixture.name], count, fixture.users);
  }
  return out;
}

/// "test:times" of every test that causes set-ups of `name`.
std::string causes(SmallProject&& project, std::string_view name) {
  link_collection(project.tables, *project.names, project.config);
  std::string out;
  for (const SetUp& row : project.tables.set_ups) {
    if (project.tables.names[project.tables.fixtures[row.fixture].name] != name) continue;
    const std::string_view test = project.tables.names[project.tables.tests[row.test].name];
    out += fmt::format("{}{}:{}", out.empty() ? "" : " ", test, row.times);
  }
  return out;
}

/// Why the number of each fixture is not known, with the test or class it is about.
std::vector<std::pair<SetUpDoubt::Why, std::string>> doubts(SmallProject&& project) {
  link_collection(project.tables, *project.names, project.config);
  std::vector<std::pair<SetUpDoubt::Why, std::string>> out;
  for (const SetUpDoubt& row : project.tables.set_up_doubts) {
    EXPECT_FALSE(project.tables.fixtures[row.fixture].setups.known());
    out.emplace_back(row.why, project.tables.names[row.subject]);
  }
  return out;
}

constexpr std::string_view import = "import pytest\n";

std::string suite(std::string_view text) { return std::string(import).append(text); }

TEST(SetUps, OfFunctionScopeAreTheCasesOfTheUsers) {
  const std::string text = suite(
      "@pytest.fixture\ndef db(): pass\n"
      "@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_a(db, n): pass\n"
      "def test_b(db): pass\ndef test_c(): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}})), "db=4/2");
  EXPECT_EQ(causes(small_project({{"test_a.py", text}}), "db"), "test_a:3 test_b:1");
}

TEST(SetUps, ThatAreUnknownHaveAReason) {
  using Why = SetUpDoubt::Why;
  const std::string conditional =
      suite("import other\n@pytest.fixture\ndef db(): pass\nif other.is_there:\n    def test_a(db): pass\n");
  EXPECT_EQ(doubts(small_project({{"test_a.py", conditional}})),
            (std::vector<std::pair<Why, std::string>>{{Why::condition, "test_a.py::test_a"}}));
  const std::string chosen = suite(
      "@pytest.fixture\ndef db(): pass\n"
      "def test_a(request):\n    if request.node:\n        request.getfixturevalue('db')\n");
  EXPECT_EQ(doubts(small_project({{"test_a.py", chosen}})),
            (std::vector<std::pair<Why, std::string>>{{Why::choice, "test_a.py::test_a"}}));
  const std::string counted_elsewhere = suite(
      "import other\n@pytest.fixture(scope=other.scope())\ndef db(): pass\n"
      "@pytest.mark.parametrize('n', other.cases())\ndef test_a(client, n): pass\n"
      "@pytest.fixture\ndef client(): pass\n");
  EXPECT_EQ(doubts(small_project({{"test_a.py", counted_elsewhere}})),
            (std::vector<std::pair<Why, std::string>>{{Why::cases, "test_a.py::test_a"}, {Why::scope, ""}}));
}

TEST(SetUps, OfWiderScopesAreTheNodesOfTheScope) {  // C15
  const std::string conftest = suite(
      "@pytest.fixture(scope='class')\ndef c(): pass\n@pytest.fixture(scope='module')\ndef m(): pass\n"
      "@pytest.fixture(scope='session')\ndef s(): pass\n");
  const std::string one = "class TestA:\n    def test_1(self, c, m, s): pass\n    def test_2(self, c, m, s): pass\n";
  const std::string other = "def test_3(c, m, s): pass\ndef test_4(c, m, s): pass\n";
  EXPECT_EQ(counted(small_project({{"conftest.py", conftest}, {"test_a.py", one}, {"test_b.py", other}})),
            "c=3/4 m=2/4 s=1/4");
  EXPECT_EQ(causes(small_project({{"conftest.py", conftest}, {"test_a.py", one}, {"test_b.py", other}}), "m"),
            "test_1:1 test_3:1");
}

TEST(SetUps, OfAFixtureAreMultipliedByTheParametersOfWhatItNeeds) {
  EXPECT_EQ(counted(small_project({{"test_a.py", suite("@pytest.fixture(scope='module', params=[1, 2, 3])\n"
                                                       "def kind(request): pass\n"
                                                       "@pytest.fixture(scope='module')\ndef server(kind): pass\n"
                                                       "def test_a(server): pass\n")}})),
            "kind=3/1 server=3/1");
}

TEST(SetUps, OfSkippedTestsDoNotHappen) {  // C19
  EXPECT_EQ(counted(small_project({{"test_a.py", suite("@pytest.fixture\ndef db(): pass\n"
                                                       "@pytest.mark.skip\ndef test_a(db): pass\n"
                                                       "def test_b(db): pass\n")}})),
            "db=1/2");
}

TEST(SetUps, OfAnOverriddenDefinitionHappenWhenTheNearerOneAsksForIt) {  // C4
  const std::string conftest = suite("@pytest.fixture\ndef db(): pass\n@pytest.fixture\ndef cache(): pass\n");
  const std::string text =
      suite("@pytest.fixture\ndef db(db): pass\n@pytest.fixture\ndef cache(): pass\ndef test_a(db, cache): pass\n");
  EXPECT_EQ(counted(small_project({{"conftest.py", conftest}, {"test_a.py", text}})),
            "cache=0/0 db=1/1 cache=1/1 db=1/1");
}

TEST(SetUps, AreUnknownWhereTheNumberOfItemsIs) {
  EXPECT_EQ(counted(small_project({{"test_a.py", suite("import os\n@pytest.fixture\ndef db(): pass\n"
                                                       "@pytest.fixture(scope='module')\ndef m(): pass\n"
                                                       "@pytest.mark.parametrize('n', os.listdir())\n"
                                                       "def test_a(db, m, n): pass\n")}})),
            "db=?/1 m=1/1");
}

TEST(SetUps, OfAWideParameterHappenOncePerValueBecauseItemsAreMoved) {  // B19, C13
  const std::string conftest = suite("@pytest.fixture(scope='session', params=[1, 2])\ndef s(request): pass\n");
  const std::string text = "def test_1(s): pass\ndef test_2(s): pass\n";
  EXPECT_EQ(counted(small_project({{"conftest.py", conftest}, {"test_a.py", text}, {"test_b.py", text}})), "s=2/4");
}

TEST(SetUps, HappenAgainWhenMovedItemsComeBackToAModule) {  // B19, C16
  const std::string conftest = suite(
      "@pytest.fixture(scope='session', params=[1, 2])\ndef s(request): pass\n"
      "@pytest.fixture(scope='module')\ndef m(): pass\n");
  const std::string text = "def test_1(s, m): pass\ndef test_2(s, m): pass\n";
  EXPECT_EQ(counted(small_project({{"conftest.py", conftest}, {"test_a.py", text}, {"test_b.py", text}})),
            "m=4/4 s=2/4");
}

TEST(SetUps, OfIndirectValuesFollowThePositionsOfTheirSets) {  // B19: five up to 9.1
  const std::string text = suite(
      "@pytest.fixture(scope='session')\ndef srv(request): pass\n"
      "@pytest.mark.parametrize('srv', ['a', 'b'], indirect=True)\ndef test_1(srv): pass\n"
      "@pytest.mark.parametrize('srv', ['b', 'c'], indirect=True)\ndef test_2(srv): pass\n"
      "@pytest.mark.parametrize('srv', ['a'], indirect=True)\ndef test_3(srv): pass\n"
      "@pytest.mark.parametrize('srv', ['b', 'c'], indirect=True)\ndef test_4(srv): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}})), "srv=5/4");
}

TEST(SetUps, OfEqualIndirectValuesAreSharedFromVersion83On) {  // C13
  const std::string text = suite(
      "@pytest.fixture(scope='module')\ndef m(request): pass\n"
      "@pytest.mark.parametrize('m', [{'port': 1}], indirect=True)\ndef test_1(m): pass\n"
      "@pytest.mark.parametrize('m', [{'port': 1}], indirect=True)\ndef test_2(m): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}}), {.pytest_version = "8.4", .plugins = {}}), "m=1/2");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}}), {.pytest_version = "7.2", .plugins = {}}), "m=2/2");
}

TEST(SetUps, OfWhatDependsOnAChangedParameterHappenAgain) {  // C13, C16
  const std::string text = suite(
      "@pytest.fixture(scope='module')\ndef a(request): pass\n"
      "@pytest.fixture(scope='module')\ndef b(a): pass\n"
      "@pytest.mark.parametrize('a', [1], indirect=True)\ndef test_1(b): pass\n"
      "@pytest.mark.parametrize('a', [2], indirect=True)\ndef test_2(b): pass\n"
      "@pytest.mark.parametrize('a', [2], indirect=True)\ndef test_3(b): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}})), "a=2/3 b=2/3");
}

TEST(SetUps, OfAClassInAClassShareWhatTheOuterOneHas) {  // C15
  const std::string text = suite(
      "class TestA:\n    @pytest.fixture(scope='class')\n    def c(self): pass\n    def test_1(self, c): pass\n"
      "    class TestB:\n        def test_2(self, c): pass\n    def test_3(self, c): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}}), {.pytest_version = "8.2", .plugins = {}}), "c=1/3");
  EXPECT_EQ(counted(small_project({{"test_a.py", text}}), {.pytest_version = "8.0", .plugins = {}}), "c=2/3");
}

TEST(SetUps, OfPackageScopeBelongToThePackageOfTheConftest) {  // C15
  std::vector<testing::SmallFile> files = {
      {"p/__init__.py", ""},
      {"p/conftest.py", suite("@pytest.fixture(scope='package')\ndef f(): pass\n")},
      {"p/s/__init__.py", ""},
      {"p/s/test_a.py", "def test_1(f): pass\n"},
      {"p/test_b.py", "def test_2(f): pass\n"}};
  EXPECT_EQ(counted(small_project(files), {.pytest_version = "8.4", .plugins = {}}), "f=1/2");
  // Packages lie side by side in 7.x.
  EXPECT_EQ(counted(small_project(files), {.pytest_version = "7.4", .plugins = {}}), "f=2/2");
}

TEST(SetUps, OfAnImportedFixtureAreCountedPerImporter) {  // C.1
  const std::string text = "from shared import s\ndef test_1(s): pass\n";
  EXPECT_EQ(counted(small_project({{"shared.py", suite("@pytest.fixture(scope='session')\ndef s(): pass\n")},
                                   {"test_a.py", text},
                                   {"test_b.py", text}})),
            "s=1/1 s=1/1");
}

TEST(SetUps, OfSkippedParameterSetsDoNotHappen) {  // B16, C19
  EXPECT_EQ(counted(small_project(
                {{"test_a.py", suite("@pytest.fixture(params=[1, pytest.param(2, marks=pytest.mark.skip), 3])\n"
                                     "def f(request): pass\n"
                                     "@pytest.fixture\ndef g(): pass\n"
                                     "@pytest.mark.parametrize('n', [1, pytest.param(2, marks=pytest.mark.skip)])\n"
                                     "def test_1(f, g, n): pass\n"
                                     "@pytest.mark.xfail(run=False)\ndef test_2(g): pass\n"
                                     "@pytest.mark.skipif('sys.platform == \"win32\"')\ndef test_3(g): pass\n")}})),
            "f=2/1 g=3/3");
}

TEST(SetUps, AreCountedForWhatABodyAsksForByName) {  // C12
  EXPECT_EQ(counted(small_project({{"test_a.py", suite("@pytest.fixture(scope='module')\ndef m(): pass\n"
                                                       "@pytest.fixture\ndef f(): pass\n"
                                                       "@pytest.fixture\ndef g(request):\n"
                                                       "    request.getfixturevalue('m')\n"
                                                       "def test_1(g, request):\n"
                                                       "    with open('x'):\n        request.getfixturevalue('f')\n"
                                                       "def test_2(g): pass\n")}})),
            "f=1/1 g=2/2 m=1/2");
}

TEST(SetUps, AreUnknownForWhatMayBeAskedFor) {  // C12
  const std::string fixtures = suite("@pytest.fixture\ndef f(): pass\n@pytest.fixture\ndef g(f): pass\n");
  EXPECT_EQ(counted(small_project({{"test_a.py", fixtures + "def test_1(request, f):\n"
                                                            "    if f:\n        request.getfixturevalue('g')\n"}})),
            "f=1/1 g=?/1");
  EXPECT_EQ(counted(small_project({{"test_a.py", fixtures + "def test_1(request, f):\n"
                                                            "    request.getfixturevalue(str(f))\n"
                                                            "def test_2(g): pass\n"}})),
            "f=2/2 g=?/1");
}

TEST(SetUps, AreSplitByParameter) {
  SmallProject project =
      small_project({{"test_a.py", suite("@pytest.fixture(scope='module', params=[1, 2])\ndef m(request): pass\n"
                                         "@pytest.fixture(params=[1, 2])\ndef f(request): pass\n"
                                         "def test_1(m): pass\ndef test_2(m, f): pass\n")}});
  link_collection(project.tables, *project.names, project.config);
  std::string rows;
  for (const auto& row : project.tables.set_ups) {
    rows += fmt::format("{}/{}/{}:{} ", row.fixture.index(), row.test.index(), row.parameter, row.times);
  }
  EXPECT_EQ(rows, "0/1/0:2 0/1/1:2 1/0/0:1 1/0/1:1 ");
}

}  // namespace
}  // namespace hasten
