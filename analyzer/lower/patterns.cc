#include "analyzer/lower/walk.h"

namespace hasten {

void Walk::lower_match(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::match_, head_range(node, parts));
  const Node* const body = find_kind(parts, Kind::block);
  const std::size_t subjects = count_named(parts) - (body == nullptr ? 0 : 1);
  if (subjects == 1) {
    push_root(*named_child(parts, 0), Slot::value, row.index());
  } else if (subjects > 1) {
    Context root;
    root.is_root = true;
    file_.statements[row].value = file_.exprs.next_id();
    const TextRange range{named_child(parts, 0)->range().begin, named_child(parts, subjects - 1)->range().end};
    if (open_row(ExprKind::tuple, range, root)) {
      for (std::size_t i = 0; i < subjects; ++i) push(Action::expression, *named_child(parts, i));
      push_close();
    }
  }
  if (body == nullptr) return;
  for (const Node& clause : inner_children(*body)) {
    if (clause.kind == Kind::case_clause) push(Action::case_clause, clause).row = row.index();
  }
}

/// What a case binds comes first in its block, then its guard, then its body.
void Walk::lower_case(const Step& step) {
  if (nesting_ >= FileModel::max_depth) return note_too_deep(step.node.range());
  open_block(BlockKind::case_, StatementId(step.row));
  ++nesting_;
  const Nodes& parts = children(step.node);
  for (const Node& part : parts) {
    if (part.kind == Kind::case_pattern) {
      lower_captures(part);
    } else if (part.kind == Kind::if_clause) {
      const Node* const guard = named_child(inner_children(part), 0);
      if (guard == nullptr) continue;
      push_root(*guard, Slot::value, add_statement(StatementKind::expression, guard->range()).index());
    } else if (part.kind == Kind::block) {
      push(Action::statements, part);
    }
  }
  push(Action::close_block, {});
}

/// An assign row without a value for each name that `pattern` binds.
void Walk::lower_captures(const Node& pattern) {
  pattern_nodes_.assign(1, pattern);
  while (!pattern_nodes_.empty()) {
    const Node node = pattern_nodes_.back();
    pattern_nodes_.pop_back();
    if (node.kind == Kind::identifier) {
      const StatementId row = add_statement(StatementKind::assign, node.range());
      Context root;
      root.is_root = true;
      file_.statements[row].target = add_row(ExprKind::name, node.range(), root, word(node));
    } else {
      push_patterns(node);
    }
  }
}

/// The parts of `pattern` that can bind, the first one on top.
void Walk::push_patterns(const Node& pattern) {
  const Nodes& parts = inner_children(pattern);
  std::size_t skipped = 0;
  switch (static_cast<std::uint16_t>(pattern.kind)) {
    case static_cast<std::uint16_t>(Kind::dotted_name):
      if (parts.size() != 1) return;  // a value: `case Color.RED`
      break;
    case static_cast<std::uint16_t>(Kind::class_pattern):
    case static_cast<std::uint16_t>(Kind::keyword_pattern): skipped = 1; break;  // the class, the keyword
    case static_cast<std::uint16_t>(Kind::string):
    case static_cast<std::uint16_t>(Kind::concatenated_string): return;
    default: break;
  }
  const std::size_t named = count_named(parts);
  for (std::size_t i = named; i-- > skipped;) {
    const Node& part = *named_child(parts, i);
    const bool is_key = pattern.kind == Kind::dict_pattern && part.kind == Kind::dotted_name;
    if (!is_key) pattern_nodes_.push_back(part);
  }
}

}  // namespace hasten
