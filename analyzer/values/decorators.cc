#include "analyzer/values/decorators.h"

#include <algorithm>
#include <string>

namespace hasten {

bool has_decorator(const FileModel& model, const Function& function, std::string_view name) {
  return std::ranges::any_of(function.decorators, [&](DecoratorId id) {
    const ExprId decorator = model.decorators[id].expr;
    const bool is_call = model.exprs[decorator].kind == ExprKind::call;
    const std::string dotted = model.dotted(is_call ? model.first_child(decorator) : decorator);
    return std::string_view(dotted).substr(dotted.rfind('.') + 1) == name;
  });
}

}  // namespace hasten
