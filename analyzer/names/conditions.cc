#include "analyzer/names/conditions.h"

#include <charconv>
#include <optional>
#include <string>
#include <vector>

namespace hasten {
namespace {

constexpr int max_nesting = 8;

Truth from(bool value) { return value ? Truth::yes : Truth::no; }

/// `a.b.c` without the modules that well-known constants are imported from.
std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

Truth truth_of_name(std::string_view dotted) {
  const std::string_view name = last_part(dotted);
  if (name == "TYPE_CHECKING" || name == "MYPY" || name == "PY2") return Truth::no;
  if (name == "PY3" || dotted == "__debug__") return Truth::yes;
  return Truth::unknown;
}

std::optional<std::string_view> text_of(const FileModel& file, ExprId expr) {
  if (file.exprs[expr].kind == ExprKind::string && file.exprs[expr].word()) return file.word(expr);
  const std::string dotted = file.dotted(expr);
  if (dotted == "__name__") return "a module";
  if (dotted == "sys.platform" || dotted == "platform") return "linux";
  if (dotted == "os.name") return "posix";
  if (file.exprs[expr].kind == ExprKind::call) {
    const std::string callee = file.dotted(file.first_child(expr));
    if (callee == "platform.system") return "Linux";
    if (callee == "platform.python_implementation") return "CPython";
  }
  return std::nullopt;
}

std::optional<int> number_of(const FileModel& file, ExprId expr) {
  if (file.exprs[expr].kind != ExprKind::integer) return std::nullopt;
  const std::string_view text = file.word(expr);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `sys.version_info`, `sys.version_info[:2]`, `sys.version_info[0]`, `sys.version_info.major` or a tuple of integers.
std::optional<std::vector<int>> version_of(const FileModel& file, ExprId expr) {
  if (file.exprs[expr].kind == ExprKind::tuple) {
    std::vector<int> parts;
    for (ExprId part = file.first_child(expr); part; part = file.next(part)) {
      const std::optional<int> number = number_of(file, part);
      if (!number) return std::nullopt;
      parts.push_back(*number);
    }
    return parts;
  }
  if (const std::optional<int> number = number_of(file, expr)) return std::vector<int>{*number};
  const bool is_part = file.exprs[expr].kind == ExprKind::subscript;
  std::string dotted = file.dotted(is_part ? file.first_child(expr) : expr);
  if (dotted.starts_with("sys.")) dotted.erase(0, 4);
  if (dotted == "version_info.major") return std::vector<int>{assumed_python[0]};
  if (dotted == "version_info.minor") return std::vector<int>{assumed_python[1]};
  if (dotted != "version_info") return std::nullopt;
  if (!is_part) return std::vector<int>(assumed_python.begin(), assumed_python.end());
  const ExprId index = file.child(expr, 1);
  if (!index) return std::nullopt;
  const bool is_slice = file.exprs[index].kind == ExprKind::slice;
  const std::optional<int> bound =
      is_slice && file.child_count(index) == 1 ? number_of(file, file.first_child(index)) : number_of(file, index);
  if (!bound || *bound < 0 || *bound > 2) return std::nullopt;
  if (is_slice) return std::vector<int>(assumed_python.begin(), assumed_python.begin() + *bound);
  return std::vector<int>{assumed_python[static_cast<std::size_t>(*bound)]};
}

template <class Value>
Truth compared(Operator op, const Value& left, const Value& right) {
  if (op == Operator::equal) return from(left == right);
  if (op == Operator::not_equal) return from(left != right);
  if (op == Operator::less) return from(left < right);
  if (op == Operator::less_equal) return from(left <= right);
  if (op == Operator::greater) return from(left > right);
  if (op == Operator::greater_equal) return from(left >= right);
  return Truth::unknown;
}

Truth truth_of_comparison(const FileModel& file, ExprId condition) {
  if (file.child_count(condition) != 2) return Truth::unknown;
  const ExprId left = file.child(condition, 0), right = file.child(condition, 1);
  const Operator op = file.exprs[condition].op;
  const auto left_text = text_of(file, left), right_text = text_of(file, right);
  if (left_text && right_text) {
    if (op == Operator::in) return from(right_text->find(*left_text) != std::string_view::npos);
    return compared(op, *left_text, *right_text);
  }
  const auto left_version = version_of(file, left), right_version = version_of(file, right);
  if (left_version && right_version) return compared(op, *left_version, *right_version);
  return Truth::unknown;
}

bool is_linux(const FileModel& file, ExprId prefix) {
  return file.exprs[prefix].kind == ExprKind::string && std::string_view("linux").starts_with(file.word(prefix));
}

Truth truth(const FileModel& file, ExprId condition, int nesting) {
  if (!condition || nesting > max_nesting) return Truth::unknown;
  const Expr& expr = file.exprs[condition];
  if (expr.kind == ExprKind::true_literal) return Truth::yes;
  if (expr.kind == ExprKind::false_literal || expr.kind == ExprKind::none_literal) return Truth::no;
  if (expr.kind == ExprKind::integer) return from(file.word(condition) != "0");
  if (expr.kind == ExprKind::name || expr.kind == ExprKind::attribute) return truth_of_name(file.dotted(condition));
  if (expr.kind == ExprKind::compare) return truth_of_comparison(file, condition);
  if (expr.kind == ExprKind::unary && expr.op == Operator::not_) {
    return opposite(truth(file, file.first_child(condition), nesting + 1));
  }
  if (expr.kind == ExprKind::boolean) {
    const Truth left = truth(file, file.child(condition, 0), nesting + 1);
    const Truth right = truth(file, file.child(condition, 1), nesting + 1);
    const Truth decides = expr.op == Operator::and_ ? Truth::no : Truth::yes;
    if (left == decides || right == decides) return decides;
    return left == Truth::unknown ? left : right;
  }
  if (expr.kind == ExprKind::call) {
    const std::string callee = file.dotted(file.first_child(condition));
    if (callee.ends_with("platform.startswith")) {
      const ExprId prefix = file.positional(condition, 0);
      if (prefix && file.exprs[prefix].kind == ExprKind::string) return from(is_linux(file, prefix));
      if (prefix && file.exprs[prefix].kind == ExprKind::tuple) {
        bool is_one = false;
        for (ExprId at = file.first_child(prefix); at; at = file.next(at)) is_one = is_one || is_linux(file, at);
        return from(is_one);
      }
    }
  }
  return Truth::unknown;
}

/// The condition of the `if` and of the `elif`s before it.
Truth truth_of_block(const FileModel& file, const Block& block) {
  if (block.kind == BlockKind::if_) return truth_of(file, file.statements[block.header].value);
  if (block.kind == BlockKind::else_) return opposite(truth_of(file, file.statements[block.header].value));
  if (block.kind == BlockKind::except || block.kind == BlockKind::case_ || block.kind == BlockKind::while_) {
    return Truth::unknown;
  }
  // A loop over nothing, a `try` that fails half way: what is written is taken to run.
  return Truth::yes;
}

}  // namespace

Truth opposite(Truth truth) {
  switch (truth) {
    case Truth::no: return Truth::yes;
    case Truth::yes: return Truth::no;
    case Truth::unknown: return Truth::unknown;
  }
  return Truth::unknown;
}

Truth truth_of(const FileModel& file, ExprId condition) { return truth(file, condition, 0); }

Truth is_entered(const FileModel& file, BlockId block) {
  Truth all = Truth::yes;
  for (BlockId at = block; at; at = file.blocks[at].parent) {
    const Block& row = file.blocks[at];
    if (row.kind == BlockKind::module || row.kind == BlockKind::function || row.kind == BlockKind::class_) break;
    const Truth here = truth_of_block(file, row);
    if (here == Truth::no) return Truth::no;
    if (here == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

}  // namespace hasten
