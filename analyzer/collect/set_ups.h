#pragma once

// How often each fixture is set up in one serial run of the whole suite, and by which tests (C13-C19). What ends with
// its item is set up once per item that runs; what outlives items is counted by replaying the session.
//
// Marks with a condition (`skipif(sys.platform == ...)`) are taken as not met; unconditional ones keep their items from
// running (C19). Of a TestCase that unittest may skip the hooks are unknown: a skipped one has none. Set-ups are taken
// to succeed.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzer/collect/items.h"
#include "analyzer/collect/parameter_sources.h"
#include "analyzer/collect/scope_nodes.h"
#include "analyzer/collect/set_up_doubts.h"
#include "analyzer/collect/set_up_plans.h"
#include "analyzer/collect/skip_hooks.h"
#include "analyzer/model/project.h"

namespace hasten {

class SetUps {
 public:
  /// A session of more blocks of items is not replayed: what outlives items is unknown then.
  static constexpr std::size_t most_blocks = 2'000'000;

  SetUps(ProjectTables& tables, Fixtures& fixtures, DynamicRequests& dynamic, const Collection& collection,
         const PytestRules& rules)
      : tables_(tables),
        fixtures_(fixtures),
        collection_(collection),
        rules_(rules),
        nodes_(tables, collection, rules),
        plans_(tables, fixtures, dynamic, rules) {}

  /// What is known of a test's items and of what it asks for at run time.
  struct Known {
    std::vector<Parametrization> sources;
    std::vector<std::string> open_names;  // as ComputedNames gives them
    SetUpDoubt open_because;              // of the first of them
    /// The outermost place whose fixtures may be asked for, and those farther out that nobody uses: what is imported
    /// from outside the project asks for what it brings along, or for what is written down for its sake.
    Fixtures::Holder open_up_to = Fixtures::global;
    SkipHooks::Answer skip;    // by a hook
    Place unknown_parameters;  // where they come from; file none when there are none
  };
  /// Of the test that gets the next id. `closure` stays where it is.
  void add(const Test& test, const CollectedTest& collected, const Closure& closure, Known known);

  /// There may be tests below the holder that nobody sees.
  void expect_more(Fixtures::Holder holder, const SetUpDoubt& doubt) { open_holders_.emplace_back(holder, doubt); }

  /// Fills Fixture::users, Fixture::setups, ProjectTables::set_ups and set_up_doubts, once all tests are there.
  void count(ParameterValue no_parameter);

 private:
  void count_users();
  void count_per_item();
  void count_across_items(ParameterValue no_parameter);
  [[nodiscard]] std::optional<std::vector<SetUp>> replayed(const std::vector<TestItems>& tests,
                                                           ParameterValue no_parameter) const;
  [[nodiscard]] std::vector<std::uint64_t> times_by_fixture(const std::vector<SetUp>& rows) const;
  void add_rows_of(const SetUpStep& step, TestId test);
  void doubt_computed_requests();
  void doubt_requests(std::string_view pattern, const std::vector<TestId>& tests);
  void doubt_choices(TestId test);
  void doubt_steps(TestId test);
  void doubt_wide();
  void doubt_hooks(TestId test);
  void doubt_differences(const std::vector<std::uint64_t>& times, const std::vector<std::uint64_t>& instead);
  [[nodiscard]] std::vector<TestId> first_open_users() const;
  void doubt_skipped();
  void doubt_open_holders();
  void sum_up();
  [[nodiscard]] SetUpDoubt doubt_about_cases(TestId test) const;
  [[nodiscard]] SetUpDoubt doubt_about_test(SetUpDoubt::Why why, Place place, TestId test) const;
  [[nodiscard]] Place code_of(FunctionRef function) const;
  [[nodiscard]] bool runs(TestId test) const { return tests_[test.index()].is_skipped == 0; }

  ProjectTables& tables_;
  Fixtures& fixtures_;
  const Collection& collection_;
  const PytestRules& rules_;
  ScopeNodes nodes_;
  SetUpPlans plans_;
  std::vector<TestItems> tests_;
  std::vector<TestId> maybe_skipped_;
  std::unordered_map<TestId, SetUpDoubt> doubts_about_tests_;     // why a test may be skipped
  std::unordered_map<TestId, Fixtures::Holder> open_up_to_;       // where that is not everywhere
  std::unordered_map<TestId, SetUpDoubt> doubts_about_closures_;  // why it may use more
  std::vector<std::pair<Fixtures::Holder, SetUpDoubt>> open_holders_;
  std::vector<Fixtures::Holder> holders_;                     // by test
  std::map<std::string, std::vector<TestId>> open_requests_;  // by name with `*`
  std::vector<std::uint8_t> wide_;                            // by fixture: outlives an item
  SetUpDoubts doubts_;
};

}  // namespace hasten
