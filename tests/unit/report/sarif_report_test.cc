#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzer/report/line_hash.h"
#include "analyzer/report/sarif_text.h"
#include "tests/unit/report/small_report.h"

namespace hasten::testing {
namespace {

using nlohmann::json;

json run_of(SmallReport& report, const std::string& base = {}) {
  return json::parse(report.print(report_sarif, base))["runs"][0];
}

TEST(SarifReportTest, GivesAllThatCodeScanningRequires) {
  SmallReport report;
  const std::string text = "def test_a():\n    '😀'; sleep(2)\n";
  const FileId file = report.add_file("tests/test_a.py", text);
  Finding& finding = report.add_finding(report.find(file, "sleep(2)"), "2 s in test `test_a`");
  finding.chain = {{report.find(file, "test_a"), "test `test_a` calls `sleep`"}};
  const json run = run_of(report);

  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  EXPECT_EQ(run["automationDetails"]["id"], "hasten/");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
  const json& rule = run["tool"]["driver"]["rules"][0];
  EXPECT_EQ(rule["id"], "HS201");
  EXPECT_EQ(rule["name"], "SleepInTest");
  EXPECT_EQ(rule["fullDescription"]["text"], "A test waits, and everybody with it.");
  EXPECT_EQ(rule["helpUri"], "https://docs.pytest.org/x.html");
  EXPECT_EQ(rule["help"]["markdown"], sleep_rule.page);
  EXPECT_EQ(rule["properties"]["problem.severity"], "warning");
  EXPECT_EQ(rule["properties"]["precision"], "high");

  const json& result = run["results"][0];
  EXPECT_EQ(result["ruleId"], "HS201");
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["level"], "warning");
  EXPECT_EQ(result["message"]["text"], "2 s in test `test_a`.");
  const json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "tests/test_a.py");
  EXPECT_EQ(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(place["region"]["startLine"], 2);
  EXPECT_EQ(place["region"]["startColumn"], 11);  // the emoji is two units
  EXPECT_EQ(place["region"]["endLine"], 2);
  EXPECT_EQ(place["region"]["endColumn"], 19);
  EXPECT_EQ(place["region"]["snippet"]["text"], "sleep(2)");
  EXPECT_EQ(result["partialFingerprints"]["primaryLocationLineHash"], primary_line_hashes(text)[1]);
  const json& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
  EXPECT_EQ(steps[0]["location"]["message"]["text"], "test `test_a` calls `sleep`");
  EXPECT_EQ(steps[0]["location"]["physicalLocation"]["region"]["startLine"], 1);
}

TEST(SarifReportTest, ACleanRunHasAnEmptyListOfResults) {
  SmallReport report;
  EXPECT_EQ(run_of(report)["results"], json::array());
}

TEST(SarifReportTest, ProblemsAreNotificationsAndErrorsMeanFailure) {
  SmallReport report;
  report.problems.push_back({ProblemSeverity::warning, "a b.py", 3, 0, "syntax error"});
  report.problems.push_back({ProblemSeverity::error, "", 0, 0, "no such rule"});
  const json invocation = run_of(report)["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  const json& notes = invocation["toolExecutionNotifications"];
  EXPECT_EQ(notes[0]["level"], "warning");
  EXPECT_EQ(notes[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.py");
  EXPECT_EQ(notes[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
  EXPECT_EQ(notes[1]["level"], "error");
  EXPECT_FALSE(notes[1].contains("locations"));
}

TEST(SarifReportTest, RelatedPlacesAreLinkedFromTheMessage) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "f()\ng()\n");
  Finding& finding = report.add_finding(report.find(file, "f()"), "`x[0](1)` is shared");
  finding.related = {{report.find(file, "g()"), "written [here]"}};
  const json result = run_of(report)["results"][0];
  EXPECT_EQ(result["message"]["text"], "`x[0] (1)` is shared. See [written \\[here\\]](1).");
  EXPECT_EQ(result["relatedLocations"][0]["id"], 1);
}

TEST(SarifReportTest, KeepsTheWorstOfTooManyFindings) {
  SmallReport report;
  const FileId file = report.add_file("test_a.py", "f()\n");
  for (int i = 0; i < 25010; ++i) report.add_finding(report.find(file, "f()"), "m");
  report.findings.back().severity = Severity::error;
  report.findings[25000].confidence = Confidence::low;
  const json run = run_of(report);
  EXPECT_EQ(run["results"].size(), 25000U);
  EXPECT_EQ(run["results"].back()["level"], "error");
  EXPECT_NE(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].get<std::string>().find(
                "10 further findings"),
            std::string::npos);
}

TEST(SarifReportTest, AFileOutsideTheRepositoryHasAnAbsoluteAddress) {
  SmallReport report;
  const FileId file = report.add_file("../other/test_a.py", "f()\n");
  report.add_finding(report.find(file, "f()"), "m");
  const json place = run_of(report, "/project/sub")["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "file:///other/test_a.py");
  EXPECT_FALSE(place["artifactLocation"].contains("uriBaseId"));
}

TEST(SarifReportTest, IsValidWhateverTheBytesAre) {
  SmallReport report;
  const FileId file = report.add_file("test \xFF#%\n.py", "x = '\xFE\x01'\n");
  report.add_finding(report.find(file, "'\xFE\x01'"), "bad \xC0");
  const json place = run_of(report)["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "test%20%FF%23%25%0A.py");
}

TEST(SarifTextTest, ShortensByCharactersNotBytes) {
  EXPECT_EQ(shortened("日本語", 3), "日本語");
  EXPECT_EQ(shortened("日本語テキスト", 5), "日本...");
  EXPECT_EQ(shortened("", 5), "");
}

}  // namespace
}  // namespace hasten::testing
