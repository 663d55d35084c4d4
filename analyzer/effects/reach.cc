#include "analyzer/effects/reach.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/explorer.h"
#include "analyzer/effects/restoration.h"

namespace hasten {
namespace {

/// The class that the test is collected in: on its objects the test and the fixtures of its class run.
ClassRef class_of(const Test& test) { return test.classes.empty() ? ClassRef() : test.classes.back(); }

struct Root {
  BodyId body;
  FixtureId fixture;
  Phase phase{};
  bool is_possible = false;
};

/// Where a test's code begins: its function, the fixtures of its closure, their tear-downs.
class Roots {
 public:
  Roots(const ProjectTables& tables, Bodies& bodies) : tables_(tables), bodies_(bodies) {
    for (const Fixture& fixture : tables.fixtures) {
      setups_.push_back(fixture.function ? bodies.find(fixture.function) : BodyId());
      teardowns_.push_back(fixture.teardown ? bodies.find(fixture.teardown) : BodyId());
    }
  }

  [[nodiscard]] std::vector<Root> of(const Test& test) const {
    std::vector<Root> roots;
    for (const ClosureEntry& entry : test.closure) {
      if (entry.fixture) add_fixture(entry.fixture, Phase::setup, test, roots);
    }
    // A definition that a nearer one requests under its own name is set up before it (C4).
    for (const ClosureEntry& entry : test.overridden) {
      if (entry.fixture) add_fixture(entry.fixture, Phase::setup, test, roots);
    }
    // What is asked for at run time (C12).
    for (const ClosureEntry& entry : test.dynamic_uses) {
      const std::size_t before = roots.size();
      if (entry.fixture) add_fixture(entry.fixture, Phase::setup, test, roots);
      for (Root& root : std::span(roots).subspan(before)) root.is_possible = entry.is_possible != 0;
    }
    // setUp and tearDown of a TestCase run inside the call phase (C10).
    if (test.call_hook) add_fixture(test.call_hook, Phase::call, test, roots);
    if (test.function) add({bodies_.find(test.function, class_of(test)), {}, Phase::call}, roots);
    return roots;
  }

 private:
  void add_fixture(FixtureId fixture, Phase phase, const Test& test, std::vector<Root>& roots) const {
    const Fixture& row = tables_.fixtures[fixture];
    add({on_object_of(test, row.function, setups_[fixture.index()]), fixture, phase}, roots);
    add({on_object_of(test, row.teardown, teardowns_[fixture.index()]), fixture, Phase::teardown}, roots);
  }

  [[nodiscard]] BodyId on_object_of(const Test& test, FunctionRef function, BodyId otherwise) const {
    return function && bodies_.has_several(function) ? bodies_.find(function, class_of(test)) : otherwise;
  }

  void add(Root root, std::vector<Root>& roots) const {
    if (root.body) roots.push_back(root);
  }

  const ProjectTables& tables_;
  Bodies& bodies_;
  std::vector<BodyId> setups_;
  std::vector<BodyId> teardowns_;
};

/// Set-ups and tear-downs that a class inherits run on its objects.
void add_inherited_fixtures(const ProjectTables& tables, std::vector<Running>& roots) {
  std::set<std::pair<FixtureId, ClassRef>> seen;
  const auto add = [&](FixtureId id, const Test& test) {
    if (!id || test.classes.empty() || !seen.emplace(id, class_of(test)).second) return;
    for (const FunctionRef function : {tables.fixtures[id].function, tables.fixtures[id].teardown}) {
      const bool is_method = function && tables.files[function.file].model.functions[function.id].class_;
      if (is_method) roots.push_back({function, class_of(test)});
    }
  };
  for (const Test& test : tables.tests) {
    for (const ClosureEntry& entry : test.closure) add(entry.fixture, test);
    for (const ClosureEntry& entry : test.overridden) add(entry.fixture, test);
    add(test.call_hook, test);
  }
}

std::vector<Running> all_roots(const ProjectTables& tables) {
  std::vector<Running> roots;
  for (const Fixture& fixture : tables.fixtures) {
    if (fixture.function) roots.push_back({fixture.function, {}});
    if (fixture.teardown) roots.push_back({fixture.teardown, {}});
  }
  for (const Test& test : tables.tests) {
    if (test.function) roots.push_back({test.function, class_of(test)});
  }
  add_inherited_fixtures(tables, roots);
  return roots;
}

/// A function that runs on objects of several classes has its effects once.
class SharedEffects {
 public:
  [[nodiscard]] EffectId add(FunctionRef function, const Effect& effect, ProjectTables& tables) {
    const Key key{function,        effect.place,      effect.told,     effect.kind, effect.api,
                  effect.resource, effect.is_private, effect.restored, effect.root};
    const auto [entry, is_new] = known_.try_emplace(key);
    if (is_new) entry->second = tables.effects.add(effect);
    return entry->second;
  }

