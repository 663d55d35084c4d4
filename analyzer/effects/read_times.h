#pragma once

// How long reads of large data take: the size of the file, where it is one of the project's, by the rate at which
// knowledge says that the API reads.

#include <cstdint>
#include <functional>
#include <string>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Bytes of the file at a path relative to the root directory; 0 when there is none.
using FileSize = std::function<std::uint64_t(const std::string& path)>;

/// Fills `seconds` of effects of kind file_read. Where a path begins at `__file__`, how many folders up is not kept: it
/// is looked for in the folder of the code and in those above, up to the root directory; a relative path only there.
void time_reads(ProjectTables& tables, const Knowledge& knowledge, const FileSize& size_of);

}  // namespace hasten
