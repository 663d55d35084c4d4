#include "analyzer/effects/waits.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/model/said_words.h"

namespace hasten {
namespace {

/// `event.set()`, `queue.put(x)` of the same name, earlier in the same function.
bool is_said_before(const FileModel& model, const Call& wait) {
  const std::string receiver = model.dotted(model.first_child(model.first_child(wait.expr)));
  return !receiver.empty() && std::ranges::any_of(model.calls, [&](const Call& call) {
    return model.function_of(call.block) == model.function_of(wait.block) &&
           model.exprs[call.expr].range.begin < model.exprs[wait.expr].range.begin && says_word(model, call, receiver);
  });
}

/// `self.dead.put(x)` in the method.
bool says_word_to_own(const FileModel& model, FunctionId method, std::string_view attribute) {
  const Run<ParamTag> params = model.functions[method].params;
  if (params.size() == 0) return false;
  const std::string receiver = fmt::format("{}.{}", model.word(model.params[params[0]].name), attribute);
  return std::ranges::any_of(model.calls, [&](const Call& call) {
    return model.function_of(call.block) == method && says_word(model, call, receiver);
  });
}

/// `pool.mark_dead(42)` before `pool.dead.get()`: the project's own method puts something into its `dead`.
bool is_said_by_method_before(const CallSite& site) {
  const FileModel& model = site.model();
  const ExprId waited_for = model.first_child(model.first_child(site.row().expr));
  if (!waited_for || model.exprs[waited_for].kind != ExprKind::attribute) return false;
  const std::string holder = model.dotted(model.first_child(waited_for));
  if (holder.empty()) return false;
  const auto says = [&](const Call& call) {
    if (model.function_of(call.block) != model.function_of(site.row().block)) return false;
    if (model.exprs[call.expr].range.begin >= model.exprs[site.row().expr].range.begin) return false;
    const ExprId method = model.first_child(call.expr);
    if (model.exprs[method].kind != ExprKind::attribute || model.dotted(model.first_child(method)) != holder)
      return false;
    const Value value = site.evaluate(site.file, call.block, method);
    return value.kind == Value::Kind::function &&
           says_word_to_own(site.tables.files[value.file].model, value.function, model.word(waited_for));
  };
  return std::ranges::any_of(model.calls, says);
}

}  // namespace

bool waits_without_end(const CallSite& site, const Api& api) {
  if (site.tables.files[site.file].role == FileRole::first_party) return false;
  const FileModel& model = site.model();
  if (is_said_before(model, site.row()) || is_said_by_method_before(site)) return false;
  const ExprId call = site.row().expr;
  const ExprId limit = site.argument(api.seconds);
  if (limit && model.exprs[limit].kind != ExprKind::none_literal) return false;
  for (ExprId argument = model.next(model.first_child(call)); argument; argument = model.next(argument)) {
    const ExprId value = model.exprs[argument].kind == ExprKind::keyword ? model.first_child(argument) : argument;
    const ExprKind kind = model.exprs[value].kind;  // of `block`; what is unpacked may hold a limit
    if (kind != ExprKind::true_literal && kind != ExprKind::none_literal) return false;
  }
  return true;
}

}  // namespace hasten
