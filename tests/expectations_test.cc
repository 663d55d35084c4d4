#include "tests/support/expectations.h"

#include <gtest/gtest.h>

#include "tests/support/page.h"
#include "tests/support/temporary_folder.h"

namespace hasten {
namespace {

TEST(ExpectationComments, name_several_codes_each_with_a_part_of_its_message) {
  const Expectations found = parse_expectations("import time\ntime.sleep(2)  # expect: HS201 \"2 s\", HS202\n");
  ASSERT_TRUE(found.errors.empty());
  ASSERT_EQ(found.findings.size(), 2U);
  EXPECT_EQ(found.findings[0].line, 2U);
  EXPECT_EQ(found.findings[0].code, "HS201");
  EXPECT_EQ(found.findings[0].part, "2 s");
  EXPECT_EQ(found.findings[1].code, "HS202");
  EXPECT_EQ(found.findings[1].part, "");
}

TEST(ExpectationComments, pin_columns_of_the_line_above_with_carets) {
  const Expectations found =
      parse_expectations("é = 1; time.sleep(2)\n#      ^^^^   expect: HS201\n#   ^ expect: HS202\n");
  ASSERT_TRUE(found.errors.empty());
  ASSERT_EQ(found.findings.size(), 2U);
  EXPECT_EQ(found.findings[0].line, 1U);
  EXPECT_EQ(found.findings[0].columns, (Expectation::Columns{8, 12}));
  EXPECT_EQ(found.findings[1].line, 1U);
  EXPECT_EQ(found.findings[1].columns, (Expectation::Columns{5, 6}));
}

TEST(ExpectationComments, reveal_fixtures_and_effects) {
  const Expectations found = parse_expectations(
      "def test(db): ...  # reveal: fixture db = tests/conftest.py:12 (session)\n"
      "push()  # reveal: effect network via requests.post\n"
      "push()  # expect: HS201 # reveal: effect network via requests.post masked by responses\n");
  ASSERT_TRUE(found.errors.empty()) << found.errors[0];
  ASSERT_EQ(found.fixtures.size(), 1U);
  EXPECT_EQ(found.fixtures[0].place, "tests/conftest.py:12");
  EXPECT_EQ(found.fixtures[0].scope, "session");
  ASSERT_EQ(found.effects.size(), 2U);
  EXPECT_EQ(found.effects[0].api, "requests.post");
  EXPECT_EQ(found.effects[1].mask, "responses");
  EXPECT_EQ(found.findings.size(), 1U);
}

TEST(ExpectationComments, with_unknown_words_are_errors) {
  EXPECT_EQ(parse_expectations("x  # expect: sleep").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # expect:").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # expect: HS201 please").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # expect: HS201 \"2 s").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # reveal: scope db = session").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # reveal: fixture db = conftest.py:1").errors.size(), 1U);
  EXPECT_EQ(parse_expectations("x  # reveal: effect network requests.post").errors.size(), 1U);
  EXPECT_TRUE(parse_expectations("x  # what to expect: nothing").errors.empty());
}

Outcome outcome_with_finding(std::string text, std::string_view code, TextRange range, std::string message) {
  ProjectTables tables;
  tables.files.add({FileRole::test_module, {}, Source("test_a.py", std::move(text)), {}});
  tables.files[FileId(0)].source.index_lines();
  Finding finding;
  finding.rule = code;
  finding.place = {FileId(0), range};
  finding.message = std::move(message);
  return {Draft(std::move(tables)).freeze(), {std::move(finding)}, {}};
}

TEST(Mismatches, are_findings_without_comment_and_comments_without_finding) {
  const TemporaryFolder folder;
  const std::string text = "a\nb  # expect: HS202\nc  # expect: HS201 \"2 s\"\n";
  folder.write("test_a.py", text);
  const Outcome outcome = outcome_with_finding(text, "HS201", {0, 1}, "waits 2 s");
  EXPECT_EQ(mismatches(folder.path(), outcome),
            (std::vector<std::string>{"test_a.py:1: unexpected HS201 waits 2 s", "test_a.py:2: missing HS202",
                                      "test_a.py:3: missing HS201 \"2 s\""}));
}

TEST(Mismatches, are_wrong_columns) {
  const TemporaryFolder folder;
  const std::string text = "a = f()\n#   ^^^ expect: HS201\n";
  folder.write("test_a.py", text);
  EXPECT_TRUE(mismatches(folder.path(), outcome_with_finding(text, "HS201", {4, 7}, "m")).empty());
  EXPECT_EQ(mismatches(folder.path(), outcome_with_finding(text, "HS201", {4, 6}, "m")).size(), 2U);
}

TEST(Mismatches, are_problems_of_the_outcome_and_errors_in_comments) {
  const TemporaryFolder folder;
  folder.write("test_a.py", "x  # expect: nothing\n");
  Outcome outcome{Draft(ProjectTables{}).freeze(), {}, {}};
  outcome.problems.push_back({ProblemSeverity::warning, "test_a.py", 3, 1, "syntax error"});
  EXPECT_EQ(mismatches(folder.path(), outcome).size(), 2U);
}

TEST(Pages, are_taken_apart_into_headings_and_files) {
  const Page page = parse_page(
      "Lead.\n\n## Flagged\n\n```python\nx\n```\n\n```python\n# file: a.py\ny\n# file: b/c.py\nz\n```\n\n## "
      "Limits\n\n```toml\nk = 1\n```\n");
  EXPECT_EQ(page.lead, "Lead.\n");
  EXPECT_EQ(page.headings, (std::vector<std::string>{"Flagged", "Limits"}));
  EXPECT_TRUE(page.errors.empty());
  ASSERT_EQ(page.fences.size(), 2U);
  EXPECT_EQ(page.fences[0].files[0].path, "test_example.py");
  EXPECT_EQ(page.fences[1].number, 2U);
  ASSERT_EQ(page.fences[1].files.size(), 2U);
  EXPECT_EQ(page.fences[1].files[1].path, "b/c.py");
  EXPECT_EQ(page.fences[1].files[1].text, "z\n");
}

TEST(Pages, with_a_fence_that_does_not_end_are_wrong) {
  EXPECT_EQ(parse_page("## Flagged\n\n```python\nx\n").errors.size(), 1U);
}

}  // namespace
}  // namespace hasten
