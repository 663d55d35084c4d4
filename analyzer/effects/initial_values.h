#pragma once

// What a module gave a variable when it was imported, against what is assigned to it later: the same once more is a
// reset.

#include <cstdint>

#include "analyzer/model/project.h"
#include "analyzer/names/names.h"

namespace hasten {

struct AssignedValue {
  FileId file;
  BlockId block;
  ExprId expr;
};

enum class AgainstInitial : std::uint8_t { unknown, same, different };

/// `initial` stands at the top level of its module; none: it is not one expression, and the answer is unknown.
/// Constants and empty containers are the same when they are written the same; names when they stand for the same.
[[nodiscard]] AgainstInitial compare_with_initial(ExprRef initial, const AssignedValue& value,
                                                  const ProjectTables& tables, const Names& names);

/// What a module's dictionary had under the key; none where that is not written.
[[nodiscard]] ExprRef initial_under(ExprRef dictionary, NameId key, const ProjectTables& tables);

}  // namespace hasten
