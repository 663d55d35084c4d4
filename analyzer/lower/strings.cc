#include <algorithm>

#include "analyzer/lower/walk.h"
#include "analyzer/syntax/literals.h"

namespace hasten {

void Walk::lower_string(const Step& step, Shape) {
  const Literal literal = split_literal(text(step.node.range()));
  if (literal.is_template && interpolates(step.node)) {
    if (!open_row(ExprKind::template_string, step.node.range(), step.context)) return;
    push(Action::template_part, step.node, step.context.of_child());
    push_close();
    return;
  }
  decoded_.clear();
  if (!step.context.is_bare && literal.body.size() <= FileModel::max_word) append_decoded(decoded_, literal);
  const bool is_kept = !step.context.is_bare && literal.body.size() <= FileModel::max_word;
  add_row(literal.is_bytes ? ExprKind::bytes : ExprKind::string, step.node.range(), step.context,
          is_kept ? word(decoded_) : WordId());
}

/// `"a" f"b{c}" 'd'`: one string, or one template with the parts of all in order.
void Walk::lower_concatenated(const Step& step, Shape) {
  const Nodes& strings = children(step.node);
  const bool is_template = std::ranges::any_of(strings, [&](const Node& string) {
    return string.kind == Kind::string && split_literal(text(string.range())).is_template && interpolates(string);
  });
  if (is_template) {
    if (!open_row(ExprKind::template_string, step.node.range(), step.context)) return;
    for (const Node& string : strings) push(Action::template_part, string, step.context.of_child());
    push_close();
    return;
  }
  decoded_.clear();
  bool is_bytes = false;
  for (const Node& string : strings) {
    const Literal literal = split_literal(text(string.range()));
    is_bytes |= literal.is_bytes;
    if (!step.context.is_bare && decoded_.size() <= FileModel::max_word) append_decoded(decoded_, literal);
  }
  const bool is_kept = !step.context.is_bare && decoded_.size() <= FileModel::max_word;
  add_row(is_bytes ? ExprKind::bytes : ExprKind::string, step.node.range(), step.context,
          is_kept ? word(decoded_) : WordId());
}

/// One literal of a template: its texts and what it interpolates.
void Walk::lower_template_part(const Step& step) {
  Literal literal = split_literal(text(step.node.range()));
  if (literal.is_template) {
    for (const Node& part : children(step.node)) {
      if (part.kind == Kind::interpolation) push(Action::interpolation, part, step.context);
      if (part.kind == Kind::string_content) push(Action::template_text, part, step.context).row = literal.is_raw;
    }
    return;
  }
  if (literal.body.empty()) return;
  decoded_.clear();
  append_decoded(decoded_, literal);
  add_row(ExprKind::string, step.node.range(), step.context,
          decoded_.size() <= FileModel::max_word ? word(decoded_) : WordId());
}

void Walk::lower_template_text(const Step& step) {
  const Literal literal{.body = text(step.node.range()), .is_raw = step.row != 0, .is_template = true};
  decoded_.clear();
  append_decoded(decoded_, literal);
  add_row(ExprKind::string, step.node.range(), step.context,
          decoded_.size() <= FileModel::max_word ? word(decoded_) : WordId());
}

/// Conversion and format are left out.
void Walk::lower_interpolation(const Step& step) {
  const Node* const value = named_child(children(step.node), 0);
  if (value == nullptr || value->kind == Kind::type_conversion || value->kind == Kind::format_specifier) {
    add_row(ExprKind::error, step.node.range(), step.context);
  } else {
    push(Action::expression, *value, step.context);
  }
}

bool Walk::interpolates(const Node& string) {
  return find_kind(inner_children(string), Kind::interpolation) != nullptr;
}

}  // namespace hasten
