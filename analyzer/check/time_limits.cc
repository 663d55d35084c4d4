#include "analyzer/check/time_limits.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "analyzer/check/surroundings.h"

namespace hasten {
namespace {

using std::string_view;

bool names_limit(string_view name) {
  constexpr std::array<string_view, 5> words = {"timeout", "Timeout", "fail_after", "move_on_after", "wait_for"};
  return std::ranges::any_of(words, [&](string_view word) { return name.find(word) != string_view::npos; });
}

/// A function of the suite called `name` that speaks of a limit: what stands above a test may hold it to one.
bool is_limiting_function(const Project& project, string_view name) {
  return std::ranges::any_of(project->files, [&](const File& file) {
    const FileModel& model = file.model;
    return file.role != FileRole::first_party && std::ranges::any_of(model.functions, [&](const Function& function) {
             return model.word(function.name) == name && std::ranges::any_of(model.exprs, [&](const Expr& expr) {
                      return function.range.contains(expr.range) && names_limit(model.words[expr.word()]);
                    });
           });
  });
}

bool has_limiting_decorator(const Project& project, const Test& test) {
  if (!test.function) return false;
  const FileModel& model = project.model(test.function.file);
  return std::ranges::any_of(project.function(test.function).decorators, [&](DecoratorId id) {
    const ExprId expr = model.decorators[id].expr;
    const bool is_call = model.exprs[expr].kind == ExprKind::call;
    return is_limiting_function(project, model.word(is_call ? model.first_child(expr) : expr));
  });
}

bool speaks_of_limit(const FileModel& model, TextRange range) {
  return std::ranges::any_of(model.exprs, [&](const Expr& expr) {
    return expr.word() && range.contains(expr.range) && names_limit(model.words[expr.word()]);
  });
}

/// Methods by which a class runs its tests, or wraps them when a subclass is made.
bool runs_tests(string_view method) {
  constexpr std::array<string_view, 7> hooks = {
      "__call__", "__getattribute__", "__init_subclass__", "__new__", "_callTestMethod", "run", "runTest"};
  return std::ranges::find(hooks, method) != hooks.end();
}

/// Classes of the tests' own code by the last word of a name.
std::vector<ClassRef> classes_named(const Project& project, string_view name) {
  std::vector<ClassRef> found;
  for (const FileId file : project->files.ids()) {
    const FileModel& model = project.model(file);
    if (project->files[file].role == FileRole::first_party || !model.words.find(name)) continue;
    for (const ClassId id : model.classes.ids()) {
      if (model.word(model.classes[id].name) == name) found.push_back({file, id});
    }
  }
  return found;
}

/// The class itself, and what makes it, hold each of its tests to a limit.
bool limits_its_tests(const Project& project, ClassRef class_) {
  const FileModel& model = project.model(class_.file);
  const Class& row = model.classes[class_.id];
  const bool by_method = std::ranges::any_of(model.functions, [&](const Function& function) {
    return function.class_ == class_.id && runs_tests(model.word(function.name)) &&
           speaks_of_limit(model, function.range);
  });
  if (by_method) return true;
  for (ExprId at = row.first_argument; at; at = model.next(at)) {
    if (model.exprs[at].kind != ExprKind::keyword || model.word(at) != "metaclass") continue;
    for (const ClassRef meta : classes_named(project, model.word(model.first_child(at)))) {
      if (speaks_of_limit(project.model(meta.file), project.model(meta.file).classes[meta.id].range)) return true;
    }
  }
  return false;
}

/// A metaclass or a base class puts a limit around every test: bases are followed by name.
bool has_limiting_class(const Project& project, const Test& test) {
  constexpr std::size_t max_classes = 64;
  if (test.classes.empty()) return false;
  std::vector<ClassRef> open = {test.classes.back()};
  for (std::size_t next = 0; next < open.size() && open.size() <= max_classes; ++next) {
    if (limits_its_tests(project, open[next])) return true;
    const FileModel& model = project.model(open[next].file);
    for (ExprId at = model.classes[open[next].id].first_argument; at; at = model.next(at)) {
      if (model.exprs[at].kind == ExprKind::keyword) continue;
      for (const ClassRef base : classes_named(project, model.word(at))) {
        if (std::ranges::find(open, base) == open.end()) open.push_back(base);
      }
    }
  }
  return false;
}

}  // namespace

bool is_limited_in_time(const Project& project, TestId id) {
  constexpr std::array<string_view, 1> marks = {"timeout"};
  const Test& test = project->tests[id];
  return has_mark(project, test, marks) || has_decorator(project, test, names_limit) ||
         has_limiting_decorator(project, test) || has_limiting_class(project, test) ||
         std::ranges::any_of(test.closure,
                             [&](const ClosureEntry& entry) { return names_limit(project.name(entry.name)); });
}

bool stands_in_limit(const FileModel& model, StatementId statement) {
  const auto names = [&](ExprId expr) {
    return expr && std::ranges::any_of(model.subtree(expr), [&](ExprId part) { return names_limit(model.word(part)); });
  };
  for (BlockId block = model.statements[statement].block; block; block = model.blocks[block].parent) {
    const Block& row = model.blocks[block];
    if (row.kind == BlockKind::function) return false;
    if (row.kind == BlockKind::with_ && row.header && names(model.statements[row.header].value)) return true;
  }
  return false;
}

}  // namespace hasten
