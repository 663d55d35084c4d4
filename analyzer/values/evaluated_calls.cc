// Calls: what is called, with what, and the functions of the project that can be run.

#include <algorithm>
#include <utility>

#include "analyzer/values/evaluation.h"
#include "analyzer/values/known_values.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

constexpr int deepest_call = 32;

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

bool returns_the_same(std::string_view decorator) { return decorator == "cache" || decorator == "lru_cache"; }

}  // namespace

ValueRef Evaluation::Arguments::keyword(std::string_view name) const {
  const auto found = std::ranges::find(keywords, name, &std::pair<std::string_view, ValueRef>::first);
  return found == keywords.end() ? nullptr : found->second;
}

ValueRef Evaluation::call(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  const ExprId callee = rows.first_child(expr);
  const auto given = arguments(at, expr);
  ValueRef out = nullptr;
  if (!given) {
    may_raise_ = true;
    return opaque(at, expr);
  }
  if (rows.exprs[callee].kind == ExprKind::attribute) {
    const ExprId inside = rows.first_child(callee);
    const bool is_module = rows.exprs[inside].kind == ExprKind::name &&
                           lookup(at.frame, rows.word(inside)) == nullptr &&
                           literals_.names().denote(at.file, at.block, callee).kind == Denotation::Kind::external;
    const ValueRef object = is_module ? nullptr : evaluate(at, inside);
    if (object != nullptr && (is_collection(*object) || object->kind == Kind::text)) {
      out = method(object, rows.word(callee), *given);
      // Whatever it does, the object is not what it was.
      if (out == nullptr && object->kind != Kind::text) *object = Evaluated();
    } else {
      out = called(at, expr, evaluate(at, callee), *given);
    }
  } else {
    out = called(at, expr, evaluate(at, callee), *given);
  }
  if (out != nullptr) return out;
  may_raise_ = true;
  return opaque(at, expr);
}

/// Nothing when what is spread out is not known.
std::optional<Evaluation::Arguments> Evaluation::arguments(const Place& at, ExprId expr) {
  const FileModel& rows = model(at);
  Arguments out;
  bool is_known = true;
  for (ExprId child = rows.next(rows.first_child(expr)); child; child = rows.next(child)) {
    const ExprKind kind = rows.exprs[child].kind;
    if (kind == ExprKind::keyword) {
      out.keywords.emplace_back(rows.word(child), evaluate(at, rows.first_child(child)));
    } else if (kind == ExprKind::starred) {
      const auto spread = iterate(evaluate(at, rows.first_child(child)));
      is_known = is_known && spread;
      if (spread) out.positional.insert(out.positional.end(), spread->begin(), spread->end());
    } else if (kind == ExprKind::double_starred) {
      is_known = false;
    } else {
      out.positional.push_back(evaluate(at, child));
    }
  }
  if (!is_known) spoil(out);
  return is_known ? std::optional(std::move(out)) : std::nullopt;
}

/// None where the result is not known.
ValueRef Evaluation::called(const Place& at, ExprId expr, ValueRef callee, const Arguments& given) {
  if (callee->kind == Kind::function) {
    const ValueRef out = call_function(*callee, given);
    if (out == nullptr) spoil(given);
    return out;
  }
  if (callee->kind == Kind::lambda) return call_lambda(*callee, given);
  if (callee->kind == Kind::opaque) {
    spoil(given);  // a method or local function: nobody knows what it does to them
    return nullptr;
  }
  if (callee->kind != Kind::external) return nullptr;
  const std::string_view name = callee->text;
  if (name.starts_with("builtins.")) return builtin(name.substr(9), given);
  if (name.starts_with("itertools.")) return from_itertools(name.substr(10), given);
  if (name == "collections.OrderedDict") return dict_of(given);
  const auto result = given.positional.empty() && given.keywords.empty() ? known_result(name) : std::nullopt;
  if (result) return text(std::string(*result));
  const bool is_copy = name == "copy.copy" || name == "copy.deepcopy";
  if (is_copy && given.positional.size() == 1) return copy(given.positional[0]);
  const bool is_typing = name == "typing.get_args" || name == "typing_extensions.get_args";
  if (is_typing) return literal_arguments(at, model(at).positional(expr, 0));
  return nullptr;
}

/// What code that is not followed may have changed is not known any more.
void Evaluation::spoil(const Arguments& given) {
  const auto forget = [](ValueRef value) {
    const bool may_change = value->kind == Kind::list || value->kind == Kind::set || value->kind == Kind::dict;
    if (may_change) *value = Evaluated();
  };
  for (const ValueRef value : given.positional) forget(value);
  for (const auto& [name, value] : given.keywords) forget(value);
}

