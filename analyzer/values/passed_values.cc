#include "analyzer/values/passed_values.h"

#include <algorithm>
#include <utility>

#include "analyzer/values/arguments.h"
#include "analyzer/values/parametrized.h"

namespace hasten {

const PassedValues::Passed& PassedValues::of(FunctionRef function, ParamId param) {
  const auto [entry, is_new] = known_.try_emplace({function.file, param});
  if (is_new) entry->second = find(function, param);
  return entry->second;
}

PassedValues::Passed PassedValues::find(FunctionRef function, ParamId id) {
  Passed passed;
  const FileModel& in = tables_.files[function.file].model;
  const Param& param = in.params[id];
  if (param.kind == ParamKind::var_positional || param.kind == ParamKind::var_keyword) return passed;
  const Callers callers = callers_of(function);
  passed.is_sure = callers.are_all;
  for (const CallRef caller : callers.calls) {
    const FileModel& from = tables_.files[caller.file].model;
    const Call& call = from.calls[caller.id];
    const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
    passed.is_sure &= callee.known();  // what is not known may lead here
    if (leads_to(callee, function)) add_given(caller, function, id, passed);
  }
  for (const CallRef call : index_.calls_passing(name_of(function))) add_handed_over(call, function, id, passed);
  for (const GivenValue& given : parametrized_values(tables_, values_.names(), function, id)) {
    add(given.file, given.block, given.expr, passed);
  }
  return passed;
}

std::vector<PassedValues::Argument> PassedValues::under_key(FunctionRef function, std::string_view key) {
  Passed passed;
  for (const CallRef caller : callers_of(function).calls) {
    const FileModel& from = tables_.files[caller.file].model;
    const Call& call = from.calls[caller.id];
    const ExprId argument = from.keyword(call.expr, key);
    if (!argument) continue;
    const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
    if (leads_to(callee, function)) add(caller.file, call.block, argument, passed);
  }
  return std::move(passed.arguments);
}

PassedValues::Callers PassedValues::callers_of(FunctionRef function) {
  Callers callers;
  add_calls_of(name_of(function), callers);
  const FileModel& in = tables_.files[function.file].model;
  const Function& row = in.functions[function.id];
  if (row.class_ && in.word(row.name) == "__init__") add_inheriting(function, callers);
  return callers;
}

void PassedValues::add_calls_of(std::string_view name, Callers& callers) {
  const std::span<const CallRef> calls = index_.calls_of(name);
  callers.are_all &= calls.size() < CodeIndex::max_rows && callers.calls.size() + calls.size() <= max_callers;
  const std::size_t room = max_callers - std::min(max_callers, callers.calls.size());
  const std::span<const CallRef> taken = calls.first(std::min(calls.size(), room));
  callers.calls.insert(callers.calls.end(), taken.begin(), taken.end());
}

/// `class Slow(Client)`: `Slow(3)` runs Client's constructor, or `super().__init__(3)` in its own does.
void PassedValues::add_inheriting(FunctionRef constructor, Callers& callers) {
  const ClassRef class_{constructor.file, tables_.files[constructor.file].model.functions[constructor.id].class_};
  for (const ClassRef subclass : values_.names().subclasses(class_)) {
    const FileModel& in = tables_.files[subclass.file].model;
    const FunctionRef own = values_.names().method(subclass, "__init__");
    if (own == constructor) add_calls_of(in.word(in.classes[subclass.id].name), callers);
    if (own.file != subclass.file || !own || in.functions[own.id].class_ != subclass.id) continue;
    const TextRange range = in.functions[own.id].range;
    const auto begin_of = [&](const Call& call) { return in.exprs[call.expr].range.begin; };
    for (auto at = std::ranges::lower_bound(in.calls, range.begin, {}, begin_of);
         at != in.calls.end() && begin_of(*at) < range.end && callers.calls.size() < max_callers; ++at) {
      const ExprId callee = in.first_child(at->expr);
      if (in.exprs[callee].kind != ExprKind::attribute || in.word(callee) != "__init__") continue;
      callers.calls.push_back({own.file, CallId(static_cast<std::size_t>(at - in.calls.begin()))});
    }
  }
}

/// By which it is called.
std::string_view PassedValues::name_of(FunctionRef function) const {
  const FileModel& in = tables_.files[function.file].model;
  const Function& row = in.functions[function.id];
  const std::string_view name = in.word(row.name);
  return name == "__init__" && row.class_ ? in.word(in.classes[row.class_].name) : name;
}

/// What the call, which runs the function, gives the parameter.
void PassedValues::add_given(CallRef caller, FunctionRef function, ParamId param, Passed& passed) {
  const FileModel& from = tables_.files[caller.file].model;
  const FileModel& in = tables_.files[function.file].model;
  const Call& call = from.calls[caller.id];
  const ExprId otherwise = in.params[param].default_value;
  if (const ExprId argument = passed_for(from, call.expr, in, function.id, param)) {
    add(caller.file, call.block, argument, passed);
  } else if (otherwise) {
    add(function.file, in.statements[in.functions[function.id].statement].block, otherwise, passed);
  } else {
    passed.is_sure = false;
  }
}

/// `retry(push)`: `push` gets what `retry`, and whoever that passes it on to, calls it with.
void PassedValues::add_handed_over(CallRef caller, FunctionRef function, ParamId param, Passed& passed) {
  const FileModel& from = tables_.files[caller.file].model;
  const Call& call = from.calls[caller.id];
  std::vector<Holder> holders;
  for (ExprId at = from.next(from.first_child(call.expr)); at; at = from.next(at)) {
    const ExprId argument = from.exprs[at].kind == ExprKind::keyword ? from.first_child(at) : at;
    if (from.word(argument) != name_of(function)) continue;
    if (!leads_to(values_.evaluate(caller.file, call.block, argument), function)) continue;
    passed.is_sure = false;  // it may be kept, and called with something else
    if (const ExprId given = passed_by_api(caller, argument, function, param)) {
      add(caller.file, call.block, given, passed);
    } else {
      add_holder(caller, argument, holders);
    }
  }
  for (std::size_t i = 0; i < holders.size() && i < max_holders; ++i) {
    add_from_holder(Holder(holders[i]), function, param, holders, passed);
  }
}

/// `Thread(target=push, args=(client,))`, `asyncio.to_thread(push, client)`.
ExprId PassedValues::passed_by_api(CallRef caller, ExprId argument, FunctionRef function, ParamId param) {
  const FileModel& from = tables_.files[caller.file].model;
  const Call& call = from.calls[caller.id];
  const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
  if (callee.kind != Value::Kind::external) return {};
  const Api* api = values_.names().knowledge().find_api(tables_.names[callee.name]);
  if (api == nullptr || !api->runs.given() || argument_of(from, call.expr, api->runs) != argument) return {};
  const FileModel& in = tables_.files[function.file].model;
  const std::size_t given = takes_receiver(in, function.id) ? 1 : 0;
  const std::size_t position = param.index() - in.functions[function.id].params.first;
  if (position < given) return {};
  if (const ExprId arguments = from.keyword(call.expr, "args")) {
    const ExprKind kind = from.exprs[arguments].kind;
    const bool is_written = kind == ExprKind::tuple || kind == ExprKind::list;
    return is_written ? from.child(arguments, position - given) : ExprId();
  }
  const ArgumentRef& runs = api->runs;
  const bool is_positional = runs.position >= 0 && !(!runs.keyword.empty() && from.keyword(call.expr, runs.keyword));
  const std::size_t behind = static_cast<std::size_t>(runs.position) + 1;
  return is_positional ? from.positional(call.expr, behind + position - given) : ExprId();
}

/// The parameter that the call passes the argument for.
void PassedValues::add_holder(CallRef caller, ExprId argument, std::vector<Holder>& holders) {
  const FileModel& from = tables_.files[caller.file].model;
  const Call& call = from.calls[caller.id];
  const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
  FunctionRef function;
  if (callee.kind == Value::Kind::function) function = callee.function_ref();
  if (callee.kind == Value::Kind::class_) function = values_.names().method(callee.class_ref(), "__init__");
  if (!function) return;
  const FileModel& in = tables_.files[function.file].model;
  for (const ParamId param : in.functions[function.id].params) {
    if (passed_for(from, call.expr, in, function.id, param) != argument) continue;
    const Holder holder{function, param};
    if (std::ranges::find(holders, holder) == holders.end()) holders.push_back(holder);
  }
}

/// Calls of the parameter and calls that pass it on, those in nested functions too.
void PassedValues::add_from_holder(const Holder& holder, FunctionRef function, ParamId param,
                                   std::vector<Holder>& holders, Passed& passed) {
  const FileModel& in = tables_.files[holder.function.file].model;
  const TextRange range = in.functions[holder.function.id].range;
  const auto begin_of = [&](const Call& call) { return in.exprs[call.expr].range.begin; };
  const auto is_holder = [&](const Call& call, ExprId expr) {
    if (in.exprs[expr].kind != ExprKind::name || in.word(expr) != in.word(in.params[holder.param].name)) return false;
    const Denotation named = values_.names().denote(holder.function.file, call.block, expr);
    return named.kind == Denotation::Kind::parameter && named.param == holder.param;
  };
  const auto first = std::ranges::lower_bound(in.calls, range.begin, {}, begin_of);
  for (auto at = first; at != in.calls.end() && begin_of(*at) < range.end; ++at) {
    const CallRef call{holder.function.file, CallId(static_cast<std::size_t>(at - in.calls.begin()))};
    const ExprId callee = in.first_child(at->expr);
    if (is_holder(*at, callee)) add_given(call, function, param, passed);
    for (ExprId argument = in.next(callee); argument; argument = in.next(argument)) {
      const ExprId value = in.exprs[argument].kind == ExprKind::keyword ? in.first_child(argument) : argument;
      if (is_holder(*at, value)) add_holder(call, value, holders);
    }
  }
}

void PassedValues::add(FileId file, BlockId block, ExprId expr, Passed& passed) {
  passed.arguments.push_back({file, block, expr, values_.evaluate(file, block, expr)});
}

bool PassedValues::leads_to(const Value& callee, FunctionRef function) const {
  if (callee.kind == Value::Kind::function) return callee.function_ref() == function;
  return callee.kind == Value::Kind::class_ && values_.names().method(callee.class_ref(), "__init__") == function;
}

}  // namespace hasten
