// Operators, conditions and iteration over evaluated values.

#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/values/evaluation.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

constexpr std::size_t most_elements_made = 100'000;
constexpr std::size_t most_keys = 1'000;  // they are compared one by one

bool is_whole(const Evaluated& value) { return value.kind == Kind::integer || value.kind == Kind::boolean; }

bool is_sequence(const Evaluated& value) { return value.kind == Kind::list || value.kind == Kind::tuple; }

Truth from(bool holds) { return holds ? Truth::yes : Truth::no; }

std::optional<std::int64_t> arithmetic(Operator op, std::int64_t left, std::int64_t right) {
  constexpr std::int64_t limit = std::int64_t{1} << 31;
  if (std::abs(left) > limit || std::abs(right) > limit) return std::nullopt;
  const bool has_rest = right != 0 && left % right != 0 && (left < 0) != (right < 0);
  switch (op) {
    case Operator::add: return left + right;
    case Operator::subtract: return left - right;
    case Operator::multiply: return left * right;
    case Operator::floor_divide:
      if (right == 0) return std::nullopt;
      return left / right - (has_rest ? 1 : 0);
    case Operator::modulo:
      if (right == 0) return std::nullopt;
      return left % right + (has_rest ? right : 0);
    case Operator::bit_and: return left & right;
    case Operator::bit_or: return left | right;
    case Operator::shift_left:
      if (right < 0 || right > 30) return std::nullopt;
      return left << right;
    case Operator::power: {
      if (right < 0) return std::nullopt;
      std::int64_t out = 1;
      for (std::int64_t i = 0; i < right; ++i) {
        if (std::abs(out) > limit) return std::nullopt;
        out *= left;
        if (out == 0 || out == 1) break;
      }
      return left == -1 && right % 2 == 0 ? 1 : out;
    }
    default: return std::nullopt;
  }
}

}  // namespace

ValueRef Evaluation::unary(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Operator op = rows.exprs[expr].op;
  if (op == Operator::not_) return boolean(opposite(condition(at, rows.first_child(expr))), at, expr);
  const ValueRef value = evaluate(at, rows.first_child(expr));
  if (!is_number(*value) || op == Operator::invert) return opaque(at, expr);
  const ValueRef out = make(Evaluated(*value));
  if (value->kind == Kind::boolean) out->kind = Kind::integer;
  if (op == Operator::negate) out->number = -out->number;
  if (op == Operator::negate) out->real = -out->real;
  return out;
}

ValueRef Evaluation::binary(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const ValueRef left = evaluate(at, rows.child(expr, 0)), right = evaluate(at, rows.child(expr, 1));
  const ValueRef out = combined(rows.exprs[expr].op, left, right);
  if (out != nullptr) return out;
  may_raise_ = true;
  return opaque(at, expr);
}

/// None where the operands do not tell.
ValueRef Evaluation::combined(Operator op, ValueRef left, ValueRef right) {
  if (is_whole(*left) && is_whole(*right)) {
    const auto number = arithmetic(op, left->number, right->number);
    return number ? integer(*number) : nullptr;
  }
  if (op == Operator::add && left->kind == Kind::text && right->kind == Kind::text) {
    return left->text.size() + right->text.size() > FileModel::max_word ? nullptr : text(left->text + right->text);
  }
  if (op == Operator::add && is_sequence(*left) && left->kind == right->kind) {
    if (left->elements.size() + right->elements.size() > most_elements_made) return nullptr;
    const ValueRef out = copy(left);
    out->elements.insert(out->elements.end(), right->elements.begin(), right->elements.end());
    return out;
  }
  if (op == Operator::multiply) {
    if (is_whole(*left) && is_sequence(*right)) std::swap(left, right);
    if (!is_sequence(*left) || !is_whole(*right)) return nullptr;
    const auto times = static_cast<std::size_t>(std::max<std::int64_t>(right->number, 0));
    if (times > most_elements_made || left->elements.size() * times > most_elements_made) return nullptr;
    std::vector<ValueRef> elements;
    for (std::size_t i = 0; i < times; ++i) {
      elements.insert(elements.end(), left->elements.begin(), left->elements.end());
    }
    return collection(left->kind, std::move(elements));
  }
  if (op == Operator::bit_or && left->kind == Kind::dict && right->kind == Kind::dict) {
    const ValueRef out = copy(left);
    for (std::size_t i = 0; i < right->elements.size(); ++i) {
      if (!add_key(*out, right->elements[i], right->values[i])) return nullptr;
    }
    return out;
  }
  const bool are_sets = left->kind == Kind::set && right->kind == Kind::set;
  return are_sets ? combined_sets(op, *left, *right) : nullptr;
}

ValueRef Evaluation::combined_sets(Operator op, const Evaluated& left, const Evaluated& right) {
  Evaluated out;
  out.kind = Kind::set;
  const auto add = [&](const Evaluated& from, const Evaluated& other, Truth wanted) {
    for (const ValueRef element : from.elements) {
      const Truth inside = contains(other, *element);
      if (inside == Truth::unknown) return false;
      if (inside == wanted) out.elements.push_back(element);
    }
    return true;
  };
  bool is_known = false;
  if (op == Operator::bit_and) is_known = add(left, right, Truth::yes);
  if (op == Operator::subtract) is_known = add(left, right, Truth::no);
  if (op == Operator::bit_xor) is_known = add(left, right, Truth::no) && add(right, left, Truth::no);
  if (op == Operator::bit_or) {
    out.elements = left.elements;
    is_known = add(right, left, Truth::no);
  }
  return is_known ? make(std::move(out)) : nullptr;
}

