#include <gtest/gtest.h>

#include "analyzer/collect/collect.h"
#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

constexpr std::string_view header = "import pytest\n";

std::string names(const SmallProject& project, const std::vector<ClosureEntry>& entries) {
  std::string out;
  for (const ClosureEntry& entry : entries) {
    if (!out.empty()) out += ' ';
    out += project.tables.names[entry.name];
  }
  return out;
}

const hasten::Test& test_named(const SmallProject& project, std::string_view id) {
  for (const hasten::Test& test : project.tables.tests) {
    if (project.tables.names[test.qualified_name] == id) return test;
  }
  ADD_FAILURE() << "no test " << id;
  return project.tables.tests[TestId(0)];
}

/// The closure of the first test, as text.
std::string closure(SmallProject&& project, const CollectionOptions& options = {}) {
  link_collection(project.tables, *project.names, project.config, options);
  EXPECT_FALSE(project.tables.tests.empty());
  return project.tables.tests.empty() ? "" : names(project, project.tables.tests[TestId(0)].closure);
}

std::string in_one_file(std::string_view code, const CollectionOptions& options = {}) {
  return closure(small_project({{"test_a.py", std::string(header) + std::string(code)}}), options);
}

TEST(Closures, FollowArgumentsDepthFirst) {
  const std::string_view code =
      "@pytest.fixture\ndef a(c): pass\n@pytest.fixture\ndef b(): pass\n@pytest.fixture\ndef c(): pass\ndef test_x(a, "
      "b): pass\n";
  EXPECT_EQ(in_one_file(code), "a c b");
  EXPECT_EQ(in_one_file(code, {"9.0", {}}), "a b c");
  EXPECT_EQ(in_one_file(code, {"8.4", {}}), "a b c");
}

TEST(Closures, BreadthFirstUntilEightFour) {
  const std::string_view code =
      "@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(d): pass\n@pytest.fixture\ndef c(e): pass\n"
      "@pytest.fixture\ndef d(): pass\n@pytest.fixture\ndef e(): pass\ndef test_x(a, c): pass\n";
  EXPECT_EQ(in_one_file(code, {"8.4", {}}), "a c b e d");
  EXPECT_EQ(in_one_file(code, {"9.0", {}}), "a c b d e");
  EXPECT_EQ(in_one_file(code), "a b d c e");
}

TEST(Closures, WiderScopesComeFirst) {
  EXPECT_EQ(in_one_file("@pytest.fixture\ndef a(): pass\n@pytest.fixture(scope='session')\ndef s(): pass\n"
                        "SCOPE = 'module'\n@pytest.fixture(scope=SCOPE)\ndef m(): pass\ndef test_x(a, m, s): pass\n"),
            "s m a");
}

TEST(Closures, AutouseIsAlphabeticalAndOutermostFirst) {
  EXPECT_EQ(
      closure(small_project(
          {{"conftest.py", "import pytest\n@pytest.fixture(autouse=True)\ndef z(): pass\n"},
           {"sub/conftest.py", "import pytest\n@pytest.fixture(autouse='function')\ndef y(): pass\n"},
           {"sub/test_a.py",
            "import pytest\n@pytest.fixture(autouse=True)\ndef b(): pass\n@pytest.fixture(autouse=1)\ndef a(): pass\n"
            "class TestA:\n    @pytest.fixture(autouse=True)\n    def k(self): pass\n"
            "    def test_x(self): pass\n"}})),
      "z y a b k");
}

