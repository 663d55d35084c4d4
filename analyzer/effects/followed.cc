#include "analyzer/effects/followed.h"

namespace hasten {

Located followed(const CallSite& site, ExprId expr) {
  const FileModel& model = site.model();
  const BlockId block = site.row().block;
  if (!expr || model.exprs[expr].kind != ExprKind::name) return {site.file, block, expr};
  const FunctionId function = model.function_of(block);
  if (function) {
    const auto& bindings = site.values.bindings().locals(site.file, function, model.word(expr));
    const bool is_one = bindings.size() == 1 && bindings[0].kind == Binding::Kind::value && bindings[0].value;
    if (is_one) return {site.file, block, bindings[0].value};
  }
  const Denotation denotation = site.values.names().denote(site.file, block, model.word(expr));
  const bool is_bound = denotation.kind == Denotation::Kind::binding && !denotation.class_ && denotation.expr;
  return is_bound ? Located{denotation.file, FileModel::module_block(), denotation.expr}
                  : Located{site.file, block, expr};
}

}  // namespace hasten
