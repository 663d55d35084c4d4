#include "analyzer/fix/group_marks.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "analyzer/fix/insertions.h"
#include "analyzer/model/group_names.h"

namespace hasten {
namespace {

/// Where a mark may stand: before a function or class, or for a whole module.
struct Site {
  FileId file;
  std::uint8_t rank = 0;  // 0 module, 1 class, 2 function
  std::uint32_t id = 0;
  friend auto operator<=>(const Site&, const Site&) = default;
};

Site site_of(FileId file) { return {file, 0, 0}; }
Site site_of(ClassRef class_) { return {class_.file, 1, class_.id.index()}; }
Site site_of(FunctionRef function) { return {function.file, 2, function.id.index()}; }

class Marker {
 public:
  explicit Marker(const Project& project) : project_(project), names_(group_names(project)) {
    for (const TestId test : project->tests.ids()) {
      for (const Site& site : sites_of(project->tests[test])) tests_[site].push_back(test);
    }
  }

  GroupPatch patch() && {
    for (const GroupId group : project_->groups.ids()) mark(group);
    GroupPatch out;
    for (auto& [file, insertions] : insertions_) {
      const std::string& path = project_.path(file);
      if (path.find_first_of("\n\t\"") != std::string::npos) {
        notes_.push_back("a path with quotes, tabs or line ends fits into no patch");
        continue;
      }
      out.patch += unified_diff(path, project_.file(file).source.bytes(), std::move(insertions));
    }
    out.notes = std::move(notes_);
    return out;
  }

 private:
  /// From the widest.
  static std::vector<Site> sites_of(const Test& test) {
    std::vector<Site> sites = {site_of(test.file)};
    for (const ClassRef class_ : test.classes) sites.push_back(site_of(class_));
    if (test.function) sites.push_back(site_of(test.function));
    return sites;
  }

  void mark(GroupId id) {
    const Group& group = project_->groups[id];
    const std::string& name = names_[id.index()];
    std::set<TestId> open;  // still without a mark
    for (const TestId test : group.tests) {
      const std::vector<std::string_view> marked = marked_groups(project_, project_->tests[test]);
      if (marked.empty()) {
        open.insert(test);
      } else if (marked.size() > 1 || marked[0] != name) {
        notes_.push_back(fmt::format("{} has another xdist_group; it should share a worker with the group `{}`",
                                     project_.name(project_->tests[test].qualified_name), name));
      }
    }
    for (const TestId test : group.tests) {
      if (open.contains(test)) mark_widest(test, name, open);
    }
  }

  /// At the widest place all of whose tests need the mark; else at the narrowest, which may mark more than needed.
  void mark_widest(TestId test, std::string_view name, std::set<TestId>& open) {
    const std::vector<Site> sites = sites_of(project_->tests[test]);
    const auto fits = [&](const Site& site) {
      const std::vector<TestId>& all = tests_.at(site);
      if (site.rank == 0 && (all.size() < 2 || has_pytestmark(site.file))) return false;
      return std::ranges::all_of(all, [&](TestId other) { return open.contains(other); });
    };
    auto site = std::ranges::find_if(sites, fits);
    if (site == sites.end()) {
      // A function that several classes inherit: the class of this test takes the mark.
      site = std::ranges::find(sites, std::uint8_t{1}, &Site::rank);
      if (site == sites.end()) {
        notes_.push_back(fmt::format("{} cannot be marked", project_.name(project_->tests[test].qualified_name)));
        open.erase(test);
        return;
      }
      while (std::next(site) != sites.end() && std::next(site)->rank == 1) ++site;
    }
    insert(*site, name);
    for (const TestId marked : tests_.at(*site)) open.erase(marked);
  }

  [[nodiscard]] bool has_pytestmark(FileId file) const {
    const FileModel& model = project_.model(file);
    return std::ranges::any_of(model.statements, [&](const Statement& statement) {
      return statement.block == FileModel::module_block() && statement.target &&
             model.exprs[statement.target].kind == ExprKind::name && model.word(statement.target) == "pytestmark";
    });
  }

