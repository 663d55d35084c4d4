#include "analyzer/values/arguments.h"

#include "analyzer/values/decorators.h"

namespace hasten {

ExprId argument_of(const FileModel& model, ExprId call, const ArgumentRef& ref) {
  if (!ref.keyword.empty()) {
    if (const ExprId given = model.keyword(call, ref.keyword)) return given;
  }
  return ref.position >= 0 ? model.positional(call, static_cast<std::size_t>(ref.position)) : ExprId();
}

bool takes_receiver(const FileModel& in, FunctionId function) {
  const Function& row = in.functions[function];
  return row.class_ && !has_decorator(in, row, "staticmethod");
}

ExprId passed_for(const FileModel& model, ExprId call, const FileModel& in, FunctionId function, ParamId param) {
  const Param& row = in.params[param];
  if (row.kind == ParamKind::var_positional || row.kind == ParamKind::var_keyword) return {};
  if (const ExprId given = model.keyword(call, in.word(row.name))) return given;
  if (row.kind == ParamKind::keyword_only) return {};
  const std::uint32_t position = param.index() - in.functions[function].params.first;
  const std::uint32_t skipped = takes_receiver(in, function) ? 1 : 0;
  return position >= skipped ? model.positional(call, position - skipped) : ExprId();
}

bool passes_unpacked(const FileModel& model, ExprId call) {
  for (ExprId at = model.next(model.first_child(call)); at; at = model.next(at)) {
    const ExprKind kind = model.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return true;
  }
  return false;
}

}  // namespace hasten
