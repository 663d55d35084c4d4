#include "analyzer/check/witness.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace hasten {
namespace {

std::string deed(const Project& project, PathId path, std::size_t step);
std::string actor(const Project& project, const Reach& reach, std::size_t step);
Place place_of_test(const Project& project, const Test& test);

}  // namespace

std::vector<RelatedPlace> witness_chain(const Project& project, const Reach& reach) {
  const Path& path = project->paths[reach.path];
  const Test& test = project->tests[reach.test];
  std::vector<RelatedPlace> chain;
  if (reach.fixture) {
    const Fixture& fixture = project->fixtures[reach.fixture];
    const std::string_view verb = fixture.is_autouse || fixture.origin == FixtureOrigin::xunit ? "gets" : "requests";
    const std::string_view name = fixture.origin == FixtureOrigin::xunit && path.root ? project.function_name(path.root)
                                                                                      : project.name(fixture.name);
    const std::string_view what = fixture.origin == FixtureOrigin::xunit ? "" : "fixture ";
    chain.push_back(
        {place_of_test(project, test), fmt::format("test `{}` {} {}`{}`", project.name(test.name), verb, what, name)});
  }
  const auto steps = project.steps(reach.path);
  for (std::size_t step = 0; step < steps.size(); ++step) {
    const std::string_view after = path.phase == Phase::teardown && step == 0 ? " on tear-down" : "";
    chain.push_back({steps[step].place,
                     fmt::format("{} {}{}", actor(project, reach, step), deed(project, reach.path, step), after)});
  }
  return chain;
}

std::string callee_as_written(const Project& project, PathId path, std::size_t step) {
  constexpr std::size_t longest = 40;
  const Step& row = project.steps(path)[step];
  const Place place = row.place;
  const Source& source = project.file(place.file).source;
  std::string_view text;
  if (place.range.end <= source.bytes().size()) text = source.text(place.range);
  text = text.substr(0, text.find('('));
  const bool is_name = !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char c) {
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (is_name) return std::string(text);
  return std::string(project.name(row.calls));
}

namespace {

/// What happens at the last step depends on the kind of effect; at every other step a call leads on.
std::string deed(const Project& project, PathId path, std::size_t step) {
  if (step + 1 < project.steps(path).size()) return fmt::format("calls `{}`", callee_as_written(project, path, step));
  const Effect& effect = project->effects[project->paths[path].effect];
  const std::string_view api = project.name(effect.api);
  if (effect.kind == EffectKind::global_state) return fmt::format("changes `{}`", api);
  if (effect.kind == EffectKind::environment && api.ends_with("environ")) return fmt::format("changes `{}`", api);
  return fmt::format("calls `{}`", api);
}

std::string actor(const Project& project, const Reach& reach, std::size_t step) {
  const std::string_view name = project.name(project.steps(reach.path)[step].in);
  if (step > 0) return fmt::format("`{}`", name);
  if (!reach.fixture) return fmt::format("test `{}`", project.name(project->tests[reach.test].name));
  const Fixture& fixture = project->fixtures[reach.fixture];
  if (fixture.origin == FixtureOrigin::xunit) return fmt::format("`{}`", name);
  return fmt::format("fixture `{}`", project.name(fixture.name));
}

Place place_of_test(const Project& project, const Test& test) {
  if (!test.function) return {test.file, {}};
  return {test.function.file, project.function(test.function).name_range};
}

}  // namespace
}  // namespace hasten
