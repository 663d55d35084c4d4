#include "analyzer/values/collection_changes.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

using Kind = CollectionChange::Kind;

std::optional<Kind> kind_of(std::string_view method) {
  if (method == "append") return Kind::one;
  if (method == "extend") return Kind::many;
  if (method == "update") return Kind::merged;
  if (method == "add") return Kind::key;
  constexpr std::string_view others[] = {"insert", "remove", "pop", "clear", "discard", "setdefault", "popitem"};
  return std::ranges::find(others, method) != std::end(others) ? std::optional(Kind::other) : std::nullopt;
}

/// The name that a method or a subscript is used on.
ExprId object_of(const FileModel& rows, ExprId expr) {
  const ExprId object = expr ? rows.first_child(expr) : ExprId();
  return object && rows.exprs[object].kind == ExprKind::name ? object : ExprId();
}

/// The name of a collection one of whose elements a method is used on.
ExprId holder_of(const FileModel& rows, ExprId method) {
  const ExprId element = rows.first_child(method);
  return element && rows.exprs[element].kind == ExprKind::subscript ? object_of(rows, element) : ExprId();
}

std::size_t number_of(ScopeKey scope) {
  if (scope.is_module()) return 0;
  return scope.is_class() ? 2 + 2 * scope.class_().index() : 1 + 2 * scope.function().index();
}

/// The scope whose body the block is in.
ScopeKey scope_around(const FileModel& rows, BlockId block) {
  if (rows.blocks[block].class_) return ScopeKey::of(rows.blocks[block].class_);
  return rows.blocks[block].function ? ScopeKey::of(rows.blocks[block].function) : ScopeKey::module();
}

}  // namespace

std::span<const CollectionChange> CollectionChanges::of(FileId file, ScopeKey scope, std::string_view name) const {
  const OfFile& all = in(file);
  if (!all.has_passed) add_passed(file);
  const auto found = all.scopes.find(number_of(scope));
  if (found == all.scopes.end()) return {};
  const auto named = found->second.changes.find(name);
  return named == found->second.changes.end() ? std::span<const CollectionChange>() : named->second;
}

CollectionChanges::OfFile& CollectionChanges::in(FileId file) const {
  const auto [place, is_new] = files_.try_emplace(file);
  if (is_new) {
    add_calls(file, place->second);
    add_stores(file, place->second);
    add_loops(file, place->second);
  }
  return place->second;
}

/// `drop_invalid(CASES)` while the module is imported, and the function changes what it is given.
void CollectionChanges::add_passed(FileId file) const {
  const FileModel& rows = tables_.files[file].model;
  in(file).has_passed = true;
  for (const Call& call : rows.calls) {
    if (rows.function_of(call.block) || call.in_lambda != 0) continue;
    const ExprId callee = rows.first_child(call.expr);
    for (ExprId at = callee ? rows.next(callee) : ExprId(); at; at = rows.next(at)) {
      const bool is_keyword = rows.exprs[at].kind == ExprKind::keyword;
      const ExprId given = is_keyword ? rows.first_child(at) : at;
      if (!given || rows.exprs[given].kind != ExprKind::name) continue;
      const Denotation called = names_.denote(file, call.block, callee);
      if (called.kind != Denotation::Kind::function || !called.rest.empty()) break;
      if (changes_argument(file, call.expr, given, {called.file, called.function})) {
        add(file, given, {Kind::other, call.block, {}}, in(file));
      }
    }
  }
}

bool CollectionChanges::changes_argument(FileId file, ExprId call, ExprId given, FunctionRef function) const {
  const FileModel& rows = tables_.files[function.file].model;
  const ScopeKey body = ScopeKey::of(function.id);
  const OfFile& all = in(function.file);
  const auto own = all.scopes.find(number_of(body));
  const Namespaces& namespaces = names_.namespaces(function.file);
  for (const ParamId param : rows.functions[function.id].params) {
    if (passed_for(tables_.files[file].model, call, rows, function.id, param) != given) continue;
    const WordId name = rows.params[param].name;
    return (own != all.scopes.end() && own->second.changes.contains(rows.word(name))) ||
           std::ranges::any_of(namespaces.bindings(body, name),
                               [](const NameBinding& at) { return at.by == BoundBy::changed; });
  }
  return false;
}

