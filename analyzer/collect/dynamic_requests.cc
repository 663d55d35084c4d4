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

/// `if name in request.fixturenames:` stands around it, so nothing comes that is not there anyway.
bool is_in_closure(const FileModel& file, BlockId block, ExprId name) {
  const bool is_plain = name && (file.exprs[name].kind == ExprKind::name || file.exprs[name].kind == ExprKind::string);
  for (; is_plain && file.blocks[block].header && file.blocks[block].kind != BlockKind::function;
       block = file.blocks[block].parent) {
    const ExprId condition = file.statements[file.blocks[block].header].value;
    if (file.blocks[block].kind != BlockKind::if_ || !condition) continue;
    const Expr& row = file.exprs[condition];
    if (row.kind != ExprKind::compare || row.op != Operator::in || file.child_count(condition) != 2) continue;
    const ExprId asked = file.first_child(condition);
    const bool is_same = file.exprs[asked].kind == file.exprs[name].kind && file.word(asked) == file.word(name);
    if (is_same && file.dotted(file.child(condition, 1)).ends_with("request.fixturenames")) return true;
  }
  return false;
}

}  // namespace

std::span<const DynamicRequest> DynamicRequests::of(FunctionRef function) {
  const Requests* requests = find(function);
  return requests == nullptr ? std::span<const DynamicRequest>() : requests->named;
}

std::span<const std::string> DynamicRequests::open_names(FunctionRef function) {
  const Requests* requests = find(function);
  return requests == nullptr ? std::span<const std::string>() : requests->open;
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
    if (call.in_decorator != 0) add_lazy(file, call, place->second);
    if (!callee || model.exprs[callee].kind != ExprKind::attribute) continue;
    const std::string_view method = model.word(callee);
    if (method != "getfixturevalue" && method != "getfuncargvalue") continue;
    ExprId name = model.positional(call.expr, 0);
    if (!name) name = model.keyword(call.expr, "argname");
    if (is_in_closure(model, call.block, name)) continue;
    // A nested function asks on behalf of those around it.
    for (FunctionId at = model.function_of(call.block); at; at = model.functions[at].parent) {
      const bool is_conditional = call.in_lambda != 0 || !always_runs(model, call.block, at);
      add(place->second[at], {file, call.block, name}, {file, at}, is_conditional);
    }
  }
  return place->second;
}

/// `@pytest.mark.parametrize("store", [lazy_fixture("disk")])`: of the function, or of the methods of the class.
void DynamicRequests::add_lazy(FileId file, const Call& call, ByFunction& requests) {
  const FileModel& model = literals_.model(file);
  const ExprId callee = model.first_child(call.expr);
  const std::string_view word = model.word(callee);
  if (word != "lazy_fixture" && word != "lf") return;
  const Api* api = literals_.names().knowledge().find_api(literals_.names().external(file, call.block, callee));
  const ExprId name = model.positional(call.expr, 0);
  if (api == nullptr || api->role != Role::dynamic_fixture || !name) return;
  const auto add_to = [&](FunctionId function) {
    add(requests[function], {file, call.block, name}, {file, function}, true);
  };
  const Statement& decorated = model.statements[call.statement];
  if (decorated.kind == StatementKind::function) return add_to(decorated.function());
  for (const FunctionId function : model.functions.ids()) {
    if (model.functions[function].class_ == decorated.class_()) add_to(function);
  }
}

void DynamicRequests::add(Requests& requests, Site name, FunctionRef function, bool is_conditional) {
  std::vector<std::string> texts = names_.of(name, function);
  const bool is_one_of_several = texts.size() > 1;
  for (std::string& text : texts) {
    if (is_open_name(text)) {
      requests.open.push_back(std::move(text));
    } else {
      requests.named.push_back({std::move(text), is_conditional || is_one_of_several});
    }
  }
}

}  // namespace hasten
