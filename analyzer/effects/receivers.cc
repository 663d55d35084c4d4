#include "analyzer/effects/receivers.h"

#include <algorithm>
#include <span>
#include <unordered_set>

#include "analyzer/values/arguments.h"
#include "analyzer/values/decorators.h"

namespace hasten {

ClassRef Receivers::relevant(FunctionRef code, ClassRef receiver) {
  if (!receiver) return {};
  if (!is_on(receiver, code) || class_of(method_around(code)) == receiver) return {};
  const auto [entry, is_new] = depends_.try_emplace({code, receiver}, false);
  if (is_new) entry->second = depends(code, receiver);
  return entry->second ? receiver : ClassRef();
}

std::optional<std::vector<FunctionRef>> Receivers::chosen(FunctionRef code, CallId call, ClassRef receiver) {
  const OwnCall* own = own_call(code, call);
  return own == nullptr ? std::nullopt : std::optional(run_by(*own, method_around(code), receiver));
}

const Callee& Receivers::callee(FunctionRef code, CallId call, ClassRef receiver) {
  const OwnCall* own = receiver ? own_call(code, call) : nullptr;
  const bool is_evaluated = own != nullptr && (own->by == By::held || own->by == By::self);
  return is_evaluated ? calls_.callee_on(receiver, code.file, call) : calls_.callee(code.file, call);
}

const Receivers::OwnCall* Receivers::own_call(FunctionRef code, CallId call) {
  const std::vector<OwnCall>& own = own_calls(code);
  const auto found = std::ranges::find(own, call, &OwnCall::call);
  return found == own.end() ? nullptr : &*found;
}

ClassRef Receivers::passed(FunctionRef code, CallId call, ClassRef receiver) {
  const FunctionRef method = method_around(code);
  const FileModel& model = tables_.files[code.file].model;
  const Call& row = model.calls[call];
  const ExprId callee = model.first_child(row.expr);
  const OwnCall* own = own_call(code, call);
  if (own != nullptr && own->by != By::held) return receiver ? receiver : class_of(method);
  const auto evaluate = [&](ExprId expr) {
    return own != nullptr && receiver ? values_.evaluate_on(receiver, code.file, row.block, expr)
                                      : values_.evaluate(code.file, row.block, expr);
  };
  if (model.exprs[callee].kind == ExprKind::name) {
    const Value value = evaluate(callee);
    if (value.kind == Value::Kind::class_) return value.class_ref();
    // A function inside the method has its object too.
    if (value.kind == Value::Kind::function && method_around(value.function_ref()) == method) return receiver;
    return {};
  }
  if (model.exprs[callee].kind != ExprKind::attribute) return {};
  const Value object = evaluate(model.first_child(callee));
  if (object.kind == Value::Kind::object) return object.class_ref();
  const Value value = evaluate(callee);
  if (value.kind == Value::Kind::class_) return value.class_ref();
  if (object.kind != Value::Kind::class_ || value.kind != Value::Kind::function) return {};
  const FileModel& in = tables_.files[value.file].model;
  // `Client.build()` of a classmethod, and `Client.fetch(self)`.
  if (has_decorator(in, in.functions[value.function], "classmethod")) return object.class_ref();
  const ExprId first = model.positional(row.expr, 0);
  const bool is_self = method && first && model.exprs[first].kind == ExprKind::name &&
                       !model.functions[method.id].params.empty() &&
                       model.word(first) == model.word(model.params[model.functions[method.id].params[0]].name);
  return is_self ? receiver : ClassRef();
}

const std::vector<Receivers::OwnCall>& Receivers::own_calls(FunctionRef code) {
  OwnCalls& own = own_calls_[code];
  if (!std::exchange(own.is_known, true)) own.calls = find_own_calls(code);
  return own.calls;
}

std::vector<Receivers::OwnCall> Receivers::find_own_calls(FunctionRef code) const {
  std::vector<OwnCall> found;
  const FunctionRef method = method_around(code);
  const FileModel& model = tables_.files[code.file].model;
  if (!method || model.functions[method.id].params.empty() || !takes_receiver(model, method.id)) return found;
  for (const CallId call : calls_.of(code)) {
    if (const std::optional<OwnCall> own = find_own_call(code, method, call)) found.push_back(*own);
  }
  return found;
}

std::optional<Receivers::OwnCall> Receivers::find_own_call(FunctionRef code, FunctionRef method, CallId call) const {
  const FileModel& model = tables_.files[code.file].model;
  const Function& row = model.functions[method.id];
  const WordId self = model.params[row.params[0]].name;
  const auto is_self = [&](ExprId expr) {
    return model.exprs[expr].kind == ExprKind::name && model.exprs[expr].word() == self;
  };
  const ExprId callee = model.first_child(model.calls[call].expr);
  if (is_self(callee) && has_decorator(model, row, "classmethod")) return OwnCall{call, By::own_class, {}};
  if (model.exprs[callee].kind != ExprKind::attribute) return std::nullopt;
  const ExprId object = model.first_child(callee);
  if (is_self(object)) return OwnCall{call, By::self, model.word(callee)};
  const bool is_super = model.exprs[object].kind == ExprKind::call && !model.positional(object, 0) &&
                        model.word(model.first_child(object)) == "super";
  if (is_super) return OwnCall{call, By::super, model.word(callee)};
  return is_on_self(code, self, object) ? std::optional(OwnCall{call, By::held, {}}) : std::nullopt;
}

/// `self.client`, `self.make().part`, and `client` after `client = self.client_class()`.
bool Receivers::is_on_self(FunctionRef code, WordId self, ExprId expr) const {
  const FileModel& model = tables_.files[code.file].model;
  const auto root_of = [&](ExprId at) {
    while (at && (model.exprs[at].kind == ExprKind::attribute || model.exprs[at].kind == ExprKind::call)) {
      at = model.first_child(at);
    }
    return at && model.exprs[at].kind == ExprKind::name ? at : ExprId();
  };
  const ExprId root = root_of(expr);
  if (!root || model.exprs[root].word() == self) return static_cast<bool>(root);
  const std::span<const Binding> bindings = values_.bindings().locals(code.file, code.id, model.exprs[root].word());
  const ExprId bound = bindings.size() == 1 && bindings[0].value ? root_of(bindings[0].value) : ExprId();
  return bound && bound != bindings[0].value && model.exprs[bound].word() == self;
}

std::vector<FunctionRef> Receivers::run_by(const OwnCall& call, FunctionRef method, ClassRef receiver) const {
  Value object;
  object.kind = call.by == By::own_class ? Value::Kind::class_ : Value::Kind::object;
  object.file = receiver.file;
  object.class_ = receiver.id;
  switch (call.by) {
    case By::self: return calls_.code_of(values_.attribute(object, call.name));
    case By::own_class: return calls_.code_of(object);
    case By::held: {
      const FileModel& model = tables_.files[method.file].model;
      const Call& row = model.calls[call.call];
      return calls_.code_of(values_.evaluate_on(receiver, method.file, row.block, model.first_child(row.expr)));
    }
    case By::super: break;
  }
  const FunctionRef found = behind(class_of(method), receiver, call.name);
  return found ? std::vector{found} : std::vector<FunctionRef>();
}

/// The next class that has the method along the receiver's MRO, which may be none of the bases of the class itself.
FunctionRef Receivers::behind(ClassRef class_, ClassRef receiver, std::string_view name) const {
  const std::vector<ClassRef>& classes = values_.names().mro(receiver).classes;
  auto at = std::ranges::find(classes, class_);
  if (at == classes.end()) return {};
  for (++at; at != classes.end(); ++at) {
    const FunctionRef method = values_.names().method(*at, name);
    if (method && class_of(method) == *at) return method;
  }
  return {};
}

bool Receivers::depends(FunctionRef code, ClassRef receiver) {
  std::vector<FunctionRef> open = {code};
  std::unordered_set<FunctionRef> seen = {code};
  const auto look_at = [&](FunctionRef next) {
    if (seen.insert(next).second) open.push_back(next);
  };
  while (!open.empty() && seen.size() <= max_methods) {
    const FunctionRef at = open.back();
    open.pop_back();
    const FunctionRef method = method_around(at);
    for (const OwnCall& call : own_calls(at)) {
      if (call.by == By::held && !gives_others(receiver, class_of(method))) continue;
      if (differs(call, method, receiver)) return true;
      for (const FunctionRef next : run_by(call, method, receiver)) {
        if (is_on(receiver, next)) look_at(next);
      }
    }
    for (const CallId call : calls_.of(at)) {
      for (const FunctionRef next : calls_.callee(at.file, call).functions) {
        if (tables_.files[next.file].model.functions[next.id].parent && method_around(next) == method) look_at(next);
      }
    }
  }
  return false;
}

/// Does the call do something else on an object of the receiver than on one of the method's own class?
bool Receivers::differs(const OwnCall& call, FunctionRef method, ClassRef receiver) {
  if (call.by == By::super || call.by == By::own_class) {
    return run_by(call, method, class_of(method)) != run_by(call, method, receiver);
  }
  const FileModel& model = tables_.files[method.file].model;
  const Call& row = model.calls[call.call];
  const ExprId callee = model.first_child(row.expr);
  return !(values_.evaluate(method.file, row.block, callee) ==
           values_.evaluate_on(receiver, method.file, row.block, callee));
}

/// Does a class in front of `class_` in the receiver's MRO bind anything but tests?
bool Receivers::gives_others(ClassRef receiver, ClassRef class_) {
  const auto [entry, is_new] = gives_others_.try_emplace({receiver, class_}, false);
  if (!is_new) return entry->second;
  for (const ClassRef at : values_.names().mro(receiver).classes) {
    if (at == class_) break;
    const FileModel& model = tables_.files[at.file].model;
    entry->second |=
        std::ranges::any_of(values_.names().namespaces(at.file).all(ScopeKey::of(at.id)),
                            [&](const NameBinding& binding) { return !model.word(binding.word).starts_with("test"); });
  }
  return entry->second;
}

bool Receivers::is_on(ClassRef receiver, FunctionRef code) const {
  const FunctionRef method = method_around(code);
  if (!method) return false;
  const std::vector<ClassRef>& classes = values_.names().mro(receiver).classes;
  return std::ranges::find(classes, class_of(method)) != classes.end();
}

FunctionRef Receivers::method_around(FunctionRef code) const {
  const FileModel& model = tables_.files[code.file].model;
  while (code.id && !model.functions[code.id].class_) code.id = model.functions[code.id].parent;
  return code.id ? code : FunctionRef();
}

ClassRef Receivers::class_of(FunctionRef method) const {
  return {method.file, tables_.files[method.file].model.functions[method.id].class_};
}

}  // namespace hasten
