#pragma once

// Which effects each test reaches, by which chain of calls, and what keeps them from happening. Exact in the masks that
// surround each test: a chain is followed only through calls that no active mask replaces.

#include "analyzer/effects/bodies.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Fills effects, paths, reaches and calls of the tables. Bound: 4,096 (function, masks) pairs per root.
void link_effects(ProjectTables& tables, Values& values, Calls& calls, EffectDetail detail);

}  // namespace hasten
