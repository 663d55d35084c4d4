#include "analyzer/check/symbol.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace hasten {
namespace {

struct Holder {
  TextRange range;
  std::string_view name;
};

/// The rows around `place`, outermost first. Rows stand in source order, so those around it lie before the first that
/// begins behind it.
template <class Rows>
void add_around(const FileModel& model, const Rows& rows, TextRange place, std::vector<Holder>& holders) {
  for (const auto& row : rows) {
    if (row.range.begin > place.begin) break;
    if (row.range.contains(place)) holders.push_back({row.range, model.word(row.name)});
  }
}

std::vector<Holder> holders_around(const FileModel& model, TextRange place) {
  std::vector<Holder> holders;
  add_around(model, model.classes, place, holders);
  add_around(model, model.functions, place, holders);
  std::ranges::sort(holders, {}, [](const Holder& holder) { return holder.range.begin; });
  return holders;
}

bool names_main(const FileModel& model, ExprId condition) {
  if (!condition || model.exprs[condition].kind != ExprKind::compare) return false;
  const ExprId left = model.child(condition, 0);
  const ExprId right = model.child(condition, 1);
  return left && right && (model.word(left) == "__name__" || model.word(right) == "__name__") &&
         (model.word(left) == "__main__" || model.word(right) == "__main__");
}

StatementId statement_around(const FileModel& model, TextRange place) {
  StatementId found;
  for (const StatementId id : model.statements.ids()) {
    if (model.statements[id].range.begin > place.begin) break;
    if (model.statements[id].range.contains(place)) found = id;
  }
  return found;
}

}  // namespace

FunctionRef enclosing_function(const Project& project, Place place) {
  const FileModel& model = project.model(place.file);
  FunctionId found;
  for (const FunctionId id : model.functions.ids()) {
    if (model.functions[id].range.begin > place.range.begin) break;
    if (model.functions[id].range.contains(place.range)) found = id;
  }
  return found ? FunctionRef{place.file, found} : FunctionRef{};
}

std::string qualified_name(const Project& project, FunctionRef function) {
  const FileModel& model = project.model(function.file);
  std::string name;
  for (const Holder& holder : holders_around(model, project.function(function).name_range)) {
    if (!name.empty()) name += '.';
    name += holder.name;
  }
  return name;
}

std::string symbol_at(const Project& project, Place place) {
  std::string symbol = project.path(place.file);
  for (const Holder& holder : holders_around(project.model(place.file), place.range)) {
    symbol += "::";
    symbol += holder.name;
  }
  return symbol;
}

bool is_script_only(const Project& project, Place place) {
  const FileModel& model = project.model(place.file);
  const StatementId statement = statement_around(model, place.range);
  if (!statement) return false;
  for (BlockId block = model.statements[statement].block; block; block = model.blocks[block].parent) {
    const StatementId header = model.blocks[block].header;
    if (model.blocks[block].kind == BlockKind::if_ && header && names_main(model, model.statements[header].value)) {
      return true;
    }
  }
  return false;
}

}  // namespace hasten
