#pragma once

// One knowledge file -> rows. Judges what an entry says by itself: keys, types, words, the form of texts.

#include <cstdint>
#include <string_view>

#include "analyzer/knowledge/compiler/rows.h"

namespace hasten::knowledge_compiler {

/// `file` is the number that complaints carry.
void read_rows(std::string_view text, std::uint32_t file, Rows& rows);

}  // namespace hasten::knowledge_compiler
