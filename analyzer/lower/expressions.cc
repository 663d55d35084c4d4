#include <array>

#include "analyzer/lower/operators.h"
#include "analyzer/lower/walk.h"

namespace hasten {

struct Walk::Shapes {
  std::array<Shape, 273> by_kind{};

  constexpr void set(Kind kind, Shape shape) { by_kind[static_cast<std::size_t>(kind)] = shape; }
  constexpr Shapes() {
    set(Kind::identifier, {&Walk::lower_word, ExprKind::name});
    set(Kind::integer, {&Walk::lower_word, ExprKind::integer});
    set(Kind::floating, {&Walk::lower_word, ExprKind::floating});
    set(Kind::dotted_name, {&Walk::lower_word, ExprKind::name});
    set(Kind::true_, {&Walk::lower_leaf, ExprKind::true_literal});
    set(Kind::false_, {&Walk::lower_leaf, ExprKind::false_literal});
    set(Kind::none, {&Walk::lower_leaf, ExprKind::none_literal});
    set(Kind::ellipsis, {&Walk::lower_leaf, ExprKind::ellipsis});
    set(Kind::string, {&Walk::lower_string, ExprKind::string});
    set(Kind::concatenated_string, {&Walk::lower_concatenated, ExprKind::string});
    set(Kind::attribute, {&Walk::lower_attribute, ExprKind::attribute});
    set(Kind::member_type, {&Walk::lower_attribute, ExprKind::attribute});
    set(Kind::call, {&Walk::lower_call, ExprKind::call});
    set(Kind::subscript, {&Walk::lower_parent, ExprKind::subscript});
    set(Kind::generic_type, {&Walk::lower_generic_type, ExprKind::subscript});
    set(Kind::tuple, {&Walk::lower_collection, ExprKind::tuple});
    set(Kind::expression_list, {&Walk::lower_collection, ExprKind::tuple});
    set(Kind::pattern_list, {&Walk::lower_collection, ExprKind::tuple});
    set(Kind::tuple_pattern, {&Walk::lower_collection, ExprKind::tuple});
    set(Kind::list, {&Walk::lower_collection, ExprKind::list});
    set(Kind::list_pattern, {&Walk::lower_collection, ExprKind::list});
    set(Kind::set, {&Walk::lower_collection, ExprKind::set});
    set(Kind::dictionary, {&Walk::lower_collection, ExprKind::dict});
    set(Kind::pair, {&Walk::lower_parent, ExprKind::pair});
    set(Kind::slice, {&Walk::lower_parent, ExprKind::slice});
    set(Kind::unary_operator, {&Walk::lower_operator, ExprKind::unary});
    set(Kind::not_operator, {&Walk::lower_operator, ExprKind::unary});
    set(Kind::binary_operator, {&Walk::lower_operator, ExprKind::binary});
    set(Kind::union_type, {&Walk::lower_operator, ExprKind::binary});
    set(Kind::boolean_operator, {&Walk::lower_operator, ExprKind::boolean});
    set(Kind::comparison_operator, {&Walk::lower_operator, ExprKind::compare});
    set(Kind::conditional_expression, {&Walk::lower_parent, ExprKind::conditional});
    set(Kind::lambda, {&Walk::lower_lambda, ExprKind::lambda});
    set(Kind::list_comprehension, {&Walk::lower_comprehension, ExprKind::comprehension, Operator::list_});
    set(Kind::set_comprehension, {&Walk::lower_comprehension, ExprKind::comprehension, Operator::set_});
    set(Kind::dictionary_comprehension, {&Walk::lower_comprehension, ExprKind::comprehension, Operator::dict_});
    set(Kind::generator_expression, {&Walk::lower_comprehension, ExprKind::comprehension, Operator::generator});
    set(Kind::for_in_clause, {&Walk::lower_parent, ExprKind::comprehension_for});
    set(Kind::if_clause, {&Walk::lower_parent, ExprKind::comprehension_if});
    set(Kind::named_expression, {&Walk::lower_parent, ExprKind::named});
    set(Kind::await, {&Walk::lower_await, ExprKind::await_});
    set(Kind::yield, {&Walk::lower_yield, ExprKind::yield_});
    set(Kind::list_splat, {&Walk::lower_parent, ExprKind::starred});
    set(Kind::list_splat_pattern, {&Walk::lower_parent, ExprKind::starred});
    set(Kind::splat_type, {&Walk::lower_parent, ExprKind::starred});
    set(Kind::dictionary_splat, {&Walk::lower_parent, ExprKind::double_starred});
    set(Kind::dictionary_splat_pattern, {&Walk::lower_parent, ExprKind::double_starred});
    set(Kind::keyword_argument, {&Walk::lower_keyword_argument, ExprKind::keyword});
    set(Kind::parenthesized_expression, {&Walk::lower_parenthesized, ExprKind::tuple});
    // These stand for what they hold.
    set(Kind::parenthesized_list_splat, {&Walk::lower_only_child, ExprKind::error});
    set(Kind::type, {&Walk::lower_only_child, ExprKind::error});
    set(Kind::constrained_type, {&Walk::lower_only_child, ExprKind::error});
    set(Kind::as_pattern, {&Walk::lower_only_child, ExprKind::error});
    set(Kind::as_pattern_target, {&Walk::lower_only_child, ExprKind::error});
  }
};

Walk::Shape Walk::shape_of(Kind kind) {
  static constexpr Shapes shapes;
  const auto index = static_cast<std::size_t>(kind);
  return index < shapes.by_kind.size() ? shapes.by_kind[index] : Shape();
}

void Walk::lower_expression(const Step& step) {
  store(step);
  const Shape shape = shape_of(step.node.kind);
  if (shape.lower == nullptr) {
    add_row(ExprKind::error, step.node.range(), step.context);
    return;
  }
  (this->*shape.lower)(step, shape);
}

/// The next row is what the slot is waiting for.
void Walk::store(const Step& step) {
  const ExprId next = file_.exprs.next_id();
  switch (step.slot) {
    case Slot::none: return;
    case Slot::target: file_.statements[statement_ = StatementId(step.row)].target = next; return;
    case Slot::value:
      for (std::uint32_t i = 0; i < step.count; ++i) file_.statements[StatementId(step.row + i)].value = next;
      statement_ = StatementId(step.row);
      return;
    case Slot::third: file_.statements[statement_ = StatementId(step.row)].third = next; return;
    case Slot::default_value: file_.params[ParamId(step.row)].default_value = next; return;
    case Slot::annotation: file_.params[ParamId(step.row)].annotation = next; return;
    case Slot::returns: file_.functions[FunctionId(step.row)].returns = next; return;
    case Slot::decorator: file_.decorators[DecoratorId(step.row)].expr = next; return;
  }
}

ExprId Walk::add_row(ExprKind kind, TextRange range, Context context, WordId word, Operator op) {
  if (range.begin == misread_at_) range.begin = misread_begin_;
  Expr row;
  row.kind = kind;
  row.op = op;
  row.range = range;
  if (word) row.payload = word.index();
  const ExprId id = file_.exprs.add(row);
  if (context.is_root || frames_.empty()) return id;
  Frame& frame = frames_.back();
  if (frame.last) file_.exprs[frame.last].next = id;
  frame.last = id;
  return id;
}

bool Walk::open_row(ExprKind kind, TextRange range, Context context, WordId word, Operator op) {
  if (frames_.size() >= FileModel::max_depth) {
    note_too_deep(range);
    add_row(ExprKind::error, range, context);
    return false;
  }
  frames_.push_back({add_row(kind, range, context, word, op), {}});
  return true;
}

void Walk::close_row() {
  const ExprId row = frames_.back().row;
  frames_.pop_back();
  if (row) file_.exprs[row].subtree = file_.exprs.next_id().index() - row.index();
}

void Walk::lower_leaf(const Step& step, Shape shape) { add_row(shape.kind, step.node.range(), step.context); }

void Walk::lower_word(const Step& step, Shape shape) {
  add_row(shape.kind, step.node.range(), step.context, word(step.node));
}

void Walk::lower_parent(const Step& step, Shape shape) {
  if (!open_row(shape.kind, step.node.range(), step.context, {}, shape.op)) return;
  push_named(children(step.node), step.context.of_child());
  push_close();
}

/// What the node wraps takes its place; the row has been stored and the siblings are still to be linked.
void Walk::lower_only_child(const Step& step, Shape) {
  const Node* const child = named_child(children(step.node), 0);
  if (child == nullptr) {
    add_row(ExprKind::error, step.node.range(), step.context);
  } else {
    push(Action::expression, *child, step.context);
  }
}

void Walk::lower_parenthesized(const Step& step, Shape shape) {
  if (step.node.range().begin == misread_at_) return lower_misread_call(step);
  lower_only_child(step, shape);
}

void Walk::lower_collection(const Step& step, Shape shape) {
  if (step.node.range().begin == misread_at_ && step.node.kind == Kind::tuple) return lower_misread_call(step);
  const Nodes& elements = children(step.node);
  if (is_constant_collection(step.node, elements)) {
    Expr& row = file_.exprs[add_row(shape.kind, step.node.range(), step.context)];
    row.is_collapsed = 1;
    row.payload = static_cast<std::uint32_t>(count_named(elements));
    return;
  }
  if (!open_row(shape.kind, step.node.range(), step.context)) return;
  push_named(elements, step.context.of_child());
  push_close();
}

void Walk::lower_operator(const Step& step, Shape shape) {
  const Nodes& parts = children(step.node);
  Operator op = first_operator(parts);
  if (shape.kind == ExprKind::unary && op == Operator::subtract) op = Operator::negate;
  if (shape.kind == ExprKind::unary && op == Operator::add) op = Operator::plus;
  if (!open_row(shape.kind, step.node.range(), step.context, {}, op)) return;
  push_named(parts, step.context.of_child());
  push_close();
}

void Walk::lower_attribute(const Step& step, Shape shape) {
  const Nodes& parts = children(step.node);
  const Node* const object = named_child(parts, 0);
  const Node* const name = named_child(parts, 1);
  if (!open_row(shape.kind, step.node.range(), step.context, name == nullptr ? WordId() : word(*name))) return;
  if (object != nullptr) push(Action::expression, *object, step.context.of_child());
  push_close();
}

void Walk::lower_call(const Step& step, Shape shape) {
  const ExprId id = file_.exprs.next_id();
  if (!open_row(shape.kind, step.node.range(), step.context)) return;
  add_call(id, step.context);
  const Context context = step.context.of_child();
  for (const Node& part : children(step.node)) {
    push(part.kind == Kind::argument_list ? Action::elements : Action::expression, part, context);
  }
  push_close();
}

/// The `(x)` of `type(x).attr = y`, whose `type` was taken for a keyword: the call that was written.
void Walk::lower_misread_call(const Step& step) {
  const TextRange range{misread_begin_, step.node.range().end};
  const ExprId id = file_.exprs.next_id();
  if (!open_row(ExprKind::call, range, step.context)) return;
  add_call(id, step.context);
  add_row(ExprKind::name, {range.begin, range.begin + 4}, {}, word("type"));
  push_named(children(step.node), step.context.of_child());
  push_close();
}

void Walk::add_call(ExprId expr, Context context) {
  file_.calls.add({.expr = expr,
                   .statement = statement_,
                   .block = block_,
                   .is_awaited = context.is_awaited,
                   .in_lambda = context.in_lambda,
                   .in_comprehension = context.in_comprehension,
                   .in_decorator = context.in_decorator});
}

/// `List[int]` in an annotation.
void Walk::lower_generic_type(const Step& step, Shape shape) {
  if (!open_row(shape.kind, step.node.range(), step.context)) return;
  const Context context = step.context.of_child();
  for (const Node& part : children(step.node)) {
    push(part.kind == Kind::type_parameter ? Action::elements : Action::expression, part, context);
  }
  push_close();
}

void Walk::lower_keyword_argument(const Step& step, Shape shape) {
  const Nodes& parts = children(step.node);
  const Node* const name = named_child(parts, 0);
  const Node* const value = named_child(parts, 1);
  if (!open_row(shape.kind, step.node.range(), step.context, name == nullptr ? WordId() : word(*name))) return;
  if (value != nullptr) push(Action::expression, *value, step.context.of_child());
  push_close();
}

void Walk::lower_lambda(const Step& step, Shape shape) {
  if (!open_row(shape.kind, step.node.range(), step.context)) return;
  const Context outside = step.context.of_child();
  Context inside = outside;
  inside.in_lambda = true;
  for (const Node& part : children(step.node)) {
    if (part.kind == Kind::lambda_parameters) {
      for (const Node& parameter : inner_children(part)) {
        if (is_named(parameter.kind)) push(Action::lambda_parameter, parameter, outside);
      }
    } else if (is_named(part.kind)) {
      push(Action::expression, part, inside);
    }
  }
  push_close();
}

void Walk::lower_lambda_parameter(const Step& step) {
  const Kind kind = step.node.kind;
  if (kind == Kind::positional_separator || kind == Kind::keyword_separator) return;
  if (kind == Kind::identifier || kind == Kind::tuple_pattern) {
    add_row(ExprKind::parameter, step.node.range(), step.context, word(step.node));
    return;
  }
  const Nodes& parts = children(step.node);
  const Node* const name = named_child(parts, 0);
  const Node* const value = named_child(parts, 1);
  if (name == nullptr) return;
  if (value == nullptr) {
    add_row(ExprKind::parameter, step.node.range(), step.context, word(*name));
    return;
  }
  if (!open_row(ExprKind::parameter, step.node.range(), step.context, word(*name))) return;
  push(Action::expression, *value, step.context);
  push_close();
}

/// The iterable of the first `for` is evaluated once, everything else for each element.
void Walk::lower_comprehension(const Step& step, Shape shape) {
  if (!open_row(shape.kind, step.node.range(), step.context, {}, shape.op)) return;
  const Context once = step.context.of_child();
  Context each = once;
  each.in_comprehension = true;
  bool is_first_for = true;
  for (const Node& part : children(step.node)) {
    if (!is_named(part.kind)) continue;
    const bool is_outermost = part.kind == Kind::for_in_clause && is_first_for;
    if (is_outermost) is_first_for = false;
    push(Action::expression, part, is_outermost ? once : each);
  }
  push_close();
}

void Walk::lower_await(const Step& step, Shape shape) {
  if (!open_row(shape.kind, step.node.range(), step.context)) return;
  Context context = step.context.of_child();
  context.is_awaited = true;
  push_named(children(step.node), context);
  push_close();
}

void Walk::lower_yield(const Step& step, Shape shape) {
  const Nodes& parts = children(step.node);
  const bool is_from = find_kind(parts, Kind::from_token) != nullptr;
  const FunctionId function = file_.blocks[block_].function;
  const bool is_outside = step.context.in_lambda || file_.blocks[block_].class_;
  if (function && !is_outside) file_.functions[function].has_yield = 1;
  if (!open_row(is_from ? ExprKind::yield_from : shape.kind, step.node.range(), step.context)) return;
  push_named(parts, step.context.of_child());
  push_close();
}

}  // namespace hasten
