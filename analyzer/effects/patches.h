#pragma once

// Finds patches that do not do what they look like (model/patch_facts.h). Both answers are given only when everything
// that was read agrees: a single place that might look the name up, or might stop the patch, is enough to be silent.

#include "analyzer/effects/calls.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Fills tables.patches, by place. Bound: names that 512 patches replace are looked for.
void link_patches(ProjectTables& tables, Values& values, Calls& calls);

}  // namespace hasten
