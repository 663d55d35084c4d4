#include "analyzer/effects/initial_values.h"

namespace hasten {
namespace {

bool is_constant(const FileModel& model, ExprId expr) {
  switch (model.exprs[expr].kind) {
    case ExprKind::string:
    case ExprKind::bytes:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::true_literal:
    case ExprKind::false_literal:
    case ExprKind::none_literal: return true;
    case ExprKind::list:
    case ExprKind::tuple:
    case ExprKind::dict: return model.child_count(expr) == 0;
    default: return false;
  }
}

/// `shop.timeout = DEFAULT_TIMEOUT` where the module begins with `timeout = DEFAULT_TIMEOUT`.
bool names_the_same(ExprRef initial, const AssignedValue& value, const ProjectTables& tables, const Names& names) {
  const ExprKind kind = tables.files[value.file].model.exprs[value.expr].kind;
  if (kind != ExprKind::name && kind != ExprKind::attribute) return false;
  const Denotation before = names.denote(initial.file, FileModel::module_block(), initial.id);
  const bool is_named =
      before.kind == Denotation::Kind::external || (before.kind == Denotation::Kind::binding && before.expr);
  if (!is_named || !before.rest.empty()) return false;
  const Denotation now = names.denote(value.file, value.block, value.expr);
  return now.kind == before.kind && now.rest.empty() && now.dotted == before.dotted && now.expr == before.expr;
}

}  // namespace

AgainstInitial compare_with_initial(ExprRef initial, const AssignedValue& value, const ProjectTables& tables,
                                    const Names& names) {
  if (!initial.id) return AgainstInitial::unknown;
  if (names_the_same(initial, value, tables, names)) return AgainstInitial::same;
  const FileModel& before = tables.files[initial.file].model;
  if (!is_constant(before, initial.id)) return AgainstInitial::unknown;
  const FileModel& now = tables.files[value.file].model;
  const bool is_same = before.exprs[initial.id].kind == now.exprs[value.expr].kind && is_constant(now, value.expr) &&
                       before.word(initial.id) == now.word(value.expr);
  return is_same ? AgainstInitial::same : AgainstInitial::different;
}

ExprRef initial_under(ExprRef dictionary, NameId key, const ProjectTables& tables) {
  if (!dictionary.id || !key) return {};
  const FileModel& model = tables.files[dictionary.file].model;
  if (model.exprs[dictionary.id].kind != ExprKind::dict) return {};
  for (ExprId at = model.first_child(dictionary.id); at; at = model.next(at)) {
    if (model.exprs[at].kind == ExprKind::pair && model.word(model.first_child(at)) == tables.names[key]) {
      return {dictionary.file, model.child(at, 1)};
    }
  }
  return {};
}

}  // namespace hasten
