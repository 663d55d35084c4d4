#pragma once

// Judges all entries together and completes the rows: constructors of classes, what is carried over a masked transport,
// the order of the tables.

#include "analyzer/knowledge/facts/rows.h"

namespace hasten::facts {

/// `files`: names of the files for messages that point to another place. Afterwards every table is sorted by name, and
/// the complaints by place.
void check_rows(std::span<const std::string> files, Rows& rows);

}  // namespace hasten::facts
