#include "analyzer/values/decorators.h"

#include <algorithm>

namespace hasten {

bool has_decorator(const FileModel& model, const Function& function, std::string_view name) {
  return std::ranges::any_of(function.decorators, [&](DecoratorId id) {
    const ExprId decorator = model.decorators[id].expr;
    const bool is_call = model.exprs[decorator].kind == ExprKind::call;
    return model.word(is_call ? model.first_child(decorator) : decorator) == name;
  });
}

bool is_property(const FileModel& model, const Function& function) {
  return has_decorator(model, function, "property") || has_decorator(model, function, "cached_property");
}

FunctionId property_of(const FileModel& model, FunctionId accessor) {
  const Function& row = model.functions[accessor];
  if (!has_decorator(model, row, "setter") && !has_decorator(model, row, "deleter")) return accessor;
  for (const FunctionId id : model.functions.ids()) {
    const Function& other = model.functions[id];
    if (other.class_ == row.class_ && other.name == row.name && is_property(model, other)) return id;
  }
  return accessor;
}

}  // namespace hasten
