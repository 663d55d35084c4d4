#pragma once

// How often each fixture is set up in one serial run of the whole suite, and by which tests (C13-C19).

#include "analyzer/model/project.h"

namespace hasten {

/// Fills Fixture::users, Fixture::setups and ProjectTables::set_ups; tests and their closures must be there.
void link_set_ups(ProjectTables& tables);

}  // namespace hasten
