#pragma once

// Runs rules over the frozen project. Each rule fills its own slot, so nothing depends on which was faster; one sort at
// the end makes the order that every report prints.

#include <span>
#include <vector>

#include "analyzer/base/pool.h"
#include "analyzer/check/rule.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Findings by path, place, rule, message. Findings of one rule at one place are one finding: it keeps the message of
/// the one that touches most tests, the tests of all, and where the others end as related places.
[[nodiscard]] std::vector<Finding> run_rules(const Project& project, std::span<const Rule* const> rules,
                                             const Pool& pool);

}  // namespace hasten
