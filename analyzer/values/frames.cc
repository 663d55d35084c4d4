// Values of expressions that depend on what callers pass, or on whose object a method runs.

#include <algorithm>
#include <span>
#include <utility>

#include "analyzer/values/arguments.h"
#include "analyzer/values/values.h"

namespace hasten {
namespace {

/// `x` of `x.part.make().part`; none when it is no name.
ExprId root_of(const FileModel& model, ExprId expr) {
  while (expr && (model.exprs[expr].kind == ExprKind::attribute || model.exprs[expr].kind == ExprKind::call)) {
    expr = model.first_child(expr);
  }
  return expr && model.exprs[expr].kind == ExprKind::name ? expr : ExprId();
}

}  // namespace

Value Values::evaluate_in(Frame& frame, FileId file, BlockId block, ExprId expr) {
  Frame* const around = std::exchange(frame_, &frame);
  const Value value = evaluate(file, block, expr);
  frame_ = around;
  return value;
}

Value Values::evaluate_on(ClassRef receiver, FileId file, BlockId block, ExprId expr, References* references) {
  const ClassRef around = std::exchange(receiver_, receiver);
  if (depth_ == 0) budget_ = max_untracked;
  const Value value = evaluate(file, block, expr, references);
  receiver_ = around;
  return value;
}

/// What an inherited method binds on an object of `receiver`: `self.client = self.client_class()`.
Value Values::bound_on(ClassRef receiver, FileId file, const Binding& binding, References* references) {
  const FunctionRef method{file, model(file).function_of(binding.block)};
  if (receiver_ || !is_of_self(method, binding.value)) return bound(file, binding, references);
  if (frame_ == nullptr && references == nullptr) budget_ = max_untracked;  // everything around it is kept
  receiver_ = receiver;
  const Value value = bound(file, binding, references);
  receiver_ = {};
  return value;
}

/// `return cls()`, `return self`: what an inherited method gives on an object of `receiver`, or on that class.
Value Values::returned_on(ClassRef receiver, FunctionRef method, References* references) {
  const FileModel& in = model(method.file);
  const bool is_inherited = receiver && ClassRef{method.file, in.functions[method.id].class_} != receiver;
  const bool depends = is_inherited && !receiver_ &&
                       std::ranges::any_of(bindings_.results(method),
                                           [&](const Binding& binding) { return is_of_self(method, binding.value); });
  if (!depends) return returned(method, references);
  if (frame_ == nullptr && references == nullptr) budget_ = max_untracked;  // everything around it is kept
  receiver_ = receiver;
  const Value value = returned(method, references);
  receiver_ = {};
  return value;
}

/// `self`, `self.client_class()`, `cls(path)`, and a variable that stands for one of them.
bool Values::is_of_self(FunctionRef method, ExprId expr) const {
  if (!method.id || !expr) return false;
  const FileModel& in = model(method.file);
  const Function& row = in.functions[method.id];
  const ExprId root = root_of(in, expr);
  if (!row.class_ || row.params.empty() || !root) return false;
  const WordId self = in.params[row.params[0]].name;
  if (in.exprs[root].word() == self) return true;
  const std::span<const Binding> bindings = bindings_.locals(method.file, method.id, in.exprs[root].word());
  const ExprId bound = bindings.size() == 1 ? root_of(in, bindings[0].value) : ExprId();
  return bound && in.exprs[bound].word() == self;
}

/// The class whose object `self` is in a method of `class_`.
ClassRef Values::receiver_in(ClassRef class_) const {
  if (!receiver_) return class_;
  const std::vector<ClassRef>& classes = names_.mro(receiver_).classes;
  return std::ranges::find(classes, class_) == classes.end() ? class_ : receiver_;
}

Value Values::passed(Frame& frame, ParamId id) {
  const FileModel& in = model(frame.function.file);
  const ExprId default_value = in.params[id].default_value;
  const BlockId definition = in.statements[in.functions[frame.function.id].statement].block;
  Frame* const around = std::exchange(frame_, frame.outer);
  Value value;
  if (!frame.call) {
    const bool is_default = frame.takes_defaults && default_value;
    if (is_default) value = evaluate(frame.function.file, definition, default_value);
    if (is_default || !frame.takes_defaults) frame.open.push_back(id);
  } else if (!passes_unpacked(model(frame.file), frame.call)) {
    const ExprId argument = passed_for(model(frame.file), frame.call, in, frame.function.id, id);
    if (argument) value = evaluate(frame.file, frame.block, argument);
    if (!argument && default_value) value = evaluate(frame.function.file, definition, default_value);
  }
  frame_ = around;
  return value;
}

Values::Written Values::written(Written at) const {
  while (at.frame != nullptr && at.expr) {
    const Frame& frame = *at.frame;
    const FileModel& in = model(at.file);
    if (in.exprs[at.expr].kind != ExprKind::name || at.file != frame.function.file || !frame.call) return at;
    if (in.function_of(at.block) != frame.function.id) return at;
    const auto named = [&](ParamId param) { return in.params[param].name == in.exprs[at.expr].word(); };
    const Run<ParamTag> params = in.functions[frame.function.id].params;
    const auto param = std::ranges::find_if(params, named);
    if (param == params.end() || passes_unpacked(model(frame.file), frame.call)) return at;
    if (!bindings_.locals(at.file, frame.function.id, in.exprs[at.expr].word()).empty()) return at;
    if (const ExprId given = passed_for(model(frame.file), frame.call, in, frame.function.id, *param)) {
      at = {frame.file, frame.block, given, frame.outer};
    } else if (const ExprId otherwise = in.params[*param].default_value) {
      return {at.file, in.statements[in.functions[frame.function.id].statement].block, otherwise, nullptr};
    } else {
      return at;
    }
  }
  return at;
}

}  // namespace hasten
