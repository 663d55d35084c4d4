#include "analyzer/effects/stand_ins.h"

#include <algorithm>

namespace hasten {
namespace {

using std::string_view;

bool replaces(Role role) {
  return role == Role::patch || role == Role::patch_object || role == Role::setattr_ || role == Role::setitem ||
         role == Role::patch_multiple;
}

class StandIns {
 public:
  StandIns(FunctionRef function, const ProjectTables& tables, Values& values)
      : function_(function), tables_(tables), values_(values), model_(tables.files[function.file].model) {}

  /// `client.send = slow_send`; what the test keeps in itself is not in anybody's place.
  void add_assigned(const Statement& statement) {
    if (statement.kind != StatementKind::assign || !statement.value || !statement.target) return;
    if (model_.exprs[statement.target].kind != ExprKind::attribute) return;
    const string_view holder = model_.word(model_.first_child(statement.target));
    if (holder != "self" && holder != "cls") add(statement.block, statement.value);
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

}  // namespace hasten
