#include "analyzer/names/modules.h"

#include <gtest/gtest.h>

#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallProject;

std::string found(const SmallProject& project, std::string_view dotted, std::string_view importer) {
  const FileId file = project.modules->find(dotted, project.file(importer));
  return file ? project.tables.files[file].source.path() : "-";
}

TEST(Modules, FindsWhatLiesBesideATestWithoutPackage) {
  const SmallProject project = small_project({{"tests/test_a.py", ""}, {"tests/helpers.py", ""}, {"helpers.py", ""}});
  EXPECT_EQ(found(project, "helpers", "tests/test_a.py"), "tests/helpers.py");
}

TEST(Modules, ThePackageChainOfATestBeginsAboveItsOutermostInit) {
  const SmallProject project = small_project(
      {{"pkg/__init__.py", ""}, {"pkg/core.py", ""}, {"pkg/tests/__init__.py", ""}, {"pkg/tests/test_a.py", ""}});
  EXPECT_EQ(found(project, "pkg.core", "pkg/tests/test_a.py"), "pkg/core.py");
  EXPECT_EQ(found(project, "core", "pkg/tests/test_a.py"), "-");
  EXPECT_EQ(project.modules->name_of(project.file("pkg/tests/test_a.py")), "pkg.tests.test_a");
  EXPECT_EQ(project.modules->name_of(project.file("pkg/tests/__init__.py")), "pkg.tests");
}

TEST(Modules, ARootDirectoryThatIsAPackageIsImportedByItsOwnName) {
  const SmallProject project =
      small_project({{"__init__.py", ""}, {"core/__init__.py", ""}, {"core/tests/test_a.py", ""}});
  EXPECT_EQ(found(project, "project.core", "core/tests/test_a.py"), "core/__init__.py");
  EXPECT_EQ(found(project, "project", "core/tests/test_a.py"), "__init__.py");
}

TEST(Modules, APackageBelowSrcMayBePartOfANamespace) {
  const SmallProject project = small_project({{"src/acme/shop/__init__.py", ""},
                                              {"src/acme/shop/cart.py", ""},
                                              {"tests/__init__.py", ""},
                                              {"tests/test_a.py", ""}});
  EXPECT_EQ(found(project, "acme.shop.cart", "tests/test_a.py"), "src/acme/shop/cart.py");
  EXPECT_EQ(project.modules->name_of(project.file("src/acme/shop/cart.py")), "acme.shop.cart");
}

TEST(Modules, SourcesBelowSrcAreImportedWithoutIt) {
  const SmallProject project =
      small_project({{"src/shop/__init__.py", ""}, {"src/shop/cart.py", ""}, {"tests/test_a.py", ""}});
  EXPECT_EQ(found(project, "shop.cart", "tests/test_a.py"), "src/shop/cart.py");
  EXPECT_EQ(project.modules->name_of(project.file("src/shop/cart.py")), "shop.cart");
}

TEST(Modules, PythonpathIsARoot) {
  PytestConfig config;
  config.pythonpath.value = {"/project/app"};
  const SmallProject project = small_project({{"app/cart.py", ""}, {"tests/test_a.py", ""}}, config);
  EXPECT_EQ(found(project, "cart", "tests/test_a.py"), "app/cart.py");
}

TEST(Modules, TheNearestOfEqualNamesWins) {
  const SmallProject project =
      small_project({{"a/test_a.py", ""}, {"a/util.py", ""}, {"b/test_b.py", ""}, {"b/util.py", ""}});
  EXPECT_EQ(found(project, "util", "a/test_a.py"), "a/util.py");
  EXPECT_EQ(found(project, "util", "b/test_b.py"), "b/util.py");
}

TEST(Modules, APackageHidesAFolderOfTheSameName) {
  const SmallProject project = small_project(
      {{"tests/test_a.py", ""}, {"tests/shop/notes.py", ""}, {"src/shop/__init__.py", ""}, {"src/shop/cart.py", ""}});
  EXPECT_EQ(found(project, "shop.cart", "tests/test_a.py"), "src/shop/cart.py");
  EXPECT_EQ(found(project, "shop", "tests/test_a.py"), "src/shop/__init__.py");
}

TEST(Modules, NamespacePackagesAreFoldersWithoutFile) {
  const SmallProject project =
      small_project({{"acme/shop/__init__.py", ""}, {"acme/shop/cart.py", ""}, {"test_a.py", ""}});
  const FileId test = project.file("test_a.py");
  EXPECT_EQ(found(project, "acme.shop.cart", "test_a.py"), "acme/shop/cart.py");
  EXPECT_FALSE(project.modules->find("acme", test));
  EXPECT_TRUE(project.modules->is_namespace("acme", test));
  EXPECT_FALSE(project.modules->is_namespace("acme.shop", test));
  EXPECT_FALSE(project.modules->is_namespace("nobody", test));
}

TEST(Modules, PytestAndTheStandardLibraryAreNeverTheProjects) {
  const SmallProject project = small_project({{"src/pytest/__init__.py", ""}, {"random.py", ""}, {"test_a.py", ""}});
  EXPECT_EQ(found(project, "pytest", "test_a.py"), "-");
  EXPECT_EQ(found(project, "random", "test_a.py"), "-");
}

TEST(Modules, RelativeNamesCountFromThePackage) {
  const SmallProject project =
      small_project({{"pkg/__init__.py", ""}, {"pkg/sub/__init__.py", ""}, {"pkg/sub/mod.py", ""}, {"test_a.py", ""}});
  const FileId mod = project.file("pkg/sub/mod.py");
  const FileId init = project.file("pkg/sub/__init__.py");
  EXPECT_EQ(project.modules->absolute(mod, 1, "other"), "pkg.sub.other");
  EXPECT_EQ(project.modules->absolute(mod, 2, "other"), "pkg.other");
  EXPECT_EQ(project.modules->absolute(mod, 2, ""), "pkg");
  EXPECT_EQ(project.modules->absolute(mod, 3, "other"), "");
  EXPECT_EQ(project.modules->absolute(init, 1, "other"), "pkg.sub.other");
  EXPECT_EQ(project.modules->absolute(project.file("test_a.py"), 1, "x"), "");
}

TEST(Modules, TenThousandModulesOfOneNameAreFoundQuickly) {
  std::vector<testing::SmallFile> files;
  for (int i = 0; i < 10'000; ++i) {
    files.push_back({"t" + std::to_string(i) + "/conftest.py", ""});
    files.push_back({"t" + std::to_string(i) + "/test_a.py", ""});
  }
  const SmallProject project = small_project(files);
  for (int i = 0; i < 10'000; i += 7) {
    const std::string folder = "t" + std::to_string(i);
    ASSERT_EQ(found(project, "conftest", folder + "/test_a.py"), folder + "/conftest.py");
  }
}

}  // namespace
}  // namespace hasten
