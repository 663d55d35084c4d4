#include "analyzer/names/names.h"

#include <gtest/gtest.h>

#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

/// A denotation as one line: "function shop/cart.py add", "external time.sleep", "binding shop.cart.CARTS + clear".
std::string text(const SmallProject& project, const Denotation& denotation) {
  const auto path = [&] { return denotation.file ? project.tables.files[denotation.file].source.path() : ""; };
  std::string out = "unknown";
  switch (denotation.kind) {
    case Denotation::Kind::unknown: break;
    case Denotation::Kind::module: out = "module " + path(); break;
    case Denotation::Kind::external: out = "external " + denotation.dotted; break;
    case Denotation::Kind::function: {
      const FileModel& file = project.tables.files[denotation.file].model;
      out = "function " + path() + " " + std::string(file.word(file.functions[denotation.function].name));
      break;
    }
    case Denotation::Kind::class_: {
      const FileModel& file = project.tables.files[denotation.file].model;
      out = "class " + path() + " " + std::string(file.word(file.classes[denotation.class_].name));
      break;
    }
    case Denotation::Kind::binding: out = "binding " + denotation.dotted; break;
    case Denotation::Kind::parameter: out = "parameter"; break;
    case Denotation::Kind::local: out = "local"; break;
  }
  if (!denotation.rest.empty()) out += " + " + denotation.rest;
  return out;
}

/// What the callee of the last call in the file denotes.
std::string last_callee(const SmallProject& project, std::string_view path) {
  const FileModel& file = project.model(path);
  const CallId call(file.calls.size() - 1);
  const ExprId callee = file.first_child(file.calls[call].expr);
  return text(project, project.names->denote(project.file(path), file.calls[call].block, callee));
}

std::string member(const SmallProject& project, std::string_view path, std::string_view name) {
  return text(project, project.names->member(project.file(path), name));
}

