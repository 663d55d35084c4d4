#include "analyzer/effects/explorer.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/carried_effects.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

/// Does the call give `param` a value? A starred argument may.
bool passes(const FileModel& caller, CallId call, const FileModel& in, FunctionId callee, ParamId param) {
  const ExprId expr = caller.calls[call].expr;
  return passes_unpacked(caller, expr) || passed_for(caller, expr, in, callee, param);
}

}  // namespace

Explorer::Explorer(ProjectTables& tables, Calls& calls, const Bodies& bodies, const Restoration& restoration,
                   const std::vector<std::vector<EffectId>>& effect_ids, EffectDetail detail)
    : tables_(tables),
      calls_(calls),
      bodies_(bodies),
      restoration_(restoration),
      effect_ids_(effect_ids),
      is_sure_only_(detail == EffectDetail::sure),
      leads_(bodies, detail),
      lead_references_(leads_.size()),
      known_references_(1),
      visits_(bodies.ids().size()),
      possible_visits_(bodies.ids().size()),
      marks_(tables.effects.size()),
      call_steps_(bodies.ids().size()),
      ends_(tables.effects.size()),
      names_(bodies.ids().size()),
      restores_(bodies.ids().size()) {
  for (const Effect& effect : tables.effects) {
    apis_.push_back(calls.knowledge().find_api(tables.names[effect.api]));
  }
}

const std::vector<RootReach>& Explorer::explore(BodyId root, Phase phase, bool is_possible, MaskSetId around) {
  auto [entry, is_new] = known_.try_emplace({root.index(), static_cast<std::uint8_t>(phase), is_possible, around});
  if (is_new) entry->second = search(root, phase, is_possible, around);
  return entry->second;
}

/// Breadth first, so the first chain to an effect is a shortest one.
std::vector<RootReach> Explorer::search(BodyId root, Phase phase, bool is_possible, MaskSetId around) {
  std::vector<RootReach> reached;
  if (!leads_.leads_somewhere(root) || (is_possible && is_sure_only_)) return reached;
  ++search_;
  elsewhere_.clear();
  possibly_elsewhere_.clear();
  States states = std::move(states_);
  states.assign(1, {.body = root, .inherited = around, .is_possible = is_possible});
  (void)is_first_visit(root, around, around, is_possible);
  for (std::size_t at = 0; at < states.size(); ++at) {
    if (reached.size() >= (is_spent() ? few_effects : max_effects) || (is_spent() && at >= few_states)) break;
    const std::size_t effects = leads_.effects_of(states[at].body);
    for (std::size_t i = 0; i < effects; ++i) add_effect(states, at, i, phase, reached);
    add_callees(states, at, around);
  }
  states_ = std::move(states);
  return reached;
}

void Explorer::add_callees(States& states, std::size_t at, MaskSetId around) {
  const State from = states[at];
  const std::span<const Lead> leads = leads_.of(from.body);
  if (from.depth >= max_chain) return;
  work_ += leads.size();
  for (const Lead& lead : leads) {
    if (states.size() >= max_states) return;
    const MaskSetId active = active_at(from, lead.at);
    if (lead.written && is_replaced(from.body, lead, active)) continue;
    const bool is_possible = from.is_possible || lead.is_possible;
    if (is_first_visit(lead.callee, active, around, is_possible)) {
      states.push_back({lead.callee, active, static_cast<std::uint32_t>(at), lead.call, from.depth + 1,
                        from.is_beside || lead.is_beside, is_possible, from.is_at_end || lead.is_at_end});
    }
  }
}

/// Most of a search goes on under the masks that it began with: those visits cost one comparison. Who comes by a sure
/// way goes on where somebody has been that may not have come there.
bool Explorer::is_first_visit(BodyId body, MaskSetId active, MaskSetId around, bool is_possible) {
  if (active == around) {
    if (is_possible && visits_[body.index()] == search_) return false;
    std::vector<std::uint32_t>& visits = is_possible ? possible_visits_ : visits_;
    return std::exchange(visits[body.index()], search_) != search_;
  }
  const std::uint64_t visit = std::uint64_t{body.index()} << 32 | active;
  if (is_possible && elsewhere_.contains(visit)) return false;
  return (is_possible ? possibly_elsewhere_ : elsewhere_).insert(visit).second;
}

