#pragma once

// What must hold of every FileModel, whatever the bytes were.

#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyzer/model/file_model.h"

namespace hasten::testing {

class FileInvariants {
 public:
  explicit FileInvariants(const FileModel& file) : file_(file) {}

  /// Empty when all hold.
  std::vector<std::string> violations() {
    check_words();
    check_expressions();
    check_blocks();
    check_statements();
    check_calls();
    check_definitions();
    check_notes();
    return std::move(violations_);
  }

 private:
  template <class... Values>
  void expect(bool holds, fmt::format_string<Values...> what, Values&&... values) {
    if (!holds && violations_.size() < 10) violations_.push_back(fmt::format(what, std::forward<Values>(values)...));
  }

  bool is_inside(TextRange range) const { return range.begin <= range.end && range.end <= file_.source_bytes; }
  bool is_row(ExprId id) const { return !id || id.index() < file_.exprs.size(); }

  void check_words() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < file_.words.size(); ++i) {
      expect(seen.insert(file_.word(WordId(i))).second, "word {} stands twice", i);
    }
  }

  void check_expressions() {
    for (ExprId id : file_.exprs.ids()) {
      const Expr& row = file_.exprs[id];
      const std::uint32_t end = id.index() + row.subtree;
      expect(is_inside(row.range), "expression {} lies outside the file", id.index());
      expect(row.subtree >= 1 && end <= file_.exprs.size(), "expression {} has a bad subtree", id.index());
      expect(!row.word() || row.word().index() < file_.words.size(), "expression {} has a bad word", id.index());
      expect(!row.is_collapsed || row.subtree == 1, "expression {} is collapsed and has children", id.index());
      if (end <= file_.exprs.size()) check_children(id, end);
    }
  }

  /// Children follow each other without a gap, in source order, inside their parent.
  void check_children(ExprId id, std::uint32_t end) {
    std::uint32_t expected = id.index() + 1;
    std::uint32_t offset = file_.exprs[id].range.begin;
    for (ExprId child = file_.first_child(id); child; child = file_.next(child)) {
      expect(child.index() == expected, "child {} of {} is not where the one before it ends", child.index(),
             id.index());
      if (child.index() != expected) return;
      const Expr& row = file_.exprs[child];
      expect(file_.exprs[id].range.contains(row.range), "child {} sticks out of {}", child.index(), id.index());
      expect(row.range.begin >= offset, "child {} stands before its elder sibling", child.index());
      offset = row.range.begin;
      expected += row.subtree;
    }
    expect(expected == end, "children of {} end at {} instead of {}", id.index(), expected, end);
  }

  void check_blocks() {
    expect(file_.blocks.size() > 0, "there is no module block");
    for (BlockId id : file_.blocks.ids()) {
      const Block& block = file_.blocks[id];
      const std::uint32_t end = block.statements.first + block.statements.count;
      expect(end <= file_.statements.size(), "block {} has a bad run", id.index());
      expect(static_cast<bool>(block.parent) == (id.index() > 0), "block {} lacks a parent", id.index());
      if (!block.parent) continue;
      const Run<StatementTag> outer = file_.blocks[block.parent].statements;
      expect(block.parent < id, "block {} stands before its parent", id.index());
      expect(block.statements.first >= outer.first && end <= outer.first + outer.count,
             "block {} sticks out of its parent", id.index());
      expect(block.header && block.header.index() < block.statements.first, "block {} has a bad header", id.index());
    }
  }

  void check_statements() {
    std::uint32_t before = 0;
    for (StatementId id : file_.statements.ids()) {
      const Statement& row = file_.statements[id];
      expect(is_inside(row.range), "statement {} lies outside the file", id.index());
      expect(row.range.begin >= before, "statement {} is out of order", id.index());
      before = row.range.begin;
      expect(is_row(row.target) && is_row(row.value) && is_row(row.third), "statement {} names no row", id.index());
      std::size_t steps = 0;
      for (BlockId block = row.block; block && steps++ < 20; block = file_.blocks[block].parent) {
        expect(file_.blocks[block].statements.contains(id), "statement {} is not in block {}", id.index(),
               block.index());
      }
      check_detail(id, row);
    }
  }

  void check_detail(StatementId id, const Statement& row) {
    if (row.kind == StatementKind::import) {
      const bool is_mutual = row.detail < file_.imports.size() && file_.imports[row.import()].statement == id;
      expect(is_mutual, "import statement {} and its row disagree", id.index());
    } else if (row.kind == StatementKind::function) {
      const bool is_mutual = row.detail < file_.functions.size() && file_.functions[row.function()].statement == id;
      expect(is_mutual, "def statement {} and its row disagree", id.index());
    } else if (row.kind == StatementKind::class_) {
      const bool is_mutual = row.detail < file_.classes.size() && file_.classes[row.class_()].statement == id;
      expect(is_mutual, "class statement {} and its row disagree", id.index());
    }
  }

  /// One row for each call expression, in their order.
  void check_calls() {
    std::vector<ExprId> expected;
    for (ExprId id : file_.exprs.ids()) {
      if (file_.exprs[id].kind == ExprKind::call) expected.push_back(id);
    }
    std::vector<ExprId> found;
    for (const Call& call : file_.calls) {
      found.push_back(call.expr);
      expect(call.statement && call.statement.index() < file_.statements.size(), "a call without statement");
      expect(call.block && call.block.index() < file_.blocks.size(), "a call without block");
    }
    expect(expected == found, "{} call expressions but {} call rows, or another order", expected.size(), found.size());
  }

  void check_definitions() {
    for (const Function& row : file_.functions) {
      expect(is_inside(row.range) && is_inside(row.name_range), "a function lies outside the file");
      expect(row.params.first + row.params.count <= file_.params.size(), "a function has bad params");
      expect(row.decorators.first + row.decorators.count <= file_.decorators.size(), "a function has bad decorators");
      expect(!row.body || file_.blocks[row.body].function == file_.statements[row.statement].function(),
             "the body of a function is not its own");
    }
    for (const Param& row : file_.params) {
      expect(is_inside(row.range) && is_row(row.default_value) && is_row(row.annotation), "a bad param");
    }
    for (const Decorator& row : file_.decorators) expect(is_inside(row.range) && is_row(row.expr), "a bad decorator");
    for (const Class& row : file_.classes) {
      expect(is_inside(row.range) && is_inside(row.name_range), "a class lies outside the file");
      expect(is_row(row.first_argument), "a class has bad bases");
    }
    for (const Import& row : file_.imports) expect(is_inside(row.range), "an import lies outside the file");
  }

  void check_notes() {
    std::size_t syntax_errors = 0;
    TextRange before;
    for (const FileProblem& problem : file_.problems) {
      expect(is_inside(problem.range), "a problem lies outside the file");
      expect(before <= problem.range, "problems are out of order");
      before = problem.range;
      syntax_errors += problem.kind == FileProblemKind::syntax_error;
    }
    expect(syntax_errors <= 24, "{} syntax errors", syntax_errors);
    for (const Suppression& row : file_.suppressions) {
      expect(is_inside(row.range), "a suppression lies outside the file");
    }
  }

  const FileModel& file_;
  std::vector<std::string> violations_;
};

}  // namespace hasten::testing
