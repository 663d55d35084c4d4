#include "analyzer/syntax/arena.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <tree_sitter/api.h>

namespace hasten {
namespace {

constexpr std::size_t alignment = 8;  // the strictest member of tree-sitter's types is a pointer or a uint64_t

/// Each block is preceded by its size, which reallocation needs.
std::size_t& size_of(void* block) { return *(static_cast<std::size_t*>(block) - 1); }

constexpr std::size_t rounded(std::size_t bytes) { return (bytes + alignment - 1) & ~(alignment - 1); }

thread_local Arena* active = nullptr;

void* allocate_block(std::size_t bytes) {
  if (active != nullptr) return active->allocate(bytes);
  void* const block = std::malloc(bytes);
  if (block == nullptr && bytes > 0) std::abort();
  return block;
}

void* allocate_zeroed(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) std::abort();
  void* const block = allocate_block(count * size);
  if (block != nullptr) std::memset(block, 0, count * size);
  return block;
}

void* reallocate_block(void* block, std::size_t bytes) {
  if (active != nullptr) return active->reallocate(block, bytes);
  void* const moved = std::realloc(block, bytes);
  if (moved == nullptr && bytes > 0) std::abort();
  return moved;
}

void free_block(void* block) {
  if (active == nullptr) std::free(block);
}

}  // namespace

void* Arena::allocate(std::size_t bytes) {
  const std::size_t needed = rounded(bytes) + sizeof(std::size_t);
  if (static_cast<std::size_t>(end_ - next_) < needed) start_chunk(needed);
  youngest_ = next_ + sizeof(std::size_t);
  next_ += needed;
  used_ += needed;
  size_of(youngest_) = rounded(bytes);
  return youngest_;
}

void* Arena::reallocate(void* block, std::size_t bytes) {
  if (block == nullptr) return allocate(bytes);
  const std::size_t held = size_of(block);
  if (bytes <= held) return block;
  const std::size_t more = rounded(bytes) - held;
  if (block == youngest_ && static_cast<std::size_t>(end_ - next_) >= more) {
    next_ += more;
    used_ += more;
    size_of(block) = held + more;
    return block;
  }
  void* const moved = allocate(bytes);
  std::memcpy(moved, block, held);
  return moved;
}

void Arena::reset() {
  std::size_t keep = 0;
  held_ = 0;
  while (keep < chunks_.size() && held_ + chunks_[keep].size <= kept) held_ += chunks_[keep++].size;
  chunks_.resize(keep);
  current_ = 0;
  used_ = 0;
  youngest_ = nullptr;
  next_ = chunks_.empty() ? nullptr : chunks_[0].bytes.get();
  end_ = chunks_.empty() ? nullptr : next_ + chunks_[0].size;
}

void Arena::start_chunk(std::size_t at_least) {
  while (next_ != nullptr && ++current_ < chunks_.size()) {
    if (chunks_[current_].size < at_least) continue;
    next_ = chunks_[current_].bytes.get();
    end_ = next_ + chunks_[current_].size;
    return;
  }
  // Chunks grow with the file, so a giant needs few of them.
  const std::size_t size = std::max({at_least, chunk_bytes, held_ / 4});
  auto* const bytes = new (std::nothrow) std::byte[size];
  if (bytes == nullptr) std::abort();
  chunks_.push_back({std::unique_ptr<std::byte[]>(bytes), size});
  current_ = chunks_.size() - 1;
  held_ += size;
  next_ = bytes;
  end_ = bytes + size;
}

ArenaScope::ArenaScope(Arena& arena) : arena_(&arena) {
  static std::once_flag installed;
  std::call_once(installed, [] { ts_set_allocator(allocate_block, allocate_zeroed, reallocate_block, free_block); });
  assert(active == nullptr);
  active = arena_;
}

ArenaScope::~ArenaScope() {
  active = nullptr;
  arena_->reset();
}

}  // namespace hasten