MaskSetId Explorer::active_at(const State& state, std::uint32_t at) {
  if (!leads_.has_masks(state.body)) return state.inherited;
  const std::vector<Mask>& masks = bodies_[state.body].masks;
  work_ += 10 * (masks.size() + sets_[state.inherited].size());  // making a set costs more than following a call
  return sets_.with(state.inherited, masks, at);
}

bool Explorer::is_replaced(BodyId caller, const Lead& lead, MaskSetId active) {
  if (!sets_.has_references(active)) return false;
  const References& references = references_of(caller, lead);
  return std::ranges::any_of(sets_[active], [&](const Mask& mask) {
    return !is_of_anything_outside(mask, tables_.names) && neutralises(mask, references, tables_.names);
  });
}

const References& Explorer::references_of(BodyId caller, const Lead& lead) {
  std::uint32_t& position = lead_references_[leads_.position(lead)];
  if (position == 0) {
    position = static_cast<std::uint32_t>(known_references_.size());
    const Body& body = bodies_[caller];
    const FileId file = body.function.file;
    const bool is_chosen = body.calls[lead.call].is_chosen;
    known_references_.push_back(is_chosen ? calls_.references_on(body.receiver, file, lead.written)
                                          : references_of(file, lead.written));
  }
  return known_references_[position];
}

const References& Explorer::references_of(FileId file, CallId call) {
  auto [entry, is_new] = references_.try_emplace(CallRef{file, call});
  if (is_new) entry->second = calls_.references(file, call);
  return entry->second;
}

void Explorer::add_effect(const States& states, std::size_t at, std::size_t position, Phase phase,
                          std::vector<RootReach>& reached) {
  const BodyId body = states[at].body;
  const DirectEffect& direct = bodies_[body].effects[position];
  if (direct.is_touch_only || (direct.is_possible && is_sure_only_)) return;
  if (!keeps_defaults(states, at, direct)) return;
  if (direct.is_open && is_settled(states, at, direct.call)) return;
  if (states[at].is_beside && direct.row.kind == EffectKind::sleep) return;  // keeps nobody waiting
  const EffectId id = effect_ids_[body.index()][position];
  work_ += 8 + 4 * std::size_t{states[at].depth};  // the chain is gone through and kept
  const MaskedBy mask = mask_of(states, at, position, id);
  Mark& mark = marks_[id.index()];
  const bool is_new = mark.search != search_;
  // A chain that nothing masks outweighs one that is masked, and a sure one one that is not.
  const bool is_possible = states[at].is_possible || direct.is_possible;
  if (!is_new) {
    const auto rank = [](NameId masked_by, bool is_unsure) { return (masked_by ? 2 : 0) + (is_unsure ? 1 : 0); };
    const RootReach& before = reached[mark.row];
    if (rank(before.mask.by, tables_.paths[before.path].is_possible) <= rank(mask.by, is_possible)) return;
  }
  const PathId path = add_path(states, at, direct, id, phase);
  tables_.paths[path].is_possible = is_possible;
  const RootReach row{id, path, mask};
  if (is_new) {
    mark = {search_, static_cast<std::uint32_t>(reached.size())};
    reached.push_back(row);
  } else {
    reached[mark.row] = row;
  }
}

/// A call on the way says what the API touches, which then is an effect of its own.
bool Explorer::is_settled(const States& states, std::size_t at, CallId api) const {
  std::vector<CallRef> through = {{bodies_[states[at].body].function.file, api}};
  while (states[at].parent != at && through.size() <= max_hops) {
    const std::uint32_t position = states[at].call;
    at = states[at].parent;
    const Body& caller = bodies_[states[at].body];
    const CallId call = caller.calls[position].call;
    if (!call) return false;
    if (std::ranges::any_of(caller.settled, [&](const Settled& settled) {
          return settled.call == call && settled.through == through;
        })) {
      return true;
    }
    through.insert(through.begin(), CallRef{caller.function.file, call});
  }
  return false;
}

