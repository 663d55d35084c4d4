#pragma once

// Work that is done while a test module or conftest is imported: for every worker, every shard and every
// `pytest -k one_test`, whether a test needs it or not.

#include "analyzer/effects/calls.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Adds effects that stand in no function, behind all others. What a condition or a lambda may leave out is left out;
/// calls of the project's own functions are not followed.
void link_import_work(ProjectTables& tables, Values& values, Calls& calls);

}  // namespace hasten
