#include "analyzer/check/shared_paths.h"

#include <algorithm>

#include "analyzer/check/cause.h"

namespace hasten {
namespace {

bool may_be_own(const Effect& move) {
  return move.root == PathRoot::unique_temporary || move.root == PathRoot::unknown || move.root == PathRoot::none;
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

MovingTests::MovingTests(const Project& project)
    : project_(project), tests_(tests_with(project, EffectKind::working_directory, may_be_own)) {
  std::vector<FunctionRef> fixtures;
  for (const Fixture& fixture : project->fixtures) fixtures.push_back(fixture.function);
  std::ranges::sort(fixtures);
  has_moving_fixture_ = std::ranges::any_of(project->effects, [&](const Effect& effect) {
    const FunctionRef function{effect.place.file, effect.function};
    return effect.kind == EffectKind::working_directory && may_be_own(effect) &&
           std::ranges::binary_search(fixtures, function);
  });
}

bool MovingTests::has(TestId test) const {
  if (has_moving_fixture_ && project_->tests[test].has_unknown_closure != 0) return true;
  return std::ranges::binary_search(tests_, test);
}

}  // namespace hasten
