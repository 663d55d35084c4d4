#include "analyzer/model/expected_failures.h"

#include <string_view>

namespace hasten {

bool expects_failure(const FileModel& model, ExprId call) {
  if (!call || model.exprs[call].kind != ExprKind::call) return false;
  const std::string_view name = model.word(model.first_child(call));
  return name == "raises" || name == "assertRaises" || name == "assertRaisesRegex";
}

bool is_expected_to_fail(const FileModel& model, StatementId statement) {
  const BlockId id = model.statements[statement].block;
  const Block& block = model.blocks[id];
  if (block.kind != BlockKind::with_) return false;
  const bool is_last = statement.index() + 1 == block.statements.first + block.statements.count;
  return is_last && expects_failure(model, model.statements[block.header].value);
}

}  // namespace hasten
