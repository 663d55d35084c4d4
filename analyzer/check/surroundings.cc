#include "analyzer/check/surroundings.h"

#include <algorithm>
#include <array>

#include "analyzer/model/alone_marks.h"

namespace hasten {
namespace {

bool names_main(const FileModel& model, ExprId condition) {
  if (!condition || model.exprs[condition].kind != ExprKind::compare) return false;
  const ExprId left = model.child(condition, 0);
  const ExprId right = model.child(condition, 1);
  return left && right && (model.word(left) == "__name__" || model.word(right) == "__name__") &&
         (model.word(left) == "__main__" || model.word(right) == "__main__");
}

bool mentions(const FileModel& model, ExprId expr, std::string_view name) {
  return expr && std::ranges::any_of(model.subtree(expr), [&](ExprId id) {
           const ExprKind kind = model.exprs[id].kind;
           return (kind == ExprKind::name || kind == ExprKind::attribute) && model.word(id) == name;
         });
}

/// `pytest.mark.network` and `pytest.mark.network(...)`, anywhere in the expression.
bool mentions_mark(const FileModel& model, ExprId expr, std::span<const std::string_view> names) {
  return expr && std::ranges::any_of(model.subtree(expr), [&](ExprId id) {
           if (model.exprs[id].kind != ExprKind::attribute) return false;
           const ExprId object = model.first_child(id);
           const bool is_mark = model.exprs[object].kind == ExprKind::attribute && model.word(object) == "mark";
           return is_mark && std::ranges::find(names, model.word(id)) != names.end();
         });
}

/// `skipif("not config.getoption('live')")`, `skipif("LIVE" not in os.environ)`
bool asks_from_outside(const FileModel& model, ExprId expr) {
  constexpr std::array<std::string_view, 1> skipif = {"skipif"};
  if (!expr || !mentions_mark(model, expr, skipif)) return false;
  return std::ranges::any_of(model.subtree(expr), [&](ExprId id) {
    const std::string_view word = model.word(id);
    return word.find("getoption") != std::string_view::npos || word.find("environ") != std::string_view::npos ||
           word.find("getenv") != std::string_view::npos;
  });
}

/// Any decorator of the test or of its classes.
template <class Predicate>
bool any_decorator(const Project& project, const Test& test, Predicate holds) {
  auto any = [&](FileId file, Run<DecoratorTag> decorators) {
    const FileModel& model = project.model(file);
    return std::ranges::any_of(decorators, [&](DecoratorId id) { return holds(model, model.decorators[id].expr); });
  };
  if (test.function && any(test.function.file, project.function(test.function).decorators)) return true;
  return std::ranges::any_of(
      test.classes, [&](ClassRef ref) { return any(ref.file, project.model(ref.file).classes[ref.id].decorators); });
}

/// The value of the module's `pytestmark`.
template <class Predicate>
bool any_module_mark(const FileModel& model, Predicate holds) {
  return std::ranges::any_of(model.statements, [&](const Statement& statement) {
    return statement.kind == StatementKind::assign && statement.block == FileModel::module_block() &&
           model.word(statement.target) == "pytestmark" && holds(model, statement.value);
  });
}

}  // namespace

/// Statements stand in source order and do not nest: a compound one's range ends at its colon.
StatementId statement_at(const FileModel& model, TextRange range) {
  const auto later = std::ranges::upper_bound(model.statements, range.begin, {},
                                              [](const Statement& statement) { return statement.range.begin; });
  if (later == model.statements.begin()) return {};
  const StatementId id(static_cast<std::uint32_t>(later - model.statements.begin() - 1));
  return model.statements[id].range.contains(range) ? id : StatementId();
}

bool stands_in(const Project& project, Place place, BlockKind kind) {
  const FileModel& model = project.model(place.file);
  const StatementId statement = statement_at(model, place.range);
  if (!statement) return false;
  for (BlockId block = model.statements[statement].block; block; block = model.blocks[block].parent) {
    const BlockKind here = model.blocks[block].kind;
    if (here == kind) return true;
    if (here == BlockKind::function || here == BlockKind::class_) return false;
  }
  return false;
}

bool is_script_only(const Project& project, Place place) {
  const FileModel& model = project.model(place.file);
  const StatementId statement = statement_at(model, place.range);
  if (!statement) return false;
  for (BlockId block = model.statements[statement].block; block; block = model.blocks[block].parent) {
    const StatementId header = model.blocks[block].header;
    if (model.blocks[block].kind == BlockKind::if_ && header && names_main(model, model.statements[header].value)) {
      return true;
    }
  }
  return false;
}

bool asks_about(const FileModel& model, FunctionId function, std::string_view name) {
  const BlockId body = model.functions[function].body;
  return body && std::ranges::any_of(model.blocks[body].statements, [&](StatementId id) {
           const Statement& statement = model.statements[id];
           const bool is_condition = statement.kind == StatementKind::if_ || statement.kind == StatementKind::while_;
           return is_condition && mentions(model, statement.value, name);
         });
}

bool has_mark(const Project& project, const Test& test, std::span<const std::string_view> names) {
  auto holds = [&](const FileModel& model, ExprId expr) { return mentions_mark(model, expr, names); };
  return any_module_mark(project.model(test.file), holds) || any_decorator(project, test, holds);
}

bool is_for_one_worker(const Project& project, const Test& test) {
  constexpr std::array groups = {std::string_view("xdist_group")};
  return has_mark(project, test, groups) || has_mark(project, test, alone_marks);
}

bool has_decorator(const Project& project, const Test& test, bool (*counts)(std::string_view)) {
  return any_decorator(project, test, [&](const FileModel& model, ExprId expr) {
    return counts(model.word(model.exprs[expr].kind == ExprKind::call ? model.first_child(expr) : expr));
  });
}

bool is_asked_for(const Project& project, const Test& test) {
  return any_module_mark(project.model(test.file), asks_from_outside) ||
         any_decorator(project, test, asks_from_outside);
}

}  // namespace hasten
