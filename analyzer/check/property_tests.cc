#include "analyzer/check/property_tests.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

namespace hasten {
namespace {

using std::string_view;

/// `given`, `hypothesis.given`: the last name of what is called.
bool calls(const FileModel& model, ExprId call, string_view name) {
  return call && model.exprs[call].kind == ExprKind::call && model.word(model.first_child(call)) == name;
}

std::optional<Examples> examples_in(const FileModel& model, FileId file, ExprId call) {
  const ExprId value = model.keyword(call, "max_examples");
  if (!value || model.exprs[value].kind != ExprKind::integer) return std::nullopt;
  std::string digits(model.word(value));
  std::erase(digits, '_');
  Examples examples{0, {file, model.exprs[value].range}};
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), examples.number);
  return parsed.ec == std::errc() ? std::optional(examples) : std::nullopt;
}

/// The text itself, or the one that stands behind in `os.getenv("PROFILE", "dev")`, `os.environ.get("PROFILE", "dev")`.
string_view text_or_default(const FileModel& model, ExprId expr) {
  if (!expr) return {};
  if (model.exprs[expr].kind == ExprKind::string) return model.word(expr);
  if (!calls(model, expr, "getenv") && !calls(model, expr, "get")) return {};
  const ExprId fallback = model.positional(expr, 1);
  return fallback && model.exprs[fallback].kind == ExprKind::string ? model.word(fallback) : string_view();
}

struct Loading {
  string_view name;
  Place place;
};

/// The last that a run gets to: a profile replaces the one before.
std::optional<Loading> loading_in(const FileModel& model, FileId file) {
  std::optional<Loading> loading;
  for (const Call& call : model.calls) {
    if (!calls(model, call.expr, "load_profile") || call.block != FileModel::module_block()) continue;
    const string_view name = text_or_default(model, model.positional(call.expr, 0));
    if (!name.empty()) loading = {name, {file, model.exprs[model.first_child(call.expr)].range}};
  }
  return loading;
}

std::optional<Examples> registered(const Project& project, string_view profile) {
  for (const FileId file : project->files.ids()) {
    const FileModel& model = project.model(file);
    for (const Call& call : model.calls) {
      if (!calls(model, call.expr, "register_profile")) continue;
      const ExprId name = model.positional(call.expr, 0);
      if (name && model.word(name) == profile) return examples_in(model, file, call.expr);
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_property_test(const Project& project, FunctionRef function) {
  if (!function) return false;
  const FileModel& model = project.model(function.file);
  return std::ranges::any_of(project.function(function).decorators,
                             [&](DecoratorId id) { return calls(model, model.decorators[id].expr, "given"); });
}

std::optional<Examples> examples_of(const Project& project, FunctionRef function) {
  if (!is_property_test(project, function)) return std::nullopt;
  const FileModel& model = project.model(function.file);
  for (const DecoratorId id : project.function(function).decorators) {
    const ExprId expr = model.decorators[id].expr;
    if (calls(model, expr, "settings")) return examples_in(model, function.file, expr);
  }
  return std::nullopt;
}

std::vector<LoadedProfile> loaded_profiles(const Project& project) {
  std::vector<LoadedProfile> profiles;
  for (const FileId file : project->files.ids()) {
    const File& row = project->files[file];
    if (row.role == FileRole::first_party || !row.model.words.find("load_profile")) continue;
    const std::optional<Loading> loading = loading_in(row.model, file);
    if (!loading) continue;
    const std::optional<Examples> examples = registered(project, loading->name);
    if (examples) profiles.push_back({loading->name, *examples, loading->place});
  }
  return profiles;
}

}  // namespace hasten
