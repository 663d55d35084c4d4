#pragma once

// A knowledge file as flat data: entries (`[[api]]`) of keys. The compiler's only room that knows toml++; what TOML
// allows beyond this shape becomes a complaint.

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/facts/rows.h"
#include "analyzer/model/entry.h"

namespace hasten::knowledge_compiler {

struct Document {
  std::vector<facts::Entry> entries;  // in the order of the file
  std::vector<facts::Complaint> complaints;
};

[[nodiscard]] Document parse_document(std::string_view text, std::uint32_t file);

}  // namespace hasten::knowledge_compiler
