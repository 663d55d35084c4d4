#include "analyzer/effects/stand_ins.h"

#include <algorithm>

#include "analyzer/effects/tasks.h"

namespace hasten {
namespace {

using std::string_view;

bool replaces(Role role) {
  return role == Role::patch || role == Role::patch_object || role == Role::setattr_ || role == Role::setitem ||
         role == Role::patch_multiple;
}

/// `client.send = slow_send`; what the test keeps in itself is not in anybody's place.
bool fills_attribute(const FileModel& model, const Statement& statement) {
  if (statement.kind != StatementKind::assign || !statement.value || !statement.target) return false;
  if (model.exprs[statement.target].kind != ExprKind::attribute) return false;
  const string_view holder = model.word(model.first_child(statement.target));
  return holder != "self" && holder != "cls";
}

class StandIns {
 public:
  StandIns(FunctionRef function, const ProjectTables& tables, Values& values)
      : function_(function), tables_(tables), values_(values), model_(tables.files[function.file].model) {}

  void add_assigned(const Statement& statement) {
    if (fills_attribute(model_, statement)) add(statement.block, statement.value);
  }

  void add_patched(const Call& call, const Api& api) {
    if (!replaces(api.role)) return;
    for (ExprId at = model_.next(model_.first_child(call.expr)); at; at = model_.next(at)) {
      add(call.block, model_.exprs[at].kind == ExprKind::keyword ? model_.first_child(at) : at);
    }
  }

  std::vector<ImplicitCall> found;

 private:
  void add(BlockId block, ExprId expr) {
    const Value value = values_.evaluate(function_.file, block, expr);
    // A function of the project's own code is what is put back.
    if (value.kind != Value::Kind::function || tables_.files[value.file].role == FileRole::first_party) return;
    found.push_back({model_.exprs[expr].range, block, value.function_ref(), true});
  }

  FunctionRef function_;
  const ProjectTables& tables_;
  Values& values_;
  const FileModel& model_;
};

}  // namespace

std::vector<ImplicitCall> stand_ins_of(FunctionRef function, const ProjectTables& tables, Values& values,
                                       Calls& calls) {
  if (tables.files[function.file].role == FileRole::first_party) return {};
  const FileModel& model = tables.files[function.file].model;
  StandIns stand_ins(function, tables, values);
  for (const StatementId id : model.blocks[model.functions[function.id].body].statements) {
    if (model.function_of(id) == function.id) stand_ins.add_assigned(model.statements[id]);
  }
  for (const CallId call : calls.of(function)) {
    if (const Api* api = calls.callee(function.file, call).api) stand_ins.add_patched(model.calls[call], *api);
  }
  return std::move(stand_ins.found);
}

bool is_in_stand_in(FileId file, CallId id, const ProjectTables& tables, Calls& calls) {
  const FileModel& model = tables.files[file].model;
  const Call& call = model.calls[id];
  if (!call.in_lambda) return false;
  const auto is_lambda_around = [&](ExprId expr) {
    return expr && model.exprs[expr].kind == ExprKind::lambda && model.subtree(expr).contains(call.expr);
  };
  const Statement& statement = model.statements[call.statement];
  if (fills_attribute(model, statement) && is_lambda_around(statement.value)) return true;
  return std::ranges::any_of(calls_around(model, id), [&](CallId outer) {
    const ExprId around = model.calls[outer].expr;
    if (is_lambda_around(model.keyword(around, "side_effect"))) return true;
    const Api* api = calls.callee(file, outer).api;
    if (api == nullptr || !replaces(api->role)) return false;
    for (ExprId at = model.next(model.first_child(around)); at; at = model.next(at)) {
      if (is_lambda_around(model.exprs[at].kind == ExprKind::keyword ? model.first_child(at) : at)) return true;
    }
    return false;
  });
}

}  // namespace hasten
