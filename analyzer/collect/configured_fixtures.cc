#include "analyzer/collect/configured_fixtures.h"

#include <algorithm>

namespace hasten {
namespace {

/// The texts of a literal or of the variable of a loop over some.
std::vector<std::string_view> names_at(const Literals& literals, Site name) {
  if (const auto text = literals.text(name)) return {*text};
  const FileModel& file = literals.model(name.file);
  if (file.exprs[name.expr].kind != ExprKind::name) return {};
  for (BlockId block = name.block; block; block = file.blocks[block].parent) {
    if (file.blocks[block].kind != BlockKind::for_) continue;
    const Statement& loop = file.statements[file.blocks[block].header];
    if (!loop.target || file.word(loop.target) != file.word(name.expr)) continue;
    return literals.texts({name.file, loop.block, loop.value}).value_or(std::vector<std::string_view>());
  }
  return {};
}

}  // namespace

std::vector<std::string_view> configured_fixtures(const Literals& literals, const std::vector<FileId>& plugins) {
  std::vector<std::string_view> out;
  const auto& files = literals.tables().files;
  for (FileId file : files.ids()) {
    if (files[file].role != FileRole::conftest && std::ranges::find(plugins, file) == plugins.end()) continue;
    const Denotation hook = literals.names().member(file, "pytest_configure");
    if (hook.kind != Denotation::Kind::function || !hook.rest.empty()) continue;
    const FileModel& rows = literals.model(hook.file);
    for (const Call& call : rows.calls) {
      const ExprId callee = rows.first_child(call.expr);
      if (!callee || rows.function_of(call.block) != hook.function || rows.word(callee) != "addinivalue_line") continue;
      const ExprId setting = rows.positional(call.expr, 0), name = rows.positional(call.expr, 1);
      if (!setting || !name || rows.word(setting) != "usefixtures") continue;
      const std::vector<std::string_view> names = names_at(literals, {hook.file, call.block, name});
      out.insert(out.end(), names.begin(), names.end());
    }
  }
  return out;
}

}  // namespace hasten
