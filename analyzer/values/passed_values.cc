#include "analyzer/values/passed_values.h"

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
  const Function& row = in.functions[function.id];
  const Param& param = in.params[id];
  if (param.kind == ParamKind::var_positional || param.kind == ParamKind::var_keyword) return passed;
  const std::span<const CallRef> callers = callers_by_name(function);
  passed.is_sure = callers.size() < CodeIndex::max_rows;
  for (const CallRef caller : callers) {
    const FileModel& from = tables_.files[caller.file].model;
    const Call& call = from.calls[caller.id];
    const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
    passed.is_sure &= callee.known();  // what is not known may lead here
    if (!leads_to(callee, function)) continue;
    if (const ExprId argument = passed_for(from, call.expr, in, function.id, id)) {
      add(caller.file, call.block, argument, passed);
    } else if (param.default_value) {
      add(function.file, in.statements[row.statement].block, param.default_value, passed);
    } else {
      passed.is_sure = false;
    }
  }
  for (const GivenValue& given : parametrized_values(tables_, values_.names(), function, id)) {
    add(given.file, given.block, given.expr, passed);
  }
  return passed;
}

std::vector<PassedValues::Argument> PassedValues::under_key(FunctionRef function, std::string_view key) {
  Passed passed;
  for (const CallRef caller : callers_by_name(function)) {
    const FileModel& from = tables_.files[caller.file].model;
    const Call& call = from.calls[caller.id];
    const ExprId argument = from.keyword(call.expr, key);
    if (!argument) continue;
    const Value callee = values_.evaluate(caller.file, call.block, from.first_child(call.expr));
    if (leads_to(callee, function)) add(caller.file, call.block, argument, passed);
  }
  return std::move(passed.arguments);
}

std::span<const CallRef> PassedValues::callers_by_name(FunctionRef function) {
  const FileModel& in = tables_.files[function.file].model;
  const Function& row = in.functions[function.id];
  const std::string_view name = in.word(row.name);
  return index_.calls_of(name == "__init__" && row.class_ ? in.word(in.classes[row.class_].name) : name);
}

void PassedValues::add(FileId file, BlockId block, ExprId expr, Passed& passed) {
  passed.arguments.push_back({file, block, expr, values_.evaluate(file, block, expr)});
}

bool PassedValues::leads_to(const Value& callee, FunctionRef function) const {
  if (callee.kind == Value::Kind::function) return callee.function_ref() == function;
  return callee.kind == Value::Kind::class_ && values_.names().method(callee.class_ref(), "__init__") == function;
}

}  // namespace hasten
