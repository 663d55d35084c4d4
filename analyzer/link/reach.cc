#include "analyzer/link/reach.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "analyzer/link/mask_sets.h"
#include "analyzer/link/restoration.h"

namespace hasten {
namespace {

constexpr std::size_t max_states = 4096;

/// What one root reaches under one set of masks, the same for all tests that share both.
struct RootReach {
  EffectId effect;
  PathId path;
  NameId masked_by;
};

struct Root {
  BodyId body;
  FixtureId fixture;
  Phase phase{};
};

/// Does the call give `param` a value? A starred argument may.
bool passes(const FileModel& caller, CallId call, const FileModel& in, FunctionId callee, ParamId param) {
  const Function& function = in.functions[callee];
  const ExprId expr = caller.calls[call].expr;
  for (ExprId at = caller.next(caller.first_child(expr)); at; at = caller.next(at)) {
    const ExprKind kind = caller.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return true;
  }
  if (caller.keyword(expr, in.word(in.params[param].name))) return true;
  const std::size_t position = param.index() - function.params.first - (function.class_ ? 1 : 0);
  return static_cast<bool>(caller.positional(expr, position));
}

class Explorer {
 public:
  Explorer(ProjectTables& tables, Calls& calls, const Bodies& bodies, const Restoration& restoration,
           const std::vector<std::vector<EffectId>>& effect_ids)
      : tables_(tables), calls_(calls), bodies_(bodies), restoration_(restoration), effect_ids_(effect_ids) {}

  const std::vector<RootReach>& explore(BodyId root, Phase phase, MaskSetId around) {
    auto [entry, is_new] = known_.try_emplace({root.index(), static_cast<std::uint8_t>(phase), around});
    if (is_new) entry->second = search(root, phase, around);
    return entry->second;
  }

  MaskSets& sets() { return sets_; }

 private:
  struct State {
    BodyId body;
    MaskSetId inherited = 0;
    std::uint32_t parent = 0;  // position in states; the root is its own
    std::uint32_t call = 0;    // of the parent's body
  };

  /// Breadth first, so the first chain to an effect is a shortest one.
  std::vector<RootReach> search(BodyId root, Phase phase, MaskSetId around) {
    std::vector<RootReach> reached;
    if (bodies_[root].below.empty()) return reached;
    std::vector<State> states = {{root, around, 0, 0}};
    std::map<std::pair<BodyId, MaskSetId>, bool> seen = {{{root, around}, true}};
    for (std::size_t at = 0; at < states.size(); ++at) {
      const Body& body = bodies_[states[at].body];
      for (std::size_t i = 0; i < body.effects.size(); ++i) {
        add_effect(states, at, i, phase, reached);
      }
      for (std::uint32_t i = 0; i < body.calls.size() && states.size() < max_states; ++i) {
        const BodyCall& call = body.calls[i];
        if (bodies_[call.callee].below.empty()) continue;
        const MaskSetId active = active_at(states[at], call.at);
        if (call.call && is_replaced(body.function.file, call.call, active)) continue;
        if (!seen.try_emplace({call.callee, active}, true).second) continue;
        states.push_back({call.callee, active, static_cast<std::uint32_t>(at), i});
      }
    }
    return reached;
  }

  MaskSetId active_at(const State& state, std::uint32_t at) {
    return sets_.with(state.inherited, bodies_[state.body].masks, at);
  }

  bool is_replaced(FileId file, CallId call, MaskSetId active) {
    if (!sets_.has_references(active)) return false;
    const References& references = references_of(file, call);
    return std::ranges::any_of(sets_[active],
                               [&](const Mask& mask) { return neutralises(mask, references, tables_.names); });
  }

  const References& references_of(FileId file, CallId call) {
    auto [entry, is_new] = references_.try_emplace(CallRef{file, call});
    if (is_new) entry->second = calls_.references(file, call);
    return entry->second;
  }

