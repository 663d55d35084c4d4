// Values of expressions that depend on what callers pass, or on whose object a method runs.

#include <algorithm>
#include <utility>

#include "analyzer/values/arguments.h"
#include "analyzer/values/values.h"

namespace hasten {
namespace {

/// `self.client = self.client_class()`, `self.part = self.whole.part`: of something that the object has.
bool is_made_by_self(const FileModel& model, const Binding& binding) {
  const FunctionId method = model.function_of(binding.block);
  if (!method || !binding.value || model.functions[method].params.empty()) return false;
  ExprId root = binding.value;
  while (root && (model.exprs[root].kind == ExprKind::attribute || model.exprs[root].kind == ExprKind::call)) {
    root = model.first_child(root);
  }
  const WordId self = model.params[model.functions[method].params[0]].name;
  return root && root != binding.value && model.exprs[root].kind == ExprKind::name && model.exprs[root].word() == self;
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
  if (receiver_ || !is_made_by_self(model(file), binding)) return bound(file, binding, references);
  if (frame_ == nullptr && references == nullptr) budget_ = max_untracked;  // everything around it is kept
  receiver_ = receiver;
  const Value value = bound(file, binding, references);
  receiver_ = {};
  return value;
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
