#include "analyzer/check/same_call.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

BlockId block_of(const FileModel& model, ExprId call) {
  const auto found = std::ranges::find(model.calls, call, &Call::expr);
  return found == model.calls.end() ? BlockId() : found->block;
}

/// What a bare name means, so far as the file tells: the import that binds it, or the file itself. Nothing for
/// parameters and locals, which may be something else in every fixture.
std::optional<std::string> meaning(const Project& project, FunctionRef function, std::string_view name) {
  const FileModel& model = project.model(function.file);
  const Function& row = model.functions[function.id];
  const bool is_parameter =
      std::ranges::any_of(row.params, [&](ParamId param) { return model.word(model.params[param].name) == name; });
  if (is_parameter) return std::nullopt;
  const auto imported =
      std::ranges::find_if(model.imports, [&](const Import& import) { return model.word(import.bound) == name; });
  if (imported != model.imports.end()) {
    const std::string_view from = imported->level > 0 ? folder_of(project.path(function.file)) : std::string_view();
    return fmt::format("{}:{}:{}:{}", from, imported->level, model.word(imported->module),
                       model.word(imported->imported));
  }
  const bool is_local = row.body && std::ranges::any_of(model.blocks[row.body].statements, [&](StatementId id) {
                          const ExprId target = model.statements[id].target;
                          return target && std::ranges::any_of(model.subtree(target), [&](ExprId at) {
                                   return model.exprs[at].kind == ExprKind::name && model.word(at) == name;
                                 });
                        });
  if (is_local) return std::nullopt;
  return project.path(function.file);
}

}  // namespace

ExprId call_at(const FileModel& model, TextRange place) {
  const auto found = std::ranges::find_if(model.calls, [&](const Call& call) {
    const TextRange range = model.exprs[call.expr].range;
    return range.begin == place.begin && (range == place || model.exprs[model.first_child(call.expr)].range == place);
  });
  return found == model.calls.end() ? ExprId() : found->expr;
}

std::optional<std::string> call_signature(const Project& project, FileId file, ExprId call) {
  const FileModel& model = project.model(file);
  const FunctionId function = model.function_of(block_of(model, call));
  if (!function) return std::nullopt;
  std::string text;
  for (const char c : project.file(file).source.text(model.exprs[call].range)) {
    if (c != ' ' && c != '\n' && c != '\t') text += c;
  }
  for (const ExprId at : model.subtree(call)) {
    if (model.exprs[at].kind == ExprKind::lambda || model.exprs[at].kind == ExprKind::comprehension)
      return std::nullopt;
    if (model.exprs[at].kind != ExprKind::name) continue;
    const auto meant = meaning(project, {file, function}, model.word(at));
    if (!meant) return std::nullopt;
    text += '\n' + *meant;
  }
  return text;
}

std::string written_call(const Project& project, FileId file, ExprId call) {
  constexpr std::size_t longest = 60;
  std::string text(project.file(file).source.text(project.model(file).exprs[call].range));
  if (text.size() <= longest && text.find('\n') == std::string::npos) return text;
  return text.substr(0, std::min(text.find('('), longest)) + "(...)";
}

bool keeps_what_it_built(const Project& project, EffectId effect, std::string_view signature) {
  const std::string_view api = project.name(project->effects[effect].api);
  return api.ends_with("getOrCreate") || signature.find("get_or_create") != std::string_view::npos;
}

}  // namespace hasten
