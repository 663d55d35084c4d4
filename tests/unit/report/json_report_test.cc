#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzer/report/tool.h"
#include "tests/unit/report/small_report.h"

namespace hasten::testing {
namespace {

using nlohmann::json;

SmallReport with_one_finding(std::string symbol = "tests/test_a.py::test_a") {
  SmallReport report;
  const FileId file = report.add_file("tests/test_a.py", "def test_a():\n    '😀'; sleep(2)\n");
  const TestId test = report.add_test(file, "test_a");
  Finding& finding = report.add_finding(report.find(file, "sleep(2)"), "2 s in test `test_a`");
  finding.symbol = std::move(symbol);
  finding.tests = {test};
  finding.kind = EffectKind::sleep;
  finding.cost = {2};
  finding.chain = {{report.find(file, "test_a"), "test `test_a` calls `sleep`"}};
  return report;
}

TEST(JsonReportTest, HoldsEverythingOfAFinding) {
  const json read = json::parse(with_one_finding().print(report_json));
  EXPECT_EQ(read["version"], 1);
  EXPECT_EQ(read["tool"]["version"], tool_version);
  const json& finding = read["findings"][0];
  EXPECT_EQ(finding["code"], "HS201");
  EXPECT_EQ(finding["name"], "sleep-in-test");
  EXPECT_EQ(finding["message"], "2 s in test `test_a`");
  EXPECT_EQ(finding["severity"], "warning");
  EXPECT_EQ(finding["confidence"], "high");
  EXPECT_EQ(finding["path"], "tests/test_a.py");
  EXPECT_EQ(finding["line"], 2);
  EXPECT_EQ(finding["column"], 10);  // the emoji is one code point
  EXPECT_EQ(finding["end_line"], 2);
  EXPECT_EQ(finding["end_column"], 18);
  EXPECT_EQ(finding["kind"], "sleep");
  EXPECT_EQ(finding["tests"], json::array({"tests/test_a.py::test_a"}));
  EXPECT_EQ(finding["chain"][0]["line"], 1);
  EXPECT_EQ(finding["chain"][0]["column"], 5);
  EXPECT_EQ(finding["related"], json::array());
  EXPECT_EQ(finding["cost_seconds"], 2);
  EXPECT_EQ(read["summary"]["rules"]["HS201"], 1);
  EXPECT_EQ(read["summary"]["tests_touched"], 1);
}

TEST(JsonReportTest, FingerprintsStayWhenLinesMoveAndDifferWithinASymbol) {
  SmallReport report = with_one_finding();
  report.findings.push_back(report.findings[0]);
  const json two = json::parse(report.print(report_json));
  EXPECT_NE(two["findings"][0]["fingerprint"], two["findings"][1]["fingerprint"]);

  SmallReport moved = with_one_finding();
  moved.findings[0].place.range = {0, 3};
  EXPECT_EQ(json::parse(moved.print(report_json))["findings"][0]["fingerprint"], two["findings"][0]["fingerprint"]);

  const json other = json::parse(with_one_finding("tests/test_a.py::test_b").print(report_json));
  EXPECT_NE(other["findings"][0]["fingerprint"], two["findings"][0]["fingerprint"]);
}

TEST(JsonReportTest, WhatIsNotKnownIsNull) {
  SmallReport report;
  const FileId file = report.add_file("a.py", "f()");
  report.add_finding(report.find(file, "f()"), "m");
  report.problems.push_back({ProblemSeverity::warning, "b.py", 0, 0, "cannot read"});
  const json read = json::parse(report.print(report_json));
  EXPECT_TRUE(read["findings"][0]["kind"].is_null());
  EXPECT_TRUE(read["findings"][0]["cost_seconds"].is_null());
  EXPECT_TRUE(read["problems"][0]["line"].is_null());
}

TEST(JsonReportTest, IsValidWhateverTheBytesAre) {
  SmallReport report;
  const FileId file = report.add_file("test_\xFF\n\"\\.py", "x = '\xFE'\n");
  report.add_finding(report.find(file, "x"), "bad \xC0 byte\x01");
  report.problems.push_back({ProblemSeverity::warning, "\xFF", 1, 1, "\x80"});
  EXPECT_TRUE(json::accept(report.print(report_json)));
}

TEST(RulesReportTest, JsonListsTheConstants) {
  const Rule* rules[] = {&sleep_rule};
  const json read = json::parse(report_rules_json(rules));
  EXPECT_EQ(read[0]["code"], "HS201");
  EXPECT_EQ(read[0]["effects"], json::array({"sleep"}));
  EXPECT_EQ(read[0]["fix"], "none");
  EXPECT_EQ(read[0]["page"], sleep_rule.page);
}

TEST(RulesReportTest, ThePageIsPrintedAsItIsUnderItsTitle) {
  const std::string page = report_rule_page(sleep_rule);
  EXPECT_TRUE(page.starts_with("# HS201 sleep-in-test\n"));
  EXPECT_TRUE(page.ends_with(sleep_rule.page));
}

}  // namespace
}  // namespace hasten::testing
