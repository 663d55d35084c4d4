#include "analyzer/effects/patches.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/patch_sites.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::size_t max_names = 512;

/// A module's attribute.
using Target = std::pair<FileId, string_view>;

struct Held {
  FileId file;
  ImportId import;
};

/// The innermost function around an expression; none at module and class level. A default or decorator counts as
/// inside.
FunctionId function_around(const FileModel& model, ExprId expr) {
  FunctionId innermost;
  for (FunctionId id : model.functions.ids()) {
    if (model.functions[id].range.contains(model.exprs[expr].range)) innermost = id;
  }
  return innermost;
}

/// Who holds an attribute under a name of its own, and whether anybody looks it up where it is patched.
class Lookups {
 public:
  Lookups(const ProjectTables& tables, const Modules& modules) : tables_(tables), modules_(modules) {}

  /// Module-level `from module import name` of the project's own code, for the names of `targets` only.
  void find_holders(const std::set<Target>& targets) {
    std::set<string_view> names;
    for (const Target& target : targets) names.insert(target.second);
    for (FileId file : tables_.files.ids()) {
      const FileModel& model = tables_.files[file].model;
      for (ImportId id : model.imports.ids()) {
        const Import& import = model.imports[id];
        if (!import.is_from || import.is_star || !names.contains(model.word(import.imported))) continue;
        const Target target{module_of(file, import), model.word(import.imported)};
        if (!target.first || target.first == file || !targets.contains(target)) continue;
        if (model.function_of(import.statement)) {
          late_.insert(target);  // looks the name up when it runs
        } else if (tables_.files[file].role == FileRole::first_party) {
          holders_[target].push_back({file, id});
        }
      }
    }
  }

  [[nodiscard]] bool is_held(const Target& target) const {
    return holders_.contains(target) && !late_.contains(target);
  }

  /// The import whose name is used in place of the patched one; none when somebody may look that one up.
  [[nodiscard]] std::optional<Held> misses(const Target& target, FileId patched_in) {
    const auto [entry, is_new] = looked_up_.try_emplace(target, false);
    if (is_new) {
      entry->second = std::ranges::any_of(tables_.files.ids(), [&](FileId file) {
        return tables_.files[file].role != FileRole::test_module && may_look_up(file, target);
      });
    }
    if (entry->second || may_look_up(patched_in, target)) return std::nullopt;
    std::optional<Held> found;
    for (const Held& held : holders_.at(target)) {
      if ((found && !imports(patched_in, held.file)) || !is_used(held)) continue;
      found = held;
      if (imports(patched_in, held.file)) break;  // the likeliest one
    }
    return found;
  }

 private:
  [[nodiscard]] FileId module_of(FileId file, const Import& import) const {
    const FileModel& model = tables_.files[file].model;
    const string_view written = model.word(import.module);
    return modules_.find(import.level > 0 ? modules_.absolute(file, import.level, written) : std::string(written),
                         file);
  }

  /// `.name` anywhere, the name as a text (getattr), or the bare name in a function of the module itself.
  [[nodiscard]] bool may_look_up(FileId file, const Target& target) const {
    const FileModel& model = tables_.files[file].model;
    const WordId word = model.words.find(target.second);
    if (!word) return false;
    return std::ranges::any_of(model.exprs.ids(), [&](ExprId id) {
      const Expr& expr = model.exprs[id];
      if (expr.word() != word) return false;
      switch (expr.kind) {
        case ExprKind::attribute: return true;
        case ExprKind::string: return tables_.files[file].role != FileRole::test_module;
        case ExprKind::name: return file == target.first && function_around(model, id);
        default: return false;
      }
    });
  }

  [[nodiscard]] bool imports(FileId file, FileId module) const {
    return std::ranges::any_of(tables_.files[file].model.imports,
                               [&](const Import& import) { return module_of(file, import) == module; });
  }

