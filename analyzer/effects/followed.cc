#include "analyzer/effects/followed.h"

namespace hasten {

Located followed(Located at, const ProjectTables& tables, Values& values) {
  const FileModel& model = tables.files[at.file].model;
  if (!at.expr || model.exprs[at.expr].kind != ExprKind::name) return at;
  const FunctionId function = model.function_of(at.block);
  if (function) {
    const auto& bindings = values.bindings().locals(at.file, function, model.exprs[at.expr].word());
    const bool is_one = bindings.size() == 1 && bindings[0].kind == Binding::Kind::value && bindings[0].value;
    if (is_one) return {at.file, bindings[0].block, bindings[0].value};
  }
  const Denotation denotation = values.names().denote(at.file, at.block, model.word(at.expr));
  const bool is_bound = denotation.kind == Denotation::Kind::binding && !denotation.class_ && denotation.expr;
  return is_bound ? Located{denotation.file, FileModel::module_block(), denotation.expr} : at;
}

}  // namespace hasten
