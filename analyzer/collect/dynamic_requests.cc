#include "analyzer/collect/dynamic_requests.h"

namespace hasten {
namespace {

/// Does the block run whenever the body of `function` does?
bool always_runs(const FileModel& file, BlockId block, FunctionId function) {
  while (file.blocks[block].kind == BlockKind::with_ || file.blocks[block].kind == BlockKind::try_) {
    block = file.blocks[block].parent;
  }
  return block == file.functions[function].body;
}

}  // namespace

std::vector<NameId> DynamicRequests::requested_by(FunctionRef function, Test& test) {
  std::vector<NameId> names;
  const Requests* requests = find(function);
  if (requests == nullptr) return names;
  if (requests->has_computed) test.has_unknown_closure = 1;
  for (const DynamicRequest& request : requests->named) names.push_back(tables_.names.intern(request.name));
  return names;
}

std::span<const DynamicRequest> DynamicRequests::of(FunctionRef function) {
  const Requests* requests = find(function);
  return requests == nullptr ? std::span<const DynamicRequest>() : requests->named;
}

const DynamicRequests::Requests* DynamicRequests::find(FunctionRef function) {
  if (!function) return nullptr;
  const ByFunction& all = requests_in(function.file);
  const auto found = all.find(function.id);
  return found == all.end() ? nullptr : &found->second;
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
      if (text) {
        requests.named.push_back({*text, call.in_lambda || !always_runs(model, call.block, at)});
      } else {
        requests.has_computed = true;
      }
    }
  }
  return place->second;
}

}  // namespace hasten
