#include "analyzer/check/guards.h"

#include <algorithm>
#include <vector>

#include "analyzer/check/surroundings.h"
#include "analyzer/model/expected_failures.h"

namespace hasten {
namespace {

bool is_branch(BlockKind kind) {
  return kind == BlockKind::if_ || kind == BlockKind::else_ || kind == BlockKind::case_ || kind == BlockKind::except ||
         kind == BlockKind::loop_else;
}

bool ends_block_search(BlockKind kind) {
  return kind == BlockKind::function || kind == BlockKind::class_ || kind == BlockKind::module;
}

/// `range(3)` and `(1, 2)` have elements; of anything else nobody knows.
bool may_be_empty(const FileModel& model, ExprId iterable) {
  const ExprKind kind = model.exprs[iterable].kind;
  if (kind == ExprKind::list || kind == ExprKind::tuple || kind == ExprKind::set || kind == ExprKind::dict) {
    return model.child_count(iterable) == 0;
  }
  return kind != ExprKind::call || model.dotted(model.first_child(iterable)) != "range";
}

bool may_be_left_out(const FileModel& model, const Block& block) {
  if (block.kind == BlockKind::for_) return may_be_empty(model, model.statements[block.header].value);
  return is_branch(block.kind);
}

bool stands_in_branch(const FileModel& model, BlockId block) {
  for (; block && !ends_block_search(model.blocks[block].kind); block = model.blocks[block].parent) {
    if (may_be_left_out(model, model.blocks[block])) return true;
  }
  return false;
}

bool stands_in_branch(const FileModel& model, TextRange range) {
  const StatementId id = statement_at(model, range);
  return id && stands_in_branch(model, model.statements[id].block);
}

/// `if not url: return`, `except OSError: return None`, `if not url: raise ValueError`. A handler that raises only
/// names the failure anew.
bool is_way_out(const FileModel& model, const Statement& statement) {
  if (statement.kind != StatementKind::return_ && statement.kind != StatementKind::raise) return false;
  for (BlockId block = statement.block; !ends_block_search(model.blocks[block].kind);
       block = model.blocks[block].parent) {
    const BlockKind kind = model.blocks[block].kind;
    if (kind == BlockKind::except) return statement.kind == StatementKind::return_;
    if (is_branch(kind)) return true;
  }
  return false;
}

bool comes_after_way_out(const FileModel& model, FunctionId function, std::uint32_t at) {
  for (const StatementId id : model.blocks[model.functions[function].body].statements) {
    const Statement& statement = model.statements[id];
    if (statement.range.begin >= at) return false;
    if (is_way_out(model, statement) && model.function_of(id) == function) return true;
  }
  return false;
}

/// `ask() if known else here`, `known or here`, `lambda: here`, `[here for item in items]`.
bool may_be_skipped(const FileModel& model, ExprId expr, std::size_t position) {
  switch (model.exprs[expr].kind) {
    case ExprKind::conditional: return position != 1;
    case ExprKind::boolean: return position > 0;
    case ExprKind::comprehension: return position == 0;
    case ExprKind::lambda: return true;
    default: return false;
  }
}

bool stands_in_optional_part(const FileModel& model, ExprId root, TextRange range) {
  ExprId expr = root;
  while (expr && model.exprs[expr].range.contains(range)) {
    std::size_t position = 0;
    ExprId inner = model.first_child(expr);
    while (inner && !model.exprs[inner].range.contains(range)) {
      inner = model.next(inner);
      ++position;
    }
    if (!inner) return false;
    if (may_be_skipped(model, expr, position)) return true;
    expr = inner;
  }
  return false;
}

/// `with pytest.raises(ValueError): client.push(None)`, `pytest.raises(ValueError, client.push, None)`: what fails on
/// purpose mostly fails before it gets far.
bool is_meant_to_fail(const FileModel& model, TextRange range) {
  const StatementId id = statement_at(model, range);
  if (!id) return false;
  if (expects_failure(model, model.statements[id].value)) return true;
  for (BlockId block = model.statements[id].block; block && !ends_block_search(model.blocks[block].kind);
       block = model.blocks[block].parent) {
    if (model.blocks[block].kind != BlockKind::with_) continue;
    if (expects_failure(model, model.statements[model.blocks[block].header].value)) return true;
  }
  return false;
}

bool may_not_run(const FileModel& model, TextRange range) {
  const StatementId id = statement_at(model, range);
  if (!id) return false;
  const Statement& statement = model.statements[id];
  if (stands_in_branch(model, statement.block)) return true;
  if (stands_in_optional_part(model, statement.value, range)) return true;
  const FunctionId function = model.function_of(statement.block);
  return function && comes_after_way_out(model, function, statement.range.begin);
}

}  // namespace

bool is_guarded(const Project& project, PathId path) {
  if (!path) return false;
  if (project->paths[path].is_possible) return true;
  const auto steps = project.steps(path);
  return std::ranges::any_of(steps, [&](const Step& step) {
    const FileModel& model = project.model(step.place.file);
    if (!project.is_test_code(step.place.file)) return may_not_run(model, step.place.range);
    if (&step != &steps.front() && stands_in_branch(model, step.place.range)) return true;
    return &step != &steps.back() && is_meant_to_fail(model, step.place.range);
  });
}

}  // namespace hasten
