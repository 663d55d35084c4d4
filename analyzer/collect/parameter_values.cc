#include "analyzer/collect/parameter_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace hasten {
namespace {

constexpr std::uint32_t max_rows = 4096;  // of one value; nobody compares larger ones by hand

bool is_name(ExprKind kind) { return kind == ExprKind::name || kind == ExprKind::attribute; }

bool is_constant(ExprKind kind) {
  switch (kind) {
    case ExprKind::string:
    case ExprKind::bytes:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::true_literal:
    case ExprKind::false_literal:
    case ExprKind::none_literal:
    case ExprKind::ellipsis: return true;
    default: return false;
  }
}

bool is_collection(ExprKind kind) {
  return kind == ExprKind::tuple || kind == ExprKind::list || kind == ExprKind::set || kind == ExprKind::dict ||
         kind == ExprKind::pair;
}

/// Numbers are compared across types: `1 == True == 1.0`.
std::string number_text(ExprKind kind, std::string_view word) {
  if (kind == ExprKind::true_literal) return "1";
  if (kind == ExprKind::false_literal) return "0";
  std::string plain;
  std::ranges::copy_if(word, std::back_inserter(plain), [](char c) { return c != '_'; });
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  const bool is_decimal = error == std::errc() && end == plain.data() + plain.size();
  return is_decimal && std::abs(number) < 1e15 ? fmt::format("{}", number) : plain;
}

bool is_number(ExprKind kind) {
  return kind == ExprKind::integer || kind == ExprKind::floating || kind == ExprKind::true_literal ||
         kind == ExprKind::false_literal;
}

/// CPython keeps one object of a short text that could be a name.
bool is_interned(std::string_view text) {
  return text.size() <= 1 || std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

/// And one of every small integer.
bool is_small(std::string_view number) {
  return number.size() <= 2 || (number.size() == 3 && number <= "256" && number.find('_') == std::string_view::npos);
}

}  // namespace

ParameterValue ParameterValues::of(Site site) {
  if (!site.expr) return unique();
  std::string text = rules_.compares_parameters_by_value ? equal_text(site) : identical_text(site);
  return text.empty() ? unique() : numbered(std::move(text));
}

ParameterValue ParameterValues::no_parameter() {
  const ExprKind kind = rules_.unparametrized_is_zero ? ExprKind::integer : ExprKind::none_literal;
  return numbered(fmt::format("{}:{}", static_cast<int>(kind), rules_.unparametrized_is_zero ? "0" : ""));
}

ParameterValue ParameterValues::numbered(std::string text) {
  const auto [place, is_new] = numbers_.try_emplace(std::move(text), next_);
  if (is_new) ++next_;
  return place->second;
}

/// Rows of an expression one after the other tell it completely. Names are read as constants of their file.
std::string ParameterValues::equal_text(Site site) const {
  const FileModel& file = literals_.model(site.file);
  if (file.exprs[site.expr].subtree > max_rows) return {};
  std::string out;
  bool has_names = false;
  for (ExprId at : file.subtree(site.expr)) {
    const Expr& row = file.exprs[at];
    const bool is_sign = row.kind == ExprKind::unary && (row.op == Operator::negate || row.op == Operator::plus);
    if (!is_constant(row.kind) && !is_collection(row.kind) && !is_name(row.kind) && !is_sign) return {};
    if (row.is_collapsed || (row.kind == ExprKind::string && !row.word())) return {};
    if (is_name(row.kind)) has_names = true;
    if (!out.empty()) out += '|';
    if (rules_.compares_parameters_by_value && is_number(row.kind)) {
      out += fmt::format("number:{}", number_text(row.kind, file.word(at)));
    } else {
      out += fmt::format("{}:{}", static_cast<int>(row.kind), file.word(at));
    }
    if (row.subtree > 1) out += fmt::format("/{}/{}", static_cast<int>(row.op), row.subtree);
  }
  if (has_names) out += fmt::format("@{}", site.file.index());
  return out;
}

/// What is surely one object: constants and tuples of constants of one file, small ones of the whole program, and what
/// a name holds.
std::string ParameterValues::identical_text(Site site) const {
  const FileModel& file = literals_.model(site.file);
  const Expr& whole = file.exprs[site.expr];
  for (ExprId at : file.subtree(site.expr)) {
    const ExprKind kind = file.exprs[at].kind;
    const bool is_fixed = is_constant(kind) || kind == ExprKind::tuple || kind == ExprKind::unary;
    if (!is_fixed && !(is_name(whole.kind) && is_name(kind))) return {};
  }
  std::string text = equal_text(site);
  if (text.empty() || is_name(whole.kind)) return text;
  const std::string_view word = file.word(site.expr);
  const bool is_shared = (whole.kind == ExprKind::string && is_interned(word)) ||
                         (whole.kind == ExprKind::integer && is_small(word)) ||
                         (is_constant(whole.kind) && !whole.word());
  if (!is_shared) text += fmt::format("@{}", site.file.index());
  return text;
}

}  // namespace hasten
