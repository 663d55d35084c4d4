// Parameters that the function itself gives another value.

#include <algorithm>

#include "analyzer/values/values.h"

namespace hasten {
namespace {

/// `if path is None:`, `if not path:` around the block: what happens there happens to callers that pass nothing.
bool is_for_nothing_passed(const FileModel& model, BlockId block, std::string_view name) {
  const Block& row = model.blocks[block];
  if (row.kind != BlockKind::if_) return false;
  const ExprId condition = model.statements[row.header].value;
  if (!condition) return false;
  const ExprId tested = model.first_child(condition);
  if (!tested || model.exprs[tested].kind != ExprKind::name || model.word(tested) != name) return false;
  const Expr& test = model.exprs[condition];
  if (test.kind == ExprKind::unary) return test.op == Operator::not_;
  const ExprId other = model.next(tested);
  return test.kind == ExprKind::compare && test.op == Operator::is && other &&
         model.exprs[other].kind == ExprKind::none_literal;
}

}  // namespace

/// `path = os.path.join(folder, path)`: what the parameter `given` stands for where `expr` names it.
Value Values::rebound(Site site, ExprId expr, const Value& given, References* references) {
  const FileModel& in = model(site.file);
  const std::string_view name = in.word(expr);
  const FunctionId function = in.function_of(site.block);
  const std::span<const Binding> bindings = bindings_.locals(site.file, function, in.exprs[expr].word());
  if (bindings.empty()) return given;
  if (bindings.size() > max_bindings) return {};
  // In its own new value the name still means what was there before.
  const bool is_before = std::ranges::any_of(
      bindings, [&](const Binding& binding) { return binding.value && in.subtree(binding.value).contains(expr); });
  if (is_before) return given;
  std::vector<Value> candidates = {given};
  for (const Binding& binding : bindings) {
    if (given.known() && is_for_nothing_passed(in, binding.block, name)) continue;
    const bool comes_first = binding.value && in.exprs[binding.value].range.end <= in.exprs[expr].range.begin;
    if (comes_first && binding.block == in.functions[function].body) candidates.clear();
    candidates.push_back(bound(site.file, binding, references));
  }
  return unique(candidates);
}

}  // namespace hasten
