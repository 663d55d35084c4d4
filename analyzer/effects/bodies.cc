#include "analyzer/effects/bodies.h"

#include <algorithm>
#include <string_view>

#include "analyzer/effects/carried_effects.h"
#include "analyzer/effects/stand_ins.h"
#include "analyzer/effects/state_reads.h"
#include "analyzer/effects/tasks.h"
#include "analyzer/effects/wrappers.h"
#include "analyzer/graph/components.h"
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

void Bodies::read_from(const std::vector<FunctionRef>& roots) {
  for (FunctionRef root : roots) (void)body_of(root);
  for (std::size_t next = 0; next < bodies_.size(); ++next) read(BodyId(next));
  add_carried_effects(bodies_, tables_, values_, calls_, detail_);
  if (detail_ == EffectDetail::all) add_state_reads(bodies_, tables_, values_, calls_);
  summarise();
}

BodyId Bodies::find(FunctionRef function) const {
  const BodyId* id = ids_.find(function);
  return id == nullptr ? BodyId() : *id;
}

BodyId Bodies::body_of(FunctionRef function) {
  BodyId& id = ids_[function];
  if (id || bodies_.size() >= max_bodies) return id;
  Body body;
  body.function = function;
  id = bodies_.add(std::move(body));
  return id;
}

void Bodies::read(BodyId id) {
  const FunctionRef function = bodies_[id].function;
  const FileModel& model = tables_.files[function.file].model;
  std::vector<DirectEffect> effects = direct_effects(function, tables_, values_, calls_, detail_);
  if (effects.size() > max_effects) effects.erase(effects.begin() + max_effects, effects.end());
  for (const DirectEffect& effect : effects) bodies_[id].own.add(effect.row.kind);
  bodies_[id].effects = std::move(effects);
  bodies_[id].first_yield = first_yield_of(model, function.id);

  for (CallId call : calls_.of(function)) {
    const Call& row = model.calls[call];
    const Callee& callee = calls_.callee(function.file, call);
    const auto add = [&](FunctionRef called, bool is_beside, bool is_at_end) {
      const FileModel& in = tables_.files[called.file].model;
      if (runs_once(in, called.id)) return;
      is_beside |= in.functions[called.id].is_async && is_left_to_a_task(model, call);
      is_beside |= calls_.is_in_lambda_beside(function.file, call);
      if (BodyId body = body_of(called)) {
        const bool is_possible = callee.is_possible != 0 || is_in_stand_in(function.file, call, tables_, calls_);
        bodies_[id].calls.push_back(
            {model.exprs[row.expr].range.begin, call, row.block, body, is_beside, is_possible, is_at_end});
      }
    };
    for (const FunctionRef called : callee.functions) add(called, false, false);
    for (const auto& [passed, is_beside, is_at_end] : callbacks_.passed_by(function.file, call)) {
      add(passed, is_beside, is_at_end);
    }
  }
  read_with_items(id);
  read_implicit_calls(id);
  read_decorators(id);
  std::ranges::stable_sort(bodies_[id].calls, {}, &BodyCall::at);
  bodies_[id].masks = masks_of(function, tables_, values_, calls_);
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
        const BodyId body = method ? body_of(method) : BodyId();
        if (!body) continue;
        BodyCall call{model.exprs[statement.value].range.begin, {}, statement.block, body};
        call.is_possible = !is_sure;
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
  for (const ImplicitCall& row : wrappers_of(function, tables_, values_)) add(row);
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
    for (BodyId id : component) {
      Body& body = bodies_[id];
      const TextRange whole = tables_.files[body.function.file].model.functions[body.function.id].range;
      for (const BodyCall& call : body.calls) {
        for (const Mask& mask : bodies_[call.callee].masks) {
          if (!mask.lasts || body.masks.size() >= max_masks || call.callee == id) continue;
          Mask inherited = mask;
          inherited.extent = {call.at, whole.end};
          body.masks.push_back(inherited);
        }
      }
    }
  }
}

}  // namespace hasten
