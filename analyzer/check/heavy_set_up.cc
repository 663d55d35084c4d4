#include "analyzer/check/heavy_set_up.h"

#include <algorithm>
#include <string_view>

#include "analyzer/check/cause.h"
#include "analyzer/check/guards.h"

namespace hasten {
namespace {

/// A request far down is mostly behind a cache or a condition; close to the fixture it is what the fixture is for.
bool is_close(const Path& path, EffectKind kind) { return path.length <= (kind == EffectKind::network ? 3 : 5); }

/// A request without a known address mostly goes to a server of the suite's own, which answers at once.
bool is_local_request(const Project& project, const Effect& effect) {
  return effect.kind == EffectKind::network && project.name(effect.resource).find("://") == std::string_view::npos;
}

bool is_heavy(const Project& project, const Reach& reach) {
  const Effect& effect = project->effects[reach.effect];
  if (is_local_request(project, effect)) return false;
  const Path& path = project->paths[reach.path];
  return effect.cost >= CostClass::moderate && path.phase != Phase::teardown && is_close(path, effect.kind) &&
         !is_guarded(project, reach.path);
}

void add(const Project& project, const Reach& reach, HeavySetUp& set_up) {
  const auto cost_of = [&](const Reach& row) { return project->effects[row.effect].cost; };
  if (set_up.tests.empty() || cost_of(reach) > cost_of(set_up.heaviest)) set_up.heaviest = reach;
  if (set_up.reaches.empty() || set_up.reaches.back().effect != reach.effect) set_up.reaches.push_back(reach);
  set_up.tests.push_back(reach.test);
}

}  // namespace

std::map<FixtureId, HeavySetUp> heavy_set_ups(const Project& project, bool (*counts)(const Fixture&)) {
  std::map<FixtureId, HeavySetUp> found;
  for (const EffectId effect : project->effects.ids()) {
    if (!heavy_kinds.has(project->effects[effect].kind)) continue;
    for (const Reach& reach : live_reaches(project, effect)) {
      if (!reach.fixture || !counts(project->fixtures[reach.fixture]) || !is_heavy(project, reach)) continue;
      add(project, reach, found[reach.fixture]);
    }
  }
  for (auto& [fixture, set_up] : found) {
    std::ranges::sort(set_up.tests);
    const auto repeated = std::ranges::unique(set_up.tests);
    set_up.tests.erase(repeated.begin(), repeated.end());
  }
  return found;
}

}  // namespace hasten
