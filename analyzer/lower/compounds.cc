#include "analyzer/lower/walk.h"

namespace hasten {

BlockId Walk::open_block(BlockKind kind, StatementId header) {
  Block block;
  block.kind = kind;
  block.parent = block_;
  block.header = header;
  if (block_) {
    block.function = file_.blocks[block_].function;
    block.class_ = file_.blocks[block_].class_;
  }
  block.statements.first = file_.statements.next_id().index();
  block_ = file_.blocks.add(block);
  return block_;
}

void Walk::close_block() {
  Block& block = file_.blocks[block_];
  block.statements.count = file_.statements.next_id().index() - block.statements.first;
  block_ = block.parent;
}

void Walk::lower_suite(const Step& step) {
  if (nesting_ >= FileModel::max_depth) return note_too_deep(step.node.range());
  const StatementId header(step.row);
  const BlockId block = open_block(step.block, header);
  ++nesting_;
  if (step.block == BlockKind::function) {
    const FunctionId function = file_.statements[header].function();
    file_.functions[function].body = block;
    file_.blocks[block].function = function;
    file_.blocks[block].class_ = {};
  } else if (step.block == BlockKind::class_) {
    const ClassId class_ = file_.statements[header].class_();
    file_.classes[class_].body = block;
    file_.blocks[block].class_ = class_;
  }
  lower_statements(step.node);
  push(Action::close_block, {});
}

void Walk::lower_if(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::if_, head_range(node, parts));
  chains_.push_back({row});
  for (const Node& part : parts) {
    if (part.kind == Kind::elif_clause) {
      push(Action::elif, part);
    } else if (part.kind == Kind::else_clause) {
      push(Action::else_of_if, part);
    } else if (part.kind == Kind::block) {
      push_suite(part, BlockKind::if_, row);
    } else if (is_named(part.kind)) {
      push_root(part, Slot::value, row.index());
    }
  }
  push(Action::close_if, {});
}

/// A row of its own inside the else block of the `if` before it; that block stays open until the chain ends.
void Walk::lower_elif(const Node& node) {
  Chain& chain = chains_.back();
  open_block(BlockKind::else_, chain.header);
  ++chain.open_blocks;
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::if_, head_range(node, parts));
  chain.header = row;
  for (const Node& part : parts) {
    if (part.kind == Kind::block) {
      push_suite(part, BlockKind::if_, row);
    } else if (is_named(part.kind)) {
      push_root(part, Slot::value, row.index());
    }
  }
}

void Walk::close_if() {
  for (std::uint32_t i = 0; i < chains_.back().open_blocks; ++i) close_block();
  chains_.pop_back();
}

void Walk::lower_for(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::for_, head_range(node, parts));
  file_.statements[row].is_async = find_kind(parts, Kind::async_token) != nullptr;
  Slot slot = Slot::target;
  for (const Node& part : parts) {
    if (part.kind == Kind::block) {
      push_suite(part, BlockKind::for_, row);
    } else if (part.kind == Kind::else_clause) {
      push_clause(part, BlockKind::loop_else, row);
    } else if (is_named(part.kind)) {
      push_root(part, slot, row.index());
      slot = Slot::value;
    }
  }
}

void Walk::lower_while(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::while_, head_range(node, parts));
  for (const Node& part : parts) {
    if (part.kind == Kind::block) {
      push_suite(part, BlockKind::while_, row);
    } else if (part.kind == Kind::else_clause) {
      push_clause(part, BlockKind::loop_else, row);
    } else if (is_named(part.kind)) {
      push_root(part, Slot::value, row.index());
    }
  }
}

void Walk::lower_with(const Node& node) {
  const Nodes& parts = children(node);
  const TextRange head = head_range(node, parts);
  const bool is_async = find_kind(parts, Kind::async_token) != nullptr;
  const Node* const clause = find_kind(parts, Kind::with_clause);
  StatementId row;
  if (clause != nullptr) {
    for (const Node& item : inner_children(*clause)) {
      if (item.kind != Kind::with_item) continue;
      row = add_statement(StatementKind::with_item, head);
      file_.statements[row].is_async = is_async;
      push(Action::with_item, item).row = row.index();
    }
  }
  if (!row) row = add_statement(StatementKind::with_item, head);  // the items were a syntax error
  if (const Node* const block = find_kind(parts, Kind::block)) push_suite(*block, BlockKind::with_, row);
}

void Walk::lower_with_item(const Step& step) {
  Node node = step.node;
  while (node.kind == Kind::with_item || node.kind == Kind::parenthesized_expression) {
    const Node* const inside = named_child(children(node), 0);
    if (inside == nullptr) return;
    node = *inside;
  }
  push_bound_value(node, step.row);
}

/// `value as target`, or a value alone.
void Walk::push_bound_value(const Node& node, std::uint32_t row) {
  if (node.kind != Kind::as_pattern) return push_root(node, Slot::value, row);
  const Nodes& parts = inner_children(node);
  const Node* const value = named_child(parts, 0);
  if (value != nullptr) push_root(*value, Slot::value, row);
  if (const Node* const target = find_kind(parts, Kind::as_pattern_target)) push_root(*target, Slot::target, row);
}

void Walk::lower_try(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::try_, head_range(node, parts));
  for (const Node& part : parts) {
    if (part.kind == Kind::block) push_suite(part, BlockKind::try_, row);
    if (part.kind == Kind::except_clause) push(Action::except, part);
    if (part.kind == Kind::else_clause) push_clause(part, BlockKind::try_else, row);
    if (part.kind == Kind::finally_clause) push_clause(part, BlockKind::finally, row);
  }
}

void Walk::lower_except(const Node& node) {
  const Nodes& parts = children(node);
  const StatementId row = add_statement(StatementKind::except, head_range(node, parts));
  const Node* const block = find_kind(parts, Kind::block);
  const std::size_t values = count_named(parts) - (block == nullptr ? 0 : 1);
  if (find_kind(parts, Kind::as_token) != nullptr && values == 2) {
    push_root(*named_child(parts, 0), Slot::value, row.index());
    push_root(*named_child(parts, 1), Slot::target, row.index());
  } else if (values == 1) {
    push_bound_value(*named_child(parts, 0), row.index());
  } else if (values > 1) {  // `except A, B:`
    Context root;
    root.is_root = true;
    file_.statements[row].value = file_.exprs.next_id();
    const TextRange range{named_child(parts, 0)->range().begin, named_child(parts, values - 1)->range().end};
    if (open_row(ExprKind::tuple, range, root)) {
      for (std::size_t i = 0; i < values; ++i) push(Action::expression, *named_child(parts, i));
      push_close();
    }
  }
  if (block != nullptr) push_suite(*block, BlockKind::except, row);
}

}  // namespace hasten