  [[nodiscard]] bool is_used(const Held& held) const {
    const FileModel& model = tables_.files[held.file].model;
    const WordId word = model.imports[held.import].bound;
    return std::ranges::any_of(model.exprs.ids(), [&](ExprId id) {
      return model.exprs[id].kind == ExprKind::name && model.exprs[id].word() == word && function_around(model, id);
    });
  }

  const ProjectTables& tables_;
  const Modules& modules_;
  std::map<Target, std::vector<Held>> holders_;
  std::set<Target> late_;
  std::map<Target, bool> looked_up_;
};

/// A module that is imported, or imported again, while the patch is on may well pick it up.
bool imports_late(const FileModel& model, const Call& call) {
  for (const string_view word : {"import_module", "reload", "__import__", "run_path", "run_module", "modules"}) {
    if (model.words.find(word)) return true;
  }
  const FunctionId function = model.function_of(call.block);
  return function && std::ranges::any_of(model.imports, [&](const Import& import) {
           return model.function_of(import.statement) == function;
         });
}

/// The body or the decorated function that a patch belongs to.
using Extent = std::tuple<FileId, FunctionId, StatementId>;

Extent extent_of(const ProjectTables& tables, CallRef patch) {
  const FileModel& model = tables.files[patch.file].model;
  const Call& call = model.calls[patch.id];
  return {patch.file, model.function_of(call.block), call.in_decorator ? call.statement : StatementId()};
}

void add_misplaced(ProjectTables& tables, Values& values, Calls& calls) {
  const std::vector<PatchSite> sites = patch_sites(tables, values, calls);
  std::set<Target> targets;
  std::set<std::pair<Extent, Target>> patched;
  for (const PatchSite& site : sites) {
    patched.insert({extent_of(tables, site.call), {site.module, site.name}});
    if (targets.size() < max_names) targets.emplace(site.module, site.name);
  }
  if (targets.empty()) return;
  const Modules& modules = values.names().modules();
  Lookups lookups(tables, modules);
  lookups.find_holders(targets);
  for (const auto& [call, module, name] : sites) {
    const FileModel& model = tables.files[call.file].model;
    const Target target{module, name};
    if (!lookups.is_held(target) || imports_late(model, model.calls[call.id])) continue;
    const std::optional<Held> held = lookups.misses(target, call.file);
    if (!held) continue;
    const FileModel& holder = tables.files[held->file].model;
    const Import& import = holder.imports[held->import];
    // Patched in both places, to be sure.
    if (patched.contains({extent_of(tables, call), {held->file, holder.word(import.bound)}})) continue;
    PatchFact fact;
    fact.trouble = PatchTrouble::not_looked_up;
    fact.place = {call.file, model.exprs[model.first_child(model.calls[call.id].expr)].range};
    fact.target = tables.names.intern(fmt::format("{}.{}", modules.name_of(module), name));
    fact.held = tables.names.intern(fmt::format("{}.{}", modules.name_of(held->file), holder.word(import.bound)));
    fact.holder = {held->file, import.range};
    tables.patches.push_back(fact);
  }
}

/// Is there anything that may stop a patch that `start` starts? Whoever hands the patcher on may stop it elsewhere.
class Stops {
 public:
  Stops(const ProjectTables& tables, const Values& values) : tables_(tables), values_(values) {
    // Mostly in a base class that mixins know nothing of.
    stops_all_ = std::ranges::any_of(
        tables.files, [](const File& file) { return static_cast<bool>(file.model.words.find("stopall")); });
  }

  [[nodiscard]] bool may_stop(CallRef start) const {
    const FileModel& model = tables_.files[start.file].model;
    const Call& call = model.calls[start.id];
    if (stops_all_) return true;
    const ExprId patcher = model.first_child(model.first_child(call.expr));
    // `patch("...").start()`: nobody has the patcher. What is changed of an object of this function goes with it.
    const bool is_nameless = model.exprs[patcher].kind == ExprKind::call;
    if (is_nameless && changes_own_object(start.file, call.block, patcher)) return true;
    const std::string name = model.dotted(patcher);
    if (name.empty() && !is_nameless) return true;
    return (!name.empty() && is_used_besides(model, name)) || may_be_stopped_by_class(start.file, call, name);
  }

