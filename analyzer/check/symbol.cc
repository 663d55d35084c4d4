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

}  // namespace hasten
