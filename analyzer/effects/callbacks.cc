#include "analyzer/effects/callbacks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/effects/tasks.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

ParamId param_named(const FileModel& model, FunctionId function, std::string_view name) {
  for (const ParamId param : model.functions[function].params) {
    if (model.word(model.params[param].name) == name) return param;
  }
  return {};
}

/// The parameter that the expression names, as in `run(callback)`.
ParamId param_of(const FileModel& model, FunctionId function, ExprId expr) {
  if (!expr || model.exprs[expr].kind != ExprKind::name) return {};
  return param_named(model, function, model.word(expr));
}

bool passes_param(const FileModel& model, FunctionId function, const Call& call) {
  for (ExprId at = model.next(model.first_child(call.expr)); at; at = model.next(at)) {
    const ExprId value = model.exprs[at].kind == ExprKind::keyword ? model.first_child(at) : at;
    if (param_of(model, function, value)) return true;
  }
  return false;
}

}  // namespace

std::vector<Callbacks::Passed> Callbacks::passed_by(FileId file, CallId id) {
  std::vector<Passed> passed;
  const FileModel& model = tables_.files[file].model;
  const Call& call = model.calls[id];
  const Callee& callee = calls_.callee(file, id);
  const HandedOver handed = calls_.handed_over(file, id);
  for (const FunctionRef function : handed.callee.functions) {
    passed.push_back({function, handed.is_beside, handed.is_at_end});
  }
  if (const FunctionRef run = thread_body(file, call, callee)) passed.push_back({run, true});
  for (const FunctionRef function : callee.functions) {
    const FileModel& in = tables_.files[function.file].model;
    for (const Called& called : called_in(function)) {
      const ExprId argument = passed_for(model, call.expr, in, function.id, called.param);
      if (!argument) continue;
      if (!called.is_each) {
        add(file, call.block, argument, called, passed);
        continue;
      }
      const ExprKind kind = model.exprs[argument].kind;
      if (kind != ExprKind::tuple && kind != ExprKind::list) continue;
      for (ExprId at = model.first_child(argument); at; at = model.next(at)) {
        add(file, call.block, at, called, passed);
      }
    }
  }
  return passed;
}

const std::vector<Callbacks::Called>& Callbacks::called_in(FunctionRef function) {
  static const std::vector<Called> none;
  const FileModel& model = tables_.files[function.file].model;
  if (model.functions[function.id].params.empty() || depth_ >= max_handing_on) return none;
  Known& known = known_[function];
  if (known.is_asked) return known.called;
  known.is_asked = true;
  std::vector<Called> called;  // a function that leads back to this one looks at `known`
  ++depth_;
  for (const CallId id : calls_.of(function)) {
    const ExprId callee = model.first_child(model.calls[id].expr);
    if (passes_param(model, function.id, model.calls[id])) add_handed_on(function, id, called);
    if (model.exprs[callee].kind != ExprKind::name) continue;
    if (const ParamId param = param_of(model, function.id, callee)) {
      note({param, false, is_left_to_a_task(model, id)}, called);
      continue;
    }
    for (const Binding& binding : values_.bindings().locals(function.file, function.id, model.word(callee))) {
      if (binding.kind != Binding::Kind::element || binding.position != 0) continue;
      if (const ParamId each = param_of(model, function.id, binding.value)) note({each, true, false}, called);
    }
  }
  --depth_;
  known.called = std::move(called);
  return known.called;
}

/// `def start(self, job): self.spawn(job)`.
void Callbacks::add_handed_on(FunctionRef function, CallId id, std::vector<Called>& called) {
  const FileModel& model = tables_.files[function.file].model;
  const Call& call = model.calls[id];
  const auto add = [&](ExprId argument, bool is_each, bool is_beside, bool is_at_end) {
    const ParamId param = param_of(model, function.id, argument);
    if (param) note({param, is_each, is_beside, is_at_end}, called);
  };
  const HandedOver handed = calls_.handed_over(function.file, id);
  add(handed.argument, false, handed.is_beside, handed.is_at_end);
  for (const FunctionRef next : calls_.callee(function.file, id).functions) {
    const FileModel& in = tables_.files[next.file].model;
    for (const Called& inner : called_in(next)) {
      const ExprId argument = passed_for(model, call.expr, in, next.id, inner.param);
      add(argument, inner.is_each, inner.is_beside, inner.is_at_end);
    }
  }
}

/// A parameter counts once, however often the function calls it: a function has few of them.
void Callbacks::note(const Called& param, std::vector<Called>& called) {
  if (std::ranges::find(called, param) == called.end()) called.push_back(param);
}

void Callbacks::add(FileId file, BlockId block, ExprId argument, const Called& called, std::vector<Passed>& passed) {
  const Value value = values_.evaluate(file, block, argument);
  if (value.kind != Value::Kind::function) return;
  if (std::ranges::find(passed, value.function_ref(), &Passed::function) != passed.end()) return;
  passed.push_back({value.function_ref(), called.is_beside, called.is_at_end});
}

/// `worker.start()` of a project's own Thread runs its `run`.
FunctionRef Callbacks::thread_body(FileId file, const Call& call, const Callee& callee) {
  if (!callee.external || tables_.names[callee.external] != "threading.Thread.start") return {};
  const FileModel& model = tables_.files[file].model;
  const ExprId started = model.first_child(call.expr);
  if (model.exprs[started].kind != ExprKind::attribute) return {};
  const Value thread = values_.evaluate(file, call.block, model.first_child(started));
  return thread.kind == Value::Kind::object ? values_.names().method(thread.class_ref(), "run") : FunctionRef();
}

}  // namespace hasten