void CollectionChanges::add_calls(FileId file, OfFile& out) const {
  const FileModel& rows = tables_.files[file].model;
  for (const Call& call : rows.calls) {
    const ExprId callee = rows.first_child(call.expr);
    if (!callee || rows.exprs[callee].kind != ExprKind::attribute) continue;
    const auto kind = kind_of(rows.word(callee));
    const ExprId object = kind ? object_of(rows, callee) : ExprId();
    const ExprId holder = kind && !object ? holder_of(rows, callee) : ExprId();
    if (holder) add(file, holder, {Kind::inside, call.block, {}}, out);
    if (!object) continue;
    const bool is_plain = call.in_lambda == 0 && call.in_comprehension == 0;
    add(file, object, {is_plain ? *kind : Kind::other, call.block, rows.positional(call.expr, 0)}, out);
  }
}

void CollectionChanges::add_stores(FileId file, OfFile& out) const {
  const FileModel& rows = tables_.files[file].model;
  for (const Statement& row : rows.statements) {
    if (!row.target || rows.exprs[row.target].kind != ExprKind::subscript) continue;
    const ExprId object = object_of(rows, row.target);
    const bool is_store = row.kind == StatementKind::assign;
    if (object) add(file, object, {is_store ? Kind::key : Kind::other, row.block, rows.child(row.target, 1)}, out);
  }
}

/// `for options in [readable, writable]: options += ...`: the lists are changed under another name.
void CollectionChanges::add_loops(FileId file, OfFile& out) const {
  const FileModel& rows = tables_.files[file].model;
  std::unordered_set<std::string_view> changed;
  for (const auto& [scope, names] : out.scopes) {
    for (const auto& [name, changes] : names.changes) changed.insert(name);
  }
  for (const Statement& row : rows.statements) {
    const bool is_name = row.target && rows.exprs[row.target].kind == ExprKind::name;
    if (row.kind == StatementKind::aug_assign && is_name) changed.insert(rows.word(row.target));
  }
  for (const Statement& row : rows.statements) {
    if (row.kind != StatementKind::for_ || rows.function_of(row.block) || !row.value) continue;
    if (rows.exprs[row.target].kind != ExprKind::name || !changed.contains(rows.word(row.target))) continue;
    for (ExprId at : rows.subtree(row.value)) {
      if (rows.exprs[at].kind == ExprKind::name) add(file, at, {Kind::other, row.block, {}}, out);
    }
  }
}

/// What one scope does to the variable of another happens whenever, if ever.
void CollectionChanges::add(FileId file, ExprId object, CollectionChange change, OfFile& out) const {
  const FileModel& rows = tables_.files[file].model;
  const ScopeKey scope = owner(file, change.block, rows.exprs[object].word());
  if (change.kind != Kind::inside && scope != scope_around(rows, change.block)) change.kind = Kind::other;
  out.scopes[number_of(scope)].changes[rows.word(object)].push_back(change);
}

/// Whose variable the word is as seen from a block.
ScopeKey CollectionChanges::owner(FileId file, BlockId block, WordId word) const {
  const FileModel& rows = tables_.files[file].model;
  const Namespaces& namespaces = names_.namespaces(file);
  const ScopeKey own = scope_around(rows, block);
  if (own.is_class() && !namespaces.bindings(own, word).empty()) return own;
  for (FunctionId at = rows.blocks[block].function; at; at = rows.functions[at].parent) {
    if (!namespaces.bindings(ScopeKey::of(at), word).empty()) return ScopeKey::of(at);
  }
  return ScopeKey::module();
}

}  // namespace hasten
