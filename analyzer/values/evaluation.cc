#include "analyzer/values/evaluation.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "analyzer/values/known_values.h"
#include "analyzer/values/slice_bounds.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

constexpr std::uint32_t most_steps = 50'000;
constexpr int most_depth = 48;
constexpr std::uint32_t end_of_file = std::numeric_limits<std::uint32_t>::max();

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

std::optional<std::int64_t> Evaluation::size(Site site) {
  const FileModel& rows = literals_.model(site.file);
  // A test's decorators run when its module has come to them; what stands in a function runs later.
  if (!rows.function_of(site.block)) reached_[site.file] = rows.exprs[site.expr].range.begin;
  const ValueRef value = evaluate({site.file, site.block, nullptr}, site.expr);
  if (value->kind == Kind::opaque) return std::nullopt;
  const auto elements = iterate(value);
  return elements ? std::optional(static_cast<std::int64_t>(elements->size())) : std::nullopt;
}

std::optional<std::vector<std::string>> Evaluation::texts(Site site, std::optional<std::size_t> position) {
  const FileModel& rows = literals_.model(site.file);
  if (!rows.function_of(site.block)) reached_[site.file] = rows.exprs[site.expr].range.begin;
  const ValueRef value = evaluate({site.file, site.block, nullptr}, site.expr);
  if (value->kind == Kind::opaque) return std::nullopt;
  const auto elements = iterate(value);
  if (!elements) return std::nullopt;
  std::vector<std::string> out;
  for (const ValueRef element : *elements) {
    const ValueRef given = argument_value(element, position);
    if (given == nullptr || given->kind != Kind::text) return std::nullopt;
    out.push_back(given->text);
  }
  return out;
}

/// What a set of values of parametrize gives at a position; null where that is not known.
ValueRef Evaluation::argument_value(ValueRef set, std::optional<std::size_t> position) {
  if (set->kind == Kind::opaque && set->made_by.expr) {
    const Site made = set->made_by;
    const FileModel& rows = literals_.model(made.file);
    const bool is_param =
        rows.exprs[made.expr].kind == ExprKind::call &&
        literals_.names().external(made.file, made.block, rows.first_child(made.expr)) == "pytest.param";
    const ExprId given = is_param ? rows.positional(made.expr, position.value_or(0)) : ExprId();
    return given ? evaluate({made.file, made.block, nullptr}, given) : nullptr;
  }
  if (!position) return set;
  const bool is_set = set->kind == Kind::list || set->kind == Kind::tuple;
  return is_set && *position < set->elements.size() ? set->elements[*position] : nullptr;
}

Truth Evaluation::truth(Site site) {
  const FileModel& rows = literals_.model(site.file);
  reached_[site.file] = rows.exprs[site.expr].range.begin;
  return condition({site.file, site.block, nullptr}, site.expr);
}

ValueRef Evaluation::python_version() {
  std::vector<ValueRef> parts;
  for (const std::int64_t number : known_python()) parts.push_back(integer(number));
  return collection(Kind::tuple, std::move(parts));
}

ValueRef Evaluation::make(Evaluated value) { return &values_.emplace_back(std::move(value)); }

ValueRef Evaluation::opaque(const Place& at, ExprId expr) {
  Evaluated out;
  out.made_by = {at.file, at.block, expr};
  return make(std::move(out));
}

ValueRef Evaluation::none() {
  Evaluated out;
  out.kind = Kind::none;
  return make(std::move(out));
}

ValueRef Evaluation::boolean(Truth truth, const Place& at, ExprId expr) {
  if (truth == Truth::unknown) return opaque(at, expr);
  const ValueRef out = integer(truth == Truth::yes ? 1 : 0);
  out->kind = Kind::boolean;
  return out;
}

ValueRef Evaluation::integer(std::int64_t number) {
  Evaluated out;
  out.kind = Kind::integer;
  out.number = number;
  return make(std::move(out));
}

ValueRef Evaluation::text(std::string text) {
  Evaluated out;
  out.kind = Kind::text;
  out.text = std::move(text);
  return make(std::move(out));
}

ValueRef Evaluation::collection(Kind kind, std::vector<ValueRef> elements) {
  Evaluated out;
  out.kind = kind;
  out.elements = std::move(elements);
  return make(std::move(out));
}

ValueRef Evaluation::copy(ValueRef value) { return is_collection(*value) ? make(Evaluated(*value)) : value; }

ValueRef Evaluation::evaluate(const Place& at, ExprId expr) {
  if (!expr || depth_ >= most_depth || ++steps_ > most_steps) {
    may_raise_ = true;
    return make({});
  }
  ++depth_;
  const ValueRef value = evaluate_row(at, expr);
  --depth_;
  return value;
}

