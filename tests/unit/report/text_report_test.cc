#include <gtest/gtest.h>

#include "tests/unit/report/small_report.h"

namespace hasten::testing {
namespace {

TEST(ConciseReportTest, PrintsOneLinePerFindingAndASummary) {
  SmallReport report;
  const FileId file = report.add_file("tests/test_a.py", "def test_a():\n    sleep(2)\n");
  report.add_finding(report.find(file, "sleep(2)"), "2 s in test `test_a`");
  EXPECT_EQ(report.print(report_concise),
            "tests/test_a.py:2:5: HS201 2 s in test `test_a`\n"
            "Found 1 finding.\n");
}

TEST(ConciseReportTest, SaysThatThereIsNothing) {
  SmallReport report;
  EXPECT_EQ(report.print(report_concise), "No findings.\n");
}

TEST(ConciseReportTest, CountsCodePointsAndSkipsTheByteOrderMark) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "\xEF\xBB\xBF'😀é'; sleep()");
  report.add_finding(report.find(file, "sleep()"), "m");
  EXPECT_EQ(report.print(report_concise, {.has_summary = false}), "test_a.py:1:7: HS201 m\n");
}

TEST(ConciseReportTest, HostilePathsAndMessagesStayOnTheirLine) {
  SmallReport report;
  const FileId file = report.add_file("test\n\x1b[2J.py", "sleep()");
  report.add_finding(report.find(file, "sleep()"), "calls `x\ny`");
  EXPECT_EQ(report.print(report_concise, {.has_summary = false}), "test␊␛[2J.py:1:1: HS201 calls `x␊y`\n");
}

TEST(ConciseReportTest, PathsStartWhereTheUserStands) {
  const auto printed = [](const std::string& base) {
    SmallReport report;
    const FileId file = report.add_file("tests/test_a.py", "sleep()");
    report.add_finding(report.find(file, "sleep()"), "m");
    return report.print(report_concise, {.has_summary = false}, base);
  };
  EXPECT_EQ(printed("/project"), "tests/test_a.py:1:1: HS201 m\n");
  EXPECT_EQ(printed("/"), "project/tests/test_a.py:1:1: HS201 m\n");
  EXPECT_EQ(printed("/project/tests"), "test_a.py:1:1: HS201 m\n");
  EXPECT_EQ(printed("/elsewhere"), "/project/tests/test_a.py:1:1: HS201 m\n");
}

TEST(ConciseReportTest, APlaceBeyondTheFileIsItsEnd) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "");
  report.add_finding({file, {100, 200}}, "m");
  EXPECT_EQ(report.print(report_concise, {.has_summary = false}), "test_a.py:1:1: HS201 m\n");
}

TEST(FullReportTest, ShowsFrameChainTestsCostAndHelp) {
  SmallReport report;
  const FileId file =
      report.add_file("tests/test_a.py", "import time\n\n\ndef test_a(db):\n    time.sleep(2)\n    db.go()\n");
  std::vector<TestId> tests;
  for (const char* name : {"test_a", "test_b", "test_c", "test_d"}) tests.push_back(report.add_test(file, name));
  const Place call = report.find(file, "time.sleep(2)");
  Finding& finding = report.add_finding(call, "2 s in test `test_a`");
  finding.tests = tests;
  finding.chain = {{report.find(file, "test_a"), "test `test_a` requests fixture `db`"},
                   {call, "`db` calls `time.sleep`"}};
  finding.cost = {8};
  finding.confidence = Confidence::medium;
  EXPECT_EQ(report.print(report_full), R"(warning[HS201]: 2 s in test `test_a`
 --> tests/test_a.py:5:5
  |
4 | def test_a(db):
5 |     time.sleep(2)
  |     ^^^^^^^^^^^^^
6 |     db.go()
  |
  = chain: 1. test `test_a` requests fixture `db` (tests/test_a.py:4)
           2. `db` calls `time.sleep` (tests/test_a.py:5)
  = tests: 4 tests, e.g. test_a, test_b, test_c
  = cost: about 8 s in one run
  = confidence: medium
  = help: wait for the condition (hasten explain sleep-in-test)

Found 1 finding.
)");
}

TEST(FullReportTest, CaretsStandUnderTabsAndWideCharacters) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "\tx = '日本'; f('é日')\n");
  report.add_finding(report.find(file, "f('é日')"), "m");
  EXPECT_NE(report.print(report_full)
                .find("1 |     x = '日本'; f('é日')\n"
                      "  |                 ^^^^^^^^\n"),
            std::string::npos);
}

TEST(FullReportTest, LongLinesAreCutAroundThePlace) {
  SmallReport report;
  const FileId file =
      report.add_file("test_a.py", "x = '" + std::string(5000, 'a') + "' or f() or '" + std::string(5000, 'b') + "'");
  report.add_finding(report.find(file, "f()"), "m");
  const std::string text = report.print(report_full, {.width = 60});
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    EXPECT_LE(end - begin, 65U) << text.substr(begin, end - begin);
  }
  const std::size_t line = text.find("1 | ...");
  ASSERT_NE(line, std::string::npos) << text;
  const std::size_t carets = text.find('^') - (text.rfind('\n', text.find('^')) + 1);
  EXPECT_EQ(text.substr(line + carets, 3), "f()") << text;
}

TEST(FullReportTest, APlaceOverSeveralLinesIsMarkedOnItsFirst) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "f(\n  1,\n)\n");
  report.add_finding({file, {0, 8}}, "m");
  EXPECT_NE(report.print(report_full).find("1 | f(\n  | ^^\n2 |   1,\n"), std::string::npos);
}

TEST(FullReportTest, ColorsAreOnlyAddedToTheSameText) {
  const auto printed = [](bool is_colored) {
    SmallReport report;
    const FileId file = report.add_file("test_a.py", "f()");
    report.add_finding(report.find(file, "f()"), "m");
    return report.print(report_full, {.is_colored = is_colored});
  };
  std::string plain;
  const std::string colored = printed(true);
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
    } else {
      plain += colored[i];
    }
  }
  EXPECT_NE(colored, plain);
  EXPECT_EQ(plain, printed(false));
}

TEST(StatisticsReportTest, CountsPerRule) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "f()");
  report.add_finding(report.find(file, "f()"), "m");
  report.add_finding(report.find(file, "f()"), "m");
  EXPECT_EQ(report.print(report_statistics), "     2  HS201  sleep-in-test\nFound 2 findings.\n");
}

TEST(ProblemReportTest, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(report_problem({ProblemSeverity::warning, "a.py", 3, 4, "bad"}, "/p", ""), "a.py:3:4: problem: bad\n");
  EXPECT_EQ(report_problem({ProblemSeverity::warning, "a.py", 3, 0, "bad"}, "/p", "/"), "p/a.py:3: problem: bad\n");
  EXPECT_EQ(report_problem({ProblemSeverity::error, "", 0, 0, "bad"}, "/p", ""), "problem: bad\n");
}

}  // namespace
}  // namespace hasten::testing
