#include "tests/unit/lower/lowered.h"

namespace hasten {
namespace {

using testing::lowered;
using testing::rows;

std::string value(std::string_view expression) {
  const std::string text = rows("v = " + std::string(expression));
  const std::string_view head = "assign target=v value=";
  const std::string rest = text.substr(head.size());
  return rest.substr(0, rest.find('\n'));
}

TEST(Expressions, CallsKeepTheOrderOfTheirArguments) {
  EXPECT_EQ(value("f(a, *b, k=1, **c)"), "(call f a (* b) (keyword k 1) (** c))");
  EXPECT_EQ(value("f(x for x in y if z)"), "(call f (comprehension[generator] x (for x y) (if z)))");
  EXPECT_EQ(value("f(a, # why\n b)"), "(call f a b)");
}

TEST(Expressions, OperatorsAreTold) {
  EXPECT_EQ(value("a + -b * ~c"), "(binary[+] a (binary[*] (unary[-] b) (unary[~] c)))");
  EXPECT_EQ(value("a not in b"), "(compare[not in] a b)");
  EXPECT_EQ(value("a < b is not c"), "(compare[<] a b c)");
  EXPECT_EQ(value("not a and b or c"), "(boolean[or] (boolean[and] (unary[not] a) b) c)");
  EXPECT_EQ(value("a if b else c"), "(conditional a b c)");
  EXPECT_EQ(value("(y := f())"), "(named y (call f))");
}

TEST(Expressions, SubscriptsAndSlices) { EXPECT_EQ(value("x[1:2, ::3, a]"), "(subscript x (slice 1 2) (slice 3) a)"); }

TEST(Expressions, LambdasHoldParametersAndBody) {
  EXPECT_EQ(value("lambda a, b=f(), *c: g(a)"), "(lambda parameter a (parameter b (call f)) parameter c (call g a))");
}

TEST(Calls, KnowWhereTheyStand) {
  EXPECT_EQ(rows("v = lambda a=f(): g()"),
            "assign target=v value=(lambda (parameter a (call f)) (call g))\n  - call in-lambda: (call g)");
  EXPECT_EQ(rows("v = [a() for x in b() if c() for y in d()]"),
            "assign target=v value=(comprehension[list] (call a) (for x (call b)) (if (call c)) (for y (call d)))\n"
            "  - call in-comprehension: (call a)\n"
            "  - call in-comprehension: (call c)\n"
            "  - call in-comprehension: (call d)");
}

TEST(Calls, OnlyTheCallItselfIsAwaited) {
  const FileModel file = lowered("async def f():\n  await (a(b()).c())\n");
  ASSERT_EQ(file.calls.size(), 3u);
  EXPECT_TRUE(file.calls[CallId(0)].is_awaited);
  EXPECT_FALSE(file.calls[CallId(1)].is_awaited);
  EXPECT_FALSE(file.calls[CallId(2)].is_awaited);
}

TEST(Strings, AreDecoded) {
  EXPECT_EQ(value(R"('a\x41\u00e9\101\q' r"\n" "b")"), R"('aAéA\\q\\nb')");
  EXPECT_EQ(value("'''a\nb'''"), "'a\\nb'");
  EXPECT_EQ(value(R"(b'z\n' b'k')"), R"(b'z\\nk')");
  EXPECT_EQ(value("f'{{x}}'"), "'{x}'");
}

TEST(Strings, TemplatesHoldTheirPartsInOrder) {
  EXPECT_EQ(value(R"(f"a{b!r:>{w}}c{{d\n" 'e\tz')"), R"((template 'a' b 'c{d\n' 'e\tz'))");
  EXPECT_EQ(value("'a' f'{f(x)}'"), "(template 'a' (call f x))");
}

TEST(Strings, LongOnesHaveNoText) {
  EXPECT_EQ(value("'" + std::string(FileModel::max_word, 'a') + "'"),
            "'" + std::string(FileModel::max_word, 'a') + "'");
  EXPECT_EQ(value("'" + std::string(FileModel::max_word + 1, 'a') + "'"), "'...'");
}

std::string repeated(std::string_view element, std::size_t times) {
  std::string text = "[";
  for (std::size_t i = 0; i < times; ++i) text.append(element).append(", ");
  return text + "]";
}

TEST(LongLiterals, OfConstantsAreStoredWithoutElements) {
  EXPECT_EQ(value(repeated("1", 64)), "list[64 collapsed]");
  EXPECT_EQ(value(repeated("(1, -2.5, 'a', None, {'k': [True]})", 70)), "list[70 collapsed]");
  const FileModel file = lowered("v = " + repeated("1", 64));
  EXPECT_EQ(file.child_count(file.statements[StatementId(0)].value), 64u);
}

TEST(LongLiterals, ShorterOnesAndThoseWithANameKeepTheirElements) {
  EXPECT_EQ(lowered("v = " + repeated("1", 63)).exprs.size(), 65u);
  EXPECT_EQ(lowered("v = " + repeated("x", 64)).exprs.size(), 66u);
  EXPECT_EQ(lowered("v = " + repeated("(1, f'{x}')", 64)).exprs.size(), 2u + 64 * 4);
}

TEST(LongLiterals, InsideAVariableOneAreStillCollapsed) {
  EXPECT_EQ(value("[" + repeated("1", 64) + ", x]"), "(list list[64 collapsed] x)");
  std::string nested = "[x, " + repeated("1", 64);
  for (int i = 0; i < 64; ++i) nested += ", 1";
  EXPECT_EQ(lowered("v = " + nested + "]").exprs.size(), 1u + 1 + 1 + 1 + 64);
}

}  // namespace
}  // namespace hasten
