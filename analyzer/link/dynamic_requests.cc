#include "analyzer/link/dynamic_requests.h"

namespace hasten {

std::vector<NameId> DynamicRequests::requested_by(FunctionRef function, Test& test) {
  std::vector<NameId> names;
  if (!function) return names;
  const ByFunction& all = requests_in(function.file);
  const auto found = all.find(function.id);
  if (found == all.end()) return names;
  if (found->second.has_computed) test.has_unknown_closure = 1;
  for (std::string_view name : found->second.names) names.push_back(tables_.names.intern(name));
  return names;
}

const DynamicRequests::ByFunction& DynamicRequests::requests_in(FileId file) {
  const auto [place, is_new] = files_.try_emplace(file);
  if (!is_new) return place->second;
  const FileModel& model = literals_.model(file);
  for (const Call& call : model.calls) {
    const ExprId callee = model.first_child(call.expr);
    if (!callee || model.exprs[callee].kind != ExprKind::attribute) continue;
    const std::string_view method = model.word(callee);
    if (method != "getfixturevalue" && method != "getfuncargvalue") continue;
    ExprId name = model.positional(call.expr, 0);
    if (!name) name = model.keyword(call.expr, "argname");
    const auto text = literals_.text({file, call.block, name});
    // A nested function asks on behalf of those around it.
    for (FunctionId at = model.function_of(call.block); at; at = model.functions[at].parent) {
      Requests& requests = place->second[at];
      text ? requests.names.push_back(*text) : void(requests.has_computed = true);
    }
  }
  return place->second;
}

}  // namespace hasten