ValueRef Evaluation::evaluate_row(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Expr& row = rows.exprs[expr];
  switch (row.kind) {
    case ExprKind::name:
    case ExprKind::attribute: return named(at, expr);
    case ExprKind::call: return call(at, expr);
    case ExprKind::subscript: return subscript(at, expr);
    case ExprKind::string: return row.word() ? text(std::string(rows.word(expr))) : opaque(at, expr);
    case ExprKind::integer:
    case ExprKind::floating: return number(at, expr);
    case ExprKind::true_literal: return boolean(Truth::yes, at, expr);
    case ExprKind::false_literal: return boolean(Truth::no, at, expr);
    case ExprKind::none_literal: return none();
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set: return display(at, expr);
    case ExprKind::dict: return dict_display(at, expr);
    case ExprKind::unary: return unary(at, expr);
    case ExprKind::binary: return binary(at, expr);
    case ExprKind::boolean: return boolean_operator(at, expr);
    case ExprKind::compare: return compare(at, expr);
    case ExprKind::conditional: return conditional(at, expr);
    case ExprKind::comprehension: return comprehension(at, expr);
    case ExprKind::lambda: {
      const ValueRef out = opaque(at, expr);
      out->kind = Kind::lambda;
      out->around = at.frame;
      return out;
    }
    case ExprKind::named: {
      const ValueRef value = evaluate(at, rows.child(expr, 1));
      if (at.frame != nullptr) at.frame->names[rows.word(rows.first_child(expr))] = value;
      return value;
    }
    case ExprKind::template_string:
    case ExprKind::bytes:
    case ExprKind::ellipsis:
    case ExprKind::pair:
    case ExprKind::slice:
    case ExprKind::parameter:
    case ExprKind::comprehension_for:
    case ExprKind::comprehension_if:
    case ExprKind::await_:
    case ExprKind::yield_:
    case ExprKind::yield_from:
    case ExprKind::starred:
    case ExprKind::double_starred:
    case ExprKind::keyword:
    case ExprKind::error: return opaque(at, expr);
  }
  return opaque(at, expr);
}

ValueRef Evaluation::lookup(const Variables* frame, std::string_view name) {
  for (; frame != nullptr; frame = frame->around) {
    const auto found = frame->names.find(name);
    if (found != frame->names.end()) return found->second;
  }
  return nullptr;
}

ValueRef Evaluation::named(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  ExprId root = expr;
  while (root && rows.exprs[root].kind == ExprKind::attribute) root = rows.first_child(root);
  const bool is_name = root && rows.exprs[root].kind == ExprKind::name;
  if (is_name) {
    if (const ValueRef value = lookup(at.frame, rows.word(root))) {
      if (root == expr) return value;
      may_raise_ = true;
      return opaque(at, expr);
    }
    return outer_name(at, expr);
  }
  may_raise_ = true;
  return opaque(at, expr);
}

ValueRef Evaluation::outer_name(const Place& at, ExprId expr) {
  const Denotation named = literals_.names().denote(at.file, at.block, expr);
  Evaluated out;
  out.made_by = {at.file, at.block, expr};
  if (!named.rest.empty()) {
    may_raise_ = true;
    if (named.rest == "__args__" && named.kind == Denotation::Kind::binding) {
      return literal_arguments(at, model(at).first_child(expr));
    }
    return make(std::move(out));
  }
  switch (named.kind) {
    case Denotation::Kind::function:
      out.kind = Kind::function;
      out.function = {named.file, named.function};
      return make(std::move(out));
    case Denotation::Kind::class_:
      out.kind = Kind::class_;
      out.class_ = {named.file, named.class_};
      return make(std::move(out));
    case Denotation::Kind::external: {
      if (auto known = known_constant(named.dotted)) return make(*std::move(known));
      if (named.dotted == "sys.version_info") return python_version();
      if (!named.dotted.starts_with("builtins.")) may_raise_ = true;
      out.kind = Kind::external;
      out.text = named.dotted;
      return make(std::move(out));
    }
    case Denotation::Kind::binding: {
      const ScopeKey scope = named.class_ ? ScopeKey::of(named.class_) : ScopeKey::module();
      const std::string_view dotted = named.dotted;
      return variable(named.file, scope, dotted.substr(dotted.rfind('.') + 1));
    }
    case Denotation::Kind::local:
      // Of a function whose run this is no part of: `metafunc.parametrize("case", cases)`.
      // Nor of a comprehension at module level that is over.
      if (at.frame != nullptr || !named.function || model(at).exprs[expr].kind != ExprKind::name) {
        return make(std::move(out));
      }
      return variable(at.file, ScopeKey::of(named.function), model(at).word(expr));
    case Denotation::Kind::module:
    case Denotation::Kind::parameter:
    case Denotation::Kind::unknown: return make(std::move(out));
  }
  return make(std::move(out));
}

ValueRef Evaluation::comprehension(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const Operator op = rows.exprs[expr].op;
  Evaluated out;
  out.kind = op == Operator::set_ ? Kind::set : op == Operator::dict_ ? Kind::dict : Kind::list;
  Variables& frame = frames_.emplace_back();
  frame.around = at.frame;
  const ExprId element = rows.first_child(expr);
  const Place inside{at.file, at.block, &frame};
  if (!run_comprehension(inside, rows.next(element), element, out)) return opaque(at, expr);
  return make(std::move(out));
}

