#include <array>
#include <limits>

#include "analyzer/lower/operators.h"
#include "analyzer/lower/walk.h"

namespace hasten {

/// What is done with each kind of statement. Kinds without an entry (pass) have no row.
struct Walk::StatementSteps {
  using Lower = void (Walk::*)(const Node&);
  std::array<Lower, 273> lower{};

  constexpr void set(Kind kind, Lower function) { lower[static_cast<std::size_t>(kind)] = function; }
  constexpr StatementSteps() {
    set(Kind::expression_statement, &Walk::lower_expression_statement);
    set(Kind::return_statement, &Walk::lower_return);
    set(Kind::raise_statement, &Walk::lower_raise);
    set(Kind::break_statement, &Walk::lower_break);
    set(Kind::continue_statement, &Walk::lower_continue);
    set(Kind::delete_statement, &Walk::lower_delete);
    set(Kind::assert_statement, &Walk::lower_assert);
    set(Kind::global_statement, &Walk::lower_scope_names);
    set(Kind::nonlocal_statement, &Walk::lower_scope_names);
    set(Kind::print_statement, &Walk::lower_each_value);
    set(Kind::chevron, &Walk::lower_each_value);
    set(Kind::exec_statement, &Walk::lower_each_value);
    set(Kind::type_alias_statement, &Walk::lower_type_alias);
    set(Kind::import_statement, &Walk::lower_import);
    set(Kind::import_from_statement, &Walk::lower_import_from);
    set(Kind::future_import_statement, &Walk::lower_import_from);
    set(Kind::if_statement, &Walk::lower_if);
    set(Kind::for_statement, &Walk::lower_for);
    set(Kind::while_statement, &Walk::lower_while);
    set(Kind::with_statement, &Walk::lower_with);
    set(Kind::try_statement, &Walk::lower_try);
    set(Kind::match_statement, &Walk::lower_match);
    set(Kind::decorated_definition, &Walk::lower_decorated);
    set(Kind::function_definition, &Walk::lower_plain_function);
    set(Kind::class_definition, &Walk::lower_plain_class);
    set(Kind::block, &Walk::lower_statements);
  }
};

StatementId Walk::add_statement(StatementKind kind, TextRange range) {
  Statement row;
  row.kind = kind;
  row.block = block_;
  row.range = range;
  statement_ = file_.statements.add(row);
  return statement_;
}

void Walk::lower_statements(const Node& node) {
  for (const Node& child : children(node)) {
    if (is_named(child.kind)) push(Action::statement, child);
  }
}

void Walk::lower_statement(const Node& node) {
  static constexpr StatementSteps steps;
  if (node.kind == Kind::error) return lower_statements(node);
  const auto kind = static_cast<std::size_t>(node.kind);
  if (const auto lower = kind < steps.lower.size() ? steps.lower[kind] : nullptr) return (this->*lower)(node);
  if (shape_of(node.kind).lower == nullptr) return;
  // What a syntax error left of a statement: its expressions.
  push_root(node, Slot::value, add_statement(StatementKind::expression, node.range()).index());
}

void Walk::lower_expression_statement(const Node& node) {
  const Nodes& parts = children(node);
  const std::size_t count = count_named(parts);
  if (count == 0) return;
  const Node first = *named_child(parts, 0);
  if (first.kind == Kind::assignment) return lower_assignments(node, first);
  if (first.kind == Kind::augmented_assignment) return lower_augmented(first, node.range());

  const StatementId statement = add_statement(StatementKind::expression, node.range());
  if (count == 1) {
    Context bare;
    bare.is_bare = true;
    return push_root(first, Slot::value, statement.index(), bare);
  }
  Context root;
  root.is_root = true;
  file_.statements[statement].value = file_.exprs.next_id();
  if (!open_row(ExprKind::tuple, node.range(), root)) return;
  push_named(parts, {});
  push_close();
}

void Walk::lower_assignments(const Node& statement, Node node) {
  const StatementId first = file_.statements.next_id();
  while (true) {
    const Nodes& parts = children(node);
    const Node* const type = find_kind(parts, Kind::type);
    const bool has_equal_sign = find_kind(parts, Kind::equal_sign) != nullptr;
    const Node* const target = named_child(parts, 0);
    const Node* const value = has_equal_sign ? named_child(parts, type == nullptr ? 1 : 2) : nullptr;
    if (target == nullptr || target == type) return;

    const StatementKind kind = type == nullptr ? StatementKind::assign : StatementKind::ann_assign;
    const StatementId row = add_statement(kind, statement.range());
    push_root(*target, Slot::target, row.index());
    if (type != nullptr) push_root(*type, Slot::third, row.index());
    if (value == nullptr) return;
    if (value->kind == Kind::assignment) {
      node = *value;
      continue;
    }
    if (value->kind == Kind::augmented_assignment) return lower_augmented(*value, statement.range());
    push_root(*value, Slot::value, first.index());
    steps_.back().count = row.index() - first.index() + 1;  // `a = b = c`: one value, a row for each target
    return;
  }
}

void Walk::lower_augmented(const Node& node, TextRange range) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::aug_assign, range);
  file_.statements[row].op = first_operator(parts);
  if (const Node* const target = named_child(parts, 0)) push_root(*target, Slot::target, row.index());
  if (const Node* const value = named_child(parts, 1)) push_root(*value, Slot::value, row.index());
}

