#pragma once

// Sound rows -> the C++ text that defines the tables of tables.h. Same rows, same bytes.

#include <string>

#include "analyzer/knowledge/facts/rows.h"

namespace hasten::knowledge_compiler {

[[nodiscard]] std::string write_tables(const facts::Rows& rows);

}  // namespace hasten::knowledge_compiler
