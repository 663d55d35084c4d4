#include "analyzer/check/setups.h"

#include <algorithm>

namespace hasten {

std::uint32_t set_ups(const Project& project, FixtureId id, std::span<const TestId> tests) {
  if (tests.empty()) return 0;
  const Fixture& fixture = project->fixtures[id];
  if (!fixture.setups.known()) return fixture.scope == Scope::function ? cases(project, tests) : 1;
  std::uint32_t sum = 0;
  for (const SetUp& row : project.set_ups_of(id)) {
    if (std::ranges::binary_search(tests, row.test)) sum += row.times;
  }
  return std::max(1U, sum);
}

std::uint32_t cases(const Project& project, std::span<const TestId> tests) {
  std::uint32_t sum = 0;
  for (const TestId test : tests) {
    const Count count = project->tests[test].cases;
    sum += count.known() ? static_cast<std::uint32_t>(count.value) : 1;
  }
  return sum;
}

}  // namespace hasten
