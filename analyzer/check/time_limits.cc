#include "analyzer/check/time_limits.h"

#include <algorithm>
#include <array>
#include <string_view>

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

}  // namespace

bool is_limited_in_time(const Project& project, TestId id) {
  constexpr std::array<string_view, 1> marks = {"timeout"};
  const Test& test = project->tests[id];
  return has_mark(project, test, marks) || has_decorator(project, test, names_limit) ||
         has_limiting_decorator(project, test) || std::ranges::any_of(test.closure, [&](const ClosureEntry& entry) {
           return names_limit(project.name(entry.name));
         });
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