/// From one clause on: `for x in xs`, `if x`, and at the end the element.
bool Evaluation::run_comprehension(const Place& at, ExprId clause, ExprId element, Evaluated& out) {
  const FileModel& rows = model(at);
  if (!clause) {
    if (out.kind == Kind::dict) {
      const ValueRef key = evaluate(at, rows.child(element, 0));
      return add_key(out, key, evaluate(at, rows.child(element, 1)));
    }
    const ValueRef value = evaluate(at, element);
    if (out.kind == Kind::set) return add_key(out, value, nullptr);
    out.elements.push_back(value);
    return true;
  }
  if (depth_ >= most_depth || ++steps_ > most_steps) return false;
  if (rows.exprs[clause].kind == ExprKind::comprehension_if) {
    const Truth met = condition(at, rows.first_child(clause));
    if (met == Truth::no) return true;
    return met == Truth::yes && run_comprehension(at, rows.next(clause), element, out);
  }
  const auto elements = iterate(evaluate(at, rows.child(clause, 1)));
  if (!elements) return false;
  ++depth_;
  const bool is_run = std::ranges::all_of(*elements, [&](ValueRef value) {
    return unpack(at, rows.first_child(clause), value) && run_comprehension(at, rows.next(clause), element, out);
  });
  --depth_;
  return is_run;
}

ValueRef Evaluation::subscript(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const ValueRef object = evaluate(at, rows.first_child(expr));
  const ExprId index = rows.child(expr, 1);
  if (index && rows.exprs[index].kind == ExprKind::slice) return slice(at, expr, object);
  const ValueRef key = index ? evaluate(at, index) : nullptr;
  const ValueRef found = key != nullptr && rows.child_count(expr) == 2 ? item(*object, *key) : nullptr;
  if (found == nullptr) may_raise_ = true;
  return found != nullptr ? found : opaque(at, expr);
}

ValueRef Evaluation::item(const Evaluated& object, const Evaluated& index) {
  const auto size = static_cast<std::int64_t>(object.elements.size());
  if (object.kind == Kind::list || object.kind == Kind::tuple) {
    if (index.kind != Kind::integer) return nullptr;
    const std::int64_t at = index.number < 0 ? index.number + size : index.number;
    return at >= 0 && at < size ? object.elements[static_cast<std::size_t>(at)] : nullptr;
  }
  if (object.kind != Kind::dict) return nullptr;
  for (std::size_t i = 0; i < object.elements.size(); ++i) {
    const Truth same = equal(*object.elements[i], index);
    if (same == Truth::yes) return object.values[i];
    if (same == Truth::unknown) return nullptr;
  }
  return nullptr;
}

/// `[a:b]`; with a step it is not followed.
ValueRef Evaluation::slice(const Place& at, ExprId expr, ValueRef object) {
  const FileModel& rows = model(at);
  const auto bounds = slice_bounds(rows, rows.child(expr, 1));
  const bool is_text = object->kind == Kind::text && is_ascii(object->text);
  const bool is_sequence = object->kind == Kind::list || object->kind == Kind::tuple;
  if (!bounds || (!is_sequence && !is_text)) return opaque(at, expr);
  const auto size = static_cast<std::int64_t>(is_text ? object->text.size() : object->elements.size());
  std::int64_t ends[2] = {0, size};
  const ExprId written[2] = {bounds->start, bounds->stop};
  for (int i = 0; i < 2; ++i) {
    if (!written[i]) continue;
    const ValueRef number = evaluate(at, written[i]);
    if (number->kind == Kind::none) continue;
    if (number->kind != Kind::integer) return opaque(at, expr);
    ends[i] = std::clamp<std::int64_t>(number->number < 0 ? number->number + size : number->number, 0, size);
  }
  const auto length = static_cast<std::size_t>(std::max<std::int64_t>(ends[1] - ends[0], 0));
  if (is_text) return text(object->text.substr(static_cast<std::size_t>(ends[0]), length));
  const auto first = object->elements.begin();
  std::vector<ValueRef> elements;
  if (length > 0) elements.assign(first + ends[0], first + ends[1]);
  return collection(object->kind, std::move(elements));
}

ValueRef Evaluation::variable(FileId file, ScopeKey scope, std::string_view name) {
  const auto reached = reached_.find(file);
  // What functions see at the time of the call is what their module has come to.
  const std::uint32_t until = reached == reached_.end() ? end_of_file : reached->second;
  const auto [place, is_new] = known_.try_emplace({file, scope, std::string(name), until}, nullptr);
  if (is_new) place->second = run_for(file, scope, name, until);
  if (place->second == nullptr) return make({});  // it is made of itself
  return copy(place->second);
}

}  // namespace hasten