 private:
  using Key = std::tuple<FunctionRef, Place, Place, EffectKind, NameId, NameId, std::uint8_t, Restored, PathRoot>;
  std::map<Key, EffectId> known_;
};

/// Numbers the effects by place and decides which changes of state their own function takes back.
std::vector<std::vector<EffectId>> number_effects(ProjectTables& tables, const Bodies& bodies,
                                                  const Restoration& restoration) {
  struct Row {
    BodyId body;
    std::size_t position;
    const DirectEffect* effect;
  };
  std::vector<Row> rows;
  for (BodyId body : bodies.ids()) {
    for (std::size_t i = 0; i < bodies[body].effects.size(); ++i) rows.push_back({body, i, &bodies[body].effects[i]});
  }
  std::ranges::sort(rows, {}, [](const Row& row) {
    return std::tuple(row.effect->row.place, row.effect->row.kind, row.body.index(), row.position);
  });
  SharedEffects shared;
  std::vector<std::vector<EffectId>> ids(bodies.ids().size());
  for (BodyId body : bodies.ids()) ids[body.index()].resize(bodies[body].effects.size());
  for (const Row& row : rows) {
    Effect effect = row.effect->row;
    if (effect.restored == Restored::no &&
        restoration.takes_back(row.body, row.effect->at(), row.effect->block, effect)) {
      effect.restored = Restored::yes;
    }
    const FunctionRef function = bodies[row.body].function;
    ids[row.body.index()][row.position] =
        bodies.has_several(function) ? shared.add(function, effect, tables) : tables.effects.add(effect);
  }
  return ids;
}

class TestLinker {
 public:
  TestLinker(ProjectTables& tables, Values& values, Bodies& bodies, const Restoration& restoration, Explorer& explorer)
      : tables_(tables),
        values_(values),
        bodies_(bodies),
        restoration_(restoration),
        explorer_(explorer),
        roots_(tables, bodies),
        hooks_(hook_marks(tables, values.names())) {}

  void link(TestId id) {
    const Test& test = tables_.tests[id];
    const std::vector<Root> roots = roots_.of(test);
    if (std::ranges::none_of(roots, [&](const Root& root) { return explorer_.leads_somewhere(root.body); })) return;

    const std::vector<Mask> around = masks_around(test, hooks_, tables_, values_);
    std::vector<Mask> lasting;
    for (const Mask& mask : around) {
      if (mask.lasts) lasting.push_back(mask);
    }
    // request.getfixturevalue("frozen") may come late or never; if it comes it covers what follows.
    for (const Root& root : roots) {
      if (root.fixture) add_lasting(root.body, lasting);
    }
    const MaskSetId for_fixtures = explorer_.sets().of(lasting);
    lasting.insert(lasting.end(), around.begin(), around.end());
    const MaskSetId for_test = explorer_.sets().of(lasting);
    for (const Root& root : roots) add_root(id, root, roots, root.fixture ? for_fixtures : for_test);
  }

 private:
  void add_lasting(BodyId body, std::vector<Mask>& lasting) const {
    std::ranges::copy_if(bodies_[body].masks, std::back_inserter(lasting),
                         [](const Mask& mask) { return mask.lasts != 0; });
  }

  void add_root(TestId id, const Root& root, const std::vector<Root>& roots, MaskSetId masks) {
    if (!explorer_.leads_somewhere(root.body)) return;
    for (const RootReach& reach : explorer_.explore(root.body, root.phase, root.is_possible, masks)) {
      MaskedBy mask = reach.mask;
      const Effect& effect = tables_.effects[reach.effect];
      if (!mask.by && effect.restored == Restored::no) mask = {restoring_fixture(reach.effect, root, roots), true};
      if (!mask.by && effect.restored == Restored::no) mask = {set_for_all(root, effect), true};
      Reach row{reach.effect, id, root.fixture, reach.path, mask.by};
      row.is_put_back = mask.by && mask.is_put_back;
      row.is_moved = mask.by && mask.is_moved;
      tables_.reaches.push_back(row);
    }
  }