/// An effect that depends on defaults happens only where the call leaves them alone.
bool Explorer::keeps_defaults(const States& states, std::size_t at, const DirectEffect& effect) const {
  if (effect.assumed.empty()) return true;
  const State& state = states[at];
  if (state.parent == at) return false;  // pytest passes no path
  const Body& caller = bodies_[states[state.parent].body];
  const BodyCall& call = caller.calls[state.call];
  const FunctionRef callee = bodies_[state.body].function;
  if (!call.call) return false;
  // What a thread is started with stands in no argument of its own.
  const std::vector<FunctionRef>& called = calls_.callee(caller.function.file, call.call).functions;
  if (!call.is_chosen && std::ranges::find(called, callee) == called.end()) return false;
  return std::ranges::none_of(effect.assumed, [&](ParamId param) {
    return passes(tables_.files[caller.function.file].model, call.call, tables_.files[callee.file].model, callee.id,
                  param);
  });
}

/// What keeps the effect from happening or from lasting on this chain; none when nothing does.
MaskedBy Explorer::mask_of(const States& states, std::size_t at, std::size_t position, EffectId id) {
  const Body& body = bodies_[states[at].body];
  const DirectEffect& direct = body.effects[position];
  const Effect& effect = tables_.effects[id];
  const Api* api = apis_[id.index()];
  MaskSetId active = active_at(states[at], direct.at());
  if (const NameId by = replaced_on_the_way(direct, body.function.file, active)) return {by};
  const CallRef call = direct.through.empty() ? CallRef{body.function.file, direct.call} : direct.through.back();
  const References* references = call.id && sets_.has_references(active) ? &references_of(call.file, call.id) : nullptr;
  for (const Mask& mask : sets_[active]) {
    // A patch does not keep its target from being assigned, nor patch.dict the environment from being changed: they put
    // the old value back.
    if (neutralises(mask, effect, api, tables_.names)) {
      const bool is_put_back = effect.kind == EffectKind::global_state || effect.kind == EffectKind::environment;
      return {mask.label, is_put_back, mask.moves_directory || mask.moves_home};
    }
    if (references != nullptr && (neutralises(mask, *references, tables_.names) || carries(api, mask))) {
      return {mask.label};
    }
  }
  if (effect.restored != Restored::no) return {};
  return {restored_on_the_way(states, at, id), true};
}

/// The calls between the one that says what is touched and the API's: what replaces one of them, and the masks that are
/// switched on where the API is called.
NameId Explorer::replaced_on_the_way(const DirectEffect& direct, FileId file, MaskSetId& active) {
  CallRef call{file, direct.call};
  for (const CallRef next : direct.through) {
    if (sets_.has_references(active)) {
      const References& references = references_of(call.file, call.id);
      for (const Mask& mask : sets_[active]) {
        if (neutralises(mask, references, tables_.names)) return mask.label;
      }
    }
    const FileModel& model = tables_.files[next.file].model;
    const Call& row = model.calls[next.id];
    if (const BodyId around = bodies_.find({next.file, model.function_of(row.block)})) {
      const std::vector<Mask>& masks = bodies_[around].masks;
      if (!masks.empty()) active = sets_.with(active, masks, model.exprs[row.expr].range.begin);
    }
    call = next;
  }
  return {};
}

/// `requests.get` goes through `requests.Session.request`: replacing that replaces this.
bool Explorer::carries(const Api* api, const Mask& mask) const {
  return api != nullptr && mask.reference &&
         std::ranges::find(api->uses, tables_.names[mask.reference]) != api->uses.end();
}

NameId Explorer::restored_on_the_way(const States& states, std::size_t at, EffectId id) {
  while (states[at].parent != at) {
    const std::uint32_t call = states[at].call;
    at = states[at].parent;
    if (takes_back(states[at].body, call, id)) {
      return tables_.names.intern(fmt::format("restored by {}", name_of(states[at].body)));
    }
  }
  return {};
}

