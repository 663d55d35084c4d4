// The rows of a file as indented text: blocks by indentation, expressions in a notation close to Python's that shows
// their structure. What a row does not say is not printed.

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/model/file_model.h"

namespace hasten {
namespace {

std::string_view name_of(ExprKind kind) {
  switch (kind) {
    case ExprKind::name: return "name";
    case ExprKind::attribute: return "attribute";
    case ExprKind::call: return "call";
    case ExprKind::subscript: return "subscript";
    case ExprKind::string: return "string";
    case ExprKind::template_string: return "template";
    case ExprKind::bytes: return "bytes";
    case ExprKind::integer: return "integer";
    case ExprKind::floating: return "float";
    case ExprKind::true_literal: return "True";
    case ExprKind::false_literal: return "False";
    case ExprKind::none_literal: return "None";
    case ExprKind::ellipsis: return "...";
    case ExprKind::tuple: return "tuple";
    case ExprKind::list: return "list";
    case ExprKind::set: return "set";
    case ExprKind::dict: return "dict";
    case ExprKind::pair: return "pair";
    case ExprKind::slice: return "slice";
    case ExprKind::unary: return "unary";
    case ExprKind::binary: return "binary";
    case ExprKind::boolean: return "boolean";
    case ExprKind::compare: return "compare";
    case ExprKind::conditional: return "conditional";
    case ExprKind::lambda: return "lambda";
    case ExprKind::parameter: return "parameter";
    case ExprKind::comprehension: return "comprehension";
    case ExprKind::comprehension_for: return "for";
    case ExprKind::comprehension_if: return "if";
    case ExprKind::named: return "named";
    case ExprKind::await_: return "await";
    case ExprKind::yield_: return "yield";
    case ExprKind::yield_from: return "yield-from";
    case ExprKind::starred: return "*";
    case ExprKind::double_starred: return "**";
    case ExprKind::keyword: return "keyword";
    case ExprKind::error: return "error";
  }
  return "";
}

std::string_view name_of(Operator op) {
  static constexpr std::string_view names[] = {"",       "+",  "-",      "*",    "/",   "//",   "%",        "**", "@",
                                               "<<",     ">>", "&",      "|",    "^",   "-",    "+",        "~",  "not",
                                               "and",    "or", "<",      "<=",   "==",  "!=",   ">=",       ">",  "in",
                                               "not in", "is", "is not", "list", "set", "dict", "generator"};
  return names[static_cast<std::size_t>(op)];
}

std::string_view name_of(StatementKind kind) {
  switch (kind) {
    case StatementKind::expression: return "expression";
    case StatementKind::assign: return "assign";
    case StatementKind::aug_assign: return "aug_assign";
    case StatementKind::ann_assign: return "ann_assign";
    case StatementKind::delete_: return "delete";
    case StatementKind::return_: return "return";
    case StatementKind::raise: return "raise";
    case StatementKind::assert_: return "assert";
    case StatementKind::global: return "global";
    case StatementKind::nonlocal: return "nonlocal";
    case StatementKind::import: return "import";
    case StatementKind::function: return "function";
    case StatementKind::class_: return "class";
    case StatementKind::if_: return "if";
    case StatementKind::for_: return "for";
    case StatementKind::while_: return "while";
    case StatementKind::with_item: return "with";
    case StatementKind::try_: return "try";
    case StatementKind::except: return "except";
    case StatementKind::match_: return "match";
    case StatementKind::type_alias: return "type";
    case StatementKind::break_: return "break";
    case StatementKind::continue_: return "continue";
  }
  return "";
}

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::module: return "module";
    case BlockKind::function: return "body";
    case BlockKind::class_: return "body";
    case BlockKind::if_: return "then";
    case BlockKind::else_: return "else";
    case BlockKind::for_: return "loop";
    case BlockKind::while_: return "loop";
    case BlockKind::loop_else: return "loop-else";
    case BlockKind::try_: return "tried";
    case BlockKind::try_else: return "try-else";
    case BlockKind::except: return "handler";
    case BlockKind::finally: return "finally";
    case BlockKind::with_: return "inside";
    case BlockKind::case_: return "case";
  }
  return "";
}

std::string_view name_of(FileProblemKind kind) {
  switch (kind) {
    case FileProblemKind::syntax_error: return "syntax error";
    case FileProblemKind::invalid_utf8: return "invalid UTF-8";
    case FileProblemKind::nul_byte: return "NUL byte";
    case FileProblemKind::too_deep: return "too deep";
    case FileProblemKind::bad_suppression: return "bad suppression";
  }
  return "";
}

