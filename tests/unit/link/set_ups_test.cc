#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/link/collect.h"
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

}  // namespace
}  // namespace hasten
