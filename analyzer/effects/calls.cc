#include "analyzer/effects/calls.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "analyzer/effects/tasks.h"
#include "analyzer/values/arguments.h"

namespace hasten {

Calls::Calls(ProjectTables& tables, Values& values)
    : tables_(tables),
      values_(values),
      alternatives_(tables, values),
      singletons_(tables, values, alternatives_.index()),
      by_function_(tables.files.size()),
      slots_(tables.files.size()),
      known_(1) {
  find_described_code();
}

std::span<const CallId> Calls::of(FunctionRef function) {
  auto& [first, calls] = by_function_[function.file.index()];
  if (first.empty()) {
    const FileModel& model = tables_.files[function.file].model;
    const auto owner = [&](CallId call) { return model.function_of(model.calls[call].block); };
    first.resize(model.functions.size() + 1);
    for (const CallId call : model.calls.ids()) {
      if (!owner(call)) continue;
      calls.push_back(call);
      ++first[owner(call).index() + 1];
    }
    std::ranges::stable_sort(calls, {}, owner);
    std::partial_sum(first.begin(), first.end(), first.begin());
  }
  const std::uint32_t begin = first[function.id.index()];
  return std::span(calls).subspan(begin, first[function.id.index() + 1] - begin);
}

const Callee& Calls::callee(FileId file, CallId call) {
  const FileModel& model = tables_.files[file].model;
  std::vector<std::uint32_t>& slots = slots_[file.index()];
  if (slots.empty()) slots.resize(model.calls.size());
  if (slots[call.index()] == 0) {
    slots[call.index()] = static_cast<std::uint32_t>(known_.size());
    known_.push_back(resolve(file, model.calls[call]));
  }
  return known_[slots[call.index()]];
}

const Callee& Calls::callee_on(ClassRef receiver, FileId file, CallId id) {
  const auto known = on_receivers_.find({receiver, {file, id}});
  if (known != on_receivers_.end()) return known->second;
  const FileModel& model = tables_.files[file].model;
  const Call& call = model.calls[id];
  const ExprId expr = model.first_child(call.expr);
  const Value value = values_.evaluate_on(receiver, file, call.block, expr);
  if (value == values_.evaluate(file, call.block, expr)) return callee(file, id);
  Callee callee = callee_of(value);
  if (value.kind == Value::Kind::external) enter_at_once(model, call, callee);
  callee.registers_cleanup = is_registration(model, call, callee);
  return on_receivers_.emplace(std::pair(receiver, CallRef{file, id}), std::move(callee)).first->second;
}

References Calls::references(FileId file, CallId call) {
  const FileModel& model = tables_.files[file].model;
  const Call& row = model.calls[call];
  References references;
  (void)values_.evaluate(file, row.block, model.first_child(row.expr), &references);
  if (callee(file, call).is_possible) add_possible_references(callee(file, call), references);
  if (const Api* api = callee(file, call).api) {
    for (const ArgumentRef* ref : {&api->path, &api->url, &api->seconds, &api->runs}) {
      if (const ExprId argument = argument_of(model, row.expr, *ref)) {
        (void)values_.evaluate(file, row.block, argument, &references);
      }
    }
  }
  return references;
}

References Calls::references_on(ClassRef receiver, FileId file, CallId call) {
  const FileModel& model = tables_.files[file].model;
  Value object;
  object.kind = Value::Kind::object;
  object.file = receiver.file;
  object.class_ = receiver.id;
  References references;
  const ExprId callee = model.first_child(model.calls[call].expr);
  if (model.exprs[callee].kind != ExprKind::attribute) return references;
  const ExprId holder = model.first_child(callee);
  const bool is_super = model.exprs[holder].kind == ExprKind::call && model.word(model.first_child(holder)) == "super";
  if (is_super) {
    (void)values_.attribute(object, model.word(callee), &references);
  } else {
    (void)values_.evaluate_on(receiver, file, model.calls[call].block, callee, &references);
  }
  return references;
}

/// `patch.object(HTTPAdapter, "send")` replaces what a call may lead to: then nobody knows that it leads anywhere else.
void Calls::add_possible_references(const Callee& callee, References& references) const {
  for (const FunctionRef function : callee.functions) {
    const FileModel& model = tables_.files[function.file].model;
    const Function& row = model.functions[function.id];
    std::string name(values_.names().modules().name_of(function.file));
    if (row.class_) name.append(1, '.').append(model.word(model.classes[row.class_].name));
    name.append(1, '.').append(model.word(row.name));
    references.push_back(tables_.names.intern(canonical_name(name)));
  }
}

/// `with PostgresContainer() as container`, `with Stubber(s3)`: making the object does nothing yet, entering it does.
void Calls::enter_at_once(const FileModel& model, const Call& call, Callee& callee) const {
  const Statement& statement = model.statements[call.statement];
  if (statement.kind != StatementKind::with_item || statement.value != call.expr) return;
  const auto does_something = [](const Api* api) {
    return api != nullptr && (!api->effects.empty() || api->role != Role::none);
  };
  if (does_something(callee.api)) return;
  const Api* enter = knowledge().find_method(tables_.names[callee.external], "__enter__");
  if (!does_something(enter)) return;
  callee.api = enter;
  callee.external = tables_.names.intern(enter->name);
}

Callee Calls::resolve(FileId file, const Call& call) {
  const FileModel& model = tables_.files[file].model;
  const Value value = values_.evaluate(file, call.block, model.first_child(call.expr));
  Callee callee = callee_of(value);
  if (value.kind == Value::Kind::external) enter_at_once(model, call, callee);
  if (!callee.external) resolve_possible(file, call, value, callee);
  callee.registers_cleanup = is_registration(model, call, callee);
  return callee;
}

Callee Calls::callee_of(const Value& value) const {
  Callee callee;
  if (const Api* described = description_of(value)) {
    callee.external = tables_.names.intern(described->name);
    callee.api = described;
    return callee;
  }
  switch (value.kind) {
    case Value::Kind::external:
      callee.external = value.name;
      callee.api = api_of(tables_.names[value.name]);
      if (callee.api != nullptr) callee.external = tables_.names.intern(callee.api->name);
      callee.receiver_root = value.root;
      callee.is_in_process = value.is_in_process;
      break;
    case Value::Kind::class_:
      add_code_of(value, callee.functions);
      if (callee.functions.empty()) callee.api = inherited_constructor(value.class_ref());
      if (callee.api != nullptr) callee.external = tables_.names.intern(callee.api->name);
      break;
    case Value::Kind::function:
    case Value::Kind::object: add_code_of(value, callee.functions); break;
    case Value::Kind::unknown:
    case Value::Kind::module:
    case Value::Kind::instance:
    case Value::Kind::text:
    case Value::Kind::number:
    case Value::Kind::path: break;
  }
  return callee;
}

/// `Server.__init__` is what making a Server does.
const Api* Calls::api_of(std::string_view name) const {
  if (const Api* api = knowledge().find_api(name)) return api;
  constexpr std::string_view constructor = ".__init__";
  return name.ends_with(constructor) ? knowledge().find_api(name.substr(0, name.size() - constructor.size())) : nullptr;
}

/// `class Server(http.server.HTTPServer)` without an __init__ of its own.
const Api* Calls::inherited_constructor(ClassRef class_) const {
  for (const std::string& base : values_.names().mro(class_).external_bases) {
    if (const Api* api = knowledge().find_api(canonical_name(base))) return api;
  }
  return nullptr;
}

HandedOver Calls::handed_over(FileId file, CallId id) {
  const Callee& called = callee(file, id);
  const Api* api = called.api;
  const bool is_at_end = called.registers_cleanup != 0;
  if (!is_at_end && (api == nullptr || !api->runs.given())) return {};
  const ArgumentRef run = api == nullptr ? ArgumentRef{0, {}} : is_at_end ? api->target : api->runs;
  if (!run.given()) return {};
  const Call& call = tables_.files[file].model.calls[id];
  const ExprId argument = argument_of(tables_.files[file].model, call.expr, run);
  if (!argument) return {};
  return {argument, callee_of(values_.evaluate(file, call.block, argument)), api != nullptr && api->is_beside != 0,
          is_at_end};
}

bool Calls::is_in_lambda_beside(FileId file, CallId id) {
  const FileModel& model = tables_.files[file].model;
  const Call& call = model.calls[id];
  if (!call.in_lambda) return false;
  return std::ranges::any_of(calls_around(model, id), [&](CallId outer) {
    const HandedOver handed = handed_over(file, outer);
    return handed.is_beside && handed.argument && model.exprs[handed.argument].kind == ExprKind::lambda &&
           model.subtree(handed.argument).contains(call.expr);
  });
}

Alternatives::Answer Calls::managers(FileId file, BlockId block, ExprId expr) {
  const Value manager = values_.evaluate(file, block, expr);
  if (manager.kind == Value::Kind::object) return {{manager}, true};
  return manager.known() ? Alternatives::Answer() : alternatives_.objects(file, block, expr);
}

bool Calls::is_registration(const FileModel& model, const Call& call, const Callee& callee) {
  if (callee.api != nullptr) return callee.api->role == Role::add_cleanup;
  const ExprId name = model.first_child(call.expr);
  if (model.exprs[name].kind != ExprKind::attribute) return false;
  const std::string_view word = model.word(name);
  return word == "addCleanup" || word == "addfinalizer" || word == "addClassCleanup";
}

/// An abstract method stands for those that override it; what is not known, for what it may be.
void Calls::resolve_possible(FileId file, const Call& call, const Value& value, Callee& callee) {
  const ExprId expr = tables_.files[file].model.first_child(call.expr);
  if (value.kind == Value::Kind::function || value.kind == Value::Kind::object) {
    const FunctionRef called = value.kind == Value::Kind::object ? values_.names().method(value.class_ref(), "__call__")
                                                                 : value.function_ref();
    if (!called) return;
    std::vector<FunctionRef> others = value.kind == Value::Kind::object
                                          ? alternatives_.overriding(called, value.class_ref())
                                          : alternatives_.overriding(called, file, call.block, expr);
    if (others.empty()) return;
    callee.functions = std::move(others);
    callee.is_possible = 1;
  }
  if (value.kind != Value::Kind::unknown) return;
  const auto [others, is_sure] = alternatives_.callees(file, call.block, expr);
  for (const Value& other : others) {
    add_code_of(other, callee.functions);
    if (other.kind == Value::Kind::external && callee.api == nullptr) describe(other, callee);
  }
  callee.is_possible = !is_sure && (!callee.functions.empty() || callee.api != nullptr);
}

/// Of several things outside the project the first that has an effect speaks for all: they do the same job.
void Calls::describe(const Value& value, Callee& callee) const {
  const Api* api = knowledge().find_api(tables_.names[value.name]);
  if (api == nullptr || (api->effects.empty() && !api->runs.given())) return;
  callee.api = api;
  callee.external = value.name;
  callee.receiver_root = value.root;
  callee.is_in_process = value.is_in_process;
}

std::vector<FunctionRef> Calls::code_of(const Value& value) const {
  std::vector<FunctionRef> functions;
  add_code_of(value, functions);
  return functions;
}

void Calls::add_code_of(const Value& value, std::vector<FunctionRef>& functions) const {
  const auto add = [&](FunctionRef method) {
    if (method && std::ranges::find(functions, method) == functions.end()) functions.push_back(method);
  };
  if (value.kind == Value::Kind::function) add(value.function_ref());
  if (value.kind == Value::Kind::object) add(values_.names().method(value.class_ref(), "__call__"));
  if (value.kind != Value::Kind::class_) return;
  for (const std::string_view hook : {"__new__", "__init__", "__post_init__"}) {
    add(values_.names().method(value.class_ref(), hook));
  }
}

void Calls::find_described_code() {
  for (const Api& api : knowledge().own_apis()) {
    if (tables_.files.empty()) return;
    const Denotation named = values_.names().import_path(FileId(0), api.name);
    if (!named.rest.empty()) continue;
    if (named.kind == Denotation::Kind::function) described_functions_[{named.file, named.function}] = &api;
    if (named.kind == Denotation::Kind::class_) described_classes_[{named.file, named.class_}] = &api;
  }
}

const Api* Calls::description_of(const Value& value) const {
  const auto find = [](const auto& described, auto row) {
    const auto found = described.find(row);
    return found == described.end() ? nullptr : found->second;
  };
  if (value.kind == Value::Kind::function && !described_functions_.empty()) {
    return find(described_functions_, value.function_ref());
  }
  if (value.kind == Value::Kind::class_ && !described_classes_.empty()) {
    return find(described_classes_, value.class_ref());
  }
  return nullptr;
}

}  // namespace hasten
