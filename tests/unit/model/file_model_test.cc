#include "analyzer/model/file_model.h"

#include <gtest/gtest.h>

namespace hasten {
namespace {

/// `f(a, *b, k=1, c).g`, written by hand as lowering would.
FileModel small_file() {
  FileModel file;
  const auto add = [&](ExprKind kind, std::string_view word, std::uint32_t subtree, std::size_t next) {
    Expr row;
    row.kind = kind;
    if (!word.empty()) row.payload = file.words.add(word).index();
    row.subtree = subtree;
    if (next > 0) row.next = ExprId(next);
    file.exprs.add(row);
  };
  add(ExprKind::attribute, "g", 9, 0);
  add(ExprKind::call, "", 8, 0);
  add(ExprKind::name, "f", 1, 3);
  add(ExprKind::name, "a", 1, 4);
  add(ExprKind::starred, "", 2, 6);
  add(ExprKind::name, "b", 1, 0);
  add(ExprKind::keyword, "k", 2, 8);
  add(ExprKind::integer, "1", 1, 0);
  add(ExprKind::name, "c", 1, 0);
  file.blocks.add({});
  return file;
}

TEST(FileModel, ChildrenAreReachedByPosition) {
  const FileModel file = small_file();
  const ExprId call(1);
  EXPECT_EQ(file.child_count(call), 5u);
  EXPECT_EQ(file.child(call, 0), ExprId(2));
  EXPECT_EQ(file.child(call, 3), ExprId(6));
  EXPECT_FALSE(file.child(call, 5));
  EXPECT_FALSE(file.first_child(ExprId(2)));
}

TEST(FileModel, ArgumentsAreFoundByNameAndPosition) {
  const FileModel file = small_file();
  EXPECT_EQ(file.keyword(ExprId(1), "k"), ExprId(7));
  EXPECT_FALSE(file.keyword(ExprId(1), "x"));
  EXPECT_EQ(file.positional(ExprId(1), 0), ExprId(3));
  EXPECT_FALSE(file.positional(ExprId(1), 1));  // behind *b nobody can tell
}

TEST(FileModel, OnlyNamesAndAttributesAreDotted) {
  FileModel file = small_file();
  EXPECT_EQ(file.dotted(ExprId(0)), "");
  EXPECT_EQ(file.dotted(ExprId(2)), "f");
  EXPECT_EQ(file.dotted(ExprId()), "");
}

TEST(Words, NamesNothingAsEmpty) {
  Words words;
  const WordId a = words.add("a");
  words.add("bc");
  EXPECT_EQ(words[a], "a");
  EXPECT_EQ(words.find("bc"), WordId(1));
  EXPECT_FALSE(words.find("b"));
  EXPECT_EQ(words[WordId()], "");
}

TEST(Dump, ShowsStructureAndEscapesText) {
  FileModel file = small_file();
  Statement statement;
  statement.kind = StatementKind::expression;
  statement.block = BlockId(0);
  statement.value = ExprId(0);
  file.statements.add(statement);
  file.blocks[BlockId(0)].statements = {0, 1};
  file.problems.push_back({FileProblemKind::nul_byte, {3, 4}});
  EXPECT_EQ(dump(file),
            "expression value=(attribute .g (call f a (* b) (keyword k 1) c))\n"
            "problem NUL byte [3-4]\n");
}

}  // namespace
}  // namespace hasten
