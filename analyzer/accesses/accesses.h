#pragma once

// What each test shares with others, and what follows from it.

#include "analyzer/model/project.h"

namespace hasten {

/// Fills resources and accesses from effects and reaches.
void link_accesses(ProjectTables& tables);

/// Fills groups, verdicts and reasons from the accesses. `parallel` is said only where no shared access is known that
/// another worker could disturb; what is not known at all (a path that cannot be followed) is no reason, or every
/// other test would be unknown. A database or a port behind a call that may lead elsewhere leaves the verdict open too;
/// a path there is none, code that may write somewhere is everywhere.
///
/// State of the process is no meeting place of workers, but who reads what another test leaves behind depends on which
/// tests ran before on its worker: both are grouped. State that more than a quarter of the suite (and more than
/// `many_tests`) touches is a cache or a registry of the project; one worker for all of them would be no help, so it is
/// mentioned only. Where test code itself changes it, half of the suite.
void link_verdicts(ProjectTables& tables);

inline constexpr std::size_t many_tests = 20;

}  // namespace hasten