std::string_view name_of(SuppressionKind kind) {
  switch (kind) {
    case SuppressionKind::ignore: return "ignore";
    case SuppressionKind::file_ignore: return "file-ignore";
    case SuppressionKind::noqa: return "noqa";
  }
  return "";
}

std::string_view mark_of(ParamKind kind) {
  switch (kind) {
    case ParamKind::positional_only: return "/";
    case ParamKind::positional_or_keyword: return "";
    case ParamKind::var_positional: return "*";
    case ParamKind::keyword_only: return "=";
    case ParamKind::var_keyword: return "**";
  }
  return "";
}

/// Control characters as escapes, so that a row stays on its line.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\\' || c == '\'') {
      out.append(1, '\\').append(1, c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "'";
}

class Dump {
 public:
  explicit Dump(const FileModel& file) : file_(file) {}

  std::string text() {
    block_starts();
    for (StatementId id : file_.statements.ids()) {
      open_blocks(id);
      add_statement(id);
    }
    open_blocks(file_.statements.next_id());
    for (const Suppression& suppression : file_.suppressions) add_suppression(suppression);
    for (const FileProblem& problem : file_.problems) {
      fmt::format_to(out(), "problem {} [{}-{}]\n", name_of(problem.kind), problem.range.begin, problem.range.end);
    }
    return std::move(text_);
  }

 private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  /// How deep each block stands; parents come before their children.
  void block_starts() {
    for (const Block& block : file_.blocks) depths_.push_back(block.parent ? depths_[block.parent.index()] + 1 : 0);
  }

  /// Prints the blocks that begin before `next`, in their order.
  void open_blocks(StatementId next) {
    for (; block_.index() < file_.blocks.size(); block_ = BlockId(block_.index() + 1)) {
      const Block& block = file_.blocks[block_];
      if (block.header && block.header >= next) return;
      if (block.statements.first > next.index()) return;
      if (!block.parent) continue;
      const std::size_t depth = depths_[block_.index()];
      fmt::format_to(out(), "{:{}}{}:{}\n", "", 4 * depth - 2, name_of(block.kind),
                     block.statements.empty() ? " empty" : "");
    }
  }

  void add_statement(StatementId id) {
    const Statement& row = file_.statements[id];
    fmt::format_to(out(), "{:{}}{}{}", "", 4 * depths_[row.block.index()], row.is_async ? "async " : "",
                   name_of(row.kind));
    if (row.op != Operator::none) fmt::format_to(out(), " {}=", name_of(row.op));
    if (row.kind == StatementKind::import) add_import(file_.imports[row.import()]);
    if (row.kind == StatementKind::function) add_function(file_.functions[row.function()]);
    if (row.kind == StatementKind::class_) add_class(file_.classes[row.class_()]);
    add_field("target", row.target);
    add_field("value", row.value);
    add_field("third", row.third);
    text_ += '\n';
    for (; call_ < file_.calls.size() && file_.calls[CallId(call_)].statement == id; ++call_) add_call(CallId(call_));
  }

  void add_field(std::string_view name, ExprId expr) {
    if (!expr) return;
    fmt::format_to(out(), " {}=", name);
    add_expression(expr);
  }

  /// Calls with nothing to tell beside their row are left out.
  void add_call(CallId id) {
    const Call& call = file_.calls[id];
    const std::string flags =
        fmt::format("{}{}{}{}", call.is_awaited ? " awaited" : "", call.in_lambda ? " in-lambda" : "",
                    call.in_comprehension ? " in-comprehension" : "", call.in_decorator ? " in-decorator" : "");
    if (flags.empty()) return;
    fmt::format_to(out(), "{:{}}- call{}: ", "", 4 * depths_[call.block.index()] + 2, flags);
    add_expression(call.expr);
    text_ += '\n';
  }

  void add_import(const Import& import) {
    if (import.is_from) {
      fmt::format_to(out(), " from {:.>{}}{} name {}", "", import.level, file_.word(import.module),
                     import.is_star ? "*" : file_.word(import.imported));
    } else {
      fmt::format_to(out(), " {}", file_.word(import.module));
    }
    if (import.bound) fmt::format_to(out(), " binds {}", file_.word(import.bound));
  }

