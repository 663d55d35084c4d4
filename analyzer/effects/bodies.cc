#include "analyzer/effects/bodies.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/effects/carried_effects.h"
#include "analyzer/effects/mask_extents.h"
#include "analyzer/effects/stand_ins.h"
#include "analyzer/effects/state_reads.h"
#include "analyzer/effects/tasks.h"
#include "analyzer/effects/wrappers.h"
#include "analyzer/graph/components.h"
#include "analyzer/model/nesting.h"
#include "analyzer/values/decorators.h"

namespace hasten {
namespace {

/// Lasting masks are few; a function that collects more than this is a list of all mocks of the suite.
constexpr std::size_t max_masks = 64;
/// Effects of one function that are looked at: which of them undo others is asked for each pair.
constexpr std::size_t max_effects = 1000;

std::uint32_t first_yield_of(const FileModel& model, FunctionId function) {
  if (!model.functions[function].has_yield) return Body::no_yield;
  for (StatementId id : model.blocks[model.functions[function].body].statements) {
    const Statement& statement = model.statements[id];
    if (model.function_of(id) != function || !statement.value) continue;
    const auto kind = model.exprs[statement.value].kind;
    if (kind == ExprKind::yield_ || kind == ExprKind::yield_from) return statement.range.begin;
  }
  return Body::no_yield;
}

/// `@lru_cache`, `@cache`: what it does happens once in a process, whoever comes first.
bool runs_once(const FileModel& model, FunctionId id) {
  const Function& function = model.functions[id];
  return has_decorator(model, function, "lru_cache") || has_decorator(model, function, "cache");
}

}  // namespace

void Bodies::read_from(const std::vector<Running>& roots) {
  for (const auto& [function, receiver] : roots) (void)body_of(function, receiver);
  read_waves();
  add_carried_effects(bodies_, tables_, values_, calls_, receivers_, detail_);
  if (detail_ == EffectDetail::all) add_state_reads(bodies_, tables_, values_, calls_);
  summarise();
}

/// Those that are known, then those that they have led to, and so on; of each wave file by file, so that the rows of
/// one lie at hand.
void Bodies::read_waves() {
  std::vector<BodyId> wave;
  for (std::size_t known = 0; known < bodies_.size();) {
    wave.clear();
    for (; known < bodies_.size(); ++known) wave.push_back(BodyId(known));
    std::ranges::sort(wave, {}, [&](BodyId id) { return std::pair(bodies_[id].function, id); });
    for (const BodyId id : wave) read(id);
  }
}

BodyId Bodies::find(FunctionRef function) const {
  const BodyId* id = ids_.find(function);
  if (id != nullptr && *id) return *id;
  const auto others = on_others_.find(function);
  return others == on_others_.end() ? BodyId() : others->second.front();
}

BodyId Bodies::find(FunctionRef function, ClassRef receiver) {
  const auto others = on_others_.find(function);
  if (others == on_others_.end() || !receivers_.relevant(function, receiver)) return find(function);
  const auto found = std::ranges::find(others->second, receiver, [&](BodyId id) { return bodies_[id].receiver; });
  return found == others->second.end() ? find(function) : *found;
}

bool Bodies::has_several(FunctionRef function) const { return on_others_.contains(function); }

BodyId Bodies::body_of(FunctionRef function, ClassRef receiver) {
  receiver = receivers_.relevant(function, receiver);
  if (!receiver) {
    BodyId& id = ids_[function];
    if (!id) id = add(function, {});
    return id;
  }
  std::vector<BodyId>& others = on_others_[function];
  const auto found = std::ranges::find(others, receiver, [&](BodyId id) { return bodies_[id].receiver; });
  if (found != others.end()) return *found;
  if (others.size() >= max_receivers) return body_of(function);
  const BodyId id = add(function, receiver);
  if (id) others.push_back(id);
  if (others.empty()) on_others_.erase(function);
  return id;
}

/// None when there are too many.
BodyId Bodies::add(FunctionRef function, ClassRef receiver) {
  if (bodies_.size() >= max_bodies) return {};
  Body body;
  body.function = function;
  body.receiver = receiver;
  return bodies_.add(std::move(body));
}

void Bodies::read(BodyId id) {
  const FunctionRef function = bodies_[id].function;
  const ClassRef receiver = bodies_[id].receiver;
  const FileModel& model = tables_.files[function.file].model;
  std::vector<DirectEffect> effects =
      direct_effects({function, receiver}, tables_, values_, calls_, receivers_, detail_);
  if (effects.size() > max_effects) effects.erase(effects.begin() + max_effects, effects.end());
  for (const DirectEffect& effect : effects) bodies_[id].own.add(effect.row.kind);
  bodies_[id].effects = std::move(effects);
  bodies_[id].first_yield = first_yield_of(model, function.id);

  for (CallId call : calls_.of(function)) {
    const Call& row = model.calls[call];
    const Callee& callee = receivers_.callee(function, call, receiver);
    const auto chosen = receiver ? receivers_.chosen(function, call, receiver) : std::nullopt;
    const auto add = [&](FunctionRef called, ClassRef on, bool is_beside, bool is_at_end) {
      const FileModel& in = tables_.files[called.file].model;
      if (runs_once(in, called.id)) return;
      is_beside |= in.functions[called.id].is_async && is_left_to_a_task(model, call);
      is_beside |= calls_.is_in_lambda_beside(function.file, call);
      if (BodyId body = body_of(called, on)) {
        const bool is_possible =
            (callee.is_possible != 0 && !chosen) || is_in_stand_in(function.file, call, tables_, calls_);
        BodyCall added{model.exprs[row.expr].range.begin, call, row.block, body};
        added.is_beside = is_beside;
        added.is_possible = is_possible;
        added.is_at_end = is_at_end;
        added.is_chosen = chosen.has_value();
        const Statement& statement = model.statements[row.statement];
        const bool is_item = statement.kind == StatementKind::with_item && statement.value == row.expr;
        if (is_item) added.entered_by = row.statement;
        bodies_[id].calls.push_back(added);
      }
    };
    for (const FunctionRef called : chosen ? *chosen : callee.functions) {
      const bool is_on_any = receivers_.is_on_no_object(called);
      add(called, is_on_any ? ClassRef() : receivers_.passed(function, call, receiver), false, false);
    }
    for (const auto& [callback, is_beside, is_at_end] : callbacks_.passed_by(function.file, call)) {
      add(callback, {}, is_beside, is_at_end);
    }
  }
  read_with_items(id);
  read_implicit_calls(id);
  read_decorators(id);
  std::ranges::stable_sort(bodies_[id].calls, {}, &BodyCall::at);
  bodies_[id].masks = masks_of(function, tables_, values_, calls_);
  end_moves(bodies_[id]);
}

/// `os.chdir(folder)` and, in a `finally` or further down, `os.chdir(before)`: nobody is elsewhere after that, and
/// going back is no move. What comes back behind a yield does so when the caller is done.
void Bodies::end_moves(Body& body) const {
  const FileModel& model = tables_.files[body.function.file].model;
  // A touch is one that goes back to what getcwd() gave.
  const auto comes_back = [&](const DirectEffect& effect) {
    return effect.row.kind == EffectKind::working_directory &&
           (effect.is_touch_only || is_in_finally(model, effect.block));
  };
  std::erase_if(body.masks, [&](const Mask& mask) {
    return mask.moves_directory && std::ranges::any_of(body.effects, [&](const DirectEffect& effect) {
             return comes_back(effect) && effect.at() == mask.extent.begin;
           });
  });
  for (Mask& mask : body.masks) {
    if (!mask.moves_directory || !mask.lasts) continue;
    const auto back = std::ranges::find_if(body.effects, [&](const DirectEffect& effect) {
      return comes_back(effect) && effect.at() > mask.extent.begin;
    });
    if (back == body.effects.end() || back->at() > body.first_yield) continue;
    mask.extent.end = back->at();
    mask.lasts = 0;
  }
}

/// `with Server() as s` runs __enter__ and __exit__ of a class of the project.
void Bodies::read_with_items(BodyId id) {
  const FunctionRef function = bodies_[id].function;
  const FileModel& model = tables_.files[function.file].model;
  for (StatementId statement_id : model.blocks[model.functions[function.id].body].statements) {
    const Statement& statement = model.statements[statement_id];
    if (statement.kind != StatementKind::with_item || model.function_of(statement_id) != function.id) continue;
    const auto [managers, is_sure] = calls_.managers(function.file, statement.block, statement.value);
    for (const Value& manager : managers) {
      for (std::string_view hook : {"__enter__", "__aenter__", "__exit__", "__aexit__"}) {
        const FunctionRef method = values_.names().method(manager.class_ref(), hook);
        const BodyId body = method ? body_of(method, manager.class_ref()) : BodyId();
        if (!body) continue;
        BodyCall call{model.exprs[statement.value].range.begin, {}, statement.block, body};
        call.is_possible = !is_sure;
        call.entered_by = statement_id;
        bodies_[id].calls.push_back(call);
      }
    }
  }
}

void Bodies::read_implicit_calls(BodyId id) {
  const FunctionRef function = bodies_[id].function;
  const auto add = [&](const ImplicitCall& row) {
    const BodyId body = body_of(row.function);
    if (!body) return;
    BodyCall call{row.place.begin, {}, row.block, body};
    call.end = row.place.end;
    call.is_possible = row.is_possible;
    bodies_[id].calls.push_back(call);
  };
  for (const ImplicitCall& row : implicit_calls_.in(function)) add(row);
  for (const ImplicitCall& row : wrappers_of(function, tables_, values_, calls_)) add(row);
  for (const ImplicitCall& row : stand_ins_of(function, tables_, values_, calls_)) add(row);
}

/// `@registry.add` on a function that stands in this one is called whenever this one is.
void Bodies::read_decorators(BodyId id) {
  const FunctionRef function = bodies_[id].function;
  const FileModel& model = tables_.files[function.file].model;
  for (StatementId statement_id : model.blocks[model.functions[function.id].body].statements) {
    const Statement& statement = model.statements[statement_id];
    if (statement.kind != StatementKind::function || model.function_of(statement_id) != function.id) continue;
    for (DecoratorId decorator : model.functions[statement.function()].decorators) {
      const ExprId expr = model.decorators[decorator].expr;
      if (model.exprs[expr].kind == ExprKind::call) continue;  // a call like any other
      const Value value = values_.evaluate(function.file, statement.block, expr);
      const BodyId body = value.kind == Value::Kind::function ? body_of(value.function_ref()) : BodyId();
      if (body) bodies_[id].calls.push_back({model.exprs[expr].range.begin, {}, statement.block, body});
    }
  }
}

/// Bottom-up over the strongly connected components: linear in functions and calls.
void Bodies::summarise() {
  std::vector<Adjacency::Edge> edges;
  for (BodyId id : bodies_.ids()) {
    for (const BodyCall& call : bodies_[id].calls) edges.push_back({id.index(), call.callee.index()});
  }
  const Components components = strong_components(Adjacency(bodies_.size(), edges));
  std::vector<std::vector<BodyId>> members(components.count);
  for (BodyId id : bodies_.ids()) members[components.of[id.index()]].push_back(id);

  // Components come callees first, so below() of every callee outside the component is final.
  for (const std::vector<BodyId>& component : members) {
    EffectSet below;
    for (BodyId id : component) {
      below.add(bodies_[id].own);
      for (const BodyCall& call : bodies_[id].calls) below.add(bodies_[call.callee].below);
    }
    for (BodyId id : component) bodies_[id].below = below;
    for (BodyId id : component) inherit_masks(bodies_[id]);
  }
}

/// What a callee switches on lasts to the end of the caller, or of the `with` that the callee is entered by.
void Bodies::inherit_masks(Body& body) {
  const FileModel& model = tables_.files[body.function.file].model;
  for (const BodyCall& call : body.calls) {
    if (&bodies_[call.callee] == &body) continue;
    for (const Mask& mask : bodies_[call.callee].masks) {
      if (!mask.lasts || body.masks.size() >= max_masks) continue;
      Mask inherited = mask;
      inherited.extent = {call.at, model.functions[body.function.id].range.end};
      if (call.entered_by) {
        const auto [block, lasts] = with_extent(model, call.entered_by);
        if (!block.empty()) inherited.extent = block;
        if (!block.empty()) inherited.lasts = lasts ? 1 : 0;
      }
      body.masks.push_back(inherited);
    }
  }
}

}  // namespace hasten
