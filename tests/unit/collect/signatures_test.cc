// Decorators that change which arguments of a test pytest fills.

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/collect/collect.h"
#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

/// The first test: its closure, then `?` when it is not fully known, then the reason for an unknown number of cases.
std::string seen(std::string_view code, const CollectionOptions& options = {}) {
  SmallProject project = small_project(
      {{"test_a.py", "import functools, inspect, pytest\nfrom unittest import mock\n" + std::string(code)}});
  link_collection(project.tables, *project.names, project.config, options);
  if (project.tables.tests.empty()) return "no test";
  const hasten::Test& test = project.tables.tests[TestId(0)];
  std::string out;
  for (const ClosureEntry& entry : test.closure) out.append(project.tables.names[entry.name]).append(1, ' ');
  if (test.has_unknown_closure) out += "? ";
  if (test.unknown_cases) out += project.tables.names[test.unknown_cases];
  return out;
}

TEST(Signatures, AWrapperWithoutWrapsShowsItsOwnArguments) {
  constexpr std::string_view wrapper =
      "def deco(f):\n    def inner(a, b):\n        return f()\n    return inner\n@deco\ndef test_x(c): pass\n";
  EXPECT_EQ(seen(wrapper), "a b ");
  constexpr std::string_view wraps =
      "def deco(f):\n    @functools.wraps(f)\n    def inner(*args):\n        return f()\n    return inner\n"
      "@deco\ndef test_x(c): pass\n";
  EXPECT_EQ(seen(wraps), "c ");
}

TEST(Signatures, ADecoratorThatIsCalledReturnsTheDecorator) {
  EXPECT_EQ(seen("def deco(n):\n    def outer(f):\n        def inner(*args):\n            return f()\n"
                 "        return inner\n    return outer\n@deco(1)\ndef test_x(c): pass\n"),
            "");
}

TEST(Signatures, ADecoratorThatMayBeCalledIsNoWrapper) {
  EXPECT_EQ(seen("def deco(*args, **options):\n    def decorator(test_function):\n        return mark(test_function)\n"
                 "    if args:\n        return decorator(args[0])\n    return decorator\n@deco\ndef test_x(c): pass\n"),
            "c ");
}

TEST(Signatures, OfFixturesAreChangedToo) {
  EXPECT_EQ(seen("def deco(f):\n    def inner(a):\n        return f()\n    return inner\n"
                 "@pytest.fixture\n@deco\ndef db(c): pass\ndef test_x(db): pass\n"),
            "db a ");
}

TEST(Signatures, ReadLiteralNamesThatADecoratorTakesOutOrPutsIn) {
  constexpr std::string_view body =
      "def deco(f):\n    old = inspect.signature(f)\n    @pytest.mark.parametrize('ext', ['a', 'b'])\n"
      "    def inner(*args, ext, request):\n        return f()\n"
      "    parameters = [p for p in old.parameters.values() if p.name not in {'one', 'two'}]\n"
      "    if 'ext' not in old.parameters:\n        parameters += [inspect.Parameter('ext', 1)]\n"
      "    inner.__signature__ = old.replace(parameters=parameters)\n    return inner\n"
      "@deco\ndef test_x(one, shop, two): pass\n";
  EXPECT_EQ(seen(body), "shop ext ");
  EXPECT_EQ(seen("def deco(f):\n    def inner(*args): pass\n    inner.__signature__ = made(f)\n    return inner\n"
                 "@deco\ndef test_x(c): pass\n"),
            "c ? ");
}

TEST(Signatures, StayWhenADecoratorCopiesThem) {
  const std::string body =
      "def deco(timeout=1):\n    def _(f):\n        def inner(*args, **kwargs):\n            return f(*args)\n"
      "        inner.__signature__ = inspect.signature(COPIED)\n        return inner\n    return _\n"
      "@deco()\nasync def test_x(shop): pass\n";
  const auto copying = [&](std::string_view what) { return std::string(body).replace(body.find("COPIED"), 6, what); };
  EXPECT_EQ(seen(copying("f")), "shop ");
  EXPECT_EQ(seen(copying("other")), "shop ? ");
  EXPECT_EQ(seen(copying("timeout")), "shop ? ");
}

TEST(Signatures, KnowWellKnownDecorators) {
  EXPECT_EQ(seen("from distributed.utils_test import gen_cluster\n@gen_cluster(client=True)\n"
                 "async def test_x(c, s, a, b, tmp_path_x): pass\n"),
            "tmp_path_x ");
  EXPECT_EQ(seen("from distributed.utils_test import gen_cluster\n@gen_cluster(client=True, nthreads=[('', 1)] * 3)\n"
                 "async def test_x(c, s, A, B, C, tmp_path_x): pass\n"),
            "tmp_path_x ");
  EXPECT_EQ(seen("from distributed.utils_test import gen_cluster\n@gen_cluster(nthreads=[])\n"
                 "async def test_x(s, a): pass\n"),
            "a ");
  EXPECT_EQ(seen("from distributed.utils_test import gen_cluster\n@gen_cluster(nthreads=computed())\n"
                 "async def test_x(s, a): pass\n"),
            "s a ? ");
  EXPECT_EQ(seen("from matplotlib.testing.decorators import check_figures_equal\n@check_figures_equal()\n"
                 "def test_x(fig_test, fig_ref): pass\n"),
            "ext request ");
}

std::int32_t cases(std::string_view code) {
  SmallProject project =
      small_project({{"test_a.py", "from matplotlib.testing.decorators import check_figures_equal, image_comparison\n" +
                                       std::string(code) + "\ndef test_x(): pass\n"}});
  link_collection(project.tables, *project.names, project.config, {});
  return project.tables.tests[TestId(0)].cases.value;
}

TEST(Signatures, TellHowManyCasesAWellKnownDecoratorMakes) {
  EXPECT_EQ(cases("@check_figures_equal()"), 3);
  EXPECT_EQ(cases("@check_figures_equal(extensions=['png', 'pdf'])"), 2);
  EXPECT_EQ(cases("@check_figures_equal(extensions=read())"), Count::unknown_value);
  EXPECT_EQ(cases("@image_comparison(['line', 'bar'])"), 3);
  EXPECT_EQ(cases("@image_comparison(baseline_images=['line.png'])"), 1);
  EXPECT_EQ(cases("@image_comparison(None, ['png', 'svg'])"), 2);
  EXPECT_EQ(cases("@image_comparison(baseline_images=None)"), 3);
  EXPECT_EQ(cases("@image_comparison(names())"), Count::unknown_value);
  EXPECT_EQ(cases("@image_comparison(**options)"), Count::unknown_value);
}

TEST(Signatures, APartialBindsArguments) {
  EXPECT_EQ(seen("def impl(x, y, a, b): pass\ntest_x = functools.partial(impl, 1, y=2)\n"), "a b ");
}

}  // namespace
}  // namespace hasten