  void insert(const Site& site, std::string_view name) {
    const std::string mark = fmt::format("{}.mark.xdist_group(\"{}\")", pytest_in(site.file), name);
    const FileModel& model = project_.model(site.file);
    if (site.rank == 0) {
      insertions_[site.file].push_back({line_after_imports(site.file), "pytestmark = " + mark});
      return;
    }
    const TextRange range =
        site.rank == 1 ? model.classes[ClassId(site.id)].range : model.functions[FunctionId(site.id)].range;
    const Source& source = project_.file(site.file).source;
    const std::string_view bytes = source.bytes();
    const std::size_t line_begin = bytes.substr(0, range.begin).rfind('\n') + 1;
    const std::string_view indent = bytes.substr(line_begin, range.begin - line_begin);
    insertions_[site.file].push_back({source.line_of(range.begin), fmt::format("{}@{}", indent, mark)});
  }

  /// The name that the module has for pytest; an import is added when it has none.
  std::string pytest_in(FileId file) {
    const auto [entry, is_new] = pytest_.try_emplace(file, "pytest");
    if (!is_new) return entry->second;
    const FileModel& model = project_.model(file);
    for (const Import& import : model.imports) {
      const bool is_top = model.statements[import.statement].block == FileModel::module_block();
      if (is_top && !import.is_from && model.word(import.module) == "pytest") {
        entry->second = model.word(import.bound);
        return entry->second;
      }
    }
    insertions_[file].push_back({line_for_import(file), "import pytest"});
    return entry->second;
  }

  /// Before the first import, but behind the docstring and what is imported from __future__.
  [[nodiscard]] std::uint32_t line_for_import(FileId file) const {
    const FileModel& model = project_.model(file);
    const Source& source = project_.file(file).source;
    for (const StatementId id : model.blocks[FileModel::module_block()].statements) {
      const Statement& statement = model.statements[id];
      if (statement.block != FileModel::module_block()) continue;
      const bool is_docstring = statement.kind == StatementKind::expression && statement.value &&
                                model.exprs[statement.value].kind == ExprKind::string;
      const bool is_future = statement.kind == StatementKind::import &&
                             model.word(model.imports[statement.import()].module) == "__future__";
      if (!is_docstring && !is_future) return source.line_of(begin_of(model, statement));
    }
    return 1;
  }

  /// A function or class begins with its decorators.
  static std::uint32_t begin_of(const FileModel& model, const Statement& statement) {
    if (statement.kind == StatementKind::function) return model.functions[statement.function()].range.begin;
    if (statement.kind == StatementKind::class_) return model.classes[statement.class_()].range.begin;
    return statement.range.begin;
  }

  /// Behind the imports that the module begins with.
  [[nodiscard]] std::uint32_t line_after_imports(FileId file) const {
    const FileModel& model = project_.model(file);
    const Source& source = project_.file(file).source;
    std::uint32_t line = line_for_import(file);
    for (const StatementId id : model.blocks[FileModel::module_block()].statements) {
      const Statement& statement = model.statements[id];
      if (statement.block != FileModel::module_block()) continue;
      if (statement.kind == StatementKind::function || statement.kind == StatementKind::class_) break;
      if (statement.kind != StatementKind::import) continue;
      const std::uint32_t last = statement.range.end > 0 ? statement.range.end - 1 : 0;
      line = std::max(line, source.line_of(last) + 1);
    }
    return line;
  }

  const Project& project_;
  std::vector<std::string> names_;             // by group
  std::map<Site, std::vector<TestId>> tests_;  // that a mark at the site would mark
  std::map<FileId, std::string> pytest_;       // the module's name for pytest
  std::map<FileId, std::vector<Insertion>> insertions_;
  std::vector<std::string> notes_;
};

}  // namespace

GroupPatch group_patch(const Project& project) { return Marker(project).patch(); }

}  // namespace hasten
