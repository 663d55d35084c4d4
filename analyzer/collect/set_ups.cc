#include "analyzer/collect/set_ups.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "analyzer/collect/assumed_sessions.h"
#include "analyzer/collect/computed_names.h"
#include "analyzer/collect/item_reorder.h"
#include "analyzer/collect/set_up_replay.h"
#include "analyzer/names/name_patterns.h"

namespace hasten {
namespace {

constexpr std::size_t most_open_names = 512;  // beyond it all are taken as one that may be anything
constexpr std::int64_t most_set_ups = std::numeric_limits<std::int32_t>::max();

/// Names with a parameter that does not simply end with the item.
SetUpPlans::Parametrized parametrized_names(const std::vector<Parametrization>& sources) {
  SetUpPlans::Parametrized out;
  for (const Parametrization& at : sources) {
    for (std::size_t i = 0; i < at.source->names.size(); ++i) {
      if (!at.source->is_direct[i] || at.scope != Scope::function) out.emplace_back(at.source->names[i], at.scope);
    }
  }
  return out;
}

/// Is it unknown which names have parameters, or for how long?
bool has_unknown_parameters(const std::vector<Parametrization>& sources) {
  return std::ranges::any_of(
      sources, [](const Parametrization& at) { return !at.source->scope_is_known || at.source->names.empty(); });
}

}  // namespace

void SetUps::add(const Test& test, const CollectedTest& collected, const Closure& closure, Known known) {
  const TestId id(tests_.size());
  for (std::string& name : known.open_names) {
    std::vector<TestId>& asking = open_requests_[std::move(name)];
    if (asking.empty() || asking.back() != id) asking.push_back(id);
    doubts_about_closures_.try_emplace(id, known.open_because);
    if (known.open_up_to != Fixtures::global) open_up_to_.try_emplace(id, known.open_up_to);
  }
  std::vector<Parametrization>& sources = known.sources;
  TestItems row;
  row.collector = collected.collector;
  row.node = nodes_.of_collector(collected.collector);
  row.is_skipped = test.is_skipped != 0 || known.skip.skipped == Truth::yes;
  const bool may_be_skipped = known.skip.skipped == Truth::unknown;
  if ((may_be_skipped || collected.is_conditional) && !row.is_skipped) {
    maybe_skipped_.push_back(id);
    const auto why = may_be_skipped ? SetUpDoubt::Why::hook : SetUpDoubt::Why::condition;
    const Place place = may_be_skipped ? known.skip.hook : collected.decided_at;
    doubts_about_tests_.emplace(id, SetUpDoubt{why, {}, place, test.qualified_name, {}});
  }
  row.plan =
      &plans_.of({fixtures_.holder_of(collected.collector), &closure, parametrized_names(sources), test.function});
  row.may_have_others = known.unknown_parameters.file || has_unknown_parameters(sources);
  row.unknown_parameters = known.unknown_parameters;
  row.told_apart = sources_told_apart(sources, rules_.direct_key);
  row.sources = std::move(sources);
  tests_.push_back(std::move(row));
  holders_.push_back(fixtures_.holder_of(collected.collector));
}

void SetUps::count(ParameterValue no_parameter) {
  wide_ = wide_fixtures(tables_, tests_);
  doubts_ = SetUpDoubts(tables_.fixtures.size());
  count_users();
  count_per_item();
  count_across_items(no_parameter);
  doubt_computed_requests();
  doubt_skipped();
  doubt_open_holders();
  sum_up();
}

void SetUps::count_users() {
  std::vector<TestId> last_user(tables_.fixtures.size());
  for (const TestId id : tables_.tests.ids()) {
    const Test& test = tables_.tests[id];
    const auto use = [&](FixtureId fixture) {
      if (fixture && std::exchange(last_user[fixture.index()], id) != id) ++tables_.fixtures[fixture].users;
    };
    for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
      for (const ClosureEntry& entry : *entries) use(entry.fixture);
    }
    use(test.call_hook);
  }
}

