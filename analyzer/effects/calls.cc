#include "analyzer/effects/calls.h"

namespace hasten {

Calls::Calls(ProjectTables& tables, Values& values)
    : tables_(tables), values_(values), slots_(tables.files.size()), known_(1) {
  find_described_code();
}

const std::vector<CallId>& Calls::of(FunctionRef function) {
  if (by_function_.empty()) by_function_.resize(tables_.files.size());
  auto& functions = by_function_[function.file.index()];
  if (functions.empty()) {
    const FileModel& model = tables_.files[function.file].model;
    functions.resize(model.functions.size());
    for (CallId call : model.calls.ids()) {
      if (FunctionId owner = model.function_of(model.calls[call].block)) functions[owner.index()].push_back(call);
    }
  }
  return functions[function.id.index()];
}

ExprId argument_of(const FileModel& model, ExprId call, const ArgumentRef& ref) {
  if (!ref.keyword.empty()) {
    if (const ExprId given = model.keyword(call, ref.keyword)) return given;
  }
  return ref.position >= 0 ? model.positional(call, static_cast<std::size_t>(ref.position)) : ExprId();
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

References Calls::references(FileId file, CallId call) {
  const FileModel& model = tables_.files[file].model;
  const Call& row = model.calls[call];
  References references;
  (void)values_.evaluate(file, row.block, model.first_child(row.expr), &references);
  if (const Api* api = callee(file, call).api) {
    for (const ArgumentRef* ref : {&api->path, &api->seconds}) {
      if (const ExprId argument = argument_of(model, row.expr, *ref)) {
        (void)values_.evaluate(file, row.block, argument, &references);
      }
    }
  }
  return references;
}

/// `with PostgresContainer() as container`: making the object does nothing yet, entering it does.
void Calls::enter_at_once(const FileModel& model, const Call& call, Callee& callee) const {
  const Statement& statement = model.statements[call.statement];
  if (statement.kind != StatementKind::with_item || statement.value != call.expr) return;
  if (callee.api != nullptr && !callee.api->effects.empty()) return;
  const Api* enter = knowledge().find_method(tables_.names[callee.external], "__enter__");
  if (enter == nullptr || enter->effects.empty()) return;
  callee.api = enter;
  callee.external = tables_.names.intern(enter->name);
}

Callee Calls::resolve(FileId file, const Call& call) {
  const FileModel& model = tables_.files[file].model;
  const Value value = values_.evaluate(file, call.block, model.first_child(call.expr));
  Callee callee;
  if (const Api* described = description_of(value)) {
    callee.external = tables_.names.intern(described->name);
    callee.api = described;
    return callee;
  }
  switch (value.kind) {
    case Value::Kind::external:
      callee.external = value.name;
      callee.api = knowledge().find_api(tables_.names[value.name]);
      enter_at_once(model, call, callee);
      callee.receiver_root = value.root;
      callee.is_in_process = value.is_in_process;
      break;
    case Value::Kind::function: callee.functions.push_back(value.function_ref()); break;
    case Value::Kind::class_:
      for (std::string_view hook : {"__new__", "__init__", "__post_init__"}) {
        const FunctionRef method = values_.names().method(value.class_ref(), hook);
        if (method) callee.functions.push_back(method);
      }
      break;
    case Value::Kind::object:
      if (const FunctionRef method = values_.names().method(value.class_ref(), "__call__")) {
        callee.functions.push_back(method);
      }
      break;
    case Value::Kind::unknown:
    case Value::Kind::module:
    case Value::Kind::instance:
    case Value::Kind::text:
    case Value::Kind::number:
    case Value::Kind::path: break;
  }
  return callee;
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
