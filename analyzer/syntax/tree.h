#pragma once

// The syntax tree as lowering reads it: nodes by kind and range, and the children of a node. For syntax/ and lower/
// alone.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/syntax/arena.h"
#include "analyzer/syntax/kinds.h"
#include "analyzer/text/text_range.h"

namespace hasten {

struct Node {
  const void* subtree = nullptr;  // tree-sitter's; it lives as long as the tree
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Kind kind = Kind::end;
  bool is_invented = false;

  [[nodiscard]] TextRange range() const { return {begin, end}; }
  /// The parser invented it to go on.
  [[nodiscard]] bool is_missing() const { return is_invented; }
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
  /// Children of one subtree on the way; those of subtrees that the grammar hides count as their parent's.
  struct Level {
    const void* subtrees;
    const std::uint16_t* aliases;  // by position among what is no extra; null when there are none
    std::uint32_t count;
    std::uint32_t next = 0;
    std::uint32_t position = 0;  // of `next` among what is no extra
    std::uint32_t offset;        // byte at which `next` begins, with what is blank before it
  };
  void descend(const void* subtree, std::uint32_t begin);

  ArenaScope scope_;  // first in, last out: everything below lives in the arena
  Node root_;
  std::vector<Level> levels_;
  std::optional<std::uint32_t> stalled_at_;
  bool has_error_ = false;
};

}  // namespace hasten
