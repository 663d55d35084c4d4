#include "analyzer/report/fixture_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace hasten {
namespace {

/// How near to a test a definition stands: plugins are farthest, then conftests from the top down, module, class (C3).
std::size_t nearness(const Project& project, const Fixture& fixture) {
  constexpr std::size_t deepest = 1000000;
  switch (fixture.holder) {
    case HolderKind::plugin: return 0;
    case HolderKind::conftest: return 1 + static_cast<std::size_t>(std::ranges::count(project.path(fixture.file), '/'));
    case HolderKind::module: return deepest;
    case HolderKind::class_: return deepest + 1;
  }
  return 0;
}

bool sees(const Project& project, const Fixture& inner, const Fixture& outer) {
  if (outer.holder == HolderKind::plugin) return true;
  if (!inner.file) return false;
  if (outer.holder != HolderKind::conftest) return inner.file == outer.file;
  const std::string& path = project.path(outer.file);
  return project.path(inner.file).starts_with(std::string_view(path).substr(0, path.rfind('/') + 1));
}

class GraphBuilder {
 public:
  explicit GraphBuilder(const Project& project) : project_(project) {
    for (const FixtureId id : project_->fixtures.ids()) by_name_[project_->fixtures[id].name].push_back(id);
  }

  FixtureGraph graph() && {
    for (const TestId id : project_->tests.ids()) add_test(project_->tests[id]);
    return numbered();
  }

 private:
  /// A file or a fixture. Files sort first.
  struct Key {
    FixtureId fixture;
    FileId file;
    friend bool operator<(Key left, Key right) {
      return std::pair(static_cast<bool>(left.fixture), std::pair(left.fixture, left.file)) <
             std::pair(static_cast<bool>(right.fixture), std::pair(right.fixture, right.file));
    }
  };

  void add_test(const Test& test) {
    const Key file{{}, test.file};
    ++tests_[file];
    std::set<std::pair<Key, FixtureId>> requests;
    std::set<FixtureId> used;
    std::map<NameId, FixtureId> provided;
    for (const ClosureEntry& entry : test.closure) {
      if (entry.fixture && !entry.is_parametrized) provided[entry.name] = entry.fixture;
    }

    std::set<FixtureId> requested_by_fixtures;
    for (const auto& [name, fixture] : provided) {
      add_requests(fixture, provided, requests, used);
    }
    for (const auto& [from, to] : requests) requested_by_fixtures.insert(to);
    const std::set<NameId> arguments = arguments_of(test);
    for (const auto& [name, fixture] : provided) {
      const bool is_direct = arguments.contains(name) || project_->fixtures[fixture].is_autouse ||
                             !requested_by_fixtures.contains(fixture);
      if (is_direct) requests.emplace(file, fixture);
    }
    for (const auto& request : requests) ++edges_[request];
    for (const FixtureId fixture : used) ++tests_[{fixture, {}}];
  }

  /// What `fixture` requests in this test; a request of its own name leads on to the definition that it overrides.
  void add_requests(FixtureId fixture, const std::map<NameId, FixtureId>& provided,
                    std::set<std::pair<Key, FixtureId>>& requests, std::set<FixtureId>& used) const {
    while (fixture && used.insert(fixture).second) {
      FixtureId overridden;
      for (const NameId name : project_->fixtures[fixture].arguments) {
        const auto found = provided.find(name);
        const bool is_own_name = name == project_->fixtures[fixture].name;
        const FixtureId target = is_own_name               ? overridden_by(fixture)
                                 : found != provided.end() ? found->second
                                                           : FixtureId();
        if (!target) continue;
        requests.emplace(Key{fixture, {}}, target);
        if (is_own_name) overridden = target;
      }
      fixture = overridden;
    }
  }

  [[nodiscard]] FixtureId overridden_by(FixtureId id) const {
    const Fixture& fixture = project_->fixtures[id];
    FixtureId best;
    for (const FixtureId candidate : by_name_.at(fixture.name)) {
      const Fixture& other = project_->fixtures[candidate];
      const bool is_farther = nearness(project_, other) < nearness(project_, fixture);
      if (!is_farther || !sees(project_, fixture, other)) continue;
      if (!best || nearness(project_, project_->fixtures[best]) <= nearness(project_, other)) best = candidate;
    }
    return best;
  }

  [[nodiscard]] std::set<NameId> arguments_of(const Test& test) const {
    std::set<NameId> names;
    if (!test.function) return names;
    const FileModel& model = project_.model(test.function.file);
    for (const ParamId param : project_.function(test.function).params) {
      if (const NameId name = project_->names.find(model.word(model.params[param].name))) names.insert(name);
    }
    return names;
  }

  FixtureGraph numbered() {
    for (const FixtureId id : project_->fixtures.ids()) {
      if (project_->fixtures[id].holder != HolderKind::plugin) tests_.try_emplace({id, {}}, 0);
    }
    for (const auto& [request, tests] : edges_) tests_.try_emplace({request.second, {}}, 0);

    FixtureGraph graph;
    std::map<Key, std::uint32_t> numbers;
    std::map<std::string, int> seen;
    for (const auto& [key, tests] : tests_) {
      numbers.emplace(key, static_cast<std::uint32_t>(graph.nodes.size()));
      const FileId file = key.fixture ? project_->fixtures[key.fixture].file : key.file;
      std::string id = id_of(key);
      // A name defined twice in one place: the later one gets a number.
      if (const int before = seen[id]++; before > 0) id += fmt::format("#{}", before + 1);
      graph.nodes.push_back({std::move(id), key.fixture, file, tests});
    }
    for (const auto& [request, tests] : edges_) {
      graph.edges.push_back({numbers.at(request.first), numbers.at({request.second, {}}), tests});
    }
    std::ranges::sort(graph.edges);
    return graph;
  }

  [[nodiscard]] std::string id_of(Key key) const {
    if (!key.fixture) return fmt::format("tests:{}", project_.path(key.file));
    const Fixture& fixture = project_->fixtures[key.fixture];
    const std::string_view name = project_.name(fixture.name);
    if (!fixture.file) return fmt::format("fixture:plugin::{}", name);
    std::string classes;
    for (ClassRef ref = fixture.holder_class; ref; ref.id = project_.model(ref.file).classes[ref.id].outer) {
      const FileModel& model = project_.model(ref.file);
      classes = fmt::format("{}::{}", model.word(model.classes[ref.id].name), classes);
    }
    return fmt::format("fixture:{}::{}{}", project_.path(fixture.file), classes, name);
  }

  const Project& project_;
  std::map<NameId, std::vector<FixtureId>> by_name_;
  std::map<Key, std::size_t> tests_;
  std::map<std::pair<Key, FixtureId>, std::size_t> edges_;
};

}  // namespace

FixtureGraph fixture_graph(const Project& project) { return GraphBuilder(project).graph(); }

}  // namespace hasten
