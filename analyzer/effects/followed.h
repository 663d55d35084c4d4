#pragma once

// The expression that an argument stands for, where what is written of it matters and not its value alone.

#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

struct Located {
  FileId file;
  BlockId block;
  ExprId expr;
};

/// A name that stands for one expression, here or in a module, is that expression; anything else is itself.
[[nodiscard]] Located followed(Located at, const ProjectTables& tables, Values& values);

}  // namespace hasten
