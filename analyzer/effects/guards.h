#pragma once

// Conditions that what callers pass decides: with `mode="wb"` nobody gets to the `open` behind `if "w" in mode:
// return`.

#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

/// Is the call never made where the parameters of the function around it hold what `frame` says? The conditions of the
/// `if`s around it, and of those before it that leave the function or the loop, are asked; what is not known rules
/// nothing out. Parameters of the outermost function that would have to be known are noted in its frame.
[[nodiscard]] bool is_ruled_out(CallRef call, Frame& frame, const ProjectTables& tables, Values& values);

}  // namespace hasten
