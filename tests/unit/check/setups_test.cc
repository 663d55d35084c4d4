#include "analyzer/check/setups.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/check/suite.h"

namespace hasten {
namespace {

/// Three tests with one fixture, set up twice by the first and once by the last.
struct Counted : Suite {
  FileId tests_file = file(FileRole::test_module, "test_a.py", "def test_1(): ...\n");
  std::vector<TestId> tests = {test(tests_file, "one"), test(tests_file, "two", {3}),
                               test(tests_file, "three", Count{})};
  FixtureId value = fixture(tests_file, "value", Scope::module);

  Counted() {
    tables().fixtures[value].setups = {3};
    tables().set_ups = {{value, tests[0], 0, 1}, {value, tests[0], 1, 1}, {value, tests[2], 0, 1}};
  }

  std::uint32_t count(const std::vector<TestId>& some) { return set_ups(std::move(*this).freeze(), value, some); }
};

TEST(SetUps, are_those_that_the_tests_cause) {
  EXPECT_EQ(Counted().count({TestId(0), TestId(1), TestId(2)}), 3U);
  EXPECT_EQ(Counted().count({TestId(1), TestId(2)}), 1U);
}

TEST(SetUps, happen_at_least_once_for_a_test_that_finds_the_value_cached) {
  EXPECT_EQ(Counted().count({TestId(1)}), 1U);
  EXPECT_EQ(Counted().count({}), 0U);
}

TEST(SetUps, are_at_least_one_per_case_or_one_where_the_number_is_unknown) {
  Counted unknown;
  unknown.tables().fixtures[unknown.value].setups = {};
  unknown.tables().set_ups.clear();
  Counted narrow;
  narrow.tables().fixtures[narrow.value].setups = {};
  narrow.tables().fixtures[narrow.value].scope = Scope::function;
  EXPECT_EQ(unknown.count({TestId(0), TestId(1), TestId(2)}), 1U);
  EXPECT_EQ(narrow.count({TestId(0), TestId(1), TestId(2)}), 5U);
}

}  // namespace
}  // namespace hasten
