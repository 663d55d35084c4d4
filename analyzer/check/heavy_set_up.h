#pragma once

// What the set-up of fixtures and hooks pays for: which of them reach something expensive, and for which tests.

#include <map>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

inline constexpr EffectSet heavy_kinds = {EffectKind::heavy_construction, EffectKind::database, EffectKind::subprocess,
                                          EffectKind::network};

struct HeavySetUp {
  std::vector<TestId> tests;   // for which any of it happens, ascending
  Reach heaviest;              // of equally heavy ones the first in the order of places
  std::vector<Reach> reaches;  // one for each effect that is heavy, in the order of places
};

/// By fixture, of those for which `counts` holds. What is far down in the project's code mostly waits behind a cache or
/// a condition, so only what is close counts.
[[nodiscard]] std::map<FixtureId, HeavySetUp> heavy_set_ups(const Project& project, bool (*counts)(const Fixture&));

}  // namespace hasten
