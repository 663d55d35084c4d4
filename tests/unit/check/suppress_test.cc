#include "analyzer/check/suppress.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/lower/lower.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

Project project_of(std::vector<std::string> texts) {
  ProjectTables tables;
  Parser parser;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    FileModel model = lower(texts[i], parser);
    tables.files.add({FileRole::test_module, {}, Source("test_" + std::to_string(i) + ".py", texts[i]), model});
    tables.files[FileId(i)].source.index_lines();
  }
  return Draft(std::move(tables)).freeze();
}

Place place_of(const Project& project, std::size_t file, std::string_view text) {
  const std::size_t begin = project.file(FileId(file)).source.bytes().find(text);
  EXPECT_NE(begin, std::string_view::npos);
  return {FileId(file), {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + text.size())}};
}

/// Is a finding at the first `X` of the text hidden?
bool hides(const std::string& text, std::string_view rule = "HS201") {
  const Project project = project_of({text});
  std::vector<Finding> findings(1);
  findings[0].rule = rule;
  findings[0].place = place_of(project, 0, "X");
  hide_suppressed(project, findings);
  return findings.empty();
}

TEST(Suppression, counts_on_the_line) {
  EXPECT_TRUE(hides("X()  # hasten: ignore[HS201] slow on purpose\n"));
  EXPECT_TRUE(hides("X()  # hasten: ignore\n"));
  EXPECT_FALSE(hides("y()  # hasten: ignore[HS201]\nX()\n"));
  EXPECT_FALSE(hides("X()\ny()  # hasten: ignore[HS201]\n"));
}

TEST(Suppression, names_codes_prefixes_and_names) {
  EXPECT_TRUE(hides("X()  # hasten: ignore[HS301, HS201]\n"));
  EXPECT_TRUE(hides("X()  # hasten: ignore[HS2]\n"));
  EXPECT_TRUE(hides("X()  # hasten: ignore[sleep-in-test]\n"));
  EXPECT_FALSE(hides("X()  # hasten: ignore[HS3]\n"));
  EXPECT_FALSE(hides("X()  # hasten: ignore[HS202]\n"));
}

TEST(Suppression, counts_on_any_line_of_the_statement) {
  EXPECT_TRUE(hides("f(\n    X(),\n    1,\n)  # hasten: ignore[HS201]\n"));
  EXPECT_TRUE(hides("f(  # hasten: ignore[HS201]\n    X(),\n)\n"));
  EXPECT_TRUE(hides("@decorated  # hasten: ignore[HS201]\ndef X(\n    a,\n): ...\n"));
  EXPECT_TRUE(hides("def X(\n    a,\n):  # hasten: ignore[HS201]\n    pass\n"));
  EXPECT_FALSE(hides("def f():  # hasten: ignore[HS201]\n    X()\n"));
}

TEST(Suppression, on_its_own_line_speaks_for_the_next_statement) {
  EXPECT_TRUE(hides("# hasten: ignore[HS201]\nX()\n"));
  EXPECT_TRUE(hides("# hasten: ignore[HS201]\n# why\n\nf(\n    X(),\n)\n"));
  EXPECT_TRUE(hides("# hasten: ignore[HS201]\n@decorated\ndef X(): ...\n"));
  EXPECT_FALSE(hides("# hasten: ignore[HS201]\ny()\nX()\n"));
  EXPECT_FALSE(hides("X()\n# hasten: ignore[HS201]\n"));
}

TEST(Suppression, of_a_file_speaks_for_all_of_it) {
  EXPECT_TRUE(hides("# hasten: file-ignore[HS2]\ny()\n\n\ndef f():\n    X()\n"));
  EXPECT_FALSE(hides("# hasten: file-ignore[HS3]\nX()\n"));
}

TEST(Suppression, understands_noqa) {
  EXPECT_TRUE(hides("X()  # noqa\n"));
  EXPECT_TRUE(hides("X()  # noqa: E501, HS201\n"));
  EXPECT_FALSE(hides("X()  # noqa: E501\n"));
}

bool hides_at_the_cause(const std::string& cause) {
  const Project project = project_of({"def test_a():\n    X()\n", cause});
  std::vector<Finding> findings(1);
  findings[0].rule = "HS201";
  findings[0].place = place_of(project, 0, "X");
  findings[0].chain = {{findings[0].place, "calls"}, {place_of(project, 1, "sleep"), "sleeps"}};
  hide_suppressed(project, findings);
  return findings.empty();
}

TEST(Suppression, counts_where_the_witness_ends_when_it_names_the_code) {
  EXPECT_TRUE(hides_at_the_cause("sleep(1)  # hasten: ignore[HS201]\n"));
  EXPECT_TRUE(hides_at_the_cause("sleep(1)  # noqa: HS201\n"));
  EXPECT_FALSE(hides_at_the_cause("sleep(1)  # noqa\n"));
  EXPECT_FALSE(hides_at_the_cause("sleep(1)\n"));
}

}  // namespace
}  // namespace hasten