void SetUps::count_per_item() {
  for (const TestId test : tables_.tests.ids()) {
    if (!runs(test)) continue;
    const TestItems& items = tests_[test.index()];
    for (const SetUpStep& step : items.plan->steps) {
      if (step.fixture && wide_[step.fixture.index()] == 0) add_rows_of(step, test);
    }
    if (!items.plan->maybe.empty()) doubt_choices(test);
    const Collector& collector = collection_.collectors[items.collector];
    if (collector.is_conditional || collector.may_be_skipped) doubt_hooks(test);
    if (items.may_have_others) doubt_steps(test);
    if (const FixtureId hook = tables_.tests[test].call_hook) {
      tables_.set_ups.push_back({hook, test, SetUp::no_parameter, count_items(items.sources).running});
    }
  }
}

/// One set-up per item that runs, by the fixture's own parameter if it has one.
void SetUps::add_rows_of(const SetUpStep& step, TestId test) {
  if (!tables_.tests[test].cases.known()) return doubts_.add(step.fixture, doubt_about_cases(test));
  const TestItems& items = tests_[test.index()];
  const std::uint32_t running = count_items(items.sources).running;
  if (running == 0) return;
  const auto own = std::ranges::find_if(items.sources, [&](const Parametrization& at) {
    return std::ranges::find(at.source->names, step.name) != at.source->names.end();
  });
  if (own == items.sources.end()) {
    tables_.set_ups.push_back({step.fixture, test, SetUp::no_parameter, running});
    return;
  }
  const ParameterSource& source = *own->source;
  std::uint32_t sets = 0;
  for (std::uint32_t set = 0; set < source.sets(); ++set) sets += source.is_skipped(set) ? 0 : 1;
  for (std::uint32_t set = 0; set < source.sets(); ++set) {
    if (!source.is_skipped(set)) tables_.set_ups.push_back({step.fixture, test, set, running / sets});
  }
}

void SetUps::count_across_items(ParameterValue no_parameter) {
  const auto rows = replayed(tests_, no_parameter);
  if (!rows) return doubt_wide();
  const std::vector<std::uint64_t> times = times_by_fixture(*rows);
  const AssumedSessions assumed(tests_, maybe_skipped_);
  for (const std::vector<TestItems>& tests : assumed.others()) {
    const auto others = replayed(tests, no_parameter);
    if (!others) return doubt_wide();
    doubt_differences(times, times_by_fixture(*others));
  }
  tables_.set_ups.insert(tables_.set_ups.end(), rows->begin(), rows->end());
}

void SetUps::doubt_wide() {
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    if (wide_[fixture.index()] != 0) doubts_.add(fixture, {SetUpDoubt::Why::size, {}, {}, {}, {}});
  }
}

/// The cause lies with a test that uses the fixture, or with one that other sessions run in another order for.
void SetUps::doubt_differences(const std::vector<std::uint64_t>& times, const std::vector<std::uint64_t>& instead) {
  if (times == instead) return;
  const std::vector<TestId> users = first_open_users();
  const auto any = std::ranges::find_if(users, [](TestId test) { return static_cast<bool>(test); });
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    if (times[fixture.index()] == instead[fixture.index()] || any == users.end()) continue;
    const TestId test = users[fixture.index()] ? users[fixture.index()] : *any;
    const auto known = doubts_about_tests_.find(test);
    doubts_.add(fixture, known != doubts_about_tests_.end() ? known->second : doubt_about_cases(test));
  }
}

/// By fixture: the first test that sets it up and may be skipped, or have more items.
std::vector<TestId> SetUps::first_open_users() const {
  std::vector<TestId> users(tables_.fixtures.size());
  for (const TestId test : tables_.tests.ids()) {
    const TestItems& items = tests_[test.index()];
    if (!doubts_about_tests_.contains(test) && std::ranges::none_of(items.sources, is_open)) continue;
    for (const SetUpStep& step : items.plan->steps) {
      if (step.fixture && !users[step.fixture.index()]) users[step.fixture.index()] = test;
    }
  }
  return users;
}

/// Nothing when there are too many blocks.
std::optional<std::vector<SetUp>> SetUps::replayed(const std::vector<TestItems>& tests,
                                                   ParameterValue no_parameter) const {
  std::optional<Items> items = expand_items(tests, most_blocks);
  if (!items) return std::nullopt;
  reorder_items(*items, tests, tables_, rules_);
  return replay_set_ups({tables_, nodes_, tests, wide_, rules_, no_parameter}, *items);
}

