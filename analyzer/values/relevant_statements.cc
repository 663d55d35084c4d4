#include "analyzer/values/relevant_statements.h"

#include <algorithm>

namespace hasten {
namespace {

BlockId body_of(const FileModel& rows, ScopeKey scope) {
  if (scope.is_class()) return rows.classes[scope.class_()].body;
  return scope.is_function() ? rows.functions[scope.function()].body : FileModel::module_block();
}

/// The names that a simple statement binds, changes or hands to something that may change them. What is only read to
/// make another value is not among them.
void add_concerned(const FileModel& rows, const Statement& row, std::vector<std::string_view>& out) {
  const auto add_names = [&](ExprId expr) {
    if (!expr) return;
    for (ExprId at : rows.subtree(expr)) {
      if (rows.exprs[at].kind == ExprKind::name) out.push_back(rows.word(at));
    }
  };
  switch (row.kind) {
    case StatementKind::function: out.push_back(rows.word(rows.functions[row.function()].name)); return;
    case StatementKind::class_: out.push_back(rows.word(rows.classes[row.class_()].name)); return;
    case StatementKind::import: out.push_back(rows.word(rows.imports[row.import()].bound)); return;
    case StatementKind::expression:
    case StatementKind::for_:
    case StatementKind::with_item: add_names(row.value); break;
    default: break;
  }
  add_names(row.target);
  if (row.kind == StatementKind::expression || !row.value) return;
  // `first = CASES.pop(0)`, `(n := 3)`
  for (ExprId at : rows.subtree(row.value)) {
    const ExprKind kind = rows.exprs[at].kind;
    const ExprId inside = kind == ExprKind::call || kind == ExprKind::named ? rows.first_child(at) : ExprId();
    if (!inside) continue;
    const bool is_method = kind == ExprKind::call && rows.exprs[inside].kind == ExprKind::attribute;
    const ExprId object = is_method ? rows.first_child(inside) : kind == ExprKind::named ? inside : ExprId();
    if (object && rows.exprs[object].kind == ExprKind::name) out.push_back(rows.word(object));
  }
}

}  // namespace

RelevantStatements::OfFile& RelevantStatements::in(FileId file) const {
  const auto [place, is_new] = files_.try_emplace(file);
  if (is_new) {
    const FileModel& rows = tables_.files[file].model;
    for (const BlockId block : rows.blocks.ids()) {
      if (rows.blocks[block].header) place->second.blocks[rows.blocks[block].header.index()].push_back(block);
    }
  }
  return place->second;
}

std::span<const BlockId> RelevantStatements::blocks(FileId file, StatementId header) const {
  const OfFile& all = in(file);
  const auto found = all.blocks.find(header.index());
  return found == all.blocks.end() ? std::span<const BlockId>() : found->second;
}

std::span<const StatementId> RelevantStatements::of(FileId file, ScopeKey scope, std::string_view name) const {
  const FileModel& rows = tables_.files[file].model;
  const BlockId body = body_of(rows, scope);
  const auto [place, is_new] = in(file).scopes.try_emplace(body.index());
  if (is_new) {
    StatementId top;
    std::vector<std::string_view> concerned;
    for (StatementId statement : rows.blocks[body].statements) {
      const Statement& row = rows.statements[statement];
      // An `except` belongs to its `try`.
      if (row.block == body && row.kind != StatementKind::except) top = statement;
      const Block& block = rows.blocks[row.block];
      if (block.function != rows.blocks[body].function || block.class_ != rows.blocks[body].class_) continue;
      concerned.clear();
      add_concerned(rows, row, concerned);
      for (std::string_view word : concerned) {
        std::vector<StatementId>& all = place->second[word];
        if (all.empty() || all.back() != top) all.push_back(top);
      }
    }
  }
  const auto found = place->second.find(name);
  return found == place->second.end() ? std::span<const StatementId>() : found->second;
}

}  // namespace hasten