  void add_function(const Function& function) {
    fmt::format_to(out(), " {}(", file_.word(function.name));
    for (ParamId id : function.params) {
      const Param& param = file_.params[id];
      fmt::format_to(out(), "{}{}{}", id == function.params[0] ? "" : ", ", mark_of(param.kind),
                     file_.word(param.name));
      if (param.annotation) text_ += ": ", add_expression(param.annotation);
      if (param.default_value) text_ += " = ", add_expression(param.default_value);
    }
    text_ += ')';
    if (function.returns) text_ += " -> ", add_expression(function.returns);
    if (function.class_) fmt::format_to(out(), " method-of {}", file_.word(file_.classes[function.class_].name));
    if (function.parent) fmt::format_to(out(), " inside {}", file_.word(file_.functions[function.parent].name));
    if (function.has_yield) text_ += " has-yield";
    if (function.returns_value) text_ += " returns-value";
    add_decorators(function.decorators);
  }

  void add_class(const Class& row) {
    fmt::format_to(out(), " {}(", file_.word(row.name));
    for (ExprId base = row.first_argument; base; base = file_.next(base)) {
      if (base != row.first_argument) text_ += ", ";
      add_expression(base);
    }
    text_ += ')';
    if (row.outer) fmt::format_to(out(), " in-class {}", file_.word(file_.classes[row.outer].name));
    if (row.function) fmt::format_to(out(), " inside {}", file_.word(file_.functions[row.function].name));
    add_decorators(row.decorators);
  }

  void add_decorators(Run<DecoratorTag> decorators) {
    for (DecoratorId id : decorators) {
      text_ += " @";
      if (file_.decorators[id].expr) add_expression(file_.decorators[id].expr);
    }
  }

  void add_suppression(const Suppression& suppression) {
    fmt::format_to(out(), "suppression {} [{}-{}]{}", name_of(suppression.kind), suppression.range.begin,
                   suppression.range.end, suppression.is_own_line ? " own-line" : "");
    for (WordId code : suppression.codes) fmt::format_to(out(), " {}", file_.word(code));
    text_ += '\n';
  }

  /// Rows of the subtree in order; a parenthesis closes where its row's subtree ends.
  void add_expression(ExprId root) {
    std::vector<std::uint32_t> ends;
    bool is_first = true;
    for (ExprId id : file_.subtree(root)) {
      close_until(id.index(), ends);
      if (!is_first) text_ += ' ';
      is_first = false;
      add_row(id);
      const Expr& row = file_.exprs[id];
      if (row.subtree > 1) ends.push_back(id.index() + row.subtree);
    }
    text_.append(ends.size(), ')');
  }

  void close_until(std::uint32_t index, std::vector<std::uint32_t>& ends) {
    while (!ends.empty() && ends.back() <= index) {
      ends.pop_back();
      text_ += ')';
    }
  }

  /// Leaves as Python writes them, rows with children as `(kind word child...`.
  void add_row(ExprId id) {
    const Expr& row = file_.exprs[id];
    const bool is_text = row.kind == ExprKind::string || row.kind == ExprKind::bytes;
    if (is_text) {
      text_ += row.kind == ExprKind::bytes ? "b" : "";
      text_ += row.word() ? quoted(file_.word(id)) : "'...'";
      return;
    }
    if (row.kind == ExprKind::name || row.kind == ExprKind::integer || row.kind == ExprKind::floating) {
      text_ += file_.word(id);
      return;
    }
    const bool is_parent = row.subtree > 1;
    fmt::format_to(out(), "{}{}", is_parent ? "(" : "", name_of(row.kind));
    if (row.op != Operator::none) fmt::format_to(out(), "[{}]", name_of(row.op));
    if (row.is_collapsed) fmt::format_to(out(), "[{} collapsed]", row.payload);
    if (row.word()) fmt::format_to(out(), " {}{}", row.kind == ExprKind::attribute ? "." : "", file_.word(id));
    const bool is_empty = !is_parent && (row.kind == ExprKind::tuple || row.kind == ExprKind::list ||
                                         row.kind == ExprKind::set || row.kind == ExprKind::dict);
    if (is_empty && !row.is_collapsed) text_ += "[]";
  }

  const FileModel& file_;
  std::string text_;
  std::vector<std::size_t> depths_;
  BlockId block_ = BlockId(0);
  std::size_t call_ = 0;
};

}  // namespace

std::string dump(const FileModel& file) { return Dump(file).text(); }

}  // namespace hasten
