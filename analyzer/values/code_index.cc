#include "analyzer/values/code_index.h"

#include <algorithm>
#include <optional>

namespace hasten {
namespace {

using std::string_view;

/// Methods of collections that take something in, and which argument that is.
std::optional<std::size_t> stored_argument(string_view method) {
  if (method == "append" || method == "add" || method == "appendleft") return 0;
  if (method == "insert" || method == "setdefault") return 1;
  return std::nullopt;
}

template <class Rows>
auto rows_named(const Rows& rows, string_view name) {
  const auto found = rows.find(name);
  using Span = std::span<const typename Rows::mapped_type::value_type>;
  return found == rows.end() ? Span() : Span(found->second);
}

}  // namespace

bool CodeIndex::may_matter(string_view name) {
  build();
  return matters_.contains(name);
}

std::span<const CallRef> CodeIndex::calls_of(string_view name) {
  build();
  return rows_named(calls_, name);
}

std::span<const CallRef> CodeIndex::calls_passing(string_view name) {
  build();
  return rows_named(passing_, name);
}

std::span<const CollectionStore> CodeIndex::stores_into(string_view name) {
  build();
  return rows_named(stores_, name);
}

std::vector<CallId> CodeIndex::type_checks(FileId file, FunctionId function, string_view name) {
  build();
  const auto found = type_checks_.find({file, function});
  if (found == type_checks_.end()) return {};
  std::vector<CallId> checks = found->second;
  const FileModel& in = model(file);
  std::erase_if(checks, [&](CallId id) { return in.word(in.positional(in.calls[id].expr, 0)) != name; });
  return checks;
}

void CodeIndex::build() {
  if (is_built_) return;
  is_built_ = true;
  for (const Api& api : knowledge_.apis()) {
    if (!api.effects.empty()) matters_.insert(api.name.substr(api.name.rfind('.') + 1));
  }
  for (const FileId file : tables_.files.ids()) {
    for (const Function& function : model(file).functions) passing_[model(file).word(function.name)];
    for (const Class& class_ : model(file).classes) passing_[model(file).word(class_.name)];
  }
  for (const bool is_own_code : {true, false}) {
    for (const FileId file : tables_.files.ids()) {
      if ((tables_.files[file].role == FileRole::first_party) != is_own_code) continue;
      add_calls(file);
      add_stores(file);
      for (const Function& function : model(file).functions) matters_.insert(model(file).word(function.name));
    }
  }
}

void CodeIndex::add_calls(FileId file) {
  const FileModel& in = model(file);
  for (const CallId id : in.calls.ids()) {
    const Call& call = in.calls[id];
    add_passing({file, id});
    const string_view name = in.word(in.first_child(call.expr));
    if (name.empty()) continue;
    if (name == "isinstance" || name == "issubclass") {
      const FunctionId function = in.function_of(call.block);
      if (function && in.positional(call.expr, 1)) type_checks_[{file, function}].push_back(id);
      continue;
    }
    std::vector<CallRef>& callers = calls_[name];
    if (callers.size() < max_rows) callers.push_back({file, id});
  }
}

void CodeIndex::add_passing(CallRef call) {
  const FileModel& in = model(call.file);
  for (ExprId at = in.next(in.first_child(in.calls[call.id].expr)); at; at = in.next(at)) {
    const ExprId value = in.exprs[at].kind == ExprKind::keyword ? in.first_child(at) : at;
    const ExprKind kind = in.exprs[value].kind;
    if (kind != ExprKind::name && kind != ExprKind::attribute) continue;
    const auto found = passing_.find(in.word(value));
    if (found == passing_.end() || found->second.size() >= max_rows) continue;
    if (found->second.empty() || !(found->second.back() == call)) found->second.push_back(call);
  }
}

void CodeIndex::add_stores(FileId file) {
  const FileModel& in = model(file);
  const auto add = [&](BlockId block, ExprId collection, ExprId value, bool is_key) {
    if (!value || in.word(collection).empty()) return;
    std::vector<CollectionStore>& stores = stores_[in.word(collection)];
    if (stores.size() < max_rows) stores.push_back({file, block, collection, value, is_key});
  };
  for (const Call& call : in.calls) {
    const ExprId callee = in.first_child(call.expr);
    const auto position = stored_argument(in.word(callee));
    if (!position || in.exprs[callee].kind != ExprKind::attribute) continue;
    const bool is_key = in.word(callee) == "setdefault";
    add(call.block, in.first_child(callee), in.positional(call.expr, *position), is_key);
  }
  for (const Statement& statement : in.statements) {
    if (statement.kind != StatementKind::assign || !statement.value) continue;
    // `self.provider = provider`: a function, for all we know.
    const bool is_kept = in.exprs[statement.target].kind == ExprKind::attribute;
    if (is_kept && in.exprs[statement.value].kind == ExprKind::name) matters_.insert(in.word(statement.target));
    // `client_class = Client` of a class.
    const Block& block = in.blocks[statement.block];
    const ExprKind value = in.exprs[statement.value].kind;
    const bool is_filled = block.class_ && !block.function && in.exprs[statement.target].kind == ExprKind::name;
    if (is_filled && (value == ExprKind::name || value == ExprKind::attribute)) {
      matters_.insert(in.word(statement.target));
    }
    if (in.exprs[statement.target].kind != ExprKind::subscript) continue;
    add(statement.block, in.first_child(statement.target), statement.value, true);
  }
}

}  // namespace hasten
