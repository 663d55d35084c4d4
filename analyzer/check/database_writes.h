#pragma once

// Does test code change the database that it opens? By what stands around the call that opens it.

#include <optional>

#include "analyzer/model/project.h"

namespace hasten {

/// Something in the same file that makes or drops tables or a database, commits, or holds a statement of SQL that
/// changes data: in the same function, or where the engine or the fixture that opens it is mentioned. None when
/// nothing is known to change it, or when that may be done to another database of the file.
[[nodiscard]] std::optional<Place> change_of_database(const Project& project, const Effect& opening);

}  // namespace hasten
