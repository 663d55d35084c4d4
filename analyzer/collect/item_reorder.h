#pragma once

// How pytest moves items so that those with the same parameter of a wide scope stand together (B19).

#include "analyzer/collect/items.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/model/project.h"

namespace hasten {

void reorder_items(Items& items, const std::vector<TestItems>& tests, const ProjectTables& tables,
                   const PytestRules& rules);

}  // namespace hasten
