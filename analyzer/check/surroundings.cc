#include "analyzer/check/surroundings.h"

#include <algorithm>

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

bool is_decorated(const FileModel& model, Run<DecoratorTag> decorators, std::span<const std::string_view> names) {
  return std::ranges::any_of(decorators,
                             [&](DecoratorId id) { return mentions_mark(model, model.decorators[id].expr, names); });
}

bool module_is_marked(const FileModel& model, std::span<const std::string_view> names) {
  return std::ranges::any_of(model.statements, [&](const Statement& statement) {
    return statement.kind == StatementKind::assign && statement.block == FileModel::module_block() &&
           model.word(statement.target) == "pytestmark" && mentions_mark(model, statement.value, names);
  });
}

}  // namespace

StatementId statement_at(const FileModel& model, TextRange range) {
  StatementId found;
  for (const StatementId id : model.statements.ids()) {
    if (model.statements[id].range.begin > range.begin) break;
    if (model.statements[id].range.contains(range)) found = id;
  }
  return found;
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
  if (module_is_marked(project.model(test.file), names)) return true;
  if (test.function &&
      is_decorated(project.model(test.function.file), project.function(test.function).decorators, names)) {
    return true;
  }
  return std::ranges::any_of(test.classes, [&](ClassRef ref) {
    const FileModel& model = project.model(ref.file);
    return is_decorated(model, model.classes[ref.id].decorators, names);
  });
}

}  // namespace hasten
