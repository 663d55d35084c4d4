#include "analyzer/collect/collect.h"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

std::vector<std::string> collected(SmallProject&& project, const CollectionOptions& options = {}) {
  link_collection(project.tables, *project.names, project.config, options);
  std::vector<std::string> ids;
  for (const hasten::Test& test : project.tables.tests) ids.emplace_back(project.tables.names[test.qualified_name]);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Collection, TakesFunctionsAndMethodsByPrefixInDefinitionOrder) {
  EXPECT_EQ(
      collected(small_project({{"test_a.py",
                                "def test_b(): pass\ndef helper(): pass\nclass TestC:\n"
                                "    def test_z(self): pass\n    def test_a(self): pass\n    def other(self): pass\n"
                                "class Helper:\n    def test_x(self): pass\ndef testing_server(): pass\n"}})),
      (Ids{"test_a.py::test_b", "test_a.py::TestC::test_z", "test_a.py::TestC::test_a", "test_a.py::testing_server"}));
}

TEST(Collection, UsesConfiguredPrefixesAndGlobs) {
  PytestConfig config = testing::default_config();
  config.python_functions.value = {"check", "*_test"};
  config.python_classes.value = {"Describe*"};
  EXPECT_EQ(collected(small_project({{"test_a.py",
                                      "def check_a(): pass\ndef b_test(): pass\ndef test_c(): pass\nclass DescribeIt:\n"
                                      "    def check_d(self): pass\nclass TestE:\n    def check_f(self): pass\n"}},
                                    config)),
            (Ids{"test_a.py::check_a", "test_a.py::b_test", "test_a.py::DescribeIt::check_d"}));
}

