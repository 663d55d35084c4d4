#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzer/report/details.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/show.h"
#include "tests/unit/report/small_report.h"

namespace hasten::testing {
namespace {

/// A conftest with `db`, `client` that requests it, and one test that uses both.
struct Suite : SmallReport {
  Suite() {
    conftest = add_file("tests/conftest.py", "");
    tests = add_file("tests/test_a.py", "");
    db = add_fixture("db", {});
    client = add_fixture("client", {"db"});
    test = add_test(tests, "test_a");
    row().closure = {{name("db"), db}, {name("client"), client}, {name("n"), {}, 1}};
    row().cases = {3};
  }

  NameId name(std::string_view text) { return tables.names.intern(text); }
  Test& row() { return tables.tests[test]; }

  FixtureId add_fixture(std::string_view called, std::vector<std::string_view> arguments) {
    Fixture fixture;
    fixture.name = name(called);
    fixture.holder = HolderKind::conftest;
    fixture.file = conftest;
    fixture.params = {0};
    for (const std::string_view argument : arguments) fixture.arguments.push_back(name(argument));
    return tables.fixtures.add(std::move(fixture));
  }

  Project freeze() { return Draft(std::move(tables)).freeze(); }

  FileId conftest, tests;
  FixtureId db, client;
  TestId test;
};

std::vector<std::string> tree_of(const Project& project) {
  std::vector<std::string> lines;
  for (const ClosureRow& row : closure_rows(project, project->tests[TestId(0)])) {
    lines.push_back(std::string(row.depth, '>') + std::string(project.name(row.name)) + (row.is_repeated ? "!" : ""));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(ListReportTest, JsonKeepsWhatIsNotKnownApartFromZero) {
  Suite suite;
  suite.row().cases = {};
  suite.row().unknown_cases = suite.name("argument values: call");
  suite.tables.fixtures[suite.db].scope_is_known = 0;
  suite.tables.fixtures[suite.db].setups = {0};
  const auto read = nlohmann::json::parse(report_lists_json(suite.freeze()));
  EXPECT_TRUE(read["tests"][0]["cases"].is_null());
  EXPECT_EQ(read["tests"][0]["why"], "argument values: call");
  EXPECT_TRUE(read["fixtures"][0]["scope"].is_null());
  EXPECT_EQ(read["fixtures"][0]["setups"], 0);
  EXPECT_TRUE(read["fixtures"][1]["setups"].is_null());
}

TEST(ListReportTest, JsonIsValidWhateverTheNamesAre) {
  Suite suite;
  suite.add_fixture("a\"\\\xff\n", {});
  suite.row().qualified_name = suite.name("tests/test_a.py::\xc3(::test_a");
  const auto read = nlohmann::json::parse(report_lists_json(suite.freeze()));
  EXPECT_EQ(read["fixtures"][2]["name"], "a\"\\\xEF\xBF\xBD\n");
  EXPECT_EQ(read["tests"][0]["class"], "\xEF\xBF\xBD(");
}

TEST(ListReportTest, FixturesThatPytestMakesForHooksCarryNoFile) {
  Suite suite;
  suite.tables.fixtures[suite.db].origin = FixtureOrigin::xunit;
  suite.tables.fixtures[suite.client].origin = FixtureOrigin::unittest;
  const auto read = nlohmann::json::parse(report_lists_json(suite.freeze()));
  ASSERT_EQ(read["fixtures"].size(), 1U);
  EXPECT_EQ(read["fixtures"][0]["hidden"], true);
  EXPECT_FALSE(read["fixtures"][0].contains("file"));
}

TEST(ListReportTest, NothingIsTwoEmptyLists) {
  SmallReport nothing;
  const Project project = Draft(std::move(nothing.tables)).freeze();
  const auto read = nlohmann::json::parse(report_lists_json(project));
  EXPECT_TRUE(read["tests"].is_array() && read["fixtures"].is_array());
  EXPECT_EQ(report_tests(project, ""), "0 tests in 0 files, 0 cases.\n");
}

TEST(ClosureRowsTest, FollowWhoRequestsWhat) { EXPECT_EQ(tree_of(Suite().freeze()), (Lines{"client", ">db", "n"})); }

TEST(ClosureRowsTest, DrawAFixtureOnce) {
  Suite suite;
  const FixtureId api = suite.add_fixture("api", {"client", "db"});
  suite.row().closure.push_back({suite.name("api"), api});
  EXPECT_EQ(tree_of(suite.freeze()), (Lines{"n", "api", ">client", ">>db", ">db!"}));
}

TEST(ClosureRowsTest, EndWhenFixturesRequestEachOther) {
  Suite suite;
  suite.tables.fixtures[suite.db].arguments = {suite.name("client"), suite.name("db")};
  suite.tables.fixtures[suite.db].is_autouse = 1;
  EXPECT_EQ(tree_of(suite.freeze()), (Lines{"db", ">client", ">>db!", ">db", "n"}));
}

TEST(SubjectsTest, AWholeNameBeatsAnEnding) {
  Suite suite;
  suite.add_test(suite.tests, "test_b");
  suite.add_test(suite.tests, "db");
  const Project project = suite.freeze();
  const auto count = [&](std::string_view word) { return subjects_called(project, word).size(); };
  EXPECT_EQ(count("db"), 1U);
  EXPECT_TRUE(subjects_called(project, "db")[0].fixture);
  EXPECT_TRUE(subjects_called(project, "test_a.py::db")[0].test);
  EXPECT_EQ(count("test_a.py::test_b[1-a]"), 1U);
  EXPECT_EQ(count("est_b"), 0U);
  EXPECT_EQ(count("conftest.py::client"), 1U);
  EXPECT_EQ(count("fixture:tests/conftest.py::client"), 1U);
  EXPECT_EQ(count(""), 0U);
  EXPECT_EQ(count("]"), 0U);
  EXPECT_EQ(nearest_subject(project, "tests/test_a.py::test_aa"), "test_a");
  EXPECT_EQ(nearest_subject(project, "cleint"), "client");
}

TEST(ListReportTest, WhatKeepsANumberOfSetUpsFromBeingKnownIsSaidWithItsPlace) {
  Suite suite;
  const NameId class_name = suite.name("TestA");
  suite.tables.set_up_doubts = {{SetUpDoubt::Why::class_skip, suite.db, {suite.tests, {0, 0}}, class_name, {}},
                                {SetUpDoubt::Why::size, suite.client, {}, {}, {}}};
  const Project project = suite.freeze();
  const std::string text = report_fixtures(project, "");
  EXPECT_NE(text.find("db (function): no test, unknown number of set-ups (only a run can tell whether unittest skips "
                      "TestA, tests/test_a.py:1)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("unknown number of set-ups (the suite has too many items to follow)"), std::string::npos) << text;
  const std::string shown = report_subject(project, {{}, FixtureId(0)}, "");
  EXPECT_NE(shown.find("an unknown number of times (only a run can tell"), std::string::npos) << shown;
  const auto read = nlohmann::json::parse(report_lists_json(project));
  EXPECT_EQ(read["fixtures"][0]["setups_unknown"]["kind"], "class-skip");
  EXPECT_EQ(read["fixtures"][0]["setups_unknown"]["line"], 1);
  EXPECT_TRUE(read["fixtures"][1]["setups_unknown"]["file"].is_null());
}

TEST(ShowReportTest, SaysHowOftenAndForWhomAFixtureIsSetUp) {
  Suite suite;
  suite.tables.fixtures[suite.db].setups = {12};
  suite.tables.set_ups = {{suite.db, suite.test, 1, 12}};
  const Project project = suite.freeze();
  const std::string text = report_subject(project, {{}, FixtureId(0)}, "");
  EXPECT_NE(text.find("set up: 12 times in one serial run"), std::string::npos) << text;
  EXPECT_NE(text.find("tests/test_a.py::test_a, parameter 2, 12 times"), std::string::npos) << text;
  const auto read = nlohmann::json::parse(report_subject_json(project, {{}, FixtureId(0)}));
  EXPECT_EQ(read["fixture"]["set_up_by"][0]["times"], 12);
  EXPECT_EQ(read["fixture"]["requested_by"][0]["id"], "fixture:tests/conftest.py::client");
}

}  // namespace
}  // namespace hasten::testing
