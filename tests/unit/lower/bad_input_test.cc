#include <chrono>

#include "analyzer/lower/guard.h"
#include "tests/unit/lower/lowered.h"

namespace hasten {
namespace {

using testing::lowered;
using testing::rows;

bool has_problem(const FileModel& file, FileProblemKind kind) {
  for (const FileProblem& problem : file.problems) {
    if (problem.kind == kind) return true;
  }
  return false;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(BadInput, EmptyFilesAreAnEmptyModule) { EXPECT_EQ(rows(""), ""); }

TEST(BadInput, ASyntaxErrorIsAProblemAndTheRestIsLowered) {
  const FileModel file = lowered("def f():\n    return (1 +\n\nimport os\ndef g():\n    h()\n");
  EXPECT_TRUE(has_problem(file, FileProblemKind::syntax_error));
  EXPECT_TRUE(file.words.find("h"));
}

TEST(BadInput, SyntaxErrorsAreCapped) { EXPECT_EQ(lowered(repeated("x = = 1\n", 100)).problems.size(), 20u); }

TEST(BadInput, BytesThatAreNoTextAreProblemsOnce) {
  const FileModel file = lowered("a = '\xFF'\nb = '\xFE'\nc = 1\n");
  ASSERT_EQ(file.problems.size(), 1u);
  EXPECT_EQ(file.problems[0].kind, FileProblemKind::invalid_utf8);
  EXPECT_EQ(file.problems[0].range.begin, 5u);
  EXPECT_EQ(file.word(file.statements[StatementId(0)].value), "\xEF\xBF\xBD");
  EXPECT_EQ(file.statements.size(), 3u);
}

TEST(BadInput, NulBytesAreAProblem) {
  EXPECT_TRUE(has_problem(lowered(std::string_view("a = 1\n\0\nb = 2\n", 14)), FileProblemKind::nul_byte));
}

TEST(BadInput, BracketsBeyondAllReasonAreCutOutAndTheRestIsLowered) {
  const FileModel file = lowered("a = 1\nb = " + repeated("(", 100'000) + repeated(")", 100'000) + "\nc = d()\n");
  EXPECT_TRUE(has_problem(file, FileProblemKind::too_deep));
  EXPECT_TRUE(file.words.find("a"));
  EXPECT_TRUE(file.words.find("d"));
}

TEST(BadInput, BracketsThatAreNeverClosedLeaveWhatIsBeforeThem) {
  const FileModel file = lowered("a = 1\nb = " + repeated("[", 100'000) + "\n");
  EXPECT_TRUE(has_problem(file, FileProblemKind::too_deep));
  EXPECT_TRUE(file.words.find("a"));
}

TEST(BadInput, BracketsInStringsAreNotNested) {
  EXPECT_TRUE(lowered("a = '" + repeated("(", 2000) + "'\n").problems.empty());
  EXPECT_FALSE(guard("a = '" + repeated("(", 2000) + "'\n")->deep_at);
}

TEST(BadInput, LongChainsWithoutBracketsAreCutToo) {
  for (std::string_view link : {".a", "()", "[0]", " + a"}) {
    EXPECT_TRUE(has_problem(lowered("a" + repeated(link, 20'000) + "\n"), FileProblemKind::too_deep)) << link;
  }
  EXPECT_TRUE(has_problem(lowered(repeated("not ", 20'000) + "a\n"), FileProblemKind::too_deep));
}

TEST(BadInput, AnElifChainIsNoNesting) {
  EXPECT_TRUE(lowered("if a: b\n" + repeated("elif c: d\n", 5'000)).problems.empty());
}

TEST(BadInput, WhatStallsTheParserIsBlankedAndTheRestIsLowered) {
  std::string words;
  for (int i = 0; i < 20'000; ++i) words += "w" + std::to_string(i) + " ";
  const FileModel file = lowered("a = 1\n" + words + "\nb = 2\n");
  EXPECT_TRUE(has_problem(file, FileProblemKind::syntax_error));
  EXPECT_TRUE(file.words.find("a"));
  EXPECT_TRUE(file.words.find("b"));
}

TEST(BadInput, RunsOfContinuationsAreRead) {
  EXPECT_EQ(rows("a = 1\n" + repeated("\\\n", 50'000) + "b = 2\n"), "assign target=a value=1\nassign target=b value=2");
}

TEST(BadInput, AParserIsAsGoodAsNewAfterEachFile) {
  Parser parser;
  const std::string source = "def f(a=1):\n  return g(a)\n";
  const std::string first = dump(lower(source, parser));
  (void)lower(repeated("x = (1, 2)\n", 50'000), parser);
  (void)lower(repeated("(", 5'000), parser);
  EXPECT_EQ(dump(lower(source, parser)), first);
  EXPECT_LE(parser.held_bytes(), std::size_t{32} << 20);
}

}  // namespace
}  // namespace hasten
