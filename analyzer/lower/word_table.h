#pragma once

// Text -> WordId while one file is lowered: open addressing over the words themselves, no allocation per word.

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/model/file_model.h"

namespace hasten {

class WordTable {
 public:
  /// `words` must outlive the table; `expected` is a guess.
  WordTable(Words& words, std::size_t expected);

  WordId intern(std::string_view text);

 private:
  struct Entry {
    std::uint32_t hash = 0;
    WordId word;
  };
  void grow();

  Words& words_;
  std::vector<Entry> entries_;  // a power of two of them, at most two thirds in use
};

}  // namespace hasten
