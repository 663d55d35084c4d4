// Statements: what a body has made of a variable, and runs of functions.

#include <algorithm>
#include <utility>

#include "analyzer/names/python_names.h"
#include "analyzer/values/evaluation.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

constexpr int most_rounds = 1'000;  // of a `while`

bool is_container(const Evaluated& value) {
  return value.kind == Kind::list || value.kind == Kind::set || value.kind == Kind::dict;
}

}  // namespace

/// Runs the statements that concern the variable, up to an offset; all of them if none stands before it.
ValueRef Evaluation::run_for(FileId file, ScopeKey scope, std::string_view name, std::uint32_t until) {
  const FileModel& rows = literals_.model(file);
  if (literals_.is_changed_from_elsewhere(file, scope, name)) return make({});
  const auto all = statements_.of(file, scope, name);
  const bool is_before = !all.empty() && rows.statements[all.front()].range.begin < until;
  Variables& frame = frames_.emplace_back();
  const bool may_raise = may_raise_;
  const auto reached = reached_.find(file);
  const bool had_reached = reached != reached_.end();
  const std::uint32_t before = had_reached ? reached->second : 0;
  Flow flow = Flow::next;
  for (const StatementId statement : all) {
    const std::uint32_t at = rows.statements[statement].range.begin;
    if ((is_before && at >= until) || flow != Flow::next) break;
    if (!scope.is_function()) reached_[file] = at;
    flow = run_statement(file, statement, frame);
    // Other variables are asked for anew each time: they have statements of their own.
    std::erase_if(frame.names, [&](const auto& held) { return held.first != name; });
  }
  if (had_reached) {
    reached_[file] = before;
  } else {
    reached_.erase(file);
  }
  may_raise_ = may_raise;
  const ValueRef held = lookup(&frame, name);
  return flow == Flow::next && held != nullptr ? held : make({});
}

Evaluation::Flow Evaluation::run_block(FileId file, BlockId block, Variables& frame) {
  const FileModel& rows = literals_.model(file);
  Flow flow = Flow::next;
  ++depth_;
  for (const StatementId statement : rows.blocks[block].statements) {
    if (flow != Flow::next) break;
    if (rows.statements[statement].block == block) flow = run_statement(file, statement, frame);
  }
  --depth_;
  return flow;
}

Evaluation::Flow Evaluation::run_statement(FileId file, StatementId statement, Variables& frame) {
  const FileModel& rows = literals_.model(file);
  const Statement& row = rows.statements[statement];
  const Place at{file, row.block, &frame};
  const auto done = [](bool is_done) { return is_done ? Flow::next : Flow::failed; };
  if (depth_ >= 40) return Flow::failed;
  switch (row.kind) {
    case StatementKind::expression: {
      const ExprKind kind = row.value ? rows.exprs[row.value].kind : ExprKind::error;
      if (kind != ExprKind::yield_ && kind != ExprKind::yield_from) {
        if (row.value) evaluate(at, row.value);
        return Flow::next;
      }
      const ExprId inside = rows.first_child(row.value);
      const ValueRef value = inside ? evaluate(at, inside) : none();
      if (kind == ExprKind::yield_) {
        frame.yielded.push_back(value);
        return Flow::next;
      }
      const auto more = iterate(value);
      if (more) frame.yielded.insert(frame.yielded.end(), more->begin(), more->end());
      return done(more.has_value());
    }
    case StatementKind::assign: return done(row.value && assign(at, row.target, evaluate(at, row.value)));
    case StatementKind::ann_assign: return done(!row.value || assign(at, row.target, evaluate(at, row.value)));
    case StatementKind::aug_assign: return done(change(at, row));
    case StatementKind::return_: result_ = row.value ? evaluate(at, row.value) : none(); return Flow::return_;
    case StatementKind::if_: return run_if(file, statement, frame);
    case StatementKind::for_: return run_for_loop(file, statement, frame);
    case StatementKind::while_: return run_while(file, statement, frame);
    case StatementKind::try_: return run_try(file, statement, frame);
    case StatementKind::with_item: {
      if (row.target && !assign(at, row.target, make({}))) return Flow::failed;
      const auto blocks = statements_.blocks(file, statement);
      return blocks.empty() ? Flow::next : run_block(file, blocks.front(), frame);
    }
    case StatementKind::function: {
      Evaluated out;
      out.kind = Kind::function;
      out.function = {file, row.function()};
      out.around = rows.function_of(row.block) ? &frame : nullptr;
      frame.names[rows.word(rows.functions[row.function()].name)] = make(std::move(out));
      return Flow::next;
    }
    case StatementKind::class_: {
      Evaluated out;
      out.kind = Kind::class_;
      out.class_ = {file, row.class_()};
      frame.names[rows.word(rows.classes[row.class_()].name)] = make(std::move(out));
      return Flow::next;
    }
    case StatementKind::import:
      if (!is_sure_import(file, row)) may_raise_ = true;
      return Flow::next;
    case StatementKind::break_: return Flow::break_;
    case StatementKind::continue_: return Flow::continue_;
    case StatementKind::assert_: return Flow::next;
    case StatementKind::delete_: {
      if (rows.exprs[row.target].kind == ExprKind::name) {
        frame.names.erase(rows.word(row.target));
        return Flow::next;
      }
      if (rows.exprs[row.target].kind != ExprKind::subscript) return Flow::next;
      const ValueRef object = evaluate(at, rows.first_child(row.target));
      if (is_container(*object)) *object = Evaluated();
      return Flow::next;
    }
    case StatementKind::except:  // handlers of what does not fail
    case StatementKind::type_alias: return Flow::next;
    case StatementKind::raise:
    case StatementKind::global:
    case StatementKind::nonlocal:
    case StatementKind::match_: return Flow::failed;
  }
  return Flow::failed;
}

