#include "analyzer/values/evaluated.h"

#include <algorithm>

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

Truth from(bool holds) { return holds ? Truth::yes : Truth::no; }

double real_of(const Evaluated& value) {
  return value.kind == Kind::floating ? value.real : static_cast<double>(value.number);
}

bool is_sequence(const Evaluated& value) { return value.kind == Kind::list || value.kind == Kind::tuple; }

/// One by one; values that hold each other are too deep to be equal.
Truth equal(const Evaluated& left, const Evaluated& right, int depth) {
  if (&left == &right && left.kind != Kind::opaque) return Truth::yes;
  if (depth > 8) return Truth::unknown;
  if (left.kind == Kind::function && right.kind == Kind::function) return from(left.function == right.function);
  if (left.kind == Kind::class_ && right.kind == Kind::class_) return from(left.class_ == right.class_);
  if (left.kind == Kind::external && right.kind == Kind::external && left.text == right.text) return Truth::yes;
  if (!is_plain(left) || !is_plain(right)) return Truth::unknown;
  if (is_number(left) && is_number(right)) {
    const bool are_whole = left.kind != Kind::floating && right.kind != Kind::floating;
    return from(are_whole ? left.number == right.number : real_of(left) == real_of(right));
  }
  if (left.kind != right.kind) return Truth::no;
  if (left.kind == Kind::none) return Truth::yes;
  if (left.kind == Kind::text) return from(left.text == right.text);
  if (!is_sequence(left)) return Truth::unknown;
  if (left.elements.size() != right.elements.size()) return Truth::no;
  Truth all = Truth::yes;
  for (std::size_t i = 0; i < left.elements.size(); ++i) {
    const Truth here = equal(*left.elements[i], *right.elements[i], depth + 1);
    if (here == Truth::no) return Truth::no;
    if (here == Truth::unknown) all = here;
  }
  return all;
}

}  // namespace

bool is_collection(const Evaluated& value) {
  return is_sequence(value) || value.kind == Kind::set || value.kind == Kind::dict;
}

bool is_number(const Evaluated& value) {
  return value.kind == Kind::boolean || value.kind == Kind::integer || value.kind == Kind::floating;
}

bool is_plain(const Evaluated& value) {
  return is_number(value) || is_collection(value) || value.kind == Kind::none || value.kind == Kind::text;
}

Truth truth_of(const Evaluated& value) {
  if (value.kind == Kind::none) return Truth::no;
  if (is_number(value)) return from(real_of(value) != 0);
  if (value.kind == Kind::text) return from(!value.text.empty());
  if (is_collection(value)) return from(!value.elements.empty());
  const bool is_thing = value.kind == Kind::function || value.kind == Kind::lambda || value.kind == Kind::class_;
  return is_thing ? Truth::yes : Truth::unknown;
}

Truth equal(const Evaluated& left, const Evaluated& right) { return equal(left, right, 0); }

std::optional<bool> less(const Evaluated& left, const Evaluated& right) {
  if (is_number(left) && is_number(right)) return real_of(left) < real_of(right);
  if (left.kind == Kind::text && right.kind == Kind::text) return left.text < right.text;
  if (!is_sequence(left) || left.kind != right.kind) return std::nullopt;
  for (std::size_t i = 0; i < std::min(left.elements.size(), right.elements.size()); ++i) {
    const Evaluated &a = *left.elements[i], &b = *right.elements[i];
    if (is_collection(a) || is_collection(b)) return std::nullopt;
    const Truth same = equal(a, b);
    if (same == Truth::unknown) return std::nullopt;
    if (same == Truth::no) return less(a, b);
  }
  return left.elements.size() < right.elements.size();
}

Truth contains(const Evaluated& collection, const Evaluated& value) {
  if (collection.kind == Kind::text && value.kind == Kind::text) {
    return from(collection.text.find(value.text) != std::string::npos);
  }
  const bool are_own_modules = collection.kind == Kind::external && collection.text == "sys.builtin_module_names";
  if (are_own_modules && value.kind == Kind::text && value.text == "__pypy__") return Truth::no;
  if (!is_collection(collection)) return Truth::unknown;
  Truth any = Truth::no;
  for (const ValueRef element : collection.elements) {
    const Truth here = equal(*element, value);
    if (here == Truth::yes) return Truth::yes;
    if (here == Truth::unknown) any = Truth::unknown;
  }
  return any;
}

}  // namespace hasten
