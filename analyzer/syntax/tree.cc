#include "analyzer/syntax/tree.h"

#include <algorithm>

#include <tree_sitter/api.h>

extern "C" {
// tree-sitter's own: its cursor costs twice of what reading subtrees takes (a quarter of lowering).
#include <language.h>
#include <subtree.h>
}

#include "analyzer/syntax/language.h"

namespace hasten {
namespace {

/// How much work a parse has done; tree-sitter asks once every hundred operations.
class Effort {
 public:
  Effort(std::string_view bytes, const Arena& arena) : bytes_(bytes), arena_(arena) {}

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::uint32_t offset() const { return offset_; }

  /// True when it is too much.
  bool advance_to(std::uint32_t offset) {
    offset_ = offset;
    return ++operations_ > most_operations_ || arena_.used_bytes() > most_memory_;
  }

 private:
  std::string_view bytes_;
  const Arena& arena_;
  // Real files need up to 0.03 and 200 per byte.
  std::size_t most_operations_ = 1000 + bytes_.size() / 8;
  std::size_t most_memory_ = (std::size_t{64} << 20) + bytes_.size() * 400;
  std::size_t operations_ = 0;
  std::uint32_t offset_ = 0;
};

const char* read_on(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* count) {
  const std::string_view bytes = static_cast<Effort*>(payload)->bytes();
  if (offset >= bytes.size()) {
    *count = 0;
    return "";
  }
  *count = static_cast<std::uint32_t>(bytes.size() - offset);
  return bytes.data() + offset;
}

bool note_progress(TSParseState* state) {
  return static_cast<Effort*>(state->payload)->advance_to(state->current_byte_offset);
}

Kind kind_of(TSSymbol symbol) {
  return static_cast<Kind>(symbol == ts_builtin_sym_error ? symbol : tree_sitter_python()->public_symbol_map[symbol]);
}

}  // namespace

Tree::Tree(std::string_view bytes, Arena& arena) : scope_(arena) {
  Effort effort(bytes, arena);
  TSParser* const parser = ts_parser_new();  // a new one for each file: it lives in the arena too
  ts_parser_set_language(parser, tree_sitter_python());
  const TSInput input{&effort, read_on, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&effort, note_progress};
  TSTree* const tree = ts_parser_parse_with_options(parser, nullptr, input, options);
  ts_parser_delete(parser);  // the grammar's scanner has a block of its own that is not in the arena
  if (tree == nullptr) {
    stalled_at_ = std::min(effort.offset(), static_cast<std::uint32_t>(bytes.size()));
    return;
  }
  const TSNode root = ts_tree_root_node(tree);
  root_ = {root.id, ts_node_start_byte(root), ts_node_end_byte(root), static_cast<Kind>(ts_node_symbol(root)), false};
  has_error_ = ts_node_has_error(root);
}

void Tree::children(const Node& node, std::vector<Node>& out) {
  out.clear();
  descend(node.subtree, node.begin);
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.next == level.count) {
      levels_.pop_back();
      continue;
    }
    const Subtree& child = static_cast<const Subtree*>(level.subtrees)[level.next];
    TSSymbol alias = 0;
    if (!ts_subtree_extra(child)) {
      if (level.aliases != nullptr) alias = level.aliases[level.position];
      ++level.position;
    }
    // The blanks before the first child are those before its parent.
    const std::uint32_t begin = level.offset + (level.next > 0 ? ts_subtree_padding(child).bytes : 0);
    const std::uint32_t end = begin + ts_subtree_size(child).bytes;
    level.offset = end;
    ++level.next;
    if (alias != 0 || ts_subtree_visible(child)) {
      out.push_back(
          {&child, begin, end, kind_of(alias != 0 ? alias : ts_subtree_symbol(child)), ts_subtree_missing(child)});
    } else if (ts_subtree_visible_child_count(child) > 0) {
      descend(&child, begin);
    }
  }
}

void Tree::descend(const void* subtree, std::uint32_t begin) {
  const Subtree parent = *static_cast<const Subtree*>(subtree);
  const std::uint32_t count = ts_subtree_child_count(parent);
  if (count == 0) return;
  levels_.push_back({.subtrees = ts_subtree_children(parent),
                     .aliases = ts_language_alias_sequence(tree_sitter_python(), parent.ptr->production_id),
                     .count = count,
                     .offset = begin});
}

}  // namespace hasten
