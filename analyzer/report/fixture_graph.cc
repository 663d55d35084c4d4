#include "analyzer/report/fixture_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyzer/report/fixture_ids.h"
#include "analyzer/report/requests.h"

namespace hasten {
namespace {

bool lies_in_folder(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

class GraphBuilder {
 public:
  GraphBuilder(const Project& project, const GraphPart& part)
      : project_(project), part_(part), is_whole_(!part.test && !part.fixture && part.folder.empty()) {}

  FixtureGraph graph() && {
    for (const TestId id : project_->tests.ids()) {
      if (is_drawn(id)) add_test(project_->tests[id]);
    }
    if (part_.fixture) keep_around(part_.fixture);
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
    friend bool operator==(Key, Key) = default;
  };

  [[nodiscard]] bool is_drawn(TestId id) const {
    const Test& test = project_->tests[id];
    if (part_.test) return id == part_.test;
    if (part_.fixture) return uses(test, part_.fixture);
    return part_.folder.empty() || lies_in_folder(project_.path(test.file), part_.folder);
  }

  void add_test(const Test& test) {
    const Key file{{}, test.file};
    ++tests_[file];
    std::set<std::pair<Key, FixtureId>> requests;
    std::set<FixtureId> used;
    for (const RequestEdge& edge : requests_of(project_, test)) {
      if (!edge.to) continue;
      requests.emplace(edge.from ? Key{edge.from, {}} : file, edge.to);
      used.insert(edge.to);
    }
    for (const auto& request : requests) ++edges_[request];
    for (const FixtureId fixture : used) ++tests_[{fixture, {}}];
  }

  /// Leaves what `fixture` requests and who requests it, over any number of steps.
  void keep_around(FixtureId fixture) {
    std::set<Key> kept = reached(fixture, Direction::down);
    kept.merge(reached(fixture, Direction::up));
    std::erase_if(edges_, [&](const auto& edge) {
      return !kept.contains(edge.first.first) || !kept.contains({edge.first.second, {}});
    });
    std::erase_if(tests_, [&](const auto& node) { return !kept.contains(node.first); });
    tests_.try_emplace({fixture, {}}, 0);
  }

  enum class Direction : std::uint8_t { down, up };

  [[nodiscard]] std::set<Key> reached(FixtureId fixture, Direction direction) const {
    std::multimap<Key, Key> steps;
    for (const auto& [request, tests] : edges_) {
      const Key to{request.second, {}};
      direction == Direction::down ? steps.emplace(request.first, to) : steps.emplace(to, request.first);
    }
    std::set<Key> seen{{fixture, {}}};
    std::vector<Key> pending{{fixture, {}}};
    while (!pending.empty()) {
      const auto [first, last] = steps.equal_range(pending.back());
      pending.pop_back();
      for (auto step = first; step != last; ++step) {
        if (seen.insert(step->second).second) pending.push_back(step->second);
      }
    }
    return seen;
  }

  FixtureGraph numbered() {
    if (is_whole_) {
      for (const FixtureId id : project_->fixtures.ids()) {
        if (project_->fixtures[id].holder != HolderKind::plugin) tests_.try_emplace({id, {}}, 0);
      }
    }
    FixtureGraph graph;
    std::map<Key, std::uint32_t> numbers;
    const std::vector<std::string> ids = fixture_ids(project_);
    for (const auto& [key, tests] : tests_) {
      numbers.emplace(key, static_cast<std::uint32_t>(graph.nodes.size()));
      if (key.fixture) {
        const FileId file = project_->fixtures[key.fixture].file;
        graph.nodes.push_back({ids[key.fixture.index()], key.fixture, {}, file, tests});
      } else {
        graph.nodes.push_back({id_of_tests(key.file), {}, part_.test, key.file, tests});
      }
    }
    for (const auto& [request, tests] : edges_) {
      graph.edges.push_back({numbers.at(request.first), numbers.at({request.second, {}}), tests});
    }
    std::ranges::sort(graph.edges);
    return graph;
  }

  [[nodiscard]] std::string id_of_tests(FileId file) const {
    if (!part_.test) return fmt::format("tests:{}", project_.path(file));
    return fmt::format("test:{}", project_.name(project_->tests[part_.test].qualified_name));
  }

  const Project& project_;
  const GraphPart& part_;
  bool is_whole_;
  std::map<Key, std::size_t> tests_;
  std::map<std::pair<Key, FixtureId>, std::size_t> edges_;
};

}  // namespace

FixtureGraph fixture_graph(const Project& project, const GraphPart& part) {
  return GraphBuilder(project, part).graph();
}

}  // namespace hasten