TEST(Collection, ARedefinedTestKeepsItsFirstPlace) {
  SmallProject project =
      small_project({{"test_a.py", "def test_a(): pass\ndef test_b(): pass\ndef test_a(x=1): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  ASSERT_EQ(project.tables.tests.size(), 2U);
  EXPECT_EQ(project.tables.tests[TestId(0)].function.id, FunctionId(2));
}

TEST(Collection, AnAliasIsASecondTest) {
  EXPECT_EQ(collected(small_project({{"test_a.py", "def test_a(): pass\ntest_b = test_a\n"}})),
            (Ids{"test_a.py::test_a", "test_a.py::test_b"}));
}

TEST(Collection, CallsLambdasAndConstantsAreNoTests) {
  EXPECT_EQ(
      collected(small_project({{"test_a.py", "import os\ntest_dir = os.getcwd()\ntest_data = {}\ntest_x = None\n"}})),
      Ids{});
}

TEST(Collection, AFunctionMadeByAFactoryIsATest) {
  EXPECT_EQ(collected(small_project(
                {{"test_a.py", "def make(n):\n    def run(): pass\n    return run\ntest_a = make(1)\n"}})),
            Ids{"test_a.py::test_a"});
}

TEST(Collection, ImportedTestsAndClassesAreCollectedAgain) {
  EXPECT_EQ(collected(small_project({{"base.py", "def test_a(): pass\nclass TestB:\n    def test_c(self): pass\n"},
                                     {"test_x.py", "from base import test_a, TestB as TestD\n"}})),
            (Ids{"test_x.py::test_a", "test_x.py::TestD::test_c"}));
}

TEST(Collection, InheritedTestsComeBeforeOwnOnesAndOverridesStandAtTheSubclass) {
  EXPECT_EQ(
      collected(small_project({{"base.py", "class Base:\n    def test_a(self): pass\n    def test_b(self): pass\n"},
                               {"test_x.py",
                                "from base import Base\nclass TestC(Base):\n    def test_c(self): pass\n"
                                "    def test_a(self): pass\nclass TestD(Base):\n    test_b = None\n"}})),
      (Ids{"test_x.py::TestC::test_b", "test_x.py::TestC::test_c", "test_x.py::TestC::test_a",
           "test_x.py::TestD::test_a"}));
}

TEST(Collection, TestCasesAreCollectedByBaseAndAlphabetically) {
  EXPECT_EQ(collected(small_project(
                {{"base.py", "import unittest\nclass Base(unittest.TestCase):\n    def test_m(self): pass\n"},
                 {"test_x.py",
                  "from base import Base\nclass Cart(Base):\n    def test_z(self): pass\n"
                  "    def test_a(self): pass\n    def helper(self): pass\ndel Base\n"},
                 {"test_y.py", "import unittest\nclass Run(unittest.TestCase):\n    def runTest(self): pass\n"}})),
            (Ids{"test_x.py::Cart::test_a", "test_x.py::Cart::test_m", "test_x.py::Cart::test_z",
                 "test_y.py::Run::runTest"}));
}

TEST(Collection, DunderTestSwitchesOffAndOn) {
  EXPECT_EQ(collected(small_project({{"test_a.py",
                                      "class TestBase:\n    __test__ = False\n    def test_a(self): pass\n"
                                      "class TestSub(TestBase): pass\nclass TestOn(TestBase):\n    __test__ = True\n"
                                      "class Odd:\n    __test__ = True\n    def test_b(self): pass\n"
                                      "def test_off(): pass\ntest_off.__test__ = False\n"
                                      "def check(): pass\ncheck.__test__ = True\n"},
                                     {"test_b.py", "__test__ = False\ndef test_a(): pass\n"}})),
            (Ids{"test_a.py::TestOn::test_a", "test_a.py::Odd::test_b", "test_a.py::check"}));
}

TEST(Collection, ClassesWithConstructorsAreLeftOut) {
  EXPECT_EQ(
      collected(small_project({{"test_a.py",
                                "from dataclasses import dataclass\nimport enum\nfrom abc import ABC, abstractmethod\n"
                                "class TestInit:\n    def __init__(self): pass\n    def test_a(self): pass\n"
                                "class TestInherited(TestInit): pass\n"
                                "@dataclass\nclass TestData:\n    def test_a(self): pass\n"
                                "class TestError(Exception):\n    def test_a(self): pass\n"
                                "class TestKind(enum.Enum):\n    def test_a(self): pass\n"
                                "class TestAbstract(ABC):\n    @abstractmethod\n    def make(self): pass\n"
                                "    def test_a(self): pass\n"
                                "class TestConcrete(TestAbstract):\n    def make(self): pass\n"}})),
      Ids{"test_a.py::TestConcrete::test_a"});
}

TEST(Collection, NestedClassesAndStaticMethodsAreCollectedPropertiesAreNot) {
  EXPECT_EQ(collected(small_project(
                {{"test_a.py",
                  "class TestA:\n    class TestB:\n        def test_c(self): pass\n"
                  "    @staticmethod\n    def test_d(): pass\n    @property\n    def test_e(self): pass\n"}})),
            (Ids{"test_a.py::TestA::TestB::test_c", "test_a.py::TestA::test_d"}));
}

TEST(Collection, AFixtureIsNoTest) {
  EXPECT_EQ(collected(small_project({{"test_a.py", "import pytest\n@pytest.fixture\ndef test_db(): pass\n"}})), Ids{});
}

TEST(Collection, YieldTestsEndWithVersionEightFour) {
  const auto project = [] { return small_project({{"test_a.py", "def test_a():\n    yield 1\n"}}); };
  EXPECT_EQ(collected(project(), {"7.2.1", {}}).size(), 1U);
  EXPECT_EQ(collected(project(), {"8.4", {}}).size(), 0U);
}

TEST(Collection, ClassMethodsAreTestsSinceSevenThree) {
  const auto project = [] {
    return small_project({{"test_a.py", "class TestA:\n    @classmethod\n    def test_a(cls): pass\n"}});
  };
  CollectionOptions options;
  options.pytest_version = "7.2.1";
  EXPECT_EQ(collected(project(), options), Ids{});
  options.pytest_version = "7.3";
  EXPECT_EQ(collected(project(), options), Ids{"test_a.py::TestA::test_a"});
}

TEST(Collection, AStarImportBindsInTheOrderOfAll) {
  EXPECT_EQ(collected(small_project({{"base.py",
                                      "__all__ = ['test_c', 'test_a', 'gone']\ndef test_a(): pass\n"
                                      "def test_b(): pass\ndef test_c(): pass\n"},
                                     {"test_x.py", "from base import *\n"}})),
            (Ids{"test_x.py::test_c", "test_x.py::test_a"}));
}

TEST(Collection, FixturesOfAnIgnoredFolderAreNotThere) {
  SmallProject project = small_project({{"conftest.py", "collect_ignore = ['sub']\n"},
                                        {"sub/conftest.py", "import pytest\n@pytest.fixture\ndef db(): pass\n"},
                                        {"sub/test_a.py", "def test_a(db): pass\n"}});
  link_collection(project.tables, *project.names, project.config);
  EXPECT_EQ(project.tables.tests.size(), 0U);
  EXPECT_EQ(project.tables.fixtures.size(), 0U);
}

TEST(Collection, TwistedsRunTestIsNone) {
  EXPECT_EQ(collected(small_project({{"twisted/__init__.py", ""},
                                     {"twisted/trial/__init__.py", ""},
                                     {"twisted/trial/unittest.py",
                                      "import unittest\nclass SynchronousTestCase(unittest.TestCase):\n"
                                      "    def runTest(self): pass\n"},
                                     {"test_a.py", "from twisted.trial.unittest import SynchronousTestCase\n"}})),
            Ids{});
}

TEST(Collection, OrderFollowsTheTraversalOfTheVersion) {
  const auto project = [] {
    return small_project({{"a_dir/test_z.py", "def test_a(): pass\n"},
                          {"a-b/test_y.py", "def test_a(): pass\n"},
                          {"test_a.py", "def test_a(): pass\n"}});
  };
  EXPECT_EQ(collected(project()), (Ids{"a-b/test_y.py::test_a", "a_dir/test_z.py::test_a", "test_a.py::test_a"}));
  EXPECT_EQ(collected(project(), {"7.4", {}}),
            (Ids{"test_a.py::test_a", "a-b/test_y.py::test_a", "a_dir/test_z.py::test_a"}));
}

TEST(Collection, CollectIgnoreOfTheNearestConftestHolds) {
  EXPECT_EQ(
      collected(small_project(
          {{"conftest.py", "collect_ignore = ['old', 'test_no.py']\ncollect_ignore_glob = ['*_slow.py']\n"},
           {"old/test_a.py", "def test_a(): pass\n"},
           {"test_no.py", "def test_a(): pass\n"},
           {"test_b_slow.py", "def test_a(): pass\n"},
           {"sub/conftest.py",
            "import sys\ncollect_ignore = []\nif sys.version_info < (3, 0):\n    collect_ignore.append('test_c.py')\n"},
           {"sub/test_c.py", "def test_a(): pass\n"}})),
      Ids{"sub/test_c.py::test_a"});
}

TEST(Collection, ImportedTestsCanBeSwitchedOff) {
  PytestConfig config;
  config.collect_imported_tests.value = false;
  EXPECT_EQ(collected(small_project(
                {{"base.py", "def test_a(): pass\n"}, {"test_x.py", "from base import test_a\ndef test_b(): pass\n"}},
                config)),
            Ids{"test_x.py::test_b"});
}

TEST(Collection, ClassesThatHoldEachOtherEnd) {
  EXPECT_FALSE(collected(small_project({{"test_a.py",
                                         "class TestA:\n    def test_a(self): pass\nclass TestB:\n    TestC = "
                                         "TestA\nclass TestD(TestD): pass\n"}}))
                   .empty());
}

TEST(Collection, TwentyThousandTestsWithTwoThousandFixturesLinkWithoutAHang) {
  std::vector<testing::SmallFile> files;
  std::string conftest = "import pytest\n";
  for (int i = 0; i < 2000; ++i) {
    conftest +=
        "@pytest.fixture\ndef f" + std::to_string(i) + "(" + (i > 0 ? "f" + std::to_string(i / 2) : "") + "): pass\n";
  }
  files.push_back({"conftest.py", conftest});
  for (int i = 0; i < 200; ++i) {
    std::string code;
    for (int j = 0; j < 100; ++j) {
      code += "def test_" + std::to_string(j) + "(f" + std::to_string((i * 100 + j) % 2000) + ", f7): pass\n";
    }
    files.push_back({"tests/d" + std::to_string(i) + "/test_a.py", code});
  }
  SmallProject project = small_project(files);
  const auto start = std::chrono::steady_clock::now();
  link_collection(project.tables, *project.names, project.config);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_EQ(project.tables.tests.size(), 20'000U);
  EXPECT_LT(seconds, 120);  // a sanitizer build on a busy machine; tests/scale_test.cc has the ratios
}

}  // namespace
}  // namespace hasten