Evaluation::Flow Evaluation::run_part(FileId file, StatementId header, BlockKind kind, Variables& frame) {
  for (const BlockId block : statements_.blocks(file, header)) {
    if (literals_.model(file).blocks[block].kind == kind) return run_block(file, block, frame);
  }
  return Flow::next;
}

Evaluation::Flow Evaluation::run_if(FileId file, StatementId statement, Variables& frame) {
  const Statement& row = literals_.model(file).statements[statement];
  const Truth met = condition({file, row.block, &frame}, row.value);
  if (met == Truth::unknown) return skip_branches(file, statement, frame);
  return run_part(file, statement, met == Truth::yes ? BlockKind::if_ : BlockKind::else_, frame);
}

/// One of two branches is run and we do not know which: what they bind or touch is not known any more. A branch that
/// leaves is too much.
Evaluation::Flow Evaluation::skip_branches(FileId file, StatementId statement, Variables& frame) {
  const FileModel& rows = literals_.model(file);
  for (const BlockId block : statements_.blocks(file, statement)) {
    for (const StatementId inner : rows.blocks[block].statements) {
      const Statement& row = rows.statements[inner];
      const bool leaves = row.kind == StatementKind::break_ || row.kind == StatementKind::continue_ ||
                          row.kind == StatementKind::return_ || row.kind == StatementKind::raise ||
                          row.kind == StatementKind::global || row.kind == StatementKind::nonlocal;
      if (leaves) return Flow::failed;
      if (row.kind == StatementKind::function) {
        frame.names[rows.word(rows.functions[row.function()].name)] = make({});
      }
      for (const ExprId part : {row.target, row.value}) {
        if (!part) continue;
        for (const ExprId at : rows.subtree(part)) {
          const ExprKind kind = rows.exprs[at].kind;
          if (kind == ExprKind::yield_ || kind == ExprKind::yield_from) return Flow::failed;
          if (kind != ExprKind::name) continue;
          const ValueRef held = lookup(&frame, rows.word(at));
          const bool is_bound = part == row.target && (at == part || rows.exprs[part].kind == ExprKind::tuple);
          if (held != nullptr && is_container(*held)) *held = Evaluated();
          if (is_bound) frame.names[rows.word(at)] = make({});
        }
      }
    }
  }
  return Flow::next;
}

Evaluation::Flow Evaluation::run_for_loop(FileId file, StatementId statement, Variables& frame) {
  const Statement& row = literals_.model(file).statements[statement];
  const Place at{file, row.block, &frame};
  const auto elements = row.is_async ? std::nullopt : iterate(evaluate(at, row.value));
  if (!elements) return Flow::failed;
  for (const ValueRef element : *elements) {
    if (!assign(at, row.target, element)) return Flow::failed;
    const Flow flow = run_part(file, statement, BlockKind::for_, frame);
    if (flow == Flow::break_) return Flow::next;
    if (flow == Flow::return_ || flow == Flow::failed) return flow;
  }
  return run_part(file, statement, BlockKind::loop_else, frame);
}

Evaluation::Flow Evaluation::run_while(FileId file, StatementId statement, Variables& frame) {
  const Statement& row = literals_.model(file).statements[statement];
  for (int round = 0; round < most_rounds; ++round) {
    const Truth met = condition({file, row.block, &frame}, row.value);
    if (met == Truth::unknown) return Flow::failed;
    if (met == Truth::no) return run_part(file, statement, BlockKind::loop_else, frame);
    const Flow flow = run_part(file, statement, BlockKind::while_, frame);
    if (flow == Flow::break_) return Flow::next;
    if (flow == Flow::return_ || flow == Flow::failed) return flow;
  }
  return Flow::failed;
}

