#include "analyzer/syntax/tree.h"

#include <algorithm>

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
  root_ = {root, static_cast<Kind>(ts_node_symbol(root))};
  has_error_ = ts_node_has_error(root);
  cursor_ = ts_tree_cursor_new(root);
}

void Tree::children(const Node& node, std::vector<Node>& out) {
  out.clear();
  ts_tree_cursor_reset(&cursor_, node.raw);
  if (!ts_tree_cursor_goto_first_child(&cursor_)) return;
  do {
    const TSNode child = ts_tree_cursor_current_node(&cursor_);
    out.push_back({child, static_cast<Kind>(ts_node_symbol(child))});
  } while (ts_tree_cursor_goto_next_sibling(&cursor_));
}

}  // namespace hasten