  void add_effect(const std::vector<State>& states, std::size_t at, std::size_t position, Phase phase,
                  std::vector<RootReach>& reached) {
    const State& state = states[at];
    const Body& body = bodies_[state.body];
    const EffectId id = effect_ids_[state.body.index()][position];
    if (body.effects[position].is_touch_only || !keeps_defaults(states, at, body.effects[position])) return;
    const NameId masked_by = mask_of(state, body, position, id, states, at);
    auto earlier = std::ranges::find(reached, id, &RootReach::effect);
    if (earlier != reached.end() && (!earlier->masked_by || masked_by)) return;
    const RootReach row{id, add_path(states, at, id, phase), masked_by};
    if (earlier != reached.end()) {
      *earlier = row;  // a chain that nothing masks outweighs one that is masked
    } else {
      reached.push_back(row);
    }
  }

  /// An effect that depends on defaults happens only where the call leaves them alone.
  bool keeps_defaults(const std::vector<State>& states, std::size_t at, const DirectEffect& effect) const {
    if (effect.assumed.empty()) return true;
    const State& state = states[at];
    if (state.parent == at) return false;  // pytest passes no path
    const Body& caller = bodies_[states[state.parent].body];
    const BodyCall& call = caller.calls[state.call];
    const FunctionRef callee = bodies_[state.body].function;
    return call.call && std::ranges::none_of(effect.assumed, [&](ParamId param) {
             return passes(tables_.files[caller.function.file].model, call.call, tables_.files[callee.file].model,
                           callee.id, param);
           });
  }

  /// What keeps the effect from happening or from lasting on this chain; none when nothing does.
  NameId mask_of(const State& state, const Body& body, std::size_t position, EffectId id,
                 const std::vector<State>& states, std::size_t at) {
    const DirectEffect& direct = body.effects[position];
    const Effect& effect = tables_.effects[id];
    const Api* api = find_api(tables_.names[effect.api]);
    const MaskSetId active = active_at(state, effect.place.range.begin);
    const References* references =
        direct.call && sets_.has_references(active) ? &references_of(body.function.file, direct.call) : nullptr;
    for (const Mask& mask : sets_[active]) {
      if (neutralises(mask, effect, api, tables_.names)) return mask.label;
      if (references != nullptr && (neutralises(mask, *references, tables_.names) || carries(api, mask)))
        return mask.label;
    }
    return effect.restored == Restored::no ? restored_on_the_way(states, at, effect) : NameId();
  }

  /// `requests.get` goes through `requests.Session.request`: replacing that replaces this.
  bool carries(const Api* api, const Mask& mask) const {
    return api != nullptr && mask.reference &&
           std::ranges::find(api->uses, tables_.names[mask.reference]) != api->uses.end();
  }

  NameId restored_on_the_way(const std::vector<State>& states, std::size_t at, const Effect& effect) {
    while (states[at].parent != at) {
      const State& state = states[at];
      at = state.parent;
      const Body& caller = bodies_[states[at].body];
      const BodyCall& call = caller.calls[state.call];
      if (restoration_.takes_back(states[at].body, call.at, call.block, effect)) {
        return tables_.names.intern(fmt::format("restored by {}", name_of(caller.function)));
      }
    }
    return {};
  }

  PathId add_path(const std::vector<State>& states, std::size_t at, EffectId id, Phase phase) {
    const Effect& effect = tables_.effects[id];
    Path path{id, bodies_[states[0].body].function, phase, {}};
    path.steps.push_back({effect.place, name_id(bodies_[states[at].body].function), effect.api});
    std::uint32_t first = effect.place.range.begin;
    while (states[at].parent != at) {
      const BodyId callee = states[at].body;
      const std::uint32_t call_index = states[at].call;
      at = states[at].parent;
      const Body& caller = bodies_[states[at].body];
      const BodyCall& call = caller.calls[call_index];
      first = call.at;
      path.steps.push_back(
          {place_of(caller.function.file, call), name_id(caller.function), name_id(bodies_[callee].function)});
    }
    std::ranges::reverse(path.steps);
    if (phase == Phase::setup && first > bodies_[states[0].body].first_yield) path.phase = Phase::teardown;
    return tables_.paths.add(std::move(path));
  }