ValueRef Evaluation::call_function(const Evaluated& function, const Arguments& given) {
  const FunctionRef called = function.function;
  const FileModel& rows = literals_.model(called.file);
  const Function& row = rows.functions[called.id];
  if (depth_ >= deepest_call || row.is_async || row.class_) return nullptr;
  for (const DecoratorId decorator : row.decorators) {
    ExprId expr = rows.decorators[decorator].expr;
    if (rows.exprs[expr].kind == ExprKind::call) expr = rows.first_child(expr);
    if (!returns_the_same(last_part(rows.dotted(expr)))) return nullptr;
  }
  Variables& frame = frames_.emplace_back();
  frame.around = function.around;
  if (!bind_parameters(called, given, frame)) return nullptr;
  const ValueRef before = std::exchange(result_, nullptr);
  ++depth_;
  const Flow flow = run_block(called.file, row.body, frame);
  --depth_;
  const ValueRef result = std::exchange(result_, before);
  if (flow != Flow::next && flow != Flow::return_) return nullptr;
  if (row.has_yield) return collection(Kind::list, std::move(frame.yielded));
  return result != nullptr ? result : none();
}

bool Evaluation::bind_parameters(FunctionRef function, const Arguments& given, Variables& frame) {
  const FileModel& rows = literals_.model(function.file);
  const BlockId around = rows.statements[rows.functions[function.id].statement].block;
  std::size_t next = 0, named = 0;
  for (const ParamId param : rows.functions[function.id].params) {
    const Param& row = rows.params[param];
    ValueRef& bound = frame.names[rows.word(row.name)];
    const bool is_positional = row.kind == ParamKind::positional_only || row.kind == ParamKind::positional_or_keyword;
    if (row.kind == ParamKind::var_keyword) return false;
    if (row.kind == ParamKind::var_positional) {
      const std::size_t from = std::min(next, given.positional.size());
      bound = collection(Kind::tuple,
                         {given.positional.begin() + static_cast<std::ptrdiff_t>(from), given.positional.end()});
      next = given.positional.size();
      continue;
    }
    if (is_positional && next < given.positional.size()) {
      bound = given.positional[next++];
    } else if (const ValueRef value = given.keyword(rows.word(row.name))) {
      bound = value;
      ++named;
    } else if (row.default_value) {
      bound = evaluate({function.file, around, frame.around}, row.default_value);
    } else {
      return false;
    }
  }
  return next == given.positional.size() && named == given.keywords.size();
}

ValueRef Evaluation::call_lambda(const Evaluated& lambda, const Arguments& given) {
  const Place made{lambda.made_by.file, lambda.made_by.block, lambda.around};
  const FileModel& rows = model(made);
  Variables& frame = frames_.emplace_back();
  frame.around = lambda.around;
  std::size_t next = 0;
  ExprId at = rows.first_child(lambda.made_by.expr);
  for (; at && rows.next(at); at = rows.next(at)) {
    if (rows.exprs[at].kind != ExprKind::parameter) return nullptr;
    ValueRef& bound = frame.names[rows.word(at)];
    if (next < given.positional.size()) {
      bound = given.positional[next++];
    } else if (const ExprId otherwise = rows.first_child(at)) {
      bound = evaluate(made, otherwise);
    } else {
      return nullptr;
    }
  }
  if (next != given.positional.size() || !given.keywords.empty()) return nullptr;
  return evaluate({made.file, made.block, &frame}, at);
}

/// `typing.get_args(Engine)` of `Engine = Literal["c", "python"]`.
ValueRef Evaluation::literal_arguments(const Place& at, ExprId annotation) {
  const Site written = literals_.value({at.file, at.block, annotation});
  if (!written.expr) return opaque(at, annotation);
  const Place there{written.file, written.block, nullptr};
  const FileModel& rows = model(there);
  const bool is_subscript = rows.exprs[written.expr].kind == ExprKind::subscript;
  const ExprId object = is_subscript ? rows.first_child(written.expr) : ExprId();
  const std::string name = object ? literals_.names().external(written.file, written.block, object) : std::string();
  if (last_part(name) != "Literal") return opaque(at, annotation);
  std::vector<ValueRef> elements;
  for (ExprId child = rows.next(object); child; child = rows.next(child)) {
    const ValueRef value = evaluate(there, child);
    const bool is_listed = value->kind == Kind::tuple;
    if (is_listed) elements.insert(elements.end(), value->elements.begin(), value->elements.end());
    if (!is_listed) elements.push_back(value);
  }
  return collection(Kind::tuple, std::move(elements));
}

}  // namespace hasten
