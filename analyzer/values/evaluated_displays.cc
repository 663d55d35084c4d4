// Values that are written out: numbers, lists, tuples, sets and dicts.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/values/evaluation.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

std::optional<std::int64_t> integer_of(std::string_view word) {
  std::string plain;
  std::ranges::copy_if(word, std::back_inserter(plain), [](char c) { return c != '_'; });
  int base = 10;
  std::size_t skipped = 0;
  if (plain.size() > 2 && plain[0] == '0') {
    const char kind = static_cast<char>(plain[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
    skipped = base == 10 ? 0 : 2;
  }
  std::int64_t number = 0;
  const char* const end = plain.data() + plain.size();
  const auto [stopped, error] = std::from_chars(plain.data() + skipped, end, number, base);
  const bool is_whole = error == std::errc() && stopped == end;
  return is_whole && number < (std::int64_t{1} << 40) ? std::optional(number) : std::nullopt;
}

}  // namespace

ValueRef Evaluation::number(const Place& at, ExprId expr) {
  const std::string_view word = model(at).word(expr);
  if (model(at).exprs[expr].kind == ExprKind::integer) {
    const auto number = integer_of(word);
    return number ? integer(*number) : opaque(at, expr);
  }
  double real = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), real);
  if (error != std::errc() || end != word.data() + word.size()) return opaque(at, expr);
  const ValueRef out = integer(0);
  out->kind = Kind::floating;
  out->real = real;
  return out;
}

/// `[a, *b]`, `(a, b)`, `{a, b}`.
ValueRef Evaluation::display(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Expr& row = rows.exprs[expr];
  Evaluated out;
  out.kind = row.kind == ExprKind::list ? Kind::list : row.kind == ExprKind::tuple ? Kind::tuple : Kind::set;
  if (row.is_collapsed) {
    if (row.kind == ExprKind::set) return opaque(at, expr);
    for (std::size_t i = 0; i < rows.child_count(expr); ++i) out.elements.push_back(make({}));
    return make(std::move(out));
  }
  for (ExprId child = rows.first_child(expr); child; child = rows.next(child)) {
    const bool is_starred = rows.exprs[child].kind == ExprKind::starred;
    const ValueRef value = evaluate(at, is_starred ? rows.first_child(child) : child);
    const auto elements = is_starred ? iterate(value) : std::vector{value};
    if (!elements) return opaque(at, expr);
    for (const ValueRef element : *elements) {
      if (out.kind != Kind::set) {
        out.elements.push_back(element);
      } else if (!add_key(out, element, nullptr)) {
        return opaque(at, expr);
      }
    }
  }
  return make(std::move(out));
}

ValueRef Evaluation::dict_display(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  Evaluated out;
  out.kind = Kind::dict;
  if (rows.exprs[expr].is_collapsed) return opaque(at, expr);
  for (ExprId child = rows.first_child(expr); child; child = rows.next(child)) {
    if (rows.exprs[child].kind == ExprKind::double_starred) {
      const ValueRef more = evaluate(at, rows.first_child(child));
      if (more->kind != Kind::dict) return opaque(at, expr);
      for (std::size_t i = 0; i < more->elements.size(); ++i) {
        if (!add_key(out, more->elements[i], more->values[i])) return opaque(at, expr);
      }
    } else {
      const ValueRef key = evaluate(at, rows.child(child, 0));
      const ValueRef value = evaluate(at, rows.child(child, 1));
      if (!add_key(out, key, value)) return opaque(at, expr);
    }
  }
  return make(std::move(out));
}

}  // namespace hasten
