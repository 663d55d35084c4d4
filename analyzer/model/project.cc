#include "analyzer/model/project.h"

#include <algorithm>

#include <fmt/format.h>

namespace hasten {

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::function: return "function";
    case Scope::class_: return "class";
    case Scope::module: return "module";
    case Scope::package: return "package";
    case Scope::session: return "session";
  }
  return "?";
}

std::string_view to_string(Phase phase) {
  switch (phase) {
    case Phase::setup: return "setup";
    case Phase::call: return "call";
    case Phase::teardown: return "teardown";
  }
  return "?";
}

std::vector<Reach> Project::reaches_of(EffectId effect) const {
  const auto found = std::ranges::equal_range(tables_.reaches, effect, {}, &Reach::effect);
  return {found.begin(), found.end()};
}

std::span<const SetUp> Project::set_ups_of(FixtureId fixture) const {
  const auto found = std::ranges::equal_range(tables_.set_ups, fixture, {}, &SetUp::fixture);
  return {found.begin(), found.end()};
}

const SetUpDoubt* Project::set_up_doubt_of(FixtureId fixture) const {
  const auto found = std::ranges::lower_bound(tables_.set_up_doubts, fixture, {}, &SetUpDoubt::fixture);
  return found != tables_.set_up_doubts.end() && found->fixture == fixture ? &*found : nullptr;
}

std::span<const FixtureRequest> Project::requests_of(FixtureId fixture) const {
  const auto found = std::ranges::equal_range(tables_.fixture_requests, fixture, {}, &FixtureRequest::requester);
  return {found.begin(), found.end()};
}

std::span<const CaseFactor> Project::case_factors_of(TestId test) const {
  const auto found = std::ranges::equal_range(tables_.case_factors, test, {}, &CaseFactor::test);
  return {found.begin(), found.end()};
}

Place Project::code_of(const Fixture& fixture) const {
  if (!fixture.function) return fixture.lambda;
  return {fixture.function.file, function(fixture.function).range};
}

std::span<const Reason> Project::reasons_of(TestId test) const {
  const Verdict& verdict = tables_.verdicts[test];
  return std::span(tables_.reasons).subspan(verdict.first_reason, verdict.reasons);
}

std::string Project::location(Place place) const {
  const Source& source = file(place.file).source;
  return fmt::format("{}:{}", source.path(), source.line_of(place.range.begin));
}

}  // namespace hasten
