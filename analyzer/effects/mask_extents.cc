#include "analyzer/effects/mask_extents.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/effects/tasks.h"
#include "analyzer/model/nesting.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::uint32_t max_items = 16;  // of one `with`

/// The block of the `with` that the item belongs to.
BlockId block_below(const FileModel& model, StatementId item, BlockId around) {
  // The header is the last item; earlier items of the same `with` stand right before it. Blocks are in the order of
  // their first statement, which is the row after the header.
  const auto first = [](const Block& block) { return block.statements.first; };
  const auto begin = std::ranges::lower_bound(model.blocks, item.index() + 1, {}, first);
  for (auto at = begin; at != model.blocks.end() && first(*at) <= item.index() + max_items; ++at) {
    if (at->kind == BlockKind::with_ && at->header >= item && at->parent == around) {
      return BlockId(static_cast<std::size_t>(at - model.blocks.begin()));
    }
  }
  return {};
}

/// The `with` block whose item is this very call; none when the call stands elsewhere.
BlockId with_block_of(const FileModel& model, const Call& call) {
  const Statement& statement = model.statements[call.statement];
  if (statement.kind != StatementKind::with_item || statement.value != call.expr) return {};
  return block_below(model, call.statement, call.block);
}

TextRange range_of(const FileModel& model, BlockId block) {
  const Run<StatementTag> statements = model.blocks[block].statements;
  if (statements.empty()) return {};
  TextRange range = model.statements[statements[0]].range;
  for (StatementId id : statements) range.end = std::max(range.end, model.statements[id].range.end);
  return range;
}

/// What runs under an item of a `with`: later items, and the block, which may be nothing but `pass`.
TextRange behind_item(const FileModel& model, const Call& call, BlockId with) {
  const std::uint32_t items_end = model.statements[model.blocks[with].header].range.end;
  return {model.exprs[call.expr].range.end, std::max(items_end, range_of(model, with).end)};
}

bool has_yield_in(const FileModel& model, BlockId block) {
  return std::ranges::any_of(model.blocks[block].statements, [&](StatementId id) {
    const ExprId value = model.statements[id].value;
    return value && (model.exprs[value].kind == ExprKind::yield_ || model.exprs[value].kind == ExprKind::yield_from);
  });
}

/// The `with` block that the ExitStack of `stack.enter_context(patch("time.sleep"))` is closed with; none when the call
/// is no such argument.
BlockId stack_block_of(FileId file, CallId id, const FileModel& model, Calls& calls) {
  for (const CallId outer : calls_around(model, id)) {
    const Api* api = calls.callee(file, outer).api;
    if (api == nullptr || api->role != Role::enter_context) continue;
    const ExprId callee = model.first_child(model.calls[outer].expr);
    if (model.exprs[callee].kind != ExprKind::attribute) return {};
    const string_view stack = model.word(model.first_child(callee));
    for (BlockId at = model.calls[outer].block; at && model.blocks[at].kind != BlockKind::function;
         at = model.blocks[at].parent) {
      if (model.blocks[at].kind != BlockKind::with_) continue;
      const ExprId name = model.statements[model.blocks[at].header].target;
      if (name && model.exprs[name].kind == ExprKind::name && model.word(name) == stack) return at;
    }
    return {};
  }
  return {};
}

/// `patcher.stop()`, `responses.stop()`, `mocker.stopall()`.
struct Stop {
  BlockId block;
  std::uint32_t at = 0;
  std::string what;  // is stopped
};

std::vector<Stop> stops_in(FunctionRef ref, const FileModel& model, Calls& calls) {
  std::vector<Stop> stops;
  for (const CallId id : calls.of(ref)) {
    const Api* api = calls.callee(ref.file, id).api;
    const Call& call = model.calls[id];
    const ExprId callee = model.first_child(call.expr);
    if (api == nullptr || api->role != Role::stop || model.exprs[callee].kind != ExprKind::attribute) continue;
    std::string what = model.dotted(model.first_child(callee));
    if (what.empty()) continue;  // made on the spot
    stops.push_back({call.block, model.exprs[call.expr].range.begin, std::move(what)});
  }
  return stops;
}

/// Is `what` the variable that keeps the patch, or what made or started it?
bool concerns(const FileModel& model, const Call& call, string_view what) {
  const Statement& statement = model.statements[call.statement];
  if (statement.target && statement.value == call.expr && model.dotted(statement.target) == what) return true;
  const std::string callee = model.dotted(model.first_child(call.expr));
  return callee == what || (callee.starts_with(what) && callee[what.size()] == '.');
}

/// What is made and kept in a variable of the function: `patcher = patch("time.sleep")`.
class Kept {
 public:
  Kept(FunctionRef ref, const FileModel& model) : ref_(ref), model_(model) {}

