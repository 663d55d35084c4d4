// The distinct constants that a set, or the keys of a dict, is made of, where all of them are spelled out: through
// names, changes, and what set theory makes of two of them.

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyzer/values/element_arithmetic.h"
#include "analyzer/values/literals.h"

namespace hasten {
namespace {

using Kind = CollectionChange::Kind;
using Keys = std::set<std::string>;

/// Equal texts are equal keys; nothing for a key that is computed.
std::optional<std::string> key_text(const FileModel& file, ExprId key) {
  const ExprKind kind = file.exprs[key].kind;
  const bool is_constant = kind == ExprKind::string || kind == ExprKind::bytes || kind == ExprKind::integer;
  if (!is_constant || !file.exprs[key].word()) return std::nullopt;
  if (kind == ExprKind::integer && file.word(key).find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return fmt::format("{}:{}", static_cast<int>(kind), file.word(key));
}

bool is_listing(ExprKind kind) { return kind == ExprKind::set || kind == ExprKind::list || kind == ExprKind::tuple; }

std::optional<Operator> operator_of(std::string_view method) {
  if (method == "union") return Operator::bit_or;
  if (method == "difference") return Operator::subtract;
  if (method == "intersection") return Operator::bit_and;
  return std::nullopt;
}

std::optional<Keys> combined(const Keys& left, Operator op, const Keys& right) {
  Keys out;
  const auto to = std::inserter(out, out.end());
  switch (op) {
    case Operator::add:
    case Operator::bit_or: std::ranges::set_union(left, right, to); return out;
    case Operator::subtract: std::ranges::set_difference(left, right, to); return out;
    case Operator::bit_and: std::ranges::set_intersection(left, right, to); return out;
    case Operator::bit_xor: std::ranges::set_symmetric_difference(left, right, to); return out;
    default: return std::nullopt;
  }
}

}  // namespace

ElementCount Literals::count_distinct(Site site, int nesting) const {
  const auto keys = keys_of(site, nesting);
  return keys ? known_count(static_cast<std::int64_t>(keys->size())) : unknown_count("a set that is computed");
}

std::optional<Keys> Literals::keys_of(Site site, int nesting) const {
  if (!site.expr || nesting > most_nesting) return std::nullopt;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::name || row.kind == ExprKind::attribute) {
    const auto held = variable(site);
    return held ? keys_of(*held, nesting + 1) : std::nullopt;
  }
  if (row.kind == ExprKind::call) return keys_of_call(site, nesting);
  if (row.kind == ExprKind::binary) {
    const auto left = keys_of(Site{site.file, site.block, file.child(site.expr, 0)}, nesting + 1);
    const auto right = left ? keys_of(Site{site.file, site.block, file.child(site.expr, 1)}, nesting + 1) : left;
    return right ? combined(*left, row.op, *right) : std::nullopt;
  }
  if ((row.kind != ExprKind::dict && !is_listing(row.kind)) || row.is_collapsed) return std::nullopt;
  Keys keys;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::double_starred || kind == ExprKind::starred) {
      const auto more = keys_of(Site{site.file, site.block, file.first_child(at)}, nesting + 1);
      if (!more) return std::nullopt;
      keys.insert(more->begin(), more->end());
    } else {
      const auto key = key_text(file, kind == ExprKind::pair ? file.child(at, 0) : at);
      if (!key) return std::nullopt;
      keys.insert(*key);
    }
  }
  return keys;
}

/// `dict(a=1)`, `set(names)`, `names.union(others)`.
std::optional<Keys> Literals::keys_of_call(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const ExprId callee = file.first_child(site.expr), first = file.next(callee);
  const auto of = [&](ExprId expr) { return keys_of(Site{site.file, site.block, expr}, nesting + 1); };
  if (file.exprs[callee].kind == ExprKind::attribute) {
    const std::string_view method = file.word(callee);
    if (!first && (method == "keys" || method == "copy")) return of(file.first_child(callee));
    if (const auto op = operator_of(method)) {
      auto keys = of(file.first_child(callee));
      for (ExprId at = first; at && keys; at = file.next(at)) {
        const auto other = of(at);
        keys = other ? combined(*keys, *op, *other) : std::nullopt;
      }
      return keys;
    }
  }
  const std::string name = names_.external(site.file, site.block, callee);
  const bool is_dict = name == "builtins.dict" || name == "collections.OrderedDict";
  const bool is_listed = name == "builtins.set" || name == "builtins.frozenset" || name == "builtins.list" ||
                         name == "builtins.tuple" || name == "builtins.sorted";
  if (is_listed) {
    if (!first) return Keys();
    return file.exprs[first].kind == ExprKind::keyword ? std::nullopt : of(first);
  }
  if (!is_dict) return std::nullopt;
  Keys keys;
  for (ExprId at = first; at; at = file.next(at)) {
    if (file.exprs[at].kind != ExprKind::keyword) return std::nullopt;
    keys.insert(fmt::format("{}:{}", static_cast<int>(ExprKind::string), file.word(at)));
  }
  return keys;
}

std::optional<Keys> Literals::keys_of(const Variable& held, int nesting) const {
  const FileModel& file = model(held.file);
  const Namespaces& namespaces = names_.namespaces(held.file);
  const auto bindings = namespaces.bindings(held.scope, namespaces.word(held.name));
  if (bindings.size() != 1 || bindings.front().by != BoundBy::value) return std::nullopt;
  const BlockId made = file.statements[bindings.front().statement].block;
  auto keys = keys_of(Site{held.file, made, bindings.front().value}, nesting + 1);
  if (!keys) return std::nullopt;
  for (const CollectionChange& change : changes_.of(held.file, held.scope, held.name)) {
    if (change.kind == Kind::inside) continue;
    const ElementCount runs = times(held.file, change.block, nesting);
    if (runs.count.value == 0) continue;
    if (runs.count.value != 1) return std::nullopt;
    if (change.kind == Kind::key || change.kind == Kind::one) {
      const auto key = change.values ? key_text(file, change.values) : std::nullopt;
      if (!key) return std::nullopt;
      keys->insert(*key);
    } else if (change.kind == Kind::merged || change.kind == Kind::many) {
      const auto more = keys_of(Site{held.file, change.block, change.values}, nesting + 1);
      if (!more) return std::nullopt;
      keys->insert(more->begin(), more->end());
    } else {
      return std::nullopt;
    }
  }
  return keys;
}

}  // namespace hasten
