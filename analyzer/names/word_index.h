#pragma once

// Text -> WordId for some words of one file, built once: open addressing over ids, no allocation per word.

#include <bit>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "analyzer/model/file_model.h"

namespace hasten {

class WordIndex {
 public:
  /// `file` must outlive the index and stay where it is; each word stands once in `words`.
  WordIndex(const FileModel& file, const std::vector<WordId>& words) : file_(file) {
    slots_.resize(std::bit_ceil(2 * words.size() + 1));
    for (const WordId word : words) slots_[slot_of(file.word(word))] = word;
  }

  /// None when the word is not one of them.
  [[nodiscard]] WordId find(std::string_view text) const { return slots_[slot_of(text)]; }

 private:
  /// Where the text stands, or the free place where it would.
  [[nodiscard]] std::size_t slot_of(std::string_view text) const {
    const std::size_t last = slots_.size() - 1;
    std::size_t at = std::hash<std::string_view>()(text) & last;
    while (slots_[at] && file_.word(slots_[at]) != text) at = (at + 1) & last;
    return at;
  }

  const FileModel& file_;
  std::vector<WordId> slots_;  // a power of two of them, at most half of them in use
};

}  // namespace hasten