std::vector<std::uint64_t> SetUps::times_by_fixture(const std::vector<SetUp>& rows) const {
  std::vector<std::uint64_t> times(tables_.fixtures.size());
  for (const SetUp& row : rows) times[row.fixture.index()] += row.times;
  return times;
}

void SetUps::doubt_computed_requests() {
  if (open_requests_.size() <= most_open_names) {
    for (const auto& [pattern, tests] : open_requests_) doubt_requests(pattern, tests);
    return;
  }
  std::vector<TestId> all;
  for (const auto& [pattern, tests] : open_requests_) all.insert(all.end(), tests.begin(), tests.end());
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  doubt_requests(ComputedNames::anything, all);
}

/// A test that asks for a computed name may use whatever fits that it sees.
void SetUps::doubt_requests(std::string_view pattern, const std::vector<TestId>& tests) {
  std::vector<std::uint32_t> asking(fixtures_.holders());  // by holder: such tests below it
  std::vector<std::uint32_t> beyond(fixtures_.holders());  // those that only ask for what nobody else uses there
  std::vector<TestId> first(fixtures_.holders());          // by holder: the first of all
  std::vector<TestId> first_asking(fixtures_.holders());   // and of those that ask for anything
  std::vector<std::uint32_t> using_it(tables_.fixtures.size());
  for (const TestId test : tests) {
    if (!runs(test)) continue;
    const auto limit = open_up_to_.find(test);
    bool is_beyond = false;
    for (Fixtures::Holder at = holders_[test.index()];; at = fixtures_.parent(at)) {
      if (!first[at]) first[at] = test;
      if (!is_beyond && !first_asking[at]) first_asking[at] = test;
      ++(is_beyond ? beyond : asking)[at];
      is_beyond = is_beyond || (limit != open_up_to_.end() && at == limit->second);
      if (at == Fixtures::global) break;
    }
    std::vector<FixtureId> known;
    for (const SetUpStep& step : tests_[test.index()].plan->steps) {
      if (step.fixture && std::ranges::find(known, step.fixture) == known.end()) known.push_back(step.fixture);
    }
    for (const FixtureId fixture : known) ++using_it[fixture.index()];
  }
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    const Fixture& row = tables_.fixtures[fixture];
    if (row.origin != FixtureOrigin::definition && row.origin != FixtureOrigin::plugin) continue;
    const Fixtures::Holder holder = fixtures_.holder_of(fixture);
    const std::uint32_t all = asking[holder] + (row.users == 0 ? beyond[holder] : 0);
    if (all == 0 || all <= using_it[fixture.index()]) continue;
    if (fnmatches(pattern, tables_.names[row.name]))
      doubts_.add(fixture, doubts_about_closures_.at(asking[holder] > 0 ? first_asking[holder] : first[holder]));
  }
}

void SetUps::doubt_skipped() {
  for (const TestId test : maybe_skipped_) {
    for (const SetUpStep& step : tests_[test.index()].plan->steps) {
      if (step.fixture && wide_[step.fixture.index()] == 0) doubts_.add(step.fixture, doubts_about_tests_.at(test));
    }
  }
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    const Fixture& row = tables_.fixtures[fixture];
    const SetUpDoubt* doubt = row.origin == FixtureOrigin::xunit ? fixtures_.doubt_about_hook(row.name) : nullptr;
    if (doubt != nullptr) doubts_.add(fixture, *doubt);
  }
}

/// Tests that nobody sees use what their class and its module define, and what is autouse.
void SetUps::doubt_open_holders() {
  std::vector<const SetUpDoubt*> near(fixtures_.holders()), around(fixtures_.holders());
  for (const auto& [holder, doubt] : open_holders_) {
    for (Fixtures::Holder at = holder; at != Fixtures::global; at = fixtures_.parent(at)) around[at] = &doubt;
    near[holder] = &doubt;
    if (fixtures_.is_class(holder)) near[fixtures_.parent(holder)] = &doubt;
  }
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    const Fixture& row = tables_.fixtures[fixture];
    const Fixtures::Holder holder = fixtures_.holder_of(fixture);
    if (holder == Fixtures::global) continue;
    const SetUpDoubt* doubt = row.is_autouse != 0 ? around[holder] : near[holder];
    if (doubt != nullptr) doubts_.add(fixture, *doubt);
  }
}

