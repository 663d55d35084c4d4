#include "analyzer/effects/guards.h"

#include <algorithm>
#include <string_view>

#include "analyzer/model/nesting.h"
#include "analyzer/names/conditions.h"

namespace hasten {
namespace {

constexpr int max_nesting = 8;

Truth from(bool value) { return value ? Truth::yes : Truth::no; }

/// As far as conditions ask for it.
struct Constant {
  enum class Kind : std::uint8_t { unknown, none, number, text, thing };
  Kind kind = Kind::unknown;
  double number = 0;  // of True and False too
  std::string_view text = {};

  [[nodiscard]] Truth truth() const {
    switch (kind) {
      case Kind::none: return Truth::no;
      case Kind::number: return from(number != 0);
      case Kind::text: return from(!text.empty());
      case Kind::unknown:
      case Kind::thing: return Truth::unknown;
    }
    return Truth::unknown;
  }
};

using Asked = Values::Written;

class Guards {
 public:
  Guards(const ProjectTables& tables, Values& values) : tables_(tables), values_(values) {}

  /// Is the block entered, which an `if` decides?
  Truth is_entered(FileId file, BlockId id, Frame& frame) {
    const FileModel& model = tables_.files[file].model;
    const Block& block = model.blocks[id];
    const Truth met = truth({file, block.parent, model.statements[block.header].value, &frame}, 0);
    return block.kind == BlockKind::else_ ? opposite(met) : met;
  }

 private:
  Truth truth(Asked at, int nesting) {
    if (!at.expr || nesting > max_nesting) return Truth::unknown;
    const FileModel& model = tables_.files[at.file].model;
    const auto part = [&](std::size_t position) {
      return truth({at.file, at.block, model.child(at.expr, position), at.frame}, nesting + 1);
    };
    const Expr& row = model.exprs[at.expr];
    if (row.kind == ExprKind::unary && row.op == Operator::not_) return opposite(part(0));
    if (row.kind == ExprKind::boolean) {
      const Truth left = part(0), right = part(1);
      const Truth decides = row.op == Operator::and_ ? Truth::no : Truth::yes;
      if (left == decides || right == decides) return decides;
      return left == Truth::unknown ? left : right;
    }
    if (row.kind == ExprKind::compare && model.child_count(at.expr) == 2) {
      return compared(row.op, constant({at.file, at.block, model.child(at.expr, 0), at.frame}),
                      constant({at.file, at.block, model.child(at.expr, 1), at.frame}));
    }
    return constant(at).truth();
  }

  static Truth compared(Operator op, const Constant& left, const Constant& right) {
    using Kind = Constant::Kind;
    if (left.kind == Kind::unknown || right.kind == Kind::unknown) return Truth::unknown;
    if (op == Operator::in || op == Operator::not_in) {
      if (left.kind != Kind::text || right.kind != Kind::text) return Truth::unknown;
      return from((right.text.find(left.text) != std::string_view::npos) == (op == Operator::in));
    }
    const bool is_asked = op == Operator::equal || op == Operator::is;
    if (!is_asked && op != Operator::not_equal && op != Operator::is_not) return Truth::unknown;
    // A thing may be equal to a text, but it is not None.
    const bool has_thing = left.kind == Kind::thing || right.kind == Kind::thing;
    if (has_thing && left.kind != Kind::none && right.kind != Kind::none) return Truth::unknown;
    const bool is_equal = left.kind == right.kind && left.number == right.number && left.text == right.text;
    return from(is_equal == is_asked);
  }

  Constant constant(Asked at) {
    const Asked found = values_.written(at);
    // A parameter that nothing is known of, or what the function makes of it.
    const FileModel& model = tables_.files[found.file].model;
    if (!found.expr) return {};
    if (model.exprs[found.expr].kind == ExprKind::name) {
      const FunctionId function = model.function_of(found.block);
      if (function && !values_.bindings().locals(found.file, function, model.exprs[found.expr].word()).empty())
        return {};
      if (const ParamId param = open_parameter(found)) {
        found.frame->open.push_back(param);
        return {};
      }
    }
    return literal(found);
  }

  /// One that only callers can tell.
  ParamId open_parameter(const Asked& at) {
    if (at.frame == nullptr || at.frame->call) return {};
    const Denotation named = values_.names().denote(at.file, at.block, at.expr);
    const bool is_own = named.kind == Denotation::Kind::parameter && named.file == at.frame->function.file &&
                        named.function == at.frame->function.id;
    return is_own ? named.param : ParamId();
  }

  Constant literal(const Asked& at) {
    using Kind = Constant::Kind;
    const ExprKind kind = tables_.files[at.file].model.exprs[at.expr].kind;
    if (kind == ExprKind::none_literal) return {Kind::none};
    if (kind == ExprKind::true_literal) return {Kind::number, 1};
    if (kind == ExprKind::false_literal) return {Kind::number, 0};
    const Value value = values_.evaluate(at.file, at.block, at.expr);
    switch (value.kind) {
      case Value::Kind::text: return {Kind::text, 0, tables_.names[value.name]};
      case Value::Kind::number: return {Kind::number, value.number};
      case Value::Kind::unknown: return {};
      default: return {Kind::thing};
    }
  }

  const ProjectTables& tables_;
  Values& values_;
};

/// Does whoever enters the block leave the function or the loop?
bool always_leaves(const FileModel& model, BlockId block) {
  StatementId last;
  for (const StatementId id : model.blocks[block].statements) {
    if (model.statements[id].block == block) last = id;
  }
  if (!last) return false;
  const StatementKind kind = model.statements[last].kind;
  return kind == StatementKind::return_ || kind == StatementKind::raise || kind == StatementKind::continue_ ||
         kind == StatementKind::break_;
}

}  // namespace

bool is_ruled_out(CallRef call, Frame& frame, const ProjectTables& tables, Values& values) {
  const FileModel& model = tables.files[call.file].model;
  const Call& row = model.calls[call.id];
  const FunctionId function = model.function_of(row.block);
  if (!function || frame.function != FunctionRef{call.file, function}) return false;
  Guards guards(tables, values);
  // Blocks stand in the order of their first statements, so those that can matter lie between the body and the call.
  const auto first = [](const Block& block) { return block.statements.first; };
  const auto begin =
      std::ranges::lower_bound(model.blocks, model.blocks[model.functions[function].body].statements.first, {}, first);
  for (auto at = begin; at != model.blocks.end() && first(*at) <= row.statement.index(); ++at) {
    if (at->kind != BlockKind::if_ && at->kind != BlockKind::else_) continue;
    if (at->function != function || model.statements[at->header].kind != StatementKind::if_) continue;
    const BlockId id(static_cast<std::size_t>(at - model.blocks.begin()));
    if (is_within(model, row.block, id)) {
      if (guards.is_entered(call.file, id, frame) == Truth::no) return true;
    } else if (is_within(model, row.block, at->parent) && always_leaves(model, id)) {
      if (guards.is_entered(call.file, id, frame) == Truth::yes) return true;
    }
  }
  return false;
}

}  // namespace hasten