TEST(Closures, AConftestIsVisibleBelowItsFolderOnly) {
  SmallProject project = small_project({{"a/conftest.py", "import pytest\n@pytest.fixture\ndef f(): pass\n"},
                                        {"a/test_a.py", "def test_x(f): pass\n"},
                                        {"b/test_b.py", "def test_x(f): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  EXPECT_TRUE(test_named(project, "a/test_a.py::test_x").closure[0].fixture);
  EXPECT_FALSE(test_named(project, "b/test_b.py::test_x").closure[0].fixture);
}

TEST(Closures, AnOverridingFixtureGetsTheOneItOverrides) {
  SmallProject project = small_project(
      {{"conftest.py", "import pytest\n@pytest.fixture\ndef app(db): pass\n@pytest.fixture\ndef db(): pass\n"},
       {"test_a.py", "import pytest\n@pytest.fixture\ndef app(app): pass\ndef test_x(app): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  const hasten::Test& test = project.tables.tests[TestId(0)];
  EXPECT_EQ(names(project, test.closure), "app db");
  EXPECT_EQ(project.tables.fixtures[test.closure[0].fixture].holder, HolderKind::module);
  ASSERT_EQ(test.overridden.size(), 1U);
  EXPECT_EQ(project.tables.fixtures[test.overridden[0].fixture].holder, HolderKind::conftest);
}

TEST(Closures, BeforeNineOnlyTheNearestDefinitionIsFollowed) {
  const auto project = [] {
    return small_project(
        {{"conftest.py", "import pytest\n@pytest.fixture\ndef app(db): pass\n@pytest.fixture\ndef db(): pass\n"},
         {"test_a.py", "import pytest\n@pytest.fixture\ndef app(app): pass\ndef test_x(app): pass\n"}});
  };
  EXPECT_EQ(closure(project(), {"8.4", {}}), "app");
  EXPECT_EQ(closure(project(), {"9.0", {}}), "app db");
}

TEST(Closures, UsefixturesComesFromFunctionClassModuleAndIni) {
  PytestConfig config = testing::default_config();
  config.usefixtures.value = {"ini"};
  EXPECT_EQ(closure(small_project({{"test_a.py",
                                    "import pytest\npytestmark = [pytest.mark.usefixtures('m')]\n"
                                    "@pytest.mark.usefixtures('c')\nclass TestA:\n"
                                    "    @pytest.mark.usefixtures('f1', 'f2')\n    @pytest.mark.usefixtures('near')\n"
                                    "    def test_x(self, arg): pass\n"}},
                                  config)),
            "ini near f1 f2 c m arg");
}

TEST(Closures, NamesWithoutDefinitionStay) {
  EXPECT_EQ(in_one_file("def test_x(request, nobody): pass\n"), "request nobody");
}

TEST(Closures, MocksDefaultsAndStrategiesAreNoFixtures) {
  EXPECT_EQ(in_one_file(
                "from unittest import mock\n@mock.patch('a.b')\n@mock.patch('a.c', new=3)\n@mock.patch.object(x, 'y')\n"
                "def test_x(m1, m2, fixture, default=3): pass\n"),
            "fixture");
  EXPECT_EQ(in_one_file("from hypothesis import given, strategies as st\n@given(st.integers(), key=st.text())\n"
                        "def test_x(fixture, key, number): pass\n"),
            "fixture");
}

TEST(Closures, AClassDecoratorPatchesItsTests) {
  EXPECT_EQ(
      in_one_file(
          "from unittest.mock import patch\n@patch('a.b')\nclass TestA:\n    def test_x(self, m, fixture): pass\n"),
      "fixture");
}

TEST(Closures, DirectParametrizationShieldsTheFixture) {
  const std::string fixtures = "@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(): pass\n";
  EXPECT_EQ(in_one_file(fixtures + "@pytest.mark.parametrize('a', [1])\ndef test_x(a): pass\n"), "a");
  EXPECT_EQ(in_one_file(fixtures + "@pytest.mark.parametrize('a', [1], indirect=True)\ndef test_x(a): pass\n"), "a b");
}

TEST(Closures, XunitHooksAreHiddenFixtures) {
  EXPECT_EQ(in_one_file("def setup_module(): pass\ndef setup_function(): pass\n@pytest.fixture(autouse=True)\ndef a(): "
                        "pass\ndef test_x(): pass\n"),
            "_xunit_setup_module_fixture_test_a request _xunit_setup_function_fixture_test_a a");
}

TEST(Closures, TestCasesTakeNoArgumentsButHaveSetUpClass) {
  SmallProject project =
      small_project({{"test_a.py",
                      "import unittest\nfrom unittest import mock\nclass A(unittest.TestCase):\n"
                      "    def setUp(self): pass\n    @mock.patch('x.y')\n    def test_x(self, m): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  const hasten::Test& test = project.tables.tests[TestId(0)];
  EXPECT_EQ(names(project, test.closure), "_unittest_setUpClass_fixture_A request");
  ASSERT_TRUE(test.call_hook);
  EXPECT_EQ(project.tables.fixtures[test.call_hook].origin, FixtureOrigin::unittest);
}

TEST(Closures, AnImportedTestCaseLosesItsClassFixturesUntilEightOne) {
  const auto project = [] {
    return small_project({{"test_a.py", "import unittest\nclass A(unittest.TestCase):\n    def test_x(self): pass\n"},
                          {"test_b.py", "from test_a import A\n"}});
  };
  SmallProject old = project();
  link_collection(old.tables, *old.names, old.config, {"7.2.1", {}});
  EXPECT_EQ(names(old, test_named(old, "test_a.py::A::test_x").closure), "_unittest_setUpClass_fixture_A request");
  EXPECT_EQ(names(old, test_named(old, "test_b.py::A::test_x").closure), "");
  SmallProject recent = project();
  link_collection(recent.tables, *recent.names, recent.config);
  EXPECT_EQ(names(recent, test_named(recent, "test_b.py::A::test_x").closure),
            "_unittest_setUpClass_fixture_A request");
}

TEST(Closures, ImportedFixturesAreDefinitionsOfTheImportingModule) {
  SmallProject project =
      small_project({{"shared.py", "import pytest\n@pytest.fixture(name='db')\ndef make_db(): pass\n"},
                     {"test_a.py", "from shared import *\ndef test_x(db): pass\n"},
                     {"test_b.py", "from shared import make_db\ndef test_x(db): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  const FixtureId first = test_named(project, "test_a.py::test_x").closure[0].fixture;
  const FixtureId second = test_named(project, "test_b.py::test_x").closure[0].fixture;
  ASSERT_TRUE(first && second);
  EXPECT_NE(first, second);
  EXPECT_EQ(project.tables.fixtures[first].function, project.tables.fixtures[second].function);
  EXPECT_EQ(project.tables.fixtures[second].file, project.file("test_b.py"));
}

TEST(Closures, PluginModulesOfTheProjectAreSeenEverywhere) {
  EXPECT_EQ(closure(small_project({{"a/test_a.py", "def test_x(db): pass\n"},
                                   {"b/fixtures.py", "import pytest\n@pytest.fixture\ndef db(tmp): pass\n"},
                                   {"conftest.py", "pytest_plugins = ['b.fixtures']\n"}})),
            "db tmp");
}

TEST(Closures, FixturesAreFoundBehindAssignmentsAliasesAndWrappers) {
  EXPECT_EQ(
      in_one_file("def make_db(a): pass\ndb = pytest.fixture(make_db)\nmine = pytest.fixture(scope='module')\n"
                  "@mine\ndef m(): pass\ndef wide(f): return pytest.fixture(scope='session')(f)\n@wide\ndef s(): pass\n"
                  "def test_x(db, m, s): pass\n"),
      "s m db a");
}

TEST(Closures, LambdasAndFactoriesMakeFixtures) {
  EXPECT_EQ(in_one_file("def make(f):\n    def inner(b): return f()\n    return pytest.fixture(inner)\n"
                        "def load(x): pass\na = make(load)\nc = pytest.fixture(lambda d: 3, scope='module')\n"
                        "def test_x(a, c): pass\n"),
            "c a b d");
}

TEST(Closures, ObjectsRegisteredAsPluginsBringTheirFixtures) {
  EXPECT_EQ(closure(small_project({{"sub/conftest.py",
                                    "import pytest\ndef pytest_configure(config):\n    class Seeds:\n"
                                    "        @pytest.fixture\n        def seed(self, request): pass\n"
                                    "    config.pluginmanager.register(Seeds())\n"},
                                   {"test_a.py", "def test_x(seed): pass\n"}})),
            "seed request");
}

TEST(Closures, PluginsThatAreNotInstalledDefineNothing) {
  EXPECT_EQ(in_one_file("def test_x(a, mocker): pass\n", {"", {}, true}), "a mocker");
  EXPECT_EQ(in_one_file("def test_x(a, tmp_path_factory): pass\n", {"", {}, true}), "tmp_path_factory a request");
}

TEST(Closures, AVersionOfAPluginHasItsOwnFixtures) {
  const auto with = [](std::string_view version) {
    return in_one_file("def test_x(a): pass\n", {"", {{"pytest_asyncio", std::string(version)}}, true});
  };
  EXPECT_EQ(with("0.21.1"), "a");
  EXPECT_EQ(with("0.23"), "event_loop_policy a");
  EXPECT_EQ(with(""), "event_loop_policy a");
}

TEST(Closures, FixturesOfAClassAreInherited) {
  EXPECT_EQ(in_one_file("class Base:\n    @pytest.fixture\n    def a(self, b): pass\nclass TestX(Base):\n    def "
                        "test_x(self, a): pass\n"),
            "a b");
}

TEST(Closures, DynamicRequestsAreKeptApart) {
  SmallProject project =
      small_project({{"test_a.py",
                      "import pytest\n@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(): pass\n"
                      "def test_x(request):\n    request.getfixturevalue('a')\n"
                      "def test_y(request):\n    request.getfixturevalue(name())\n"}});
  link_collection(project.tables, *project.names, project.config);
  const hasten::Test& literal = test_named(project, "test_a.py::test_x");
  EXPECT_EQ(names(project, literal.closure), "request");
  EXPECT_EQ(names(project, literal.dynamic_uses), "a b");
  EXPECT_FALSE(literal.has_unknown_closure);
  EXPECT_TRUE(test_named(project, "test_a.py::test_y").has_unknown_closure);
}

TEST(Closures, AFixtureImportedFromOutsideTheProjectIsNotKnown) {
  SmallProject project = small_project(
      {{"conftest.py", "from elsewhere import shop_loop\n"},
       {"test_a.py",
        "from elsewhere import shop\ndef test_x(shop): pass\ndef test_y(shop_loop): pass\ndef test_z(other): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  EXPECT_TRUE(test_named(project, "test_a.py::test_x").has_unknown_closure);
  EXPECT_TRUE(test_named(project, "test_a.py::test_y").has_unknown_closure);
  EXPECT_FALSE(test_named(project, "test_a.py::test_z").has_unknown_closure);
}

TEST(Closures, APartialOfFixtureTakesFurtherArguments) {
  EXPECT_EQ(in_one_file("import functools\nmodule_fixture = functools.partial(pytest.fixture, scope='module')\n"
                        "@module_fixture(name='db')\ndef db_impl(): pass\n"
                        "@pytest.fixture\ndef cart(db): pass\ndef test_x(cart): pass\n"),
            "db cart");
}

TEST(Closures, ASkippedTestCaseInheritsTheHooksOfACollectedBase) {
  constexpr std::string_view code =
      "import unittest\nclass Base(unittest.TestCase):\n    def test_a(self): pass\n"
      "@unittest.skip('why')\nclass Cart(Base):\n    def test_b(self): pass\n";
  SmallProject project = small_project({{"test_a.py", std::string(code)}});
  link_collection(project.tables, *project.names, project.config, {"7.2", {}});
  EXPECT_EQ(names(project, test_named(project, "test_a.py::Cart::test_b").closure),
            "_unittest_setUpClass_fixture_Base request");
}

TEST(Closures, ATestCaseThatThePlatformSkipsIsSkipped) {
  constexpr std::string_view code =
      "import sys, unittest\nAIX = sys.platform.startswith('aix')\n"
      "@unittest.skipIf(not AIX, 'aix')\nclass Cart(unittest.TestCase):\n    def test_b(self): pass\n";
  SmallProject project = small_project({{"test_a.py", std::string(code)}});
  link_collection(project.tables, *project.names, project.config, {"8.4", {}});
  EXPECT_EQ(names(project, test_named(project, "test_a.py::Cart::test_b").closure), "");
}

TEST(Closures, CirclesOfFixturesEnd) {
  EXPECT_EQ(in_one_file("@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(a): pass\ndef test_x(a): pass\n"),
            "a b");
  EXPECT_EQ(in_one_file("@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(a): pass\ndef test_x(a): pass\n",
                        {"7.2", {}}),
            "a b");
}

TEST(Closures, ThousandsOfFixturesInARowAreNoProblem) {
  std::string code = "@pytest.fixture\ndef f0(): pass\n";
  for (int i = 1; i < 5000; ++i)
    code += "@pytest.fixture\ndef f" + std::to_string(i) + "(f" + std::to_string(i - 1) + "): pass\n";
  code += "def test_x(f4999): pass\n";
  SmallProject project = small_project({{"test_a.py", std::string(header) + code}});
  link_collection(project.tables, *project.names, project.config);
  EXPECT_EQ(project.tables.tests[TestId(0)].closure.size(), 5000U);
}

Count cases(std::string_view code) {
  SmallProject project = small_project({{"test_a.py", std::string(header) + std::string(code)}});
  link_collection(project.tables, *project.names, project.config);
  return project.tables.tests[TestId(0)].cases;
}

TEST(CaseCounts, MultiplyAllMarksAndFixtureParams) {
  EXPECT_EQ(cases("pytestmark = pytest.mark.parametrize('z', 'ab')\n"
                  "@pytest.fixture(params=[1, 2, 3])\ndef f(): pass\n"
                  "@pytest.mark.parametrize('a, b', [(1, 2), pytest.param(3, 4, id='x')])\n"
                  "@pytest.mark.parametrize('c', range(0, 10, 3))\ndef test_x(a, b, c, f, z): pass\n")
                .value,
            2 * 3 * 2 * 4);
}

TEST(CaseCounts, ReadConstantsComprehensionsAndProducts) {
  EXPECT_EQ(cases("import itertools\nN = [1, 2, 3]\nN += [4]\nN.append(5)\n"
                  "@pytest.mark.parametrize('a', [x * y for x in N for y in (1, 2)])\ndef test_x(a): pass\n")
                .value,
            10);
  EXPECT_EQ(cases("import itertools\nD = {'a': 1, 'b': 2}\n@pytest.mark.parametrize('a', itertools.product(D.items(), "
                  "[1, 2], repeat=2))\ndef test_x(a): pass\n")
                .value,
            16);
  EXPECT_EQ(
      cases("import enum\nclass Color(enum.Enum):\n    red = 1\n    blue = 2\n    azure = 2\n    def f(self): pass\n"
            "@pytest.mark.parametrize('a', list(Color))\ndef test_x(a): pass\n")
          .value,
      2);
  EXPECT_EQ(
      cases("def load(): return [1, 2]\n@pytest.mark.parametrize('a', load() + [1] * 3)\ndef test_x(a): pass\n").value,
      5);
  EXPECT_EQ(cases("@pytest.mark.parametrize('a', [x for x in range(9) if x % 2])\ndef test_x(a): pass\n").value, 4);
  EXPECT_EQ(cases("@pytest.mark.parametrize('a', [])\ndef test_x(a): pass\n").value, 1);
}

TEST(CaseCounts, SayWhatTheyDoNotKnow) {
  EXPECT_FALSE(cases("import os\n@pytest.mark.parametrize('a', os.listdir('.'))\ndef test_x(a): pass\n").known());
  EXPECT_FALSE(
      cases("@pytest.mark.parametrize('a', [x for x in range(9) if x in load()])\ndef test_x(a): pass\n").known());
  EXPECT_FALSE(
      cases("def pytest_generate_tests(metafunc):\n    metafunc.parametrize('a', load())\ndef test_x(a): pass\n")
          .known());
  EXPECT_EQ(
      cases("def pytest_generate_tests(metafunc):\n    metafunc.parametrize('a', [1])\ndef test_x(b): pass\n").value,
      1);
}

TEST(CaseCounts, AMarkReplacesTheParamsOfItsFixture) {
  EXPECT_EQ(cases("@pytest.fixture(params=[1, 2, 3])\ndef f(request): pass\n"
                  "@pytest.mark.parametrize('f', [1, 2], indirect=True)\ndef test_x(f): pass\n")
                .value,
            2);
}

}  // namespace
}  // namespace hasten
