#pragma once

// The story of one run: discover, read, lower, link, check, hide. Everything else is a stage that this calls in order.

#include <vector>

#include "analyzer/base/pool.h"
#include "analyzer/config/config.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

struct Outcome {
  Project project;
  std::vector<Finding> findings;  // sorted by path, place, rule; suppressed ones left out
  std::vector<Problem> problems;  // sorted
};

/// Never fails: what cannot be read or parsed is a problem, the rest is analysed.
[[nodiscard]] Outcome analyze(const Config& config, const Pool& pool);

}  // namespace hasten
