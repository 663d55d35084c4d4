#include "tests/unit/lower/lowered.h"

namespace hasten {
namespace {

using testing::lowered;
using testing::rows;

TEST(Functions, EveryKindOfParameterIsTold) {
  EXPECT_EQ(rows("def f(a, /, b: int=1, *c: int, d=g(), **e) -> x: pass"),
            "function f(/a, b: int = 1, *c: int, =d = (call g), **e) -> x\n  body: empty");
  EXPECT_EQ(rows("def f(a, *, b): pass"), "function f(a, =b)\n  body: empty");
}

TEST(Functions, YieldsAndReturnsAreTheirOwn) {
  const FileModel file = lowered(
      "def f():\n"
      "  def g(): yield 1\n"
      "  h = lambda: (yield)\n"
      "  return None\n"
      "def k(): return 0\n");
  EXPECT_FALSE(file.functions[FunctionId(0)].has_yield);
  EXPECT_TRUE(file.functions[FunctionId(1)].has_yield);
  EXPECT_FALSE(file.functions[FunctionId(0)].returns_value);
  EXPECT_TRUE(file.functions[FunctionId(2)].returns_value);
  EXPECT_EQ(file.functions[FunctionId(1)].parent, FunctionId(0));
}

TEST(Functions, DecoratorsAndDefaultsBelongToTheDefinition) {
  const FileModel file = lowered("x\n@d(1)\ndef f(a=g(2)): h(3)\n");
  ASSERT_EQ(file.calls.size(), 3u);
  EXPECT_TRUE(file.calls[CallId(0)].in_decorator);
  EXPECT_EQ(file.calls[CallId(0)].statement, StatementId(1));
  EXPECT_EQ(file.calls[CallId(0)].block, FileModel::module_block());
  EXPECT_FALSE(file.calls[CallId(1)].in_decorator);
  EXPECT_EQ(file.calls[CallId(1)].statement, StatementId(1));
  EXPECT_EQ(file.calls[CallId(1)].block, FileModel::module_block());
  EXPECT_EQ(file.calls[CallId(2)].statement, StatementId(2));
  EXPECT_EQ(file.function_of(file.calls[CallId(2)].block), FunctionId(0));
}

TEST(Classes, BasesKeywordsAndMethodsAreTold) {
  EXPECT_EQ(rows("@d\nclass A(B, c.D, metaclass=M):\n"
                 "  @property\n"
                 "  def m(self): return 1\n"
                 "  class I: pass\n"),
            "class A(B, (attribute .D c), (keyword metaclass M)) @d\n"
            "  body:\n"
            "    function m(self) method-of A returns-value @property\n"
            "      body:\n"
            "        return value=1\n"
            "    class I() in-class A\n"
            "      body: empty");
}

TEST(Classes, AFunctionBetweenHidesTheClass) {
  const FileModel file = lowered("def f():\n  class A:\n    def m(self): pass\n    x = 1\n");
  const Block& class_body = file.blocks[file.classes[ClassId(0)].body];
  EXPECT_EQ(class_body.class_, ClassId(0));
  EXPECT_EQ(class_body.function, FunctionId(0));
  const Block& method_body = file.blocks[file.functions[FunctionId(1)].body];
  EXPECT_EQ(method_body.function, FunctionId(1));
  EXPECT_FALSE(method_body.class_);
}

}  // namespace
}  // namespace hasten
