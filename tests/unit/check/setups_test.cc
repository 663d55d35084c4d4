#include "analyzer/check/setups.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/check/suite.h"

namespace hasten {
namespace {

/// Four tests: two in a class of the first file, one beside it, one in another folder.
struct Scopes : Suite {
  FileId first = file(FileRole::test_module, "a/test_a.py", "def test_1(): ...\n");
  FileId second = file(FileRole::test_module, "b/test_b.py", "def test_2(): ...\n");
  std::vector<TestId> tests = {test(first, "one"), test(first, "two", {3}), test(first, "three", Count{}),
                               test(second, "four")};

  std::uint32_t count(Scope scope, std::int32_t params) {
    const ClassRef class_{first, ClassId(0)};
    tables().tests[tests[0]].classes = {class_};
    tables().tests[tests[1]].classes = {class_};
    const FixtureId id = fixture(first, "value", scope);
    tables().fixtures[id].params = {params};
    const std::vector<TestId> all = tests;
    return set_ups(std::move(*this).freeze(), id, all);
  }
};

TEST(SetUps, of_function_scope_are_the_cases) { EXPECT_EQ(Scopes().count(Scope::function, 0), 6U); }

TEST(SetUps, of_class_scope_fall_back_to_the_test_outside_a_class) { EXPECT_EQ(Scopes().count(Scope::class_, 0), 3U); }

TEST(SetUps, of_module_scope_are_the_modules) { EXPECT_EQ(Scopes().count(Scope::module, 0), 2U); }

TEST(SetUps, of_package_scope_are_the_folders) { EXPECT_EQ(Scopes().count(Scope::package, 0), 2U); }

TEST(SetUps, of_session_scope_are_one_per_parameter) {
  EXPECT_EQ(Scopes().count(Scope::session, 0), 1U);
  EXPECT_EQ(Scopes().count(Scope::session, 4), 4U);
  EXPECT_EQ(Scopes().count(Scope::session, Count::unknown_value), 1U);
}

}  // namespace
}  // namespace hasten
