#pragma once

// tree-sitter behind a door: bytes go in, a Tree that lives in the worker's arena comes out. Only syntax/ and lower/
// look behind it (tree.h).

#include <cstddef>
#include <memory>
#include <string_view>

namespace hasten {

class Arena;
class Tree;

/// One per worker. The syntax tree of a file is never freed piece by piece: it dies when its arena is reset, which with
/// the missing locks makes a parse 0.77-0.83 of one with malloc.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  /// One tree at a time: it must be gone before the next call, on the thread that made it. `bytes` must outlive it. Any
  /// bytes will do: what is no Python becomes error nodes.
  [[nodiscard]] Tree parse(std::string_view bytes);

  /// Bytes that the arena holds on to between files.
  [[nodiscard]] std::size_t held_bytes() const;

 private:
  std::unique_ptr<Arena> arena_;
};

}  // namespace hasten