  /// Another fixture of the test that puts the same state back after its yield, or sets it anew before each test.
  NameId restoring_fixture(EffectId effect, const Root& root, const std::vector<Root>& roots) {
    for (const Root& other : roots) {
      if (!other.fixture || other.body == root.body) continue;
      if (restores(other, effect)) {
        return tables_.names.intern(
            fmt::format("restored by fixture {}", tables_.names[tables_.fixtures[other.fixture].name]));
      }
    }
    return {};
  }

  /// What an autouse fixture sets for every test there is, once or anew before each, nobody finds otherwise.
  NameId set_for_all(const Root& root, const Effect& effect) {
    if (!root.fixture || root.phase != Phase::setup) return {};
    const Fixture& fixture = tables_.fixtures[root.fixture];
    if (!fixture.is_autouse || fixture.users != tables_.tests.size()) return {};
    const bool is_once = fixture.scope == Scope::session && fixture.scope_is_known;
    if (!is_once && !restoration_.sets_up(root.body, effect)) return {};
    return tables_.names.intern(fmt::format("set for all tests by fixture {}", tables_.names[fixture.name]));
  }

  bool restores(const Root& fixture, EffectId id) {
    const Effect& effect = tables_.effects[id];
    if (fixture.phase == Phase::teardown) return bodies_[fixture.body].below.has(effect.kind);
    const Fixture& row = tables_.fixtures[fixture.fixture];
    const bool is_before_each = row.is_autouse && row.scope == Scope::function && row.scope_is_known;
    if (is_before_each && restoration_.sets_up(fixture.body, effect)) return true;
    const auto [entry, is_new] = restores_.try_emplace(std::uint64_t{fixture.body.index()} << 32 | id.index());
    if (is_new) {
      entry->second = restoration_.tears_down(fixture.body, effect) || restoration_.keeps(fixture.body, effect) ||
                      restoration_.registers_cleanup(fixture.body, effect);
    }
    return entry->second;
  }

  ProjectTables& tables_;
  Values& values_;
  const Bodies& bodies_;
  const Restoration& restoration_;
  Explorer& explorer_;
  Roots roots_;
  std::vector<HookMark> hooks_;
  std::unordered_map<std::uint64_t, bool> restores_;  // by the fixture's body and the effect, which many tests share
};

void add_call_edges(ProjectTables& tables, const Bodies& bodies) {
  for (BodyId id : bodies.ids()) {
    for (const BodyCall& call : bodies[id].calls) {
      tables.calls.push_back({bodies[id].function, bodies[call.callee].function, call.call});
    }
  }
  std::ranges::sort(tables.calls, {},
                    [](const CallEdge& edge) { return std::tuple(edge.caller, edge.call, edge.callee); });
  const auto repeated = std::ranges::unique(tables.calls, [](const CallEdge& one, const CallEdge& other) {
    return one.caller == other.caller && one.call == other.call && one.callee == other.callee;
  });
  tables.calls.erase(repeated.begin(), repeated.end());
}

/// They come test by test. Counted, not compared: there may be a hundred for each test.
void sort_by_effect(std::vector<Reach>& reaches, std::size_t effects) {
  std::vector<std::size_t> next(effects + 1);  // where the effect's next row goes
  for (const Reach& reach : reaches) ++next[reach.effect.index() + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<Reach> sorted(reaches.size());
  for (const Reach& reach : reaches) sorted[next[reach.effect.index()]++] = reach;
  reaches = std::move(sorted);
}

}  // namespace

void link_effects(ProjectTables& tables, Values& values, Calls& calls, EffectDetail detail) {
  Bodies bodies(tables, values, calls, detail);
  bodies.read_from(all_roots(tables));
  const Restoration restoration(tables, values, calls, bodies);
  const std::vector<std::vector<EffectId>> effect_ids = number_effects(tables, bodies, restoration);
  add_call_edges(tables, bodies);

  Explorer explorer(tables, calls, bodies, restoration, effect_ids, detail);
  TestLinker linker(tables, values, bodies, restoration, explorer);
  for (TestId test : tables.tests.ids()) linker.link(test);
  sort_by_effect(tables.reaches, tables.effects.size());
}

}  // namespace hasten