 private:
  /// `patch.object(client, "send")` of a local variable or a parameter.
  [[nodiscard]] bool changes_own_object(FileId file, BlockId block, ExprId patch) const {
    const FileModel& model = tables_.files[file].model;
    const ExprId object = model.positional(patch, 0);
    if (!object || model.exprs[object].kind != ExprKind::name) return false;
    const Denotation::Kind kind = values_.names().denote(file, block, object).kind;
    return kind == Denotation::Kind::local || kind == Denotation::Kind::parameter;
  }

  /// A base class that is not read, or one that stops the patch of this name.
  [[nodiscard]] bool may_be_stopped_by_class(FileId file, const Call& call, const std::string& name) const {
    const FileModel& model = tables_.files[file].model;
    const FunctionId function = model.function_of(call.block);
    const ClassId class_ = function ? model.functions[function].class_ : ClassId();
    if (!class_) return false;
    const Names::Mro& mro = values_.names().mro({file, class_});
    if (mro.has_unknown_base) return true;
    const bool has_foreign_base = std::ranges::any_of(mro.external_bases, [](const std::string& base) {
      return base != "builtins.object" && !base.starts_with("unittest.");
    });
    return has_foreign_base || std::ranges::any_of(mro.classes, [&](const ClassRef& base) {
             const FileModel& in = tables_.files[base.file].model;
             return !name.empty() && is_used_besides(in, name);
           });
  }

  /// Anything but `name = ...` and `name.start`: `name.stop`, `self.addCleanup(name.stop)`, `patchers.append(name)`.
  [[nodiscard]] static bool is_used_besides(const FileModel& model, const std::string& name) {
    const WordId last = model.words.find(string_view(name).substr(name.rfind('.') + 1));
    if (!last) return false;
    std::set<ExprId> harmless;
    for (ExprId id : model.exprs.ids()) {
      const Expr& expr = model.exprs[id];
      if (expr.kind == ExprKind::attribute && model.word(id) == "start") harmless.insert(model.first_child(id));
    }
    for (const Statement& statement : model.statements) {
      if (statement.target && statement.kind == StatementKind::assign) harmless.insert(statement.target);
    }
    return std::ranges::any_of(model.exprs.ids(), [&](ExprId id) {
      const Expr& expr = model.exprs[id];
      const bool is_it = (expr.kind == ExprKind::name || expr.kind == ExprKind::attribute) && expr.word() == last;
      return is_it && !harmless.contains(id) && model.dotted(id) == name;
    });
  }

  const ProjectTables& tables_;
  const Values& values_;
  bool stops_all_ = false;
};

void add_never_stopped(ProjectTables& tables, const Values& values, Calls& calls) {
  const std::vector<CallRef> starts = patch_starts(tables, calls);
  if (starts.empty()) return;
  const Stops stops(tables, values);
  for (const CallRef start : starts) {
    const FileModel& model = tables.files[start.file].model;
    const Call& call = model.calls[start.id];
    // At module level, and in pytest's hooks, it is meant to last.
    const FunctionId function = model.function_of(call.block);
    if (!function || model.word(model.functions[function].name).starts_with("pytest_")) continue;
    if (stops.may_stop(start)) continue;
    PatchFact fact;
    fact.trouble = PatchTrouble::never_stopped;
    const TextRange range = model.exprs[model.first_child(call.expr)].range;
    fact.place = {start.file, range};
    tables.patches.push_back(fact);
  }
}

}  // namespace

void link_patches(ProjectTables& tables, Values& values, Calls& calls) {
  add_misplaced(tables, values, calls);
  add_never_stopped(tables, values, calls);
  std::ranges::sort(tables.patches, {}, [](const PatchFact& fact) { return std::tuple(fact.place, fact.trouble); });
}

}  // namespace hasten