  Place place_of(FileId file, const BodyCall& call) const {
    const FileModel& model = tables_.files[file].model;
    if (!call.call) return {file, {call.at, call.at + 1}};
    return {file, model.exprs[model.first_child(model.calls[call.call].expr)].range};
  }

  std::string_view name_of(FunctionRef function) const {
    const FileModel& model = tables_.files[function.file].model;
    return model.word(model.functions[function.id].name);
  }

  /// `Api.push` for methods.
  NameId name_id(FunctionRef function) {
    const FileModel& model = tables_.files[function.file].model;
    const ClassId class_ = model.functions[function.id].class_;
    if (!class_) return tables_.names.intern(name_of(function));
    return tables_.names.intern(fmt::format("{}.{}", model.word(model.classes[class_].name), name_of(function)));
  }

  ProjectTables& tables_;
  Calls& calls_;
  const Bodies& bodies_;
  const Restoration& restoration_;
  const std::vector<std::vector<EffectId>>& effect_ids_;
  MaskSets sets_;
  std::map<std::tuple<std::uint32_t, std::uint8_t, MaskSetId>, std::vector<RootReach>> known_;
  std::unordered_map<CallRef, References> references_;
};

/// Where a test's code begins: its function, the fixtures of its closure, their tear-downs.
class Roots {
 public:
  Roots(const ProjectTables& tables, const Bodies& bodies) : bodies_(bodies) {
    for (const Fixture& fixture : tables.fixtures) {
      setups_.push_back(fixture.function ? bodies.find(fixture.function) : BodyId());
      teardowns_.push_back(fixture.teardown ? bodies.find(fixture.teardown) : BodyId());
    }
  }

  [[nodiscard]] std::vector<Root> of(const Test& test) const {
    std::vector<Root> roots;
    for (const ClosureEntry& entry : test.closure) {
      if (entry.fixture) add_fixture(entry.fixture, Phase::setup, roots);
    }
    // setUp and tearDown of a TestCase run inside the call phase (C10).
    if (test.call_hook) add_fixture(test.call_hook, Phase::call, roots);
    if (test.function) add({bodies_.find(test.function), {}, Phase::call}, roots);
    return roots;
  }

 private:
  void add_fixture(FixtureId fixture, Phase phase, std::vector<Root>& roots) const {
    add({setups_[fixture.index()], fixture, phase}, roots);
    add({teardowns_[fixture.index()], fixture, Phase::teardown}, roots);
  }

  void add(Root root, std::vector<Root>& roots) const {
    if (root.body) roots.push_back(root);
  }

  const Bodies& bodies_;
  std::vector<BodyId> setups_;
  std::vector<BodyId> teardowns_;
};

std::vector<FunctionRef> all_roots(const ProjectTables& tables) {
  std::vector<FunctionRef> roots;
  for (const Fixture& fixture : tables.fixtures) {
    if (fixture.function) roots.push_back(fixture.function);
    if (fixture.teardown) roots.push_back(fixture.teardown);
  }
  for (const Test& test : tables.tests) {
    if (test.function) roots.push_back(test.function);
  }
  return roots;
}

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
  std::vector<std::vector<EffectId>> ids(bodies.ids().size());
  for (BodyId body : bodies.ids()) ids[body.index()].resize(bodies[body].effects.size());
  for (const Row& row : rows) {
    Effect effect = row.effect->row;
    if (effect.restored == Restored::no &&
        restoration.takes_back(row.body, effect.place.range.begin, row.effect->block, effect)) {
      effect.restored = Restored::yes;
    }
    ids[row.body.index()][row.position] = tables.effects.add(effect);
  }
  return ids;
}

class TestLinker {
 public:
  TestLinker(ProjectTables& tables, Values& values, const Bodies& bodies, const Restoration& restoration,
             Explorer& explorer)
      : tables_(tables),
        values_(values),
        bodies_(bodies),
        restoration_(restoration),
        explorer_(explorer),
        roots_(tables, bodies) {}

