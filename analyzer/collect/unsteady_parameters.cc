#include "analyzer/collect/unsteady_parameters.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "analyzer/values/unsteady_values.h"

namespace hasten {
namespace {

/// A call that hands values to parameters.
struct Parametrization {
  CallId call;
  ExprId values;
  ExprId ids;
  bool has_several_names = false;  // each value is a tuple, one for each name
};

bool is_written_out(const Literals& literals, Site ids) {
  ids = literals.value(ids);
  if (!ids.expr) return false;
  const ExprKind kind = literals.model(ids.file).exprs[ids.expr].kind;
  return kind == ExprKind::list || kind == ExprKind::tuple;
}

class FileScan {
 public:
  FileScan(FileId file, ProjectTables& tables, const Literals& literals)
      : file_(file), model_(tables.files[file].model), tables_(tables), literals_(literals) {}

  void run(std::vector<UnsteadyParameters>& out) {
    for (CallId id : model_.calls.ids()) {
      const std::optional<Parametrization> parametrization = parametrization_of(id);
      if (!parametrization || !parametrization->values) continue;
      const BlockId block = model_.calls[id].block;
      if (parametrization->ids && is_written_out(literals_, {file_, block, parametrization->ids})) continue;
      const std::optional<UnsteadyValue> found =
          unsteady_value(literals_, {file_, block, parametrization->values}, parametrization->has_several_names);
      if (found) out.push_back(row(id, *found));
    }
  }

 private:
  /// `@pytest.mark.parametrize(names, values)`, `metafunc.parametrize(names, values)`,
  /// `@pytest.fixture(params=values)`.
  std::optional<Parametrization> parametrization_of(CallId id) const {
    const ExprId expr = model_.calls[id].expr;
    const ExprId callee = model_.first_child(expr);
    const ExprKind kind = model_.exprs[callee].kind;
    if (kind != ExprKind::attribute && kind != ExprKind::name) return std::nullopt;
    const std::string_view name = model_.word(callee);
    if (name == "fixture" && model_.calls[id].in_decorator) {
      return Parametrization{id, model_.keyword(expr, "params"), model_.keyword(expr, "ids"), false};
    }
    if (name != "parametrize" || kind != ExprKind::attribute) return std::nullopt;
    const auto argument = [&](std::size_t position, std::string_view keyword) {
      const ExprId given = model_.positional(expr, position);
      return given ? given : model_.keyword(expr, keyword);
    };
    const ExprId names = argument(0, "argnames");
    return Parametrization{id, argument(1, "argvalues"), argument(3, "ids"), names && names_several(names)};
  }

  bool names_several(ExprId names) const {
    const ExprKind kind = model_.exprs[names].kind;
    if (kind == ExprKind::string) return model_.word(names).find(',') != std::string_view::npos;
    return (kind == ExprKind::tuple || kind == ExprKind::list) && model_.child_count(names) > 1;
  }

  UnsteadyParameters row(CallId id, const UnsteadyValue& found) {
    const Call& call = model_.calls[id];
    UnsteadyParameters row;
    row.why = found.why;
    row.place = {found.site.file, tables_.files[found.site.file].model.exprs[found.site.expr].range};
    row.source = tables_.names.intern(found.source);
    row.parametrize = {file_, model_.exprs[call.expr].range};
    const Statement& statement = model_.statements[call.statement];
    if (statement.kind == StatementKind::function) {
      row.function = {file_, statement.function()};
    } else if (statement.kind == StatementKind::class_) {
      row.class_ = {file_, statement.class_()};
    } else if (const FunctionId function = model_.function_of(call.block)) {
      row.function = {file_, function};
    }
    return row;
  }

  FileId file_;
  const FileModel& model_;
  ProjectTables& tables_;
  const Literals& literals_;
};

}  // namespace

std::vector<UnsteadyParameters> unsteady_parameters(ProjectTables& tables, const Literals& literals) {
  std::vector<UnsteadyParameters> rows;
  for (FileId file : tables.files.ids()) {
    if (tables.files[file].role != FileRole::first_party) FileScan(file, tables, literals).run(rows);
  }
  std::ranges::stable_sort(rows, {},
                           [](const UnsteadyParameters& row) { return std::tuple(row.parametrize, row.place); });
  return rows;
}

}  // namespace hasten
