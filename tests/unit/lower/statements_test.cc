#include "tests/unit/lower/lowered.h"

namespace hasten {
namespace {

using testing::rows;

TEST(Statements, AnAttributeOfTypeOfAnObjectIsAssignedNotAliased) {
  EXPECT_EQ(rows("type(m).prop = Mock(a)"), "assign target=(attribute .prop (call type m)) value=(call Mock a)");
  EXPECT_EQ(rows("type(m).a.b = 1"), "assign target=(attribute .b (attribute .a (call type m))) value=1");
  EXPECT_EQ(rows("type(m)[0] = 1"), "assign target=(subscript (call type m) 0) value=1");
  EXPECT_EQ(rows("type(m).prop: int = 3"), "ann_assign target=(attribute .prop (call type m)) value=3 third=int");
  EXPECT_EQ(rows("type('X', (), {}).a = 1"), "assign target=(attribute .a (call type 'X' tuple[] dict[])) value=1");
}

TEST(Statements, TheCallInThatAssignmentStandsWhereTypeIsWritten) {
  const FileModel file = testing::lowered("type(m).prop = 1");
  ASSERT_EQ(file.calls.size(), 1u);
  EXPECT_EQ(file.exprs[file.calls[CallId(0)].expr].range, (TextRange{0, 7}));
  EXPECT_EQ(file.exprs[file.statements[StatementId(0)].target].range, (TextRange{0, 12}));
}

TEST(Statements, ATypeAliasBindsItsName) {
  EXPECT_EQ(rows("type X[T] = int | str"), "type target=X value=(binary[|] int str)");
}

TEST(Statements, EachTargetOfAChainHasARowAndTheValueIsShared) {
  EXPECT_EQ(rows("a = b.c = f()"), "assign target=a value=(call f)\nassign target=(attribute .c b) value=(call f)");
}

TEST(Statements, AssignmentsKeepTargetOperatorAndAnnotation) {
  EXPECT_EQ(rows("a += 1"), "aug_assign += target=a value=1");
  EXPECT_EQ(rows("a: int"), "ann_assign target=a third=int");
  EXPECT_EQ(rows("a: List[int] = []"), "ann_assign target=a value=list[] third=(subscript List int)");
  EXPECT_EQ(rows("a, *b = c"), "assign target=(tuple a (* b)) value=c");
}

TEST(Statements, DeleteGlobalAndNonlocalGiveARowForEachName) {
  EXPECT_EQ(rows("del a, b.c, d[0]"), "delete target=a\ndelete target=(attribute .c b)\ndelete target=(subscript d 0)");
  EXPECT_EQ(rows("global x, y"), "global target=x\nglobal target=y");
}

TEST(Statements, CausesAndMessagesAreKept) {
  EXPECT_EQ(rows("raise A from B"), "raise value=A third=B");
  EXPECT_EQ(rows("assert a, b()"), "assert value=a third=(call b)");
}

TEST(Statements, BareStringsHaveNoText) {
  EXPECT_EQ(rows("\"\"\"Doc.\"\"\""), "expression value='...'");
  EXPECT_EQ(testing::lowered("'a' 'b'").words.size(), 0u);
}

TEST(Statements, Python2PrintIsReadAsItsValues) {
  EXPECT_EQ(rows("print f(), y"), "expression value=(call f)\nexpression value=y");
  EXPECT_EQ(rows("print >>f, x"), "expression value=f\nexpression value=x");
}

TEST(Imports, EachBoundNameIsARow) {
  EXPECT_EQ(rows("import os, a.b.c as d, x.y"), "import os binds os\nimport a.b.c binds d\nimport x.y binds x");
  EXPECT_EQ(rows("from ..k.l import (m as n, o)"),
            "import from ..k.l name m binds n\nimport from ..k.l name o binds o");
  EXPECT_EQ(rows("from . import z"), "import from . name z binds z");
  EXPECT_EQ(rows("from a import *"), "import from a name *");
  EXPECT_EQ(rows("from __future__ import annotations"), "import from __future__ name annotations binds annotations");
  EXPECT_EQ(rows("import a . b"), "import a.b binds a");
}

TEST(Compounds, ElifStandsInTheElseBlockBeforeIt) {
  EXPECT_EQ(rows("if a: x\nelif b: y\nelse: z\nw"),
            "if value=a\n"
            "  then:\n"
            "    expression value=x\n"
            "  else:\n"
            "    if value=b\n"
            "      then:\n"
            "        expression value=y\n"
            "      else:\n"
            "        expression value=z\n"
            "expression value=w");
}

TEST(Compounds, WithItemsAreRowsAndTheLastOneHeadsTheBlock) {
  EXPECT_EQ(rows("with (open(a) as f, g() as (h, i)): x"),
            "with target=f value=(call open a)\n"
            "with target=(tuple h i) value=(call g)\n"
            "  inside:\n"
            "    expression value=x");
  EXPECT_EQ(rows("with (open(x) as f): pass"), "with target=f value=(call open x)\n  inside: empty");
}

TEST(Compounds, TryHasAllItsBlocks) {
  EXPECT_EQ(rows("try: a\nexcept* (A, B) as e: b\nexcept C: c\nelse: d\nfinally: e"),
            "try\n"
            "  tried:\n"
            "    expression value=a\n"
            "except target=e value=(tuple A B)\n"
            "  handler:\n"
            "    expression value=b\n"
            "except value=C\n"
            "  handler:\n"
            "    expression value=c\n"
            "  try-else:\n"
            "    expression value=d\n"
            "  finally:\n"
            "    expression value=e");
}

TEST(Compounds, LoopsKeepTargetIterableAndElse) {
  EXPECT_EQ(rows("async for x, y in z():\n  break\nelse:\n  w"),
            "async for target=(tuple x y) value=(call z)\n  loop:\n    break\n  loop-else:\n    "
            "expression value=w");
  EXPECT_EQ(rows("while a: continue"), "while value=a\n  loop:\n    continue");
}

TEST(Compounds, CasesBindTheirCapturesAndNothingElse) {
  EXPECT_EQ(rows("match a:\n"
                 "  case Foo(x, y=1, z=w) as v if f(): pass\n"
                 "  case [1, *rest] | {'k': q, K.x: r, **kw}: pass\n"
                 "  case Color.RED | _: pass\n"),
            "match value=a\n"
            "  case:\n"
            "    assign target=x\n"
            "    assign target=w\n"
            "    assign target=v\n"
            "    expression value=(call f)\n"
            "  case:\n"
            "    assign target=rest\n"
            "    assign target=q\n"
            "    assign target=r\n"
            "    assign target=kw\n"
            "  case: empty");
}

TEST(Compounds, ACompoundStatementsRangeEndsAtItsColon) {
  const FileModel file = testing::lowered("@d\nasync def f(a: int) -> x:\n  pass\n");
  EXPECT_EQ(file.statements[StatementId(0)].range, (TextRange{3, 28}));
  EXPECT_EQ(file.functions[FunctionId(0)].range, (TextRange{0, 35}));
}

TEST(Compounds, ARunHoldsWhatIsNested) {
  const FileModel file = testing::lowered("def f():\n  if a:\n    b\n  c\nd\n");
  const Block& body = file.blocks[file.functions[FunctionId(0)].body];
  EXPECT_EQ(body.statements.first, 1u);
  EXPECT_EQ(body.statements.count, 3u);
}

}  // namespace
}  // namespace hasten