bool Explorer::takes_back(BodyId body, std::uint32_t call, EffectId id) {
  Restores& restores = restores_[body.index()];
  if (restores == Restores::not_asked) {
    restores = restoration_.may_take_back(body) ? Restores::sometimes : Restores::never;
  }
  if (restores == Restores::never) return false;
  const auto [entry, is_new] = taken_back_[body].try_emplace(std::uint64_t{call} << 32 | id.index());
  const BodyCall& row = bodies_[body].calls[call];
  if (is_new) entry->second = restoration_.takes_back(body, row.at, row.block, tables_.effects[id]);
  return entry->second;
}

PathId Explorer::add_path(const States& states, std::size_t at, const DirectEffect& direct, EffectId id, Phase phase) {
  const std::vector<StepId>& end = end_of_path(states[at].body, direct, id);
  const std::size_t depth = states[at].depth;
  Path path{id, bodies_[states[0].body].function};
  path.first = static_cast<std::uint32_t>(tables_.path_steps.size());
  path.length = static_cast<std::uint16_t>(depth + end.size());
  path.phase = phase;
  tables_.path_steps.resize(path.first + depth);
  tables_.path_steps.insert(tables_.path_steps.end(), end.begin(), end.end());
  std::uint32_t first = direct.at();
  const bool is_at_end = direct.is_at_end || states[at].is_at_end;
  for (std::size_t step = depth; step-- > 0;) {
    const std::uint32_t call = states[at].call;
    at = states[at].parent;
    first = bodies_[states[at].body].calls[call].at;
    tables_.path_steps[path.first + step] = step_of(states[at].body, call);
  }
  const bool is_behind_yield = phase == Phase::setup && first > bodies_[states[0].body].first_yield;
  if (is_at_end || is_behind_yield) path.phase = Phase::teardown;
  return tables_.paths.add(path);
}

/// The call that leads on.
StepId Explorer::step_of(BodyId body, std::uint32_t position) {
  std::vector<StepId>& steps = call_steps_[body.index()];
  if (steps.empty()) steps.resize(bodies_[body].calls.size());
  if (!steps[position]) {
    const BodyCall& call = bodies_[body].calls[position];
    steps[position] =
        tables_.steps.add({place_of(bodies_[body].function.file, call), name_id(body), name_id(call.callee)});
  }
  return steps[position];
}

/// Where the body says what the API touches, and the calls from there to the API's.
const std::vector<StepId>& Explorer::end_of_path(BodyId body, const DirectEffect& direct, EffectId id) {
  std::vector<StepId>& steps = ends_[id.index()];
  if (!steps.empty()) return steps;
  const Effect& effect = tables_.effects[id];
  Step step{direct.through.empty() ? effect.place : effect.told, name_id(body), {}};
  for (const CallRef call : direct.through) {
    const FileModel& model = tables_.files[call.file].model;
    const NameId in = name_id(bodies_.find({call.file, model.function_of(model.calls[call.id].block)}));
    step.calls = in;
    steps.push_back(tables_.steps.add(step));
    step = {callee_place(call), in, {}};
  }
  step.calls = effect.api;
  steps.push_back(tables_.steps.add(step));
  return steps;
}

Place Explorer::place_of(FileId file, const BodyCall& call) const {
  if (call.call) return callee_place({file, call.call});
  return {file, {call.at, std::max(call.end, call.at + 1)}};
}

Place Explorer::callee_place(CallRef call) const {
  const FileModel& model = tables_.files[call.file].model;
  return {call.file, model.exprs[model.first_child(model.calls[call.id].expr)].range};
}

std::string_view Explorer::name_of(BodyId body) const {
  const FunctionRef function = bodies_[body].function;
  const FileModel& model = tables_.files[function.file].model;
  return model.word(model.functions[function.id].name);
}

/// `Api.push` for methods.
NameId Explorer::name_id(BodyId body) {
  NameId& name = names_[body.index()];
  if (name) return name;
  const FunctionRef function = bodies_[body].function;
  const FileModel& model = tables_.files[function.file].model;
  const ClassId class_ = model.functions[function.id].class_;
  name = class_ ? tables_.names.intern(fmt::format("{}.{}", model.word(model.classes[class_].name), name_of(body)))
                : tables_.names.intern(name_of(body));
  return name;
}

}  // namespace hasten
