#include "analyzer/check/distribution.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace hasten {
namespace {

constexpr std::uint64_t unbounded = std::numeric_limits<std::int32_t>::max();

/// What a value is cached for, as far as it can be told from the test: a package counts as the session.
using Owner = std::tuple<FileId, ClassRef, TestId>;

Owner owner_of(const Test& test, TestId id, Scope scope) {
  switch (scope) {
    case Scope::function: return {{}, {}, id};
    case Scope::class_: return test.classes.empty() ? Owner{{}, {}, id} : Owner{test.file, test.classes.front(), {}};
    case Scope::module: return {test.file, {}, {}};
    case Scope::package:
    case Scope::session: return {};
  }
  return {};
}

/// What runs on one worker without anything in between.
Owner unit_of(const Test& test, TestId id, Distribution distribution) {
  if (distribution == Distribution::loadfile) return {test.file, {}, {}};
  if (distribution == Distribution::loadscope) {
    return {test.file, test.classes.empty() ? ClassRef() : test.classes.back(), {}};
  }
  return {{}, {}, id};
}

bool uses(const Test& test, FixtureId fixture) {
  const auto holds = [&](const std::vector<ClosureEntry>& entries) {
    return std::ranges::find(entries, fixture, &ClosureEntry::fixture) != entries.end();
  };
  return test.call_hook == fixture || holds(test.closure) || holds(test.overridden) || holds(test.dynamic_uses);
}

struct Uses {
  std::uint64_t items = 0;  // of one owner
  std::uint64_t serial = 0;
  std::map<Owner, std::uint64_t> by_unit;
};

std::map<Owner, Uses> uses_by_owner(const Project& project, FixtureId id, Distribution distribution) {
  const Scope scope = project->fixtures[id].scope;
  std::map<Owner, Uses> owners;
  for (const TestId test : project->tests.ids()) {
    const Test& row = project->tests[test];
    if (row.is_skipped != 0 || !uses(row, id)) continue;
    const std::uint64_t items = row.cases.known() ? static_cast<std::uint64_t>(row.cases.value) : unbounded;
    Uses& owner = owners[owner_of(row, test, scope)];
    owner.items += items;
    owner.by_unit[unit_of(row, test, distribution)] += items;
  }
  for (const SetUp& row : project.set_ups_of(id)) {
    owners[owner_of(project->tests[row.test], row.test, scope)].serial += row.times;
  }
  return owners;
}

std::uint64_t most_of_owner(const Uses& owner, Distribution distribution, std::uint64_t workers, bool is_session) {
  // Nothing ends it on a worker but the end.
  if (is_session && owner.serial <= 1) return std::min(owner.items, workers * owner.serial);
  switch (distribution) {
    case Distribution::each: return workers * owner.serial;
    case Distribution::load: return std::min(owner.items, workers * owner.serial);
    case Distribution::loadgroup:
    case Distribution::worksteal: return owner.serial == 0 ? 0 : owner.items;
    case Distribution::loadscope:
    case Distribution::loadfile: break;
  }
  std::uint64_t sum = 0;
  for (const auto& [unit, items] : owner.by_unit) sum += std::min(items, owner.serial);
  return sum;
}

}  // namespace

std::string_view to_string(Distribution distribution) {
  switch (distribution) {
    case Distribution::load: return "load";
    case Distribution::loadscope: return "loadscope";
    case Distribution::loadfile: return "loadfile";
    case Distribution::loadgroup: return "loadgroup";
    case Distribution::worksteal: return "worksteal";
    case Distribution::each: return "each";
  }
  return "?";
}

Count most_set_ups(const Project& project, FixtureId id, Distribution distribution, std::uint32_t workers) {
  const Fixture& fixture = project->fixtures[id];
  if (!fixture.setups.known()) return {};
  std::uint64_t sum = 0;
  for (const auto& [owner, used] : uses_by_owner(project, id, distribution)) {
    sum += fixture.scope == Scope::function && distribution != Distribution::each
               ? used.serial
               : most_of_owner(used, distribution, workers, fixture.scope == Scope::session);
  }
  if (sum >= unbounded) return {};
  return {static_cast<std::int32_t>(sum)};
}

}  // namespace hasten