  /// Made and dropped, or kept in a variable that is never mentioned again: nobody can enter it.
  [[nodiscard]] bool is_never_entered(const Call& call) {
    const Statement& statement = model_.statements[call.statement];
    if (statement.value != call.expr) return false;
    if (statement.kind == StatementKind::expression) return true;
    const WordId name = variable_of(call);
    return name && mentions_of(name) == 1;
  }

  /// From the first to the last `with patcher:`; empty when there is none.
  [[nodiscard]] std::vector<BlockId> entered_blocks(const Call& call) const {
    const WordId name = variable_of(call);
    if (!name) return {};
    std::vector<BlockId> blocks;
    for (const StatementId id : model_.blocks[model_.functions[ref_.id].body].statements) {
      const Statement& item = model_.statements[id];
      if (item.kind != StatementKind::with_item || model_.function_of(id) != ref_.id) continue;
      if (model_.exprs[item.value].kind != ExprKind::name || model_.exprs[item.value].word() != name) continue;
      if (const BlockId block = block_below(model_, id, item.block)) blocks.push_back(block);
    }
    return blocks;
  }

 private:
  /// None for a variable of the module or another function, and for anything that is no variable.
  [[nodiscard]] WordId variable_of(const Call& call) const {
    const Statement& statement = model_.statements[call.statement];
    if (statement.kind != StatementKind::assign || statement.value != call.expr || !statement.target) return {};
    return model_.exprs[statement.target].kind == ExprKind::name ? model_.exprs[statement.target].word() : WordId();
  }

  [[nodiscard]] std::size_t mentions_of(WordId name) {
    if (!is_read_) read();
    return static_cast<std::size_t>(std::ranges::count(mentions_, name));
  }

  /// Names in the function, those in functions inside it included.
  void read() {
    is_read_ = true;
    const auto add = [&](ExprId root) {
      if (!root) return;
      for (const ExprId at : model_.subtree(root)) {
        if (model_.exprs[at].kind == ExprKind::name) mentions_.push_back(model_.exprs[at].word());
      }
    };
    for (const StatementId id : model_.blocks[model_.functions[ref_.id].body].statements) {
      const Statement& statement = model_.statements[id];
      add(statement.target);
      add(statement.value);
      add(statement.third);
      if (statement.kind != StatementKind::function) continue;
      for (const DecoratorId decorator : model_.functions[statement.function()].decorators) {
        add(model_.decorators[decorator].expr);
      }
    }
  }

  FunctionRef ref_;
  const FileModel& model_;
  bool is_read_ = false;
  std::vector<WordId> mentions_;
};

}  // namespace

WithExtent with_extent(const FileModel& model, StatementId item) {
  const BlockId with = block_below(model, item, model.statements[item].block);
  if (!with) return {};
  // Later items of the same `with` are covered too.
  return {{model.statements[item].range.begin, range_of(model, with).end}, has_yield_in(model, with)};
}

void set_extents(FunctionRef ref, const std::vector<SwitchedOn>& switches, const ProjectTables& tables, Calls& calls,
                 std::vector<Mask>& masks) {
  if (switches.empty()) return;
  const FileModel& model = tables.files[ref.file].model;
  const std::vector<Stop> stops = stops_in(ref, model, calls);
  Kept kept(ref, model);
  for (const SwitchedOn& on : switches) {
    const Call& call = model.calls[on.call];
    const std::uint32_t begin = model.exprs[call.expr].range.begin;
    const BlockId own = with_block_of(model, call);
    const BlockId with = own ? own : stack_block_of(ref.file, on.call, model, calls);
    TextRange extent{begin, model.functions[ref.id].range.end};
    if (with) extent = {begin, range_of(model, with).end};
    if (own) extent = behind_item(model, call, own);
    bool lasts = !with || has_yield_in(model, with);
    if (!with && on.api->is_context != 0) {
      if (kept.is_never_entered(call)) extent = {};
      const std::vector<BlockId> entered = kept.entered_blocks(call);
      if (!entered.empty()) {
        extent = {range_of(model, entered.front()).begin, range_of(model, entered.back()).end};
        lasts = std::ranges::any_of(entered, [&](BlockId block) { return has_yield_in(model, block); });
      }
    }
    if (extent.empty()) lasts = false;
    for (const Stop& stop : stops) {
      if (stop.at < begin || stop.at >= extent.end || !is_within(model, call.block, stop.block)) continue;
      if (!concerns(model, call, stop.what)) continue;
      extent.end = stop.at;
      lasts = false;
    }
    for (Mask& mask : std::span(masks).subspan(on.first, on.count)) {
      mask.extent = extent;
      mask.lasts = lasts ? 1 : 0;
    }
  }
}

}  // namespace hasten