/// Only a body that surely does not raise is followed: its handlers are then dead.
Evaluation::Flow Evaluation::run_try(FileId file, StatementId statement, Variables& frame) {
  const bool before = std::exchange(may_raise_, false);
  const Flow flow = run_part(file, statement, BlockKind::try_, frame);
  const bool may_raise = std::exchange(may_raise_, before);
  if (may_raise || flow == Flow::failed) return Flow::failed;
  const Flow otherwise = flow == Flow::next ? run_part(file, statement, BlockKind::try_else, frame) : flow;
  const Flow last = run_part(file, statement, BlockKind::finally, frame);
  return last == Flow::next ? otherwise : last;
}

bool Evaluation::assign(const Place& at, ExprId target, ValueRef value) {
  const FileModel& rows = model(at);
  switch (rows.exprs[target].kind) {
    case ExprKind::name: at.frame->names[rows.word(target)] = value; return true;
    case ExprKind::tuple:
    case ExprKind::list: return unpack(at, target, value);
    case ExprKind::attribute: return true;
    case ExprKind::subscript: {
      const ValueRef object = evaluate(at, rows.first_child(target));
      const ExprId index = rows.child(target, 1);
      const bool is_plain_index = rows.child_count(target) == 2 && rows.exprs[index].kind != ExprKind::slice;
      const bool is_set = is_plain_index && set_item(*object, evaluate(at, index), value);
      if (!is_set && is_container(*object)) *object = Evaluated();
      return true;
    }
    default: return false;
  }
}

/// The targets of a loop or of an assignment to several names.
bool Evaluation::unpack(const Place& at, ExprId target, ValueRef value) {
  const FileModel& rows = model(at);
  const ExprKind kind = rows.exprs[target].kind;
  if (kind == ExprKind::name) {
    at.frame->names[rows.word(target)] = value;
    return true;
  }
  if (kind != ExprKind::tuple && kind != ExprKind::list) return assign(at, target, value);
  const auto elements = iterate(value);
  const std::size_t wanted = rows.child_count(target);
  std::size_t next = 0;
  bool is_starred = false;
  for (ExprId child = rows.first_child(target); child; child = rows.next(child)) {
    is_starred = is_starred || rows.exprs[child].kind == ExprKind::starred;
  }
  const bool is_known = elements && elements->size() == wanted && !is_starred;
  if (elements && elements->size() != wanted && !is_starred) return false;
  for (ExprId child = rows.first_child(target); child; child = rows.next(child)) {
    const ValueRef part = is_known ? (*elements)[next++] : make({});
    const ExprId inner = rows.exprs[child].kind == ExprKind::starred ? rows.first_child(child) : child;
    if (depth_ >= 40 || !unpack(at, inner, part)) return false;
  }
  return true;
}

/// `x += y`, in place where Python does it in place.
bool Evaluation::change(const Place& at, const Statement& row) {
  const FileModel& rows = model(at);
  if (!row.value || !row.target) return false;
  const ValueRef more = evaluate(at, row.value);
  if (rows.exprs[row.target].kind != ExprKind::name) {
    const bool is_item = rows.exprs[row.target].kind == ExprKind::subscript;
    return !is_item || assign(at, row.target, make({}));
  }
  const ValueRef held = evaluate(at, row.target);
  if (held->kind == Kind::list && row.op == Operator::add) {
    const auto elements = iterate(more);
    if (!elements) {
      *held = Evaluated();
    } else {
      held->elements.insert(held->elements.end(), elements->begin(), elements->end());
    }
    return assign(at, row.target, held);
  }
  const ValueRef changed = combined(row.op, held, more);
  if (!is_container(*held)) return assign(at, row.target, changed != nullptr ? changed : make({}));
  *held = changed != nullptr ? *changed : Evaluated();
  return assign(at, row.target, held);
}

bool Evaluation::is_sure_import(FileId file, const Statement& row) const {
  const FileModel& rows = literals_.model(file);
  const Import& import = rows.imports[row.import()];
  if (import.is_star || !import.bound) return false;
  const Denotation named = literals_.names().denote(file, row.block, rows.word(import.bound));
  const bool is_own = named.kind == Denotation::Kind::module || named.kind == Denotation::Kind::function ||
                      named.kind == Denotation::Kind::class_;
  if (is_own && named.rest.empty()) return true;
  return import.is_from == 0 && import.level == 0 && is_always_there(rows.word(import.module));
}

}  // namespace hasten
