#include "analyzer/check/shared_paths.h"

#include <algorithm>

#include "analyzer/check/cause.h"

namespace hasten {
namespace {

bool may_be_own(const Effect& move) {
  return move.root == PathRoot::unique_temporary || move.root == PathRoot::unknown || move.root == PathRoot::none;
}

/// Is it said in the project's own code what is touched, and not in that of its tests?
bool is_own_code(const Project& project, const Effect& effect) {
  const Place place = effect.told.file ? effect.told : effect.place;
  return project->files[place.file].role == FileRole::first_party;
}

}  // namespace

std::string_view shared_place(PathRoot root) {
  switch (root) {
    case PathRoot::shared_temporary: return "in the shared temporary directory";
    case PathRoot::source_tree: return "in the source tree";
    case PathRoot::working_directory: return "in the working directory";
    case PathRoot::home: return "in the home directory";
    case PathRoot::absolute: return "at a fixed place";
    case PathRoot::none:
    case PathRoot::unknown:
    case PathRoot::unique_temporary: break;
  }
  return {};
}

MovingTests::MovingTests(const Project& project) : project_(project) {
  for (const EffectId id : project->effects.ids()) {
    const Effect& move = project->effects[id];
    if (move.kind != EffectKind::working_directory || !may_be_own(move)) continue;
    const bool comes_back = move.restored == Restored::yes && is_own_code(project, move);
    for (const Reach& reach : live_reaches(project, id)) {
      comes_back ? detours_.push_back({reach.test, reach.fixture}) : tests_.push_back(reach.test);
    }
  }
  std::ranges::sort(tests_);
  std::ranges::sort(detours_);
  std::vector<FunctionRef> fixtures;
  for (const Fixture& fixture : project->fixtures) fixtures.push_back(fixture.function);
  std::ranges::sort(fixtures);
  has_moving_fixture_ = std::ranges::any_of(project->effects, [&](const Effect& effect) {
    const FunctionRef function{effect.place.file, effect.function};
    return effect.kind == EffectKind::working_directory && may_be_own(effect) &&
           std::ranges::binary_search(fixtures, function);
  });
}

bool MovingTests::has(const Reach& reach) const {
  if (has_moving_fixture_ && project_->tests[reach.test].has_unknown_closure != 0) return true;
  if (std::ranges::binary_search(tests_, reach.test)) return true;
  return is_own_code(project_, project_->effects[reach.effect]) &&
         std::ranges::binary_search(detours_, Detour{reach.test, reach.fixture});
}

}  // namespace hasten
