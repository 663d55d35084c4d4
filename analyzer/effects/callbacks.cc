#include "analyzer/effects/callbacks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/effects/tasks.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

/// The parameter that the expression names, as in `run(callback)`.
ParamId param_of(const FileModel& model, FunctionId function, ExprId expr) {
  if (!expr || model.exprs[expr].kind != ExprKind::name) return {};
  const WordId name = model.exprs[expr].word();
  for (const ParamId param : model.functions[function].params) {
    if (name && model.params[param].name == name) return param;
  }
  return {};
}

bool passes_param(const FileModel& model, FunctionId function, const Call& call) {
  for (ExprId at = model.next(model.first_child(call.expr)); at; at = model.next(at)) {
    const ExprKind kind = model.exprs[at].kind;
    const ExprId value = kind == ExprKind::keyword || kind == ExprKind::starred ? model.first_child(at) : at;
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
  if (const CommandGroup group = callee.api ? groups_.invoked(file, call, *callee.api) : CommandGroup()) {
    const Located line{file, call.block, argument_of(model, call.expr, callee.api->key)};
    for (const FunctionRef command : groups_.run_by(group, groups_.words({line}))) passed.push_back({command});
  }
  for (const FunctionRef function : callee.functions) {
    const FileModel& in = tables_.files[function.file].model;
    for (const Called& called : called_in(function)) {
      if (called.group) {
        add_commands(file, call, function, called, passed);
        continue;
      }
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
    add_command_line(function, id, called);
    if (model.exprs[callee].kind != ExprKind::name) continue;
    if (const ParamId param = param_of(model, function.id, callee)) {
      note({param, false, is_left_to_a_task(model, id)}, called);
      continue;
    }
    for (const Binding& binding : values_.bindings().locals(function.file, function.id, model.exprs[callee].word())) {
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
      if (inner.group) {
        hand_on_line(function, call, next, inner, called);
        continue;
      }
      const ExprId argument = passed_for(model, call.expr, in, next.id, inner.param);
      add(argument, inner.is_each, inner.is_beside, inner.is_at_end);
    }
  }
}

/// `def run(*words): return runner.invoke(cli, ["--quiet", *words])`: who calls it says which command runs.
void Callbacks::add_command_line(FunctionRef function, CallId id, std::vector<Called>& called) {
  const FileModel& model = tables_.files[function.file].model;
  const Call& call = model.calls[id];
  const Api* api = calls_.callee(function.file, id).api;
  const CommandGroup group = api ? groups_.invoked(function.file, call, *api) : CommandGroup();
  const ExprId line = group ? argument_of(model, call.expr, api->key) : ExprId();
  if (!line) return;
  for (const ExprId part : model.subtree(line)) {
    if (const ParamId param = param_of(model, function.id, part))
      return note({param, false, false, false, group}, called);
  }
}

/// `def run(*words): return invoke(*words)`
void Callbacks::hand_on_line(FunctionRef function, const Call& call, FunctionRef next, const Called& inner,
                             std::vector<Called>& called) {
  const FileModel& model = tables_.files[function.file].model;
  const FileModel& in = tables_.files[next.file].model;
  const bool is_several = in.params[inner.param].kind == ParamKind::var_positional;
  const ExprId first =
      is_several ? model.next(model.first_child(call.expr)) : passed_for(model, call.expr, in, next.id, inner.param);
  if (!first) return;
  const ExprId value = model.exprs[first].kind == ExprKind::starred ? model.first_child(first) : first;
  if (const ParamId param = param_of(model, function.id, value)) {
    note({param, false, inner.is_beside, inner.is_at_end, inner.group}, called);
  }
}

void Callbacks::add_commands(FileId file, const Call& call, FunctionRef callee, const Called& called,
                             std::vector<Passed>& passed) {
  const FileModel& model = tables_.files[file].model;
  const FileModel& in = tables_.files[callee.file].model;
  std::vector<Located> parts;
  if (in.params[called.param].kind == ParamKind::var_positional) {
    const std::size_t given = takes_receiver(in, callee.id) ? 1 : 0;
    for (std::size_t at = called.param.index() - in.functions[callee.id].params.first - given;; ++at) {
      const ExprId argument = model.positional(call.expr, at);
      if (!argument) break;
      parts.push_back({file, call.block, argument});
    }
  } else {
    parts.push_back({file, call.block, passed_for(model, call.expr, in, callee.id, called.param)});
  }
  for (const FunctionRef command : groups_.run_by(called.group, groups_.words(std::move(parts)))) {
    passed.push_back({command, called.is_beside, called.is_at_end});
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
