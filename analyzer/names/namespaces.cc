#include "analyzer/names/namespaces.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "analyzer/names/conditions.h"

namespace hasten {
namespace {

constexpr std::uint32_t no_outer = 0xFFFFFFFF;

auto order_of(const NameBinding& binding) { return std::tuple(binding.scope, binding.word); }

bool is_sequence(ExprKind kind) { return kind == ExprKind::tuple || kind == ExprKind::list; }

}  // namespace

ScopeKey scope_of(const FileModel& file, BlockId block) {
  const Block& row = file.blocks[block];
  if (row.class_) return ScopeKey::of(row.class_);
  return row.function ? ScopeKey::of(row.function) : ScopeKey::module();
}

ScopeKey scope_around(const FileModel& file, ScopeKey scope) {
  const FunctionId outer =
      scope.is_class() ? file.classes[scope.class_()].function : file.functions[scope.function()].parent;
  return outer ? ScopeKey::of(outer) : ScopeKey::module();
}

Namespaces::Namespaces(const FileModel& file) : file_(file) {
  if (file.blocks.empty()) return;
  add_parameters();
  for (StatementId statement : file.statements.ids()) add_statement(statement);
  add_walruses();
  sort_bindings();
  move_globals();
  index_words();
  find_inner_scopes();
}

/// A parameter that cannot be parsed has no name.
void Namespaces::add(NameBinding binding) {
  if (binding.word) bindings_.push_back(binding);
}

void Namespaces::index_words() {
  std::vector<bool> is_bound(file_.words.size());
  std::vector<WordId> words;
  for (const NameBinding& binding : bindings_) {
    if (is_bound[binding.word.index()]) continue;
    is_bound[binding.word.index()] = true;
    words.push_back(binding.word);
  }
  words_.emplace(file_, words);
}

void Namespaces::add_parameters() {
  for (FunctionId function : file_.functions.ids()) {
    for (ParamId param : file_.functions[function].params) {
      add({.scope = ScopeKey::of(function),
           .word = file_.params[param].name,
           .statement = {},
           .by = BoundBy::parameter,
           .value = {},
           .detail = param.index()});
    }
  }
}

void Namespaces::add_statement(StatementId statement) {
  const Statement& row = file_.statements[statement];
  NameBinding binding{
      .scope = scope_of(file_, row.block), .word = {}, .statement = statement, .value = {}, .detail = row.detail};
  const auto bind = [&](WordId word, BoundBy by) {
    const Truth entered = is_entered(file_, row.block);
    if (entered == Truth::no || !word) return;
    binding.word = word;
    binding.by = by;
    binding.is_conditional = entered == Truth::unknown || file_.blocks[row.block].kind == BlockKind::try_;
    add(binding);
  };
  switch (row.kind) {
    case StatementKind::import:
      if (!file_.imports[row.import()].is_star) return bind(file_.imports[row.import()].bound, BoundBy::import);
      if (binding.scope.is_module() && is_entered(file_, row.block) != Truth::no) star_imports_.push_back(row.import());
      return;
    case StatementKind::function: return bind(file_.functions[row.function()].name, BoundBy::function);
    case StatementKind::class_: return bind(file_.classes[row.class_()].name, BoundBy::class_);
    case StatementKind::assign:
    case StatementKind::type_alias: return add_target(row, statement, row.target, row.value, BoundBy::value);
    case StatementKind::ann_assign:
      if (row.value) add_target(row, statement, row.target, row.value, BoundBy::value);
      return;
    case StatementKind::aug_assign: return add_target(row, statement, row.target, row.value, BoundBy::changed);
    case StatementKind::delete_: return add_target(row, statement, row.target, {}, BoundBy::deleted);
    case StatementKind::global:
    case StatementKind::nonlocal: return add_target(row, statement, row.target, {}, BoundBy::outer);
    case StatementKind::for_:
    case StatementKind::with_item:
    case StatementKind::except: return add_target(row, statement, row.target, {}, BoundBy::target);
    case StatementKind::expression:
    case StatementKind::return_:
    case StatementKind::raise:
    case StatementKind::assert_:
    case StatementKind::if_:
    case StatementKind::while_:
    case StatementKind::try_:
    case StatementKind::match_:
    case StatementKind::break_:
    case StatementKind::continue_: return;
  }
}

/// Names in a target, which may be a nested tuple; a matching tuple on the right gives each its own value.
void Namespaces::add_target(const Statement& row, StatementId statement, ExprId target, ExprId value, BoundBy by) {
  if (!target) return;
  const Truth entered = is_entered(file_, row.block);
  if (entered == Truth::no) return;
  const BlockKind block = file_.blocks[row.block].kind;
  NameBinding binding{.scope = scope_of(file_, row.block),
                      .word = {},
                      .statement = statement,
                      .by = by,
                      .is_conditional = entered == Truth::unknown || block == BlockKind::try_,
                      .value = value};
  const Expr& shape = file_.exprs[target];
  if (shape.kind == ExprKind::name) {
    binding.word = shape.word();
    return add(binding);
  }
  if (!is_sequence(shape.kind) && shape.kind != ExprKind::starred) return;
  const bool matches = value && is_sequence(shape.kind) && is_sequence(file_.exprs[value].kind) &&
                       file_.child_count(target) == file_.child_count(value) && !file_.exprs[value].is_collapsed;
  // Rows below the target are its names, subscripts and attributes; what an attribute stands on is not bound.
  for (ExprId at = file_.first_child(target), part = matches ? file_.first_child(value) : ExprId(); at;
       at = file_.next(at), part = part ? file_.next(part) : ExprId()) {
    const bool is_plain = file_.exprs[at].kind == ExprKind::name;
    if (is_plain) {
      binding.word = file_.exprs[at].word();
      binding.by = part && by == BoundBy::value ? BoundBy::value : by == BoundBy::value ? BoundBy::target : by;
      binding.value = part;
      add(binding);
    } else if (is_sequence(file_.exprs[at].kind) || file_.exprs[at].kind == ExprKind::starred) {
      for (ExprId inner : file_.subtree(at)) {
        if (file_.exprs[inner].kind != ExprKind::name) continue;
        binding.word = file_.exprs[inner].word();
        binding.by = by == BoundBy::value ? BoundBy::target : by;
        binding.value = ExprId();
        add(binding);
      }
    }
  }
}

/// `(x := value)` binds in the scope of its statement. Statements and expressions are both in source order.
void Namespaces::add_walruses() {
  std::vector<ExprId> walruses;
  for (ExprId expr : file_.exprs.ids()) {
    if (file_.exprs[expr].kind == ExprKind::named) walruses.push_back(expr);
  }
  if (walruses.empty()) return;
  for (StatementId statement : file_.statements.ids()) {
    const Statement& row = file_.statements[statement];
    for (ExprId part : {row.target, row.value, row.third}) {
      if (!part) continue;
      const Run<ExprTag> rows = file_.subtree(part);
      for (auto at = std::ranges::lower_bound(walruses, part); at != walruses.end() && rows.contains(*at); ++at) {
        add_target(row, statement, file_.first_child(*at), file_.child(*at, 1), BoundBy::value);
      }
    }
  }
}

/// What a function assigns after `global x` is the module's.
void Namespaces::move_globals() {
  std::vector<NameBinding> moved;
  for (const NameBinding& declaration : bindings_) {
    if (declaration.by != BoundBy::outer || file_.statements[declaration.statement].kind != StatementKind::global) {
      continue;
    }
    for (NameBinding binding : bindings(declaration.scope, declaration.word)) {
      if (binding.by == BoundBy::outer || binding.by == BoundBy::deleted) continue;
      binding.scope = ScopeKey::module();
      binding.is_conditional = 1;
      binding.is_global = 1;
      moved.push_back(binding);
    }
  }
  if (moved.empty()) return;
  bindings_.insert(bindings_.end(), moved.begin(), moved.end());
  sort_bindings();
}

void Namespaces::sort_bindings() {
  std::ranges::stable_sort(bindings_, {}, order_of);
  const std::size_t scopes = 1 + 2 * std::max(file_.functions.size(), file_.classes.size());
  scope_first_.assign(scopes + 1, 0);
  for (const NameBinding& binding : bindings_) ++scope_first_[binding.scope.number() + 1];
  std::partial_sum(scope_first_.begin(), scope_first_.end(), scope_first_.begin());
}

void Namespaces::find_inner_scopes() {
  std::vector<std::uint32_t> open;
  for (ExprId expr : file_.exprs.ids()) {
    const ExprKind kind = file_.exprs[expr].kind;
    if (kind != ExprKind::lambda && kind != ExprKind::comprehension) continue;
    while (!open.empty() && !file_.subtree(inner_scopes_[open.back()].expr).contains(expr)) open.pop_back();
    InnerScope inner{expr, open.empty() ? no_outer : open.back(), {}};
    for (ExprId at = file_.first_child(expr); at; at = file_.next(at)) {
      if (file_.exprs[at].kind == ExprKind::parameter) inner.words.push_back(file_.exprs[at].word());
      if (file_.exprs[at].kind != ExprKind::comprehension_for) continue;
      const ExprId target = file_.first_child(at);
      if (!target) continue;
      for (ExprId name : file_.subtree(target)) {
        if (file_.exprs[name].kind == ExprKind::name) inner.words.push_back(file_.exprs[name].word());
      }
    }
    open.push_back(static_cast<std::uint32_t>(inner_scopes_.size()));
    inner_scopes_.push_back(std::move(inner));
  }
}

std::span<const NameBinding> Namespaces::bindings(ScopeKey scope, WordId word) const {
  const auto found = std::ranges::equal_range(all(scope), word, {}, &NameBinding::word);
  return {found.begin(), found.end()};
}

std::span<const NameBinding> Namespaces::all(ScopeKey scope) const {
  if (scope_first_.empty()) return {};
  const std::uint32_t first = scope_first_[scope.number()];
  return std::span(bindings_).subspan(first, scope_first_[scope.number() + 1] - first);
}

WordId Namespaces::word(std::string_view text) const { return words_ ? words_->find(text) : WordId(); }

bool Namespaces::is_bound_inside_expression(ExprId expr, WordId word) const {
  const auto after = std::ranges::upper_bound(inner_scopes_, expr, {}, &InnerScope::expr);
  if (after == inner_scopes_.begin()) return false;
  for (auto at = static_cast<std::uint32_t>(after - inner_scopes_.begin() - 1); at != no_outer;
       at = inner_scopes_[at].outer) {
    const InnerScope& inner = inner_scopes_[at];
    if (file_.subtree(inner.expr).contains(expr) && std::ranges::find(inner.words, word) != inner.words.end())
      return true;
  }
  return false;
}

}  // namespace hasten
