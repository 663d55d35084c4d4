// How many elements the collection has that a variable stands for, once all that the code does to it is done.

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/model/nesting.h"
#include "analyzer/values/element_arithmetic.h"
#include "analyzer/values/literals.h"

namespace hasten {
namespace {

using Kind = CollectionChange::Kind;

/// Does a loop's body go the same way each time around? What a branch may do to the loop is not followed.
bool is_straight(const FileModel& file, BlockId loop, BlockId changed) {
  for (const BlockId block : file.blocks.ids()) {
    const BlockKind kind = file.blocks[block].kind;
    if (block == loop || kind == BlockKind::with_ || kind == BlockKind::for_) continue;
    if (is_within(file, block, loop) && !is_within(file, changed, block)) return false;
  }
  return true;
}

}  // namespace

std::optional<Literals::Variable> Literals::variable(Site site) const {
  const Expr& row = model(site.file).exprs[site.expr];
  const Denotation named = names_.denote(site.file, site.block, site.expr);
  if (!named.rest.empty()) return std::nullopt;
  if (named.kind == Denotation::Kind::binding) {
    const std::string_view dotted = named.dotted;
    const ScopeKey scope = named.class_ ? ScopeKey::of(named.class_) : ScopeKey::module();
    return Variable{named.file, scope, std::string(dotted.substr(dotted.rfind('.') + 1))};
  }
  if (named.kind == Denotation::Kind::local && row.kind == ExprKind::name) {
    return Variable{named.file, ScopeKey::of(named.function), std::string(model(site.file).word(row.word()))};
  }
  return std::nullopt;
}

ElementCount Literals::count_named(Site site, int nesting) const {
  const Denotation named = names_.denote(site.file, site.block, site.expr);
  if (named.kind == Denotation::Kind::class_ && named.rest.empty()) return count_enum({named.file, named.class_});
  if (const auto held = variable(site)) {
    ElementCount total = count_variable(*held, nesting);
    const Expr& row = model(site.file).exprs[site.expr];
    if (held->file == site.file || row.kind != ExprKind::name) return total;
    // `cases += more` after `from constants import cases`.
    for (const NameBinding& binding : names_.namespaces(site.file).bindings(ScopeKey::module(), row.word())) {
      if (binding.by != BoundBy::changed) continue;
      const BlockId block = model(site.file).statements[binding.statement].block;
      total = sum(total, count({site.file, block, binding.value}, nesting + 1));
    }
    return total;
  }
  const std::string text = model(site.file).dotted(site.expr);
  if (named.kind == Denotation::Kind::parameter) return unknown_count(fmt::format("{} is a parameter", text));
  return unknown_count(fmt::format("{} is not a constant", text.empty() ? "it" : text));
}

ElementCount Literals::count_variable(const Variable& held, int nesting) const {
  const FileModel& file = model(held.file);
  const Namespaces& namespaces = names_.namespaces(held.file);
  const auto changes = changes_.of(held.file, held.scope, held.name);
  const bool has_keys = std::ranges::any_of(
      changes, [](const CollectionChange& at) { return at.kind == Kind::merged || at.kind == Kind::key; });
  if (has_keys) {
    const auto keys = keys_of(held, nesting);
    if (!keys) return unknown_count(fmt::format("{} is changed after it is made", held.name));
    return known_count(static_cast<std::int64_t>(keys->size()));
  }
  ElementCount total = unknown_count(fmt::format("{} is computed", held.name));
  std::size_t conditional = 0, all = 0, values = 0;
  for (const NameBinding& binding : namespaces.bindings(held.scope, namespaces.word(held.name))) {
    const BlockId block = binding.statement ? file.statements[binding.statement].block : BlockId(0);
    const Truth entered = binding.is_conditional ? is_entered(held.file, block) : Truth::yes;
    if (entered == Truth::no) continue;
    ++all;
    conditional += entered == Truth::unknown ? 1 : 0;
    if (binding.by == BoundBy::value) {
      ++values;
      total = count({held.file, block, binding.value}, nesting + 1);
    } else if (const Site rows = transposed(held.file, binding); rows.expr) {
      total = count(rows, nesting + 1);
    } else if (binding.by == BoundBy::changed) {
      total =
          sum(total, product(times(held.file, block, nesting), count({held.file, block, binding.value}, nesting + 1)));
    } else {
      return unknown_count(fmt::format("{} is computed", held.name));
    }
  }
  if (conditional > 0 && all > 1) return unknown_count(fmt::format("{} depends on a condition", held.name));
  // Which of them a test sees depends on where it stands.
  if (values > 1) return unknown_count(fmt::format("{} is bound several times", held.name));
  for (const CollectionChange& change : changes) {
    if (change.kind == Kind::inside) continue;
    if (change.kind == Kind::other) return unknown_count(fmt::format("{} is changed after it is made", held.name));
    const ElementCount runs = times(held.file, change.block, nesting);
    if (!runs.count.known()) return unknown_count(fmt::format("{} is changed, {}", held.name, runs.unknown));
    if (runs.count.value == 0) continue;
    const Site added{held.file, change.block, change.values};
    total = sum(total, change.kind == Kind::one ? runs : product(runs, count(added, nesting + 1)));
  }
  // Nobody writes an empty constant to iterate over it: a registry, filled from elsewhere.
  if (total.count.value == 0 && !stays_with_tests(held)) {
    return unknown_count(fmt::format("{} is filled after it is made", held.name));
  }
  return total;
}

/// A module of tests names it in decorators and nowhere else: what was in it is commented out.
bool Literals::stays_with_tests(const Variable& held) const {
  if (tables_.files[held.file].role != FileRole::test_module || !held.scope.is_module()) return false;
  const FileModel& file = model(held.file);
  const WordId word = names_.namespaces(held.file).word(held.name);
  if (!word) return false;
  std::size_t named = 0, in_decorators = 0;
  for (const Expr& row : file.exprs) named += row.kind == ExprKind::name && row.word() == word ? 1 : 0;
  for (const Call& call : file.calls) {
    if (call.in_decorator == 0) continue;
    for (ExprId at = file.first_child(call.expr); at; at = file.next(at)) {
      in_decorators += file.exprs[at].kind == ExprKind::name && file.exprs[at].word() == word ? 1 : 0;
    }
  }
  return named <= in_decorators + 1;  // the assignment itself
}

/// `ids, values = zip(*cases)`: each of the names holds as many as there are cases.
Site Literals::transposed(FileId file, const NameBinding& binding) const {
  const FileModel& rows = model(file);
  if (binding.by != BoundBy::target || !binding.statement) return {};
  const Statement& row = rows.statements[binding.statement];
  if (row.kind != StatementKind::assign || !row.value || rows.exprs[row.value].kind != ExprKind::call) return {};
  const ExprKind kind = row.target ? rows.exprs[row.target].kind : ExprKind::name;
  if ((kind != ExprKind::tuple && kind != ExprKind::list) || rows.child_count(row.value) != 2) return {};
  for (ExprId at = rows.first_child(row.target); at; at = rows.next(at)) {
    if (rows.exprs[at].kind != ExprKind::name) return {};
  }
  const ExprId spread = rows.child(row.value, 1);
  if (rows.exprs[spread].kind != ExprKind::starred) return {};
  if (names_.external(file, row.block, rows.first_child(row.value)) != "builtins.zip") return {};
  return {file, row.block, rows.first_child(spread)};
}

/// How often a block of a module, class or function runs.
ElementCount Literals::times(FileId file, BlockId block, int nesting) const {
  const FileModel& rows = model(file);
  ElementCount total = known_count(1);
  for (BlockId at = block; at; at = rows.blocks[at].parent) {
    const Block& row = rows.blocks[at];
    if (row.kind == BlockKind::module || row.kind == BlockKind::function || row.kind == BlockKind::class_) break;
    if (row.kind == BlockKind::with_) continue;
    const ExprId header = rows.statements[row.header].value;
    if (row.kind == BlockKind::for_ && is_straight(rows, at, block)) {
      total = product(total, count({file, row.parent, header}, nesting + 1));
    } else if (row.kind == BlockKind::if_ || row.kind == BlockKind::else_) {
      const Truth met = condition({file, row.parent, header});
      const Truth here = row.kind == BlockKind::if_ ? met : opposite(met);
      if (here == Truth::no) return known_count(0);
      if (here == Truth::unknown) return unknown_count("under a condition");
    } else {
      return unknown_count("in a loop or try");
    }
  }
  return total;
}

bool Literals::is_changed_from_elsewhere(FileId file, ScopeKey scope, std::string_view name) const {
  const FileModel& rows = model(file);
  const auto is_outside = [&](BlockId block) {
    return rows.blocks[block].function != scope.function() || rows.blocks[block].class_ != scope.class_();
  };
  const Namespaces& namespaces = names_.namespaces(file);
  const auto bindings = namespaces.bindings(scope, namespaces.word(name));
  return std::ranges::any_of(bindings, [](const NameBinding& at) { return at.is_global != 0; }) ||
         std::ranges::any_of(changes_.of(file, scope, name),
                             [&](const CollectionChange& at) { return is_outside(at.block); });
}

bool Literals::is_unchanged(Site site) const {
  const ExprKind kind = model(site.file).exprs[site.expr].kind;
  if (kind != ExprKind::name && kind != ExprKind::attribute) return true;
  const auto held = variable(site);
  return held && changes_.of(held->file, held->scope, held->name).empty();
}

}  // namespace hasten
