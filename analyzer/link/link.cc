#include "analyzer/link/link.h"

#include <algorithm>
#include <string>

#include "analyzer/accesses/accesses.h"
#include "analyzer/collect/collect.h"
#include "analyzer/effects/calls.h"
#include "analyzer/effects/import_work.h"
#include "analyzer/effects/patches.h"
#include "analyzer/effects/reach.h"
#include "analyzer/names/names.h"
#include "analyzer/values/values.h"

namespace hasten {
namespace {

/// `a.b.c` runs a, a.b and a.b.c.
void add_with_packages(std::string_view dotted, FileId importer, const Modules& modules, std::vector<FileId>& found) {
  for (std::size_t dot = dotted.find('.');; dot = dotted.find('.', dot + 1)) {
    if (FileId file = modules.find(dotted.substr(0, dot), importer)) found.push_back(file);
    if (dot == std::string_view::npos) return;
  }
}

/// `pytest_plugins = ["a.b", "c"]` imports them as well. Texts that are no modules lead to no file.
void add_named_plugins(const FileModel& model, FileId file, const Modules& modules, std::vector<FileId>& found) {
  const WordId name = model.words.find("pytest_plugins");
  if (!name) return;
  for (const Statement& row : model.statements) {
    const bool names_plugins = row.target && row.value && model.exprs[row.target].kind == ExprKind::name &&
                               model.exprs[row.target].word() == name;
    if (!names_plugins) continue;
    for (const ExprId at : model.subtree(row.value)) {
      if (model.exprs[at].kind == ExprKind::string) add_with_packages(model.word(at), file, modules, found);
    }
  }
}

/// `pytest.importorskip("shop.redis")`, `importlib.import_module("shop.redis")`.
void add_asked_for(const FileModel& model, FileId file, const Modules& modules, std::vector<FileId>& found) {
  const WordId skipping = model.words.find("importorskip"), plain = model.words.find("import_module");
  if (!skipping && !plain) return;
  for (const Call& call : model.calls) {
    const WordId callee = model.exprs[model.first_child(call.expr)].word();
    const ExprId name = callee && (callee == skipping || callee == plain) ? model.positional(call.expr, 0) : ExprId();
    if (name && model.exprs[name].kind == ExprKind::string) add_with_packages(model.word(name), file, modules, found);
  }
}

/// Values read fixtures (a parameter is what its fixture returns), so they come after the closures.
void link_values(ProjectTables& tables, const Names& names, EffectDetail detail) {
  Values values(tables, names);
  Calls calls(tables, values);
  link_effects(tables, values, calls, detail);
  link_import_work(tables, values, calls);
  link_patches(tables, values, calls);
}

/// What grew row by row has a third to spare.
void trim(ProjectTables& tables) {
  tables.fixtures.shrink_to_fit();
  tables.tests.shrink_to_fit();
  tables.calls.shrink_to_fit();
  tables.effects.shrink_to_fit();
  tables.paths.shrink_to_fit();
  tables.steps.shrink_to_fit();
  tables.path_steps.shrink_to_fit();
  tables.reaches.shrink_to_fit();
}

EffectDetail detail_of(LinkDepth depth) {
  if (depth == LinkDepth::accesses) return EffectDetail::all;
  return depth == LinkDepth::effects ? EffectDetail::noticeable : EffectDetail::sure;
}

/// pytest-timeout's setting or option, or the plugin itself: its limit may stand on the command line of CI.
bool limits_time(const PytestConfig& config, const CollectionOptions& options) {
  return std::ranges::any_of(config.others, [](const auto& option) { return option.key == "timeout"; }) ||
         std::ranges::any_of(config.addopts.value, [](const auto& word) { return word.starts_with("--timeout"); }) ||
         std::ranges::any_of(options.plugins,
                             [](const auto& plugin) { return plugin.distribution == "pytest-timeout"; });
}

/// `"benchmark" in item.keywords` in a hook that leaves tests out of the run.
bool picks_benchmarks(const FileModel& model) {
  return std::ranges::any_of(model.functions, [&](const Function& function) {
    if (function.class_ || function.parent || model.word(function.name) != "pytest_collection_modifyitems")
      return false;
    return std::ranges::any_of(model.exprs, [&](const Expr& expr) {
      return expr.kind == ExprKind::string && function.range.contains(expr.range) &&
             model.word(expr.word()).find("benchmark") != std::string_view::npos;
    });
  });
}

/// No switch that leaves pytest-benchmark's tests out or runs them once, no `-m` or `-k` that may do so, and no hook.
bool times_benchmarks(const PytestConfig& config, const ProjectTables& tables) {
  if (std::ranges::any_of(tables.files, [](const File& file) { return picks_benchmarks(file.model); })) return false;
  return std::ranges::none_of(config.addopts.value, [](const std::string& word) {
    return word == "--benchmark-disable" || word == "--benchmark-skip" || word.starts_with("-m") ||
           word.starts_with("-k");
  });
}

}  // namespace

std::vector<FileId> imported_files(const FileModel& model, FileId file, const Modules& modules) {
  std::vector<FileId> found;
  for (const Import& import : model.imports) {
    std::string dotted = import.level > 0 ? modules.absolute(file, import.level, model.word(import.module))
                                          : std::string(model.word(import.module));
    if (dotted.empty()) continue;
    add_with_packages(dotted, file, modules, found);
    // `from package import name`: name may be a module of the package.
    if (!import.imported) continue;
    if (FileId member = modules.find(dotted.append(1, '.').append(model.word(import.imported)), file)) {
      found.push_back(member);
    }
  }
  add_named_plugins(model, file, modules, found);
  add_asked_for(model, file, modules, found);
  return found;
}

Project link(ProjectTables tables, const PytestConfig& config, const LinkOptions& options) {
  const Modules modules(tables.files, import_roots(tables.files, config, tables.root), tables.root);
  name_modules(tables, modules);
  const Names names(tables, modules, options.knowledge);
  tables.collection.imports_by_path = config.import_mode == ImportMode::importlib;
  tables.collection.collects_imported = config.collect_imported_tests.value;
  tables.collection.runs_doctests = config.doctest_modules;
  tables.collection.limits_time = limits_time(config, options.collection);
  tables.collection.times_benchmarks = times_benchmarks(config, tables);

  // Tests, fixtures, closures: what pytest would say, from here on known by id.
  link_collection(tables, names, config, options.collection);

  if (options.depth != LinkDepth::fixtures) {
    link_values(tables, names, detail_of(options.depth));
    if (options.size_of) time_reads(tables, options.knowledge, options.size_of);
  }

  if (options.depth == LinkDepth::accesses) {
    link_accesses(tables);
    link_verdicts(tables);
  }

  for (File& file : tables.files) file.source.index_lines();
  trim(tables);
  return Draft(std::move(tables)).freeze();
}

}  // namespace hasten