TEST(Names, AnImportedModuleGivesDottedNames) {
  const SmallProject project = small_project({{"a.py", "import time\ndef f():\n    time.sleep(1)\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external time.sleep");
}

TEST(Names, AParameterThatCannotBeParsedBindsNothing) {
  const SmallProject project = small_project({{"a.py", "def f((x, y), z):\n    z()\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "parameter");
}

TEST(Names, AnAliasOfAnExternalFunctionIsThatFunction) {
  const SmallProject project = small_project({{"a.py", "import time\nsleep = time.sleep\ndef f():\n    sleep(1)\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external time.sleep");
}

TEST(Names, ALocalImportIsSeenInItsFunctionOnly) {
  const SmallProject project =
      small_project({{"a.py", "def f():\n    from time import sleep as nap\n    nap(1)\n"},
                     {"b.py", "def f():\n    from time import sleep\ndef g():\n    sleep(1)\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external time.sleep");
  EXPECT_EQ(last_callee(project, "b.py"), "unknown");
}

TEST(Names, FollowsReexportsThroughPackages) {
  const SmallProject project = small_project({{"shop/__init__.py", "from .cart import add as put\n"},
                                              {"shop/cart.py", "def add(): pass\n"},
                                              {"test_a.py", "import shop\nfrom shop import put\nput()\nshop.put()\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "function shop/cart.py add");
  EXPECT_EQ(member(project, "test_a.py", "put"), "function shop/cart.py add");
}

TEST(Names, AFunctionHidesTheSubmoduleOfItsName) {
  const SmallProject project = small_project({{"shop/__init__.py", "from .run import run\n"},
                                              {"shop/run.py", "def run(): pass\n"},
                                              {"test_a.py", "import shop\nshop.run()\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "function shop/run.py run");
}

TEST(Names, ADottedImportBindsTheTop) {
  const SmallProject project = small_project({{"shop/__init__.py", ""},
                                              {"shop/cart.py", "def add(): pass\n"},
                                              {"test_a.py", "import shop.cart\nshop.cart.add()\n"},
                                              {"test_b.py", "import shop.cart as c\nc.add()\n"},
                                              {"test_c.py", "import os.path\nos.getcwd()\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "function shop/cart.py add");
  EXPECT_EQ(last_callee(project, "test_b.py"), "function shop/cart.py add");
  EXPECT_EQ(last_callee(project, "test_c.py"), "external os.getcwd");
}

TEST(Names, ModulesOfANamespacePackageAreFound) {
  const SmallProject project = small_project({{"acme/shop/__init__.py", "def open_shop(): pass\n"},
                                              {"test_a.py", "import acme.shop\nacme.shop.open_shop()\n"},
                                              {"test_b.py", "import acme.other\nacme.other.f()\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "function acme/shop/__init__.py open_shop");
  EXPECT_EQ(last_callee(project, "test_b.py"), "external acme.other.f");
}

TEST(Names, StarImportsTakeWhatAllLists) {
  const SmallProject project = small_project(
      {{"base.py", "__all__ = ['shown', '_odd']\ndef shown(): pass\ndef _odd(): pass\ndef other(): pass\n"},
       {"plain.py", "def shown2(): pass\ndef _hidden(): pass\n"},
       {"a.py", "from base import *\nfrom plain import *\n"}});
  EXPECT_EQ(member(project, "a.py", "shown"), "function base.py shown");
  EXPECT_EQ(member(project, "a.py", "_odd"), "function base.py _odd");
  EXPECT_EQ(member(project, "a.py", "other"), "unknown");
  EXPECT_EQ(member(project, "a.py", "shown2"), "function plain.py shown2");
  EXPECT_EQ(member(project, "a.py", "_hidden"), "unknown");
}

TEST(Names, AnImportWithFallbackIsTheImport) {
  const SmallProject project =
      small_project({{"a.py", "try:\n    import ujson as json\nexcept ImportError:\n    json = None\njson.dumps()\n"},
                     {"b.py", "try:\n    from fast import f\nexcept ImportError:\n    def f(): pass\nf()\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external ujson.dumps");
  EXPECT_EQ(last_callee(project, "b.py"), "external fast.f");
}

TEST(Names, BranchesThatAreNeverTakenBindNothing) {
  const SmallProject project =
      small_project({{"a.py",
                      "from typing import TYPE_CHECKING\nimport sys\nif TYPE_CHECKING:\n    from x import f\n"
                      "if sys.platform == 'win32':\n    def g(): pass\nelse:\n    from posix_g import g\n"}});
  EXPECT_EQ(member(project, "a.py", "f"), "unknown");
  EXPECT_EQ(member(project, "a.py", "g"), "external posix_g.g");
}

TEST(Names, TheLastUnconditionalBindingWins) {
  const SmallProject project =
      small_project({{"a.py", "from x import f\ndef f(): pass\n"}, {"b.py", "def f(): pass\nf = 3\n"}});
  EXPECT_EQ(member(project, "a.py", "f"), "function a.py f");
  EXPECT_EQ(member(project, "b.py", "f"), "binding b.f");
}

TEST(Names, ADeletedNameIsGone) {
  const SmallProject project = small_project({{"a.py", "from x import Base\nclass A(Base): pass\ndel Base\n"}});
  EXPECT_EQ(member(project, "a.py", "Base"), "unknown");
  EXPECT_EQ(project.names->members(project.file("a.py")).size(), 1U);
}

TEST(Names, ASelfAssignmentKeepsTheImport) {
  const SmallProject project =
      small_project({{"b.py", "def client(): pass\n"}, {"a.py", "from b import client\nclient = client\n"}});
  EXPECT_EQ(member(project, "a.py", "client"), "function b.py client");
}

TEST(Names, ParametersLocalsAndComprehensionsHideOuterNames) {
  const SmallProject project = small_project({{"a.py", "from x import f\ndef g(f):\n    f()\n"},
                                              {"b.py", "from x import f\ndef g():\n    f = make()\n    f()\n"},
                                              {"c.py", "from x import f\ndef g():\n    return [f() for f in fs]\n"},
                                              {"d.py", "from x import f\ng = lambda f: f()\n"},
                                              {"e.py", "from x import f\ng = [f() for h in fs]\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "parameter");
  EXPECT_EQ(last_callee(project, "b.py"), "local");
  EXPECT_EQ(last_callee(project, "c.py"), "local");
  EXPECT_EQ(last_callee(project, "d.py"), "local");
  EXPECT_EQ(last_callee(project, "e.py"), "external x.f");
}

TEST(Names, ClassBodiesAreNotSeenFromTheirMethods) {
  const SmallProject project =
      small_project({{"a.py", "class A:\n    x = open\n    def x2(self): pass\n    def m(self):\n        x2()\n"},
                     {"b.py", "class A:\n    def make(): pass\n    value = make()\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "unknown");
  EXPECT_EQ(last_callee(project, "b.py"), "function b.py make");
}

TEST(Names, GlobalLooksInTheModule) {
  const SmallProject project = small_project({{"a.py", "from x import f\ndef g():\n    global f\n    f()\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external x.f");
}

TEST(Names, BuiltinsAreNamedAsSuch) {
  const SmallProject project = small_project({{"a.py", "def g():\n    open('x')\n"}});
  EXPECT_EQ(last_callee(project, "a.py"), "external builtins.open");
}

TEST(Names, ModuleVariablesAreBindingsWithTheRestOfTheirPath) {
  const SmallProject project = small_project({{"shop/__init__.py", ""},
                                              {"shop/cart.py", "CARTS = {}\nclass Shop:\n    open = []\n"},
                                              {"test_a.py", "from shop.cart import CARTS\nCARTS.items.clear()\n"},
                                              {"test_b.py", "from shop import cart\ncart.Shop.open.append(1)\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "binding shop.cart.CARTS + items.clear");
  EXPECT_EQ(last_callee(project, "test_b.py"), "binding shop.cart.Shop.open + append");
}

TEST(Names, MethodsAreFoundAlongTheMro) {
  const SmallProject project =
      small_project({{"base.py", "class A:\n    def f(self): pass\nclass B(A):\n    def g(self): pass\n"},
                     {"test_a.py", "from base import B\nclass C(B): pass\nC.f()\n"}});
  EXPECT_EQ(last_callee(project, "test_a.py"), "function base.py f");
}

TEST(Names, TheMroIsC3WithExternalBases) {
  const SmallProject project =
      small_project({{"a.py",
                      "import unittest\nclass O(unittest.TestCase): pass\nclass A(O): pass\nclass B(O): pass\n"
                      "class C(A, B): pass\nclass D(C, make()): pass\n"}});
  const FileId file = project.file("a.py");
  const Names::Mro& mro = project.names->mro({file, ClassId(3)});
  std::vector<std::uint32_t> order;
  for (ClassRef class_ : mro.classes) order.push_back(class_.id.index());
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 1, 2, 0}));
  EXPECT_EQ(mro.external_bases, std::vector<std::string>{"unittest.TestCase"});
  EXPECT_FALSE(mro.has_unknown_base);
  EXPECT_TRUE(project.names->mro({file, ClassId(4)}).has_unknown_base);
}

TEST(Names, AClassMayExtendTheImportItReplaces) {
  const SmallProject project =
      small_project({{"b.py", "class A: pass\n"}, {"a.py", "from b import A\nclass A(A): pass\n"}});
  const Names::Mro& mro = project.names->mro({project.file("a.py"), ClassId(0)});
  ASSERT_EQ(mro.classes.size(), 2U);
  EXPECT_EQ(mro.classes[1].file, project.file("b.py"));
}

TEST(Names, AClassThatInheritsFromItselfHasAnOrderAllTheSame) {
  const SmallProject project = small_project({{"a.py", "class A(B): pass\nclass B(A): pass\n"}});
  EXPECT_TRUE(project.names->mro({project.file("a.py"), ClassId(0)}).has_unknown_base);
}

TEST(Names, InheritanceMayBeThousandsDeep) {
  std::string code = "class C0:\n    def f(self): pass\n";
  for (int i = 1; i < 3000; ++i) code += "class C" + std::to_string(i) + "(C" + std::to_string(i - 1) + "): pass\n";
  const SmallProject project = small_project({{"a.py", code}});
  const ClassRef last{project.file("a.py"), ClassId(2999)};
  EXPECT_EQ(project.names->mro(last).classes.size(), 3000U);
  EXPECT_TRUE(project.names->method(last, "f"));
}

TEST(Names, CirclesOfImportsAndAliasesEnd) {
  const SmallProject project = small_project(
      {{"a.py", "from b import f\nfrom b import *\nx = y\ny = x\n"}, {"b.py", "from a import f\nfrom a import *\n"}});
  EXPECT_EQ(member(project, "a.py", "f"), "unknown");
  EXPECT_EQ(member(project, "a.py", "nowhere"), "unknown");
  EXPECT_EQ(member(project, "a.py", "x"), "binding a.x");
}

TEST(Names, ACircleDoesNotHideWhatOneSideDefines) {
  const SmallProject project =
      small_project({{"a.py", "from b import g\ndef f(): pass\n"}, {"b.py", "from a import f\ndef g(): pass\n"}});
  EXPECT_EQ(member(project, "b.py", "f"), "function a.py f");
  EXPECT_EQ(member(project, "a.py", "g"), "function b.py g");
}

TEST(Names, ChainsOfAliasesAreFollowedForSixteenHops) {
  std::string code = "import time\na0 = time.sleep\n";
  for (int i = 1; i < 5000; ++i) code += "a" + std::to_string(i) + " = a" + std::to_string(i - 1) + "\n";
  const SmallProject project = small_project({{"a.py", code}});
  EXPECT_EQ(member(project, "a.py", "a4999"), "binding a.a4999");
  EXPECT_EQ(member(project, "a.py", "a10"), "external time.sleep");
}

TEST(Names, DottedTextIsImportedAsFarAsPossible) {
  const SmallProject project =
      small_project({{"shop/__init__.py", ""},
                     {"shop/cart.py", "import requests\nclass Cart:\n    def pay(self): pass\n"},
                     {"test_a.py", ""}});
  const auto path = [&](std::string_view dotted) {
    return text(project, project.names->import_path(project.file("test_a.py"), dotted));
  };
  EXPECT_EQ(path("shop.cart.Cart.pay"), "function shop/cart.py pay");
  EXPECT_EQ(path("shop.cart.requests.post"), "external requests.post");
  EXPECT_EQ(path("requests.post"), "external requests.post");
  EXPECT_EQ(path("shop.cart.nothing"), "module shop/cart.py + nothing");
}

TEST(Names, MembersComeInDictOrderWithStarImportsExpanded) {
  const SmallProject project =
      small_project({{"base.py", "def z(): pass\ndef b(): pass\n"},
                     {"a.py", "def c(): pass\nfrom base import *\ndef a(): pass\ndef c(): pass\n"}});
  std::vector<std::string> names;
  for (const Names::Member& member : project.names->members(project.file("a.py"))) names.emplace_back(member.name);
  EXPECT_EQ(names, (std::vector<std::string>{"c", "z", "b", "a"}));
}

TEST(Names, WhatOnlyAFunctionMakesGlobalIsAVariable) {
  const SmallProject project = small_project({{"a.py", "def f():\n    global pool\n    pool = 3\n"}});
  EXPECT_EQ(member(project, "a.py", "pool"), "binding a.pool");
  EXPECT_EQ(project.names->members(project.file("a.py")).size(), 1U);
}

}  // namespace
}  // namespace hasten
