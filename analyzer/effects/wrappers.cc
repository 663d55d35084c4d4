#include "analyzer/effects/wrappers.h"

namespace hasten {

std::vector<ImplicitCall> wrappers_of(FunctionRef function, const ProjectTables& tables, Values& values, Calls& calls) {
  std::vector<ImplicitCall> wrappers;
  const FileModel& model = tables.files[function.file].model;
  const Function& row = model.functions[function.id];
  const BlockId block = model.statements[row.statement].block;
  for (const DecoratorId id : row.decorators) {
    const ExprId expr = model.decorators[id].expr;
    const Value decorator = values.evaluate(function.file, block, expr);
    if (decorator.kind != Value::Kind::function) continue;
    const Value wrapper = values.result(decorator, function.file, block, {});
    const Alternatives::Answer returned =
        wrapper.known() ? Alternatives::Answer{{wrapper}, true} : calls.results(decorator.function_ref());
    for (const Value& one : returned.values) {
      if (one.kind != Value::Kind::function || one.function_ref() == function) continue;
      // Made anew for each function that is decorated; others are what stands in its place.
      const bool is_closure = static_cast<bool>(tables.files[one.file].model.functions[one.function].parent);
      if (is_closure) wrappers.push_back({model.exprs[expr].range, row.body, one.function_ref(), !returned.is_sure});
    }
  }
  return wrappers;
}

}  // namespace hasten
