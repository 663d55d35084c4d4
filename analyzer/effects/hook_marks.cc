#include "analyzer/effects/hook_marks.h"

#include <string>

#include "analyzer/text/folder.h"

namespace hasten {

std::vector<HookMark> hook_marks(const ProjectTables& tables, const Names& names) {
  std::vector<HookMark> marks;
  for (const FileId conftest : tables.files.ids()) {
    if (tables.files[conftest].role != FileRole::conftest) continue;
    const Denotation& hook = names.member(conftest, "pytest_collection_modifyitems");
    if (hook.kind != Denotation::Kind::function) continue;
    const FileModel& model = tables.files[hook.file].model;
    for (const Call& call : model.calls) {
      const ExprId callee = model.first_child(call.expr);
      if (model.function_of(call.block) != hook.function || model.word(callee) != "add_marker") continue;
      const ExprId mark = model.positional(call.expr, 0);
      if (!mark || !is_mark(model, mark)) continue;
      marks.push_back({folder_of(tables.files[conftest].source.path()), hook.file, call.block, mark});
    }
  }
  return marks;
}

bool is_mark(const FileModel& model, ExprId expr) {
  const ExprId named = model.exprs[expr].kind == ExprKind::call ? model.first_child(expr) : expr;
  return model.dotted(named).find("mark.") != std::string::npos;
}

}  // namespace hasten
