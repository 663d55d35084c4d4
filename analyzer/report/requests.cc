#include "analyzer/report/requests.h"

#include <algorithm>
#include <array>

namespace hasten {
namespace {

/// What the names of one test stand for.
class Resolver {
 public:
  explicit Resolver(const Test& test) : test_(test) {}

  /// What `fixture` gets for `name`; its own name means the definition that it overrides.
  [[nodiscard]] FixtureId provided(FixtureId fixture, NameId name, NameId own_name) const {
    if (name == own_name) return overridden_by(fixture, name);
    const ClosureEntry* entry = find(name);
    return entry == nullptr ? FixtureId() : entry->fixture;
  }

 private:
  [[nodiscard]] const ClosureEntry* find(NameId name) const {
    for (const auto* entries : {&test_.closure, &test_.dynamic_uses}) {
      const auto found = std::ranges::find(*entries, name, &ClosureEntry::name);
      if (found != entries->end()) return &*found;
    }
    return nullptr;
  }

  /// The next farther definition of the same name that is set up; `overridden` has the nearest first.
  [[nodiscard]] FixtureId overridden_by(FixtureId fixture, NameId name) const {
    const ClosureEntry* nearest = find(name);
    bool is_next = nearest != nullptr && nearest->fixture == fixture;
    for (const ClosureEntry& entry : test_.overridden) {
      if (entry.name != name) continue;
      if (is_next) return entry.fixture;
      is_next = entry.fixture == fixture;
    }
    return {};
  }

  const Test& test_;
};

bool is_argument(const Project& project, const Test& test, NameId name) {
  if (!test.function) return false;
  const FileModel& model = project.model(test.function.file);
  const auto params = project.function(test.function).params;
  return std::ranges::any_of(params,
                             [&](ParamId param) { return model.word(model.params[param].name) == project.name(name); });
}

}  // namespace

std::vector<RequestEdge> requests_of(const Project& project, const Test& test) {
  const Resolver resolver(test);
  std::vector<RequestEdge> by_fixtures;
  std::vector<FixtureId> seen;
  const auto add_requests = [&](const std::vector<ClosureEntry>& entries) {
    for (const ClosureEntry& entry : entries) {
      if (!entry.fixture || std::ranges::find(seen, entry.fixture) != seen.end()) continue;
      seen.push_back(entry.fixture);
      const Fixture& fixture = project->fixtures[entry.fixture];
      for (const NameId name : fixture.arguments) {
        by_fixtures.push_back({entry.fixture, name, resolver.provided(entry.fixture, name, fixture.name), 0});
      }
    }
  };
  for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) add_requests(*entries);

  std::vector<RequestEdge> edges;
  // A request of its own name leads away from the nearest definition.
  const auto is_requested = [&](NameId name) {
    return std::ranges::any_of(by_fixtures, [&](const RequestEdge& edge) {
      return edge.name == name && project->fixtures[edge.from].name != name;
    });
  };
  for (const ClosureEntry& entry : test.closure) {
    const bool is_autouse = entry.fixture && project->fixtures[entry.fixture].is_autouse;
    // What nobody requests can only come from usefixtures.
    if (is_autouse || is_argument(project, test, entry.name) || !is_requested(entry.name)) {
      edges.push_back({{}, entry.name, entry.fixture, 0});
    }
  }
  for (const ClosureEntry& entry : test.dynamic_uses) {
    if (!is_requested(entry.name)) edges.push_back({{}, entry.name, entry.fixture, 1});
  }
  edges.insert(edges.end(), by_fixtures.begin(), by_fixtures.end());
  return edges;
}

bool uses(const Test& test, FixtureId fixture) {
  for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
    if (std::ranges::find(*entries, fixture, &ClosureEntry::fixture) != entries->end()) return true;
  }
  return false;
}

}  // namespace hasten
