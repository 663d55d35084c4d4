#include "analyzer/lower/word_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace hasten {
namespace {

/// Eight bytes a step; only the spread over the table depends on it, never an order.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15;
  std::uint64_t hash = text.size() * factor;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t block = 0;
    std::memcpy(&block, at, 8);
    hash = (std::rotl(hash, 23) ^ block) * factor;
  }
  std::uint64_t tail = 0;
  if (left > 0) std::memcpy(&tail, at, left);
  hash = (std::rotl(hash, 23) ^ tail) * factor;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

WordTable::WordTable(Words& words, std::size_t expected)
    : words_(words), entries_(std::bit_ceil(std::max<std::size_t>(64, expected * 3 / 2))) {}

WordId WordTable::intern(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = entries_.size() - 1;
  std::size_t slot = hash & mask;
  for (; entries_[slot].word; slot = (slot + 1) & mask) {
    if (entries_[slot].hash == hash && words_[entries_[slot].word] == text) return entries_[slot].word;
  }
  const WordId word = words_.add(text);
  entries_[slot] = {hash, word};
  if (words_.size() * 3 > entries_.size() * 2) grow();
  return word;
}

void WordTable::grow() {
  std::vector<Entry> old(entries_.size() * 2);
  std::swap(old, entries_);
  const std::size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (!entry.word) continue;
    std::size_t slot = entry.hash & mask;
    while (entries_[slot].word) slot = (slot + 1) & mask;
    entries_[slot] = entry;
  }
}

}  // namespace hasten