/// Of a class that may not be there, or may be skipped as a TestCase.
void SetUps::doubt_hooks(TestId test) {
  const TestItems& items = tests_[test.index()];
  const SetUpDoubt doubt = doubt_about(collection_.collectors[items.collector], tables_);
  for (const SetUpStep& step : items.plan->steps) {
    if (!step.fixture) continue;
    const Fixture& row = tables_.fixtures[step.fixture];
    if (row.origin == FixtureOrigin::xunit && row.holder == HolderKind::class_) doubts_.add(step.fixture, doubt);
  }
}

void SetUps::doubt_choices(TestId test) {
  for (const SetUpPlan::Choice& choice : tests_[test.index()].plan->maybe) {
    doubts_.add(choice.fixture, doubt_about_test(SetUpDoubt::Why::choice, code_of(choice.asker), test));
  }
}

void SetUps::doubt_steps(TestId test) {
  const TestItems& items = tests_[test.index()];
  Place place = items.unknown_parameters;
  for (const Parametrization& at : items.sources) {
    if (!place.file && (!at.source->scope_is_known || at.source->names.empty())) place = at.source->place;
  }
  const SetUpDoubt doubt = doubt_about_test(SetUpDoubt::Why::parameters, place, test);
  for (const SetUpStep& step : items.plan->steps) {
    if (step.fixture && wide_[step.fixture.index()] != 0) doubts_.add(step.fixture, doubt);
  }
}

SetUpDoubt SetUps::doubt_about_cases(TestId test) const {
  const TestItems& items = tests_[test.index()];
  Place place = items.unknown_parameters;
  for (const Parametrization& at : items.sources) {
    if (!place.file && !at.source->size.known()) place = at.source->place;
  }
  SetUpDoubt doubt = doubt_about_test(SetUpDoubt::Why::cases, place, test);
  doubt.detail = tables_.tests[test].unknown_cases;
  return doubt;
}

/// At the test itself where nothing else is to blame.
SetUpDoubt SetUps::doubt_about_test(SetUpDoubt::Why why, Place place, TestId test) const {
  const Test& row = tables_.tests[test];
  return {why, {}, place.file ? place : code_of(row.function), row.qualified_name, {}};
}

Place SetUps::code_of(FunctionRef function) const {
  if (!function) return {};
  return {function.file, tables_.files[function.file].model.functions[function.id].range};
}

void SetUps::sum_up() {
  std::vector<SetUp>& rows = tables_.set_ups;
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    const Fixture& row = tables_.fixtures[fixture];
    if (row.scope_is_known == 0) doubts_.add(fixture, {SetUpDoubt::Why::scope, {}, code_of(row.function), {}, {}});
  }
  std::erase_if(rows, [this](const SetUp& row) { return row.times == 0 || doubts_.contains(row.fixture); });
  const auto key = [](const SetUp& row) { return std::tuple(row.fixture, row.test, row.parameter); };
  std::ranges::sort(rows, {}, key);
  std::size_t last = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (key(rows[i]) == key(rows[last])) {
      rows[last].times += rows[i].times;
    } else {
      rows[++last] = rows[i];
    }
  }
  if (!rows.empty()) rows.resize(last + 1);
  for (const FixtureId fixture : tables_.fixtures.ids()) {
    tables_.fixtures[fixture].setups.value = doubts_.contains(fixture) ? Count::unknown_value : 0;
  }
  for (const SetUp& row : rows) {
    std::int32_t& sum = tables_.fixtures[row.fixture].setups.value;
    if (sum >= 0) sum = static_cast<std::int32_t>(std::min(most_set_ups, std::int64_t{sum} + row.times));
  }
  tables_.set_up_doubts = std::move(doubts_).take();
}

}  // namespace hasten
