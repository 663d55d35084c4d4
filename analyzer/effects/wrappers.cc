#include "analyzer/effects/wrappers.h"

namespace hasten {

std::vector<ImplicitCall> wrappers_of(FunctionRef function, const ProjectTables& tables, Values& values) {
  std::vector<ImplicitCall> wrappers;
  const FileModel& model = tables.files[function.file].model;
  const Function& row = model.functions[function.id];
  const BlockId block = model.statements[row.statement].block;
  for (const DecoratorId id : row.decorators) {
    const ExprId expr = model.decorators[id].expr;
    const Value decorator = values.evaluate(function.file, block, expr);
    if (decorator.kind != Value::Kind::function) continue;
    const Value wrapper = values.result(decorator, function.file, block, {});
    if (wrapper.kind != Value::Kind::function || wrapper.function_ref() == function) continue;
    const FunctionId around = tables.files[wrapper.file].model.functions[wrapper.function].parent;
    const bool is_inside = wrapper.file == decorator.file && around == decorator.function;
    if (is_inside) wrappers.push_back({model.exprs[expr].range, row.body, wrapper.function_ref(), false});
  }
  return wrappers;
}

}  // namespace hasten
