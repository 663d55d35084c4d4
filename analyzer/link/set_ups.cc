#include "analyzer/link/set_ups.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace hasten {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

/// What a value is cached for; tests with equal owners share one set-up (C15).
using Owner = std::tuple<FileId, ClassRef, TestId>;

Owner owner_of(const Test& test, TestId id, Scope scope) {
  switch (scope) {
    case Scope::function: return {{}, {}, id};
    case Scope::class_: return test.classes.empty() ? Owner{{}, {}, id} : Owner{test.file, test.classes.back(), {}};
    case Scope::module: return {test.file, {}, {}};
    case Scope::package:  // all users of one definition lie in one package, or it belongs to the session
    case Scope::session: return {};
  }
  return {};
}

class Formula {
 public:
  explicit Formula(ProjectTables& tables) : tables_(tables), owners_(tables.fixtures.size()) {}

  void add_all() {
    for (Fixture& fixture : tables_.fixtures) fixture.setups.value = 0;
    for (const TestId test : tables_.tests.ids()) add(test);
    std::ranges::stable_sort(tables_.set_ups, {}, &SetUp::fixture);
    std::erase_if(tables_.set_ups, [this](const SetUp& row) { return !tables_.fixtures[row.fixture].setups.known(); });
  }

 private:
  void add(TestId id) {
    const Test& test = tables_.tests[id];
    std::vector<FixtureId> used;
    for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
      for (const ClosureEntry& entry : *entries) {
        if (entry.fixture && std::ranges::find(used, entry.fixture) == used.end()) used.push_back(entry.fixture);
      }
    }
    if (test.call_hook) used.push_back(test.call_hook);
    for (const FixtureId fixture : used) {
      ++tables_.fixtures[fixture].users;
      // C19: marks are looked at before fixtures.
      if (!test.is_skipped) add(fixture, id);
    }
  }

  void add(FixtureId id, TestId user) {
    Fixture& fixture = tables_.fixtures[id];
    if (!fixture.setups.known()) return;
    const Test& test = tables_.tests[user];
    if (!owners_[id.index()].insert(owner_of(test, user, fixture.scope)).second) return;
    const bool is_per_item =
        fixture.scope == Scope::function || (fixture.scope == Scope::class_ && test.classes.empty());
    const Count times = is_per_item ? test.cases : values_below(id, test);
    if (!times.known()) {
      fixture.setups = {};
      return;
    }
    fixture.setups.value =
        static_cast<std::int32_t>(std::min<std::int64_t>(most, std::int64_t{fixture.setups.value} + times.value));
    tables_.set_ups.push_back({id, user, SetUp::no_parameter, static_cast<std::uint32_t>(times.value)});
  }

  /// The product of the parameters of the fixture and of what it depends on.
  [[nodiscard]] Count values_below(FixtureId id, const Test& test) const {
    std::vector<FixtureId> below = {id};
    std::int64_t product = 1;
    for (std::size_t i = 0; i < below.size(); ++i) {
      const Fixture& fixture = tables_.fixtures[below[i]];
      if (!fixture.params.known()) return {};
      product = std::min(most, product * std::max(1, fixture.params.value));
      for (const NameId argument : fixture.arguments) {
        const auto found = std::ranges::find(test.closure, argument, &ClosureEntry::name);
        if (found == test.closure.end() || !found->fixture) continue;
        if (std::ranges::find(below, found->fixture) == below.end()) below.push_back(found->fixture);
      }
    }
    return {static_cast<std::int32_t>(product)};
  }

  ProjectTables& tables_;
  std::vector<std::set<Owner>> owners_;  // by fixture
};

}  // namespace

void link_set_ups(ProjectTables& tables) { Formula(tables).add_all(); }

}  // namespace hasten
