#pragma once

// How many items a test function makes: the product of its parameter sources (B14-B17).

#include <vector>

#include "analyzer/collect/parameter_sources.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Fills cases, unknown_cases and the case_factors of a test that is about to be the next row of `tables.tests`; the
/// closure must be there. What is unknown already stays unknown.
void set_cases(Test& test, const std::vector<Parametrization>& sources, ProjectTables& tables);

}  // namespace hasten