  void link(TestId id) {
    const Test& test = tables_.tests[id];
    const std::vector<Root> roots = roots_.of(test);
    if (std::ranges::all_of(roots, [&](const Root& root) { return bodies_[root.body].below.empty(); })) return;

    const std::vector<Mask> around = masks_around(test, tables_, values_);
    std::vector<Mask> lasting;
    for (const Mask& mask : around) {
      if (mask.lasts) lasting.push_back(mask);
    }
    for (const Root& root : roots) {
      if (!root.fixture) continue;
      std::ranges::copy_if(bodies_[root.body].masks, std::back_inserter(lasting),
                           [](const Mask& mask) { return mask.lasts != 0; });
    }
    const MaskSetId for_fixtures = explorer_.sets().of(lasting);
    lasting.insert(lasting.end(), around.begin(), around.end());
    const MaskSetId for_test = explorer_.sets().of(lasting);
    for (const Root& root : roots) add_root(id, root, roots, root.fixture ? for_fixtures : for_test);
  }

 private:
  void add_root(TestId id, const Root& root, const std::vector<Root>& roots, MaskSetId masks) {
    if (bodies_[root.body].below.empty()) return;
    for (const RootReach& reach : explorer_.explore(root.body, root.phase, masks)) {
      NameId masked_by = reach.masked_by;
      const Effect& effect = tables_.effects[reach.effect];
      if (!masked_by && effect.restored == Restored::no) masked_by = restoring_fixture(effect, root, roots);
      tables_.reaches.push_back({reach.effect, id, root.fixture, reach.path, masked_by});
    }
  }

  /// Another fixture of the test that puts the same state back after its yield.
  NameId restoring_fixture(const Effect& effect, const Root& root, const std::vector<Root>& roots) {
    for (const Root& other : roots) {
      if (!other.fixture || other.body == root.body) continue;
      const bool restores = other.phase == Phase::teardown ? bodies_[other.body].below.has(effect.kind)
                                                           : restoration_.tears_down(other.body, effect);
      if (restores) {
        return tables_.names.intern(
            fmt::format("restored by fixture {}", tables_.names[tables_.fixtures[other.fixture].name]));
      }
    }
    return {};
  }

  ProjectTables& tables_;
  Values& values_;
  const Bodies& bodies_;
  const Restoration& restoration_;
  Explorer& explorer_;
  Roots roots_;
};

void add_call_edges(ProjectTables& tables, const Bodies& bodies) {
  for (BodyId id : bodies.ids()) {
    for (const BodyCall& call : bodies[id].calls) {
      tables.calls.push_back({bodies[id].function, bodies[call.callee].function, call.call});
    }
  }
  std::ranges::sort(tables.calls, {},
                    [](const CallEdge& edge) { return std::tuple(edge.caller, edge.call, edge.callee); });
}

}  // namespace

void link_effects(ProjectTables& tables, Values& values, Calls& calls) {
  Bodies bodies(tables, values, calls);
  bodies.read_from(all_roots(tables));
  const Restoration restoration(tables, values, calls, bodies);
  const std::vector<std::vector<EffectId>> effect_ids = number_effects(tables, bodies, restoration);
  add_call_edges(tables, bodies);

  Explorer explorer(tables, calls, bodies, restoration, effect_ids);
  TestLinker linker(tables, values, bodies, restoration, explorer);
  for (TestId test : tables.tests.ids()) linker.link(test);
  std::ranges::stable_sort(tables.reaches, {}, [](const Reach& reach) { return std::tuple(reach.effect, reach.test); });
}

}  // namespace hasten