/// `type X = int`, and `type(obj).attr = x`, which the grammar takes for one too.
void Walk::lower_type_alias(const Node& node) {
  const Nodes& parts = children(node);
  const Node* const left = named_child(parts, 0);
  const Node* const right = named_child(parts, 1);
  if (left == nullptr) return;
  Node target = *left;
  const bool is_misread = bytes_[target.range().begin] == '(';
  const StatementKind kind = is_misread ? StatementKind::assign : StatementKind::type_alias;
  const StatementId row = add_statement(kind, node.range());
  const Node* third = nullptr;
  if (is_misread) {
    misread_at_ = target.range().begin;
    misread_begin_ = node.range().begin;
  }
  // type -> constrained_type -> target and annotation; type -> generic_type -> name and parameters
  const Nodes& wrapped = inner_children(target);
  if (!wrapped.empty()) target = wrapped[0];
  if (target.kind == Kind::constrained_type && is_misread) {
    const Nodes& sides = inner_children(target);
    target = *named_child(sides, 0);
    third = named_child(sides, 1);
    file_.statements[row].kind = StatementKind::ann_assign;
  } else if (target.kind == Kind::generic_type) {
    target = *named_child(inner_children(target), 0);
  }
  push_root(target, Slot::target, row.index());
  if (third != nullptr) push_root(*third, Slot::third, row.index());
  if (right != nullptr) push_root(*right, Slot::value, row.index());
}

void Walk::lower_return(const Node& node) {
  const StatementId row = add_statement(StatementKind::return_, node.range());
  const Node* const value = named_child(children(node), 0);
  if (value == nullptr) return;
  const FunctionId function = file_.blocks[block_].function;
  if (function && value->kind != Kind::none) file_.functions[function].returns_value = 1;
  push_root(*value, Slot::value, row.index());
}

void Walk::lower_raise(const Node& node) {
  const StatementId row = add_statement(StatementKind::raise, node.range());
  Slot slot = Slot::value;
  for (const Node& part : children(node)) {
    if (part.kind == Kind::from_token) slot = Slot::third;
    if (is_named(part.kind)) push_root(part, slot, row.index());
  }
}

void Walk::lower_break(const Node& node) { add_statement(StatementKind::break_, node.range()); }

void Walk::lower_continue(const Node& node) { add_statement(StatementKind::continue_, node.range()); }

void Walk::lower_delete(const Node& node) {
  const Node* const value = named_child(children(node), 0);
  if (value == nullptr) return;
  const bool is_list = value->kind == Kind::expression_list || value->kind == Kind::tuple || value->kind == Kind::list;
  const Nodes targets = is_list ? inner_children(*value) : Nodes{*value};
  for (const Node& target : targets) {
    if (!is_named(target.kind)) continue;
    push_root(target, Slot::target, add_statement(StatementKind::delete_, node.range()).index());
  }
}

void Walk::lower_assert(const Node& node) {
  const StatementId row = add_statement(StatementKind::assert_, node.range());
  const Nodes& parts = children(node);
  if (const Node* const condition = named_child(parts, 0)) push_root(*condition, Slot::value, row.index());
  if (const Node* const message = named_child(parts, 1)) push_root(*message, Slot::third, row.index());
}

/// Python 2's print and exec: one expression row for each value.
void Walk::lower_each_value(const Node& node) {
  for (const Node& part : children(node)) {
    const Node* const value = part.kind == Kind::chevron ? named_child(inner_children(part), 0) : &part;
    if (value == nullptr || !is_named(value->kind)) continue;
    push_root(*value, Slot::value, add_statement(StatementKind::expression, node.range()).index());
  }
}

void Walk::lower_scope_names(const Node& node) {
  const StatementKind kind = node.kind == Kind::global_statement ? StatementKind::global : StatementKind::nonlocal;
  for (const Node& name : children(node)) {
    if (name.kind == Kind::identifier) push_root(name, Slot::target, add_statement(kind, node.range()).index());
  }
}

}  // namespace hasten
