#pragma once

// Who reads the state that others change: environment variables, attributes of modules and classes, what knowledge says
// an API notices. Only what some function changes, and does not put back at once, is looked for.

#include "analyzer/base/table.h"
#include "analyzer/effects/bodies.h"

namespace hasten {

/// Adds effects of the kind state_read to the bodies, in source order.
void add_state_reads(Table<BodyTag, Body>& bodies, ProjectTables& tables, Values& values, Calls& calls);

}  // namespace hasten
