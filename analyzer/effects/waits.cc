#include "analyzer/effects/waits.h"

#include <algorithm>
#include <string>

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

}  // namespace

bool waits_without_end(const CallSite& site, const Api& api) {
  if (site.tables.files[site.file].role == FileRole::first_party) return false;
  const FileModel& model = site.model();
  if (is_said_before(model, site.row())) return false;
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
