#pragma once

// Parameters that are not the same in every process: values that come out of a set of texts, a clock, a random number
// or a directory listing. Only what can change the order or the ids of cases counts: pytest makes ids of texts and
// numbers, and numbers everything else (B15).

#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// Of all parametrize marks, fixture params and metafunc.parametrize calls in test code, by place.
[[nodiscard]] std::vector<UnsteadyParameters> unsteady_parameters(ProjectTables& tables, const Literals& literals);

}  // namespace hasten