ValueRef Evaluation::boolean_operator(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Truth decides = rows.exprs[expr].op == Operator::and_ ? Truth::no : Truth::yes;
  const ValueRef left = evaluate(at, rows.child(expr, 0));
  Truth told = truth_of(*left);
  if (told == Truth::unknown) told = literals_.written_condition({at.file, at.block, rows.child(expr, 0)});
  if (told == decides) return is_plain(*left) ? left : boolean(told, at, expr);
  if (told == Truth::unknown) {
    const Truth right = condition(at, rows.child(expr, 1));
    return right == decides ? boolean(right, at, expr) : opaque(at, expr);
  }
  return evaluate(at, rows.child(expr, 1));
}

ValueRef Evaluation::compare(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  if (rows.child_count(expr) != 2) return opaque(at, expr);
  const ValueRef left = evaluate(at, rows.child(expr, 0)), right = evaluate(at, rows.child(expr, 1));
  return boolean(compared(rows.exprs[expr].op, *left, *right), at, expr);
}

Truth Evaluation::compared(Operator op, const Evaluated& left, const Evaluated& right) {
  const auto ordered = [](std::optional<bool> is_less, bool wanted) {
    return is_less ? from(*is_less == wanted) : Truth::unknown;
  };
  switch (op) {
    case Operator::equal: return equal(left, right);
    case Operator::not_equal: return opposite(equal(left, right));
    case Operator::less: return ordered(hasten::less(left, right), true);
    case Operator::greater_equal: return ordered(hasten::less(left, right), false);
    case Operator::greater: return ordered(hasten::less(right, left), true);
    case Operator::less_equal: return ordered(hasten::less(right, left), false);
    case Operator::in: return contains(right, left);
    case Operator::not_in: return opposite(contains(right, left));
    case Operator::is:
    case Operator::is_not: {
      Truth same = Truth::unknown;
      const bool has_none = left.kind == Kind::none || right.kind == Kind::none;
      const bool are_singletons = left.kind == Kind::boolean && right.kind == Kind::boolean;
      const bool are_definitions =
          left.kind == right.kind && (left.kind == Kind::class_ || left.kind == Kind::function);
      const bool has_definition = left.kind == Kind::class_ || left.kind == Kind::function ||
                                  right.kind == Kind::class_ || right.kind == Kind::function;
      if (has_none && has_definition) same = Truth::no;
      if ((has_none && is_plain(left) && is_plain(right)) || are_singletons || are_definitions)
        same = equal(left, right);
      if (left.kind == Kind::external && right.kind == Kind::external && left.text == right.text) same = Truth::yes;
      return op == Operator::is ? same : opposite(same);
    }
    default: return Truth::unknown;
  }
}

ValueRef Evaluation::conditional(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Truth met = condition(at, rows.child(expr, 1));
  if (met == Truth::unknown) return opaque(at, expr);
  return evaluate(at, rows.child(expr, met == Truth::yes ? 0 : 2));
}

Truth Evaluation::condition(const Place& at, ExprId expr) {
  const Truth told = truth_of(*evaluate(at, expr));
  return told != Truth::unknown || !expr ? told : literals_.written_condition({at.file, at.block, expr});
}

/// One after the other; nothing for what cannot be iterated or has no end.
std::optional<std::vector<ValueRef>> Evaluation::iterate(ValueRef value) {
  if (is_collection(*value)) return value->elements;
  if (value->kind == Kind::text) {
    std::vector<ValueRef> out;
    for (const char c : value->text) {
      if ((c & 0x80) != 0) return std::nullopt;
      out.push_back(text(std::string(1, c)));
    }
    return out;
  }
  if ((value->kind != Kind::opaque && value->kind != Kind::class_) || !value->made_by.expr) return std::nullopt;
  // What is written tells how many there are, though not what they are.
  const Count size = literals_.written_elements(value->made_by).count;
  if (!size.known() || static_cast<std::size_t>(size.value) > most_elements_made) return std::nullopt;
  std::vector<ValueRef> out;
  for (std::int32_t i = 0; i < size.value; ++i) out.push_back(make({}));
  return out;
}

/// To a set or dict that is being made; false when it cannot be told whether the key is there already.
bool Evaluation::add_key(Evaluated& to, ValueRef key, ValueRef value) {
  if (to.elements.size() > most_keys) return false;
  for (std::size_t i = 0; i < to.elements.size(); ++i) {
    const Truth same = equal(*to.elements[i], *key);
    // `{np.int8: 1, np.int16: 2}`: who writes two names means two things.
    const bool are_named = to.elements[i]->kind == Kind::external && key->kind == Kind::external;
    if (same == Truth::unknown && !are_named) return false;
    if (same != Truth::yes) continue;
    if (to.kind == Kind::dict) to.values[i] = value;
    return true;
  }
  to.elements.push_back(key);
  if (to.kind == Kind::dict) to.values.push_back(value);
  return true;
}

bool Evaluation::set_item(Evaluated& object, ValueRef key, ValueRef value) {
  if (object.kind == Kind::list && key->kind == Kind::integer) {
    const auto size = static_cast<std::int64_t>(object.elements.size());
    const std::int64_t at = key->number < 0 ? key->number + size : key->number;
    if (at < 0 || at >= size) return false;
    object.elements[static_cast<std::size_t>(at)] = value;
    return true;
  }
  if (object.kind != Kind::dict) return false;
  for (std::size_t i = 0; i < object.elements.size(); ++i) {
    const Truth same = equal(*object.elements[i], *key);
    if (same == Truth::unknown) return false;
    if (same == Truth::no) continue;
    object.values[i] = value;
    return true;
  }
  object.elements.push_back(key);
  object.values.push_back(value);
  return true;
}

}  // namespace hasten
