#include "analyzer/check/distribution.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/check/suite.h"

namespace hasten {
namespace {

/// Two modules of eight tests, the first half of each in a class; one fixture, which they all use.
struct Spread : Suite {
  FixtureId value;

  explicit Spread(Scope scope) {
    const FileId files[] = {file(FileRole::test_module, "test_a.py", "def test_1(): ...\n"),
                            file(FileRole::test_module, "test_b.py", "def test_2(): ...\n")};
    value = fixture(files[0], "value", scope);
    for (const FileId module : files) {
      for (std::uint32_t i = 0; i < 8; ++i) {
        Test& row = tables().tests[test(module, "test_1")];
        row.closure.push_back({tables().fixtures[value].name, value, 0});
        if (i < 4) row.classes = {ClassRef{module, ClassId(0)}};
      }
    }
  }

  Spread& set_up_by(const std::vector<std::uint32_t>& causes) {
    for (const std::uint32_t test : causes) tables().set_ups.push_back({value, TestId(test), SetUp::no_parameter, 1});
    tables().fixtures[value].setups = {static_cast<std::int32_t>(causes.size())};
    return *this;
  }

  std::int32_t most(Distribution distribution, std::uint32_t workers) {
    Suite copy = *this;
    return most_set_ups(std::move(copy).freeze(), value, distribution, workers).value;
  }
};

TEST(Distribution, gives_every_worker_its_own_session) {  // C18
  Spread session(Scope::session);
  session.set_up_by({0});
  for (const auto mode : {Distribution::load, Distribution::loadscope, Distribution::loadfile, Distribution::loadgroup,
                          Distribution::worksteal, Distribution::each}) {
    EXPECT_EQ(session.most(mode, 4), 4);
  }
  EXPECT_EQ(session.most(Distribution::load, 100), 16);
}

TEST(Distribution, keeps_a_module_together_by_file_and_its_classes_by_scope) {  // C18, e9
  Spread module(Scope::module);
  module.set_up_by({0, 8});
  EXPECT_EQ(module.most(Distribution::load, 2), 4);
  EXPECT_EQ(module.most(Distribution::load, 20), 16);
  EXPECT_EQ(module.most(Distribution::loadscope, 2), 4);
  EXPECT_EQ(module.most(Distribution::loadfile, 2), 2);
  EXPECT_EQ(module.most(Distribution::worksteal, 2), 16);
  EXPECT_EQ(module.most(Distribution::each, 2), 4);
}

TEST(Distribution, keeps_classes_together) {
  Spread class_(Scope::class_);
  class_.set_up_by({0, 4, 5, 6, 7, 8, 12, 13, 14, 15});
  EXPECT_EQ(class_.most(Distribution::loadscope, 4), 10);
  EXPECT_EQ(class_.most(Distribution::loadfile, 4), 10);
  EXPECT_EQ(class_.most(Distribution::load, 2), 12);
}

TEST(Distribution, changes_nothing_for_what_ends_with_the_test) {
  Spread function(Scope::function);
  function.set_up_by({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
  EXPECT_EQ(function.most(Distribution::load, 4), 16);
  EXPECT_EQ(function.most(Distribution::each, 4), 64);
}

TEST(Distribution, is_unknown_where_a_serial_run_is) {
  Spread unknown(Scope::module);
  EXPECT_EQ(unknown.most(Distribution::load, 4), Count::unknown_value);
}

}  // namespace
}  // namespace hasten
