#pragma once

// Set-up and tear-down of a whole serial session, as pytest does them, for the fixtures that outlive an item (C13-C16):
// what is cached under which parameter, which node's end or which other fixture's end takes it away.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/items.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/collect/scope_nodes.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Which fixtures are cached beyond an item, at least for some test. By fixture.
[[nodiscard]] std::vector<std::uint8_t> wide_fixtures(const ProjectTables& tables, const std::vector<TestItems>& tests);

struct ReplaySession {
  const ProjectTables& tables;
  const ScopeNodes& nodes;
  const std::vector<TestItems>& tests;
  const std::vector<std::uint8_t>& wide;
  const PytestRules& rules;
  ParameterValue no_parameter = 0;
};

/// Set-ups of the wide fixtures when the items run one after the other, in the order of set-ups; rows may repeat.
[[nodiscard]] std::vector<SetUp> replay_set_ups(const ReplaySession& session, const Items& items);

}  // namespace hasten
