#pragma once

// The memory of one syntax tree: allocation moves a pointer, freeing does nothing, reset gives back everything at once.

#include <cstddef>
#include <memory>
#include <vector>

namespace hasten {

class Arena {
 public:
  /// Aborts when the system has no more memory, as tree-sitter's own allocation does.
  [[nodiscard]] void* allocate(std::size_t bytes);
  /// Grows in place when `block` is the youngest.
  [[nodiscard]] void* reallocate(void* block, std::size_t bytes);
  /// Chunks up to `kept` bytes stay for the next file; those of giants go back to the system.
  void reset();

  [[nodiscard]] std::size_t held_bytes() const { return held_; }
  /// Handed out since the last reset: a measure of work that is the same on every machine.
  [[nodiscard]] std::size_t used_bytes() const { return used_; }

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };
  /// A typical file needs 11 MB (135 bytes per source byte).
  static constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
  static constexpr std::size_t kept = std::size_t{32} << 20;

  void start_chunk(std::size_t at_least);

  std::vector<Chunk> chunks_;
  std::size_t current_ = 0;  // chunks before it are full
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::byte* youngest_ = nullptr;
  std::size_t held_ = 0;
  std::size_t used_ = 0;
};

/// Makes tree-sitter take its memory from `arena` on this thread while it lives; from malloc otherwise.
class ArenaScope {
 public:
  explicit ArenaScope(Arena& arena);
  ~ArenaScope();
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;

 private:
  Arena* arena_;
};

}  // namespace hasten
