#include "analyzer/report/details.h"

#include <algorithm>
#include <map>

#include "analyzer/report/lists.h"
#include "analyzer/report/requests.h"

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

/// Whether what stands beside `inner` would get `outer` if nothing nearer had its name.
bool sees(const Project& project, const Fixture& inner, const Fixture& outer) {
  if (nearness(project, outer) >= nearness(project, inner)) return false;
  if (outer.holder == HolderKind::plugin) return true;
  if (!inner.file) return false;
  if (outer.holder != HolderKind::conftest) return inner.file == outer.file;
  const std::string& path = project.path(outer.file);
  return project.path(inner.file).starts_with(std::string_view(path).substr(0, path.rfind('/') + 1));
}

void add_overrides(const Project& project, FixtureId id, FixtureSurroundings& out) {
  const Fixture& fixture = project->fixtures[id];
  for (const FixtureId other : project->fixtures.ids()) {
    if (other == id || project->fixtures[other].name != fixture.name || !is_listed(project->fixtures[other])) continue;
    if (sees(project, fixture, project->fixtures[other])) out.overrides.push_back(other);
    if (sees(project, project->fixtures[other], fixture)) out.overridden_by.push_back(other);
  }
  std::ranges::stable_sort(out.overrides, std::greater(),
                           [&](FixtureId other) { return nearness(project, project->fixtures[other]); });
}

bool is_mark(std::string_view dotted) { return dotted.starts_with("pytest.mark.") || dotted.starts_with("mark."); }

class MarkReader {
 public:
  explicit MarkReader(const Project& project) : project_(project) {}

  void add_decorators(FileId file, Run<DecoratorTag> decorators) {
    for (const DecoratorId decorator : decorators) add(file, project_.model(file).decorators[decorator].expr);
  }

  /// `pytestmark` of a module or a class.
  void add_assigned(FileId file, BlockId block) {
    const FileModel& model = project_.model(file);
    for (const Statement& statement : model.statements) {
      const bool assigns = statement.block == block && statement.target && statement.value &&
                           statement.kind != StatementKind::aug_assign &&
                           model.exprs[statement.target].kind == ExprKind::name &&
                           model.word(statement.target) == "pytestmark";
      if (!assigns) continue;
      const ExprKind kind = model.exprs[statement.value].kind;
      const bool is_collection = kind == ExprKind::list || kind == ExprKind::tuple;
      if (!is_collection) add(file, statement.value);
      for (ExprId at = is_collection ? model.first_child(statement.value) : ExprId(); at; at = model.next(at)) {
        add(file, at);
      }
    }
  }

  [[nodiscard]] std::vector<WrittenMark> marks() && { return std::move(marks_); }

 private:
  void add(FileId file, ExprId expr) {
    const FileModel& model = project_.model(file);
    const bool is_call = model.exprs[expr].kind == ExprKind::call;
    if (!is_mark(model.dotted(is_call ? model.first_child(expr) : expr))) return;
    const TextRange range = model.exprs[expr].range;
    marks_.push_back({std::string(project_.file(file).source.text(range)), {file, range}});
  }

  const Project& project_;
  std::vector<WrittenMark> marks_;
};

}  // namespace

std::vector<ClosureRow> closure_rows(const Project& project, const Test& test) {
  const std::vector<RequestEdge> edges = requests_of(project, test);
  const auto is_parametrized = [&](NameId name) {
    const auto entry = std::ranges::find(test.closure, name, &ClosureEntry::name);
    return entry != test.closure.end() && entry->is_parametrized;
  };
  struct Pending {
    RequestEdge edge;
    std::size_t depth;
  };
  std::vector<Pending> pending;
  const auto add_requests = [&](FixtureId from, std::size_t depth) {
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
      if (edge->from == from) pending.push_back({*edge, depth});
    }
  };
  std::vector<ClosureRow> rows;
  std::vector<FixtureId> drawn;
  add_requests({}, 0);
  while (!pending.empty()) {
    const auto [edge, depth] = pending.back();
    pending.pop_back();
    ClosureRow row{depth, edge.name, edge.to, 0, 0, edge.is_dynamic, is_parametrized(edge.name)};
    row.is_overridden = edge.from && project->fixtures[edge.from].name == edge.name;
    const bool is_new = edge.to && std::ranges::find(drawn, edge.to) == drawn.end();
    row.is_repeated = edge.to && !is_new;
    rows.push_back(row);
    if (!is_new) continue;
    drawn.push_back(edge.to);
    add_requests(edge.to, depth + 1);
  }
  return rows;
}

std::vector<WrittenMark> marks_of(const Project& project, const Test& test) {
  MarkReader reader(project);
  if (test.function) reader.add_decorators(test.function.file, project.function(test.function).decorators);
  for (auto ref = test.classes.rbegin(); ref != test.classes.rend(); ++ref) {
    const Class& class_ = project.model(ref->file).classes[ref->id];
    reader.add_decorators(ref->file, class_.decorators);
    reader.add_assigned(ref->file, class_.body);
  }
  reader.add_assigned(test.file, FileModel::module_block());
  return std::move(reader).marks();
}

FixtureSurroundings surroundings_of(const Project& project, FixtureId fixture) {
  FixtureSurroundings out;
  std::map<FixtureId, std::size_t> requests, requested_by;
  for (const TestId id : project->tests.ids()) {
    const Test& test = project->tests[id];
    if (!uses(test, fixture)) continue;
    out.users.push_back(id);
    for (const RequestEdge& edge : requests_of(project, test)) {
      if (edge.from == fixture && edge.to) ++requests[edge.to];
      if (edge.to != fixture) continue;
      edge.from ? ++requested_by[edge.from] : ++out.direct_users;
    }
  }
  for (const auto& [id, tests] : requests) out.requests.push_back({id, tests});
  for (const auto& [id, tests] : requested_by) out.requested_by.push_back({id, tests});
  add_overrides(project, fixture, out);
  return out;
}

}  // namespace hasten
