#include "analyzer/effects/singletons.h"

#include <fmt/format.h>

namespace hasten {

NameId Singletons::of(ClassRef class_) {
  const auto [entry, is_new] = known_.try_emplace(class_);
  if (is_new) entry->second = find(class_);
  return entry->second;
}

NameId Singletons::find(ClassRef class_) {
  const FileModel& model = tables_.files[class_.file].model;
  if (tables_.files[class_.file].role != FileRole::first_party || !values_.names().subclasses(class_).empty())
    return {};
  ExprId made;  // the call
  const std::span<const CallRef> calls = index_.calls_of(model.word(model.classes[class_.id].name));
  if (calls.size() >= CodeIndex::max_rows) return {};
  for (const CallRef call : calls) {
    const FileModel& in = tables_.files[call.file].model;
    const Call& row = in.calls[call.id];
    const Value callee = values_.evaluate(call.file, row.block, in.first_child(row.expr));
    if (!callee.known()) return {};  // may be the class
    if (callee.kind != Value::Kind::class_ || callee.class_ref() != class_) continue;
    if (made || call.file != class_.file) return {};
    made = row.expr;
  }
  if (!made) return {};
  for (const Statement& statement : model.statements) {
    const bool is_assignment = statement.kind == StatementKind::assign || statement.kind == StatementKind::ann_assign;
    if (!is_assignment || statement.value != made || statement.block != FileModel::module_block()) continue;
    if (!statement.target || model.exprs[statement.target].kind != ExprKind::name) return {};
    return tables_.names.intern(
        fmt::format("{}.{}", values_.names().modules().name_of(class_.file), model.word(statement.target)));
  }
  return {};
}

}  // namespace hasten
