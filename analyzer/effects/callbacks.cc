#include "analyzer/effects/callbacks.h"

#include <algorithm>
#include <string_view>

#include "analyzer/values/decorators.h"

namespace hasten {
namespace {

ParamId param_named(const FileModel& model, FunctionId function, std::string_view name) {
  for (const ParamId param : model.functions[function].params) {
    if (model.word(model.params[param].name) == name) return param;
  }
  return {};
}

bool is_method(const FileModel& model, FunctionId function) {
  const Function& row = model.functions[function];
  return row.class_ && !has_decorator(model, row, "staticmethod");
}

}  // namespace

std::vector<FunctionRef> Callbacks::passed_by(FileId file, const Call& call, const Callee& callee) {
  std::vector<FunctionRef> functions;
  const FileModel& model = tables_.files[file].model;
  for (const FunctionRef function : callee.functions) {
    const FileModel& in = tables_.files[function.file].model;
    for (const Called& called : called_in(function)) {
      ExprId argument = model.keyword(call.expr, in.word(in.params[called.param].name));
      const std::uint32_t position = called.param.index() - in.functions[function.id].params.first;
      const std::uint32_t skipped = is_method(in, function.id) ? 1 : 0;
      if (!argument && position >= skipped) argument = model.positional(call.expr, position - skipped);
      if (!argument) continue;
      if (!called.is_each) {
        add(file, call.block, argument, functions);
        continue;
      }
      const ExprKind kind = model.exprs[argument].kind;
      if (kind != ExprKind::tuple && kind != ExprKind::list) continue;
      for (ExprId at = model.first_child(argument); at; at = model.next(at)) add(file, call.block, at, functions);
    }
  }
  return functions;
}

const std::vector<Callbacks::Called>& Callbacks::called_in(FunctionRef function) {
  const auto [entry, is_new] = called_.try_emplace(function);
  std::vector<Called>& called = entry->second;
  const FileModel& model = tables_.files[function.file].model;
  if (!is_new || model.functions[function.id].params.empty()) return called;
  for (const CallId id : calls_.of(function)) {
    const ExprId callee = model.first_child(model.calls[id].expr);
    if (model.exprs[callee].kind != ExprKind::name) continue;
    if (const ParamId param = param_named(model, function.id, model.word(callee))) {
      called.push_back({param, false});
      continue;
    }
    for (const Binding& binding : values_.bindings().locals(function.file, function.id, model.word(callee))) {
      if (binding.kind != Binding::Kind::element || binding.position != 0) continue;
      if (model.exprs[binding.value].kind != ExprKind::name) continue;
      const ParamId each = param_named(model, function.id, model.word(binding.value));
      if (each) called.push_back({each, true});
    }
  }
  return called;
}

void Callbacks::add(FileId file, BlockId block, ExprId argument, std::vector<FunctionRef>& functions) {
  const ExprKind kind = tables_.files[file].model.exprs[argument].kind;
  if (kind != ExprKind::name && kind != ExprKind::attribute) return;
  const Value value = values_.evaluate(file, block, argument);
  if (value.kind != Value::Kind::function) return;
  if (std::ranges::find(functions, value.function_ref()) == functions.end()) functions.push_back(value.function_ref());
}

}  // namespace hasten
