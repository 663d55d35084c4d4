#pragma once

// The story of one run: discover, read, lower, link, check, hide. Everything else is a stage that this calls in order.

#include <vector>

#include "analyzer/base/pool.h"
#include "analyzer/config/config.h"
#include "analyzer/link/link.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"
#include "analyzer/suite/test_environment.h"

namespace hasten {

struct Outcome {
  Project project;
  std::vector<Finding> findings;  // sorted by path, place, rule; suppressed ones left out
  std::vector<Problem> problems;  // sorted
};

/// Which pytest and which plugins the tests run with, as far as files say. Reads them on its own.
[[nodiscard]] TestEnvironment environment_of(const Config& config, std::vector<Problem>& problems);

/// A project that nothing has judged.
struct Collected {
  Project project;
  std::vector<Problem> problems;  // sorted
};

/// The first half of the story, as far as `depth` says: with `fixtures`, of files, functions and tests everything is
/// there, of calls, effects and paths nothing.
[[nodiscard]] Collected collect(const Config& config, const Pool& pool, LinkDepth depth);

/// Never fails: what cannot be read or parsed is a problem, the rest is analysed.
[[nodiscard]] Outcome analyze(const Config& config, const Pool& pool);

}  // namespace hasten
