#pragma once

// Entries -> rows. Judges what an entry says by itself: keys, types, words, the form of texts.

#include <span>
#include <string>

#include "analyzer/knowledge/facts/rows.h"
#include "analyzer/model/entry.h"

namespace hasten::facts {

/// Who wrote the entries.
struct Author {
  std::span<const std::string> files;  // by Where::file, as rows name them
  bool explains = true;  // effects need a `why`, and the network a transport: ours do, a project's own may do without
};

void read_entries(std::span<const Entry> entries, const Author& author, Rows& rows);

}  // namespace hasten::facts
