#pragma once

// The syntax tree as lowering reads it: nodes by kind and range, children through one cursor that is moved around.
// The only header that shows tree-sitter; for syntax/ and lower/ alone.

#include <optional>
#include <string_view>
#include <vector>

#include <tree_sitter/api.h>

#include "analyzer/syntax/arena.h"
#include "analyzer/syntax/kinds.h"
#include "analyzer/text/text_range.h"

namespace hasten {

struct Node {
  TSNode raw{};
  Kind kind = Kind::end;

  [[nodiscard]] TextRange range() const { return {ts_node_start_byte(raw), ts_node_end_byte(raw)}; }
  /// The parser invented it to go on.
  [[nodiscard]] bool is_missing() const { return ts_node_is_missing(raw); }
};

class Tree {
 public:
  Tree(std::string_view bytes, Arena& arena);
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  /// How far the parser came when recovering from errors took an unreasonable effort; there is no root then. Recovery
  /// is quadratic in what it skips (20,000 words in a row take ten seconds). Effort is counted in operations and bytes
  /// of memory, not in time, so the same bytes stall on every machine.
  [[nodiscard]] std::optional<std::uint32_t> stalled_at() const { return stalled_at_; }

  [[nodiscard]] Node root() const { return root_; }
  [[nodiscard]] bool has_error() const { return has_error_; }

  /// Replaces what is in `out`; tokens and comments included.
  void children(const Node& node, std::vector<Node>& out);

 private:
  ArenaScope scope_;  // first in, last out: everything below lives in the arena
  TSTreeCursor cursor_{};
  Node root_;
  std::optional<std::uint32_t> stalled_at_;
  bool has_error_ = false;
};

}  // namespace hasten
