#include "analyzer/values/alternatives.h"

#include <algorithm>
#include <array>
#include <optional>

#include "analyzer/values/decorators.h"
#include "analyzer/values/module_patterns.h"
#include "analyzer/values/parametrized.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::size_t max_depth = 24;
/// Backends of one interface; what has more is a family of things that do not do the same job.
constexpr std::size_t max_overriding = 16;

/// Methods that hand out one element.
constexpr std::array<string_view, 3> hands_out_one = {"get", "pop", "setdefault"};

/// Nothing but a docstring before `raise NotImplementedError`.
bool only_raises(const FileModel& model, const Function& function) {
  for (const StatementId id : model.blocks[function.body].statements) {
    const Statement& statement = model.statements[id];
    if (statement.kind == StatementKind::expression && model.exprs[statement.value].kind == ExprKind::string) continue;
    if (statement.kind != StatementKind::raise || !statement.value) return false;
    ExprId raised = statement.value;
    if (model.exprs[raised].kind == ExprKind::call) raised = model.first_child(raised);
    return model.word(raised) == "NotImplementedError";
  }
  return false;
}

bool is_super(const FileModel& model, ExprId object) {
  return model.exprs[object].kind == ExprKind::call && model.word(model.first_child(object)) == "super";
}

Value function_value(FunctionRef function) {
  Value value;
  value.kind = Value::Kind::function;
  value.file = function.file;
  value.function = function.id;
  return value;
}

}  // namespace

Alternatives::Answer Alternatives::callees(FileId file, BlockId block, ExprId callee) {
  const bool is_attribute = model(file).exprs[callee].kind == ExprKind::attribute;
  if (is_attribute && !index_.may_matter(model(file).word(callee))) return {};
  steps_ = max_steps;
  open_.clear();
  is_sure_ = true;
  Answer found{of({file, block}, callee)};
  found.is_sure = is_sure_ && found.values.size() == 1;
  return found;
}

Alternatives::Answer Alternatives::objects(FileId file, BlockId block, ExprId expr) {
  steps_ = max_steps;
  open_.clear();
  is_sure_ = true;
  Answer found{of({file, block}, expr)};
  found.is_sure = is_sure_ && found.values.size() == 1;
  std::erase_if(found.values, [](const Value& value) { return value.kind != Value::Kind::object; });
  return found;
}

Alternatives::Answer Alternatives::results(FunctionRef function) {
  steps_ = max_steps;
  open_.clear();
  is_sure_ = true;
  Answer found;
  find_returned(function, found.values);
  if (found.values.size() > max_alternatives) found.values.clear();
  found.is_sure = is_sure_ && found.values.size() == 1;
  return found;
}

std::vector<FunctionRef> Alternatives::overriding(FunctionRef method, FileId file, BlockId block, ExprId callee) {
  const FileModel& in = model(file);
  if (in.exprs[callee].kind != ExprKind::attribute) return {};
  const ExprId object = in.first_child(callee);
  if (is_super(in, object)) return {};
  const Value value = values_.evaluate(file, block, object);
  return value.kind == Value::Kind::object ? overriding(method, value.class_ref()) : std::vector<FunctionRef>();
}

std::vector<FunctionRef> Alternatives::overriding(FunctionRef method, ClassRef holder) const {
  const FileModel& in = model(method.file);
  const Function& function = in.functions[method.id];
  if (!function.class_) return {};
  if (!has_decorator(in, function, "abstractmethod") && !only_raises(in, function)) return {};
  std::vector<FunctionRef> found;
  for (const ClassRef subclass : values_.names().subclasses(holder)) {
    const FunctionRef other = values_.names().method(subclass, in.word(function.name));
    if (!other || other == method || std::ranges::find(found, other) != found.end()) continue;
    found.push_back(other);
    if (found.size() > max_overriding) return {};
  }
  return found;
}

std::vector<Value> Alternatives::of(Site site, ExprId expr) {
  std::vector<Value> found;
  find(site, expr, found);
  if (found.size() > max_alternatives) found.clear();
  return found;
}

void Alternatives::add(const Value& value, Found& out) {
  is_sure_ &= value.known();
  if (value.known() && std::ranges::find(out, value) == out.end()) out.push_back(value);
}

void Alternatives::find(Site site, ExprId expr, Found& out) {
  is_sure_ &= static_cast<bool>(expr);
  if (!expr) return;
  const Value value = values_.evaluate(site.file, site.block, expr);
  if (value.known()) return add(value, out);
  if (!enter(site.file, expr)) return;
  const FileModel& in = model(site.file);
  const ExprId first = in.first_child(expr);
  switch (in.exprs[expr].kind) {
    case ExprKind::name: find_name(site, expr, out); break;
    case ExprKind::attribute: find_attribute(site, expr, out); break;
    case ExprKind::call: find_result(site, expr, out); break;
    case ExprKind::await_:
    case ExprKind::starred: find(site, first, out); break;
    case ExprKind::named: find(site, in.child(expr, 1), out); break;
    case ExprKind::subscript:
      is_sure_ = false;
      if (in.dotted(first) == "sys.modules") {
        find_modules(site, in.child(expr, 1), out);
      } else {
        find_elements(site, first, true, out);
      }
      break;
    case ExprKind::conditional:
    case ExprKind::boolean:
      is_sure_ = false;
      find(site, first, out);
      find(site, in.child(expr, in.exprs[expr].kind == ExprKind::conditional ? 2 : 1), out);
      break;
    default: is_sure_ = false;  // nothing that code could call
  }
  open_.pop_back();
}

bool Alternatives::enter(FileId file, ExprId expr) {
  const bool is_left_out =
      open_.size() >= max_depth || steps_-- <= 0 || std::ranges::find(open_, ExprRef{file, expr}) != open_.end();
  is_sure_ &= !is_left_out;
  if (is_left_out) return false;
  open_.push_back({file, expr});
  return true;
}

void Alternatives::find_name(Site site, ExprId expr, Found& out) {
  const string_view name = model(site.file).word(expr);
  const Denotation& denotation = values_.names().denote(site.file, site.block, model(site.file).exprs[expr].word());
  const std::size_t before = out.size();
  if (denotation.kind == Denotation::Kind::local) {
    const WordId word = model(site.file).exprs[expr].word();
    const auto bindings = values_.bindings().locals(denotation.file, denotation.function, word);
    is_sure_ &= bindings.size() == 1;
    for (const Binding& binding : bindings) find_bound(denotation.file, binding, out);
  } else if (denotation.kind == Denotation::Kind::parameter) {
    find_argument({denotation.file, denotation.function}, denotation.param, out);
  } else if (denotation.kind == Denotation::Kind::binding && denotation.expr && denotation.rest.empty()) {
    const BlockId block =
        denotation.class_ ? model(denotation.file).classes[denotation.class_].body : FileModel::module_block();
    find({denotation.file, block}, denotation.expr, out);
  }
  if (out.size() == before && model(site.file).function_of(site.block)) find_asked_types(site, name, out);
}

/// `if issubclass(backend, Lite)`: whoever asks expects that it may be.
void Alternatives::find_asked_types(Site site, string_view name, Found& out) {
  is_sure_ = false;
  const FileModel& in = model(site.file);
  for (const CallId id : index_.type_checks(site.file, in.function_of(site.block), name)) {
    const Call& call = in.calls[id];
    const bool is_instance = in.word(in.first_child(call.expr)) == "isinstance";
    const ExprId types = in.positional(call.expr, 1);
    const bool is_tuple = in.exprs[types].kind == ExprKind::tuple;
    for (ExprId at = is_tuple ? in.first_child(types) : types; at; at = is_tuple ? in.next(at) : ExprId()) {
      const Value type = values_.evaluate(site.file, call.block, at);
      if (type.kind != Value::Kind::class_) continue;
      add(is_instance ? values_.result(type, site.file, call.block, {}) : type, out);
    }
  }
}

void Alternatives::find_bound(FileId file, const Binding& binding, Found& out) {
  switch (binding.kind) {
    case Binding::Kind::value: return find({file, binding.block}, binding.value, out);
    case Binding::Kind::declared: is_sure_ = false; return;
    case Binding::Kind::entered:
      for (const Value& manager : of({file, binding.block}, binding.value)) add(values_.entered(manager), out);
      return;
    case Binding::Kind::element: {
      // `for key, value in x.items()`: the second part; keys are mostly texts.
      const FileModel& in = model(file);
      const ExprId whole = binding.value;
      const bool is_call = in.exprs[whole].kind == ExprKind::call;
      const bool is_items = is_call && in.word(in.first_child(whole)) == "items";
      if (is_items ? binding.position == 2 : binding.position == 0) {
        find_elements({file, binding.block}, whole, is_items, out);
      }
      return;
    }
    case Binding::Kind::part:
    case Binding::Kind::opaque: is_sure_ = false; return;
  }
}

void Alternatives::find_attribute(Site site, ExprId expr, Found& out) {
  const FileModel& in = model(site.file);
  if (in.dotted(expr) == "request.param") find_fixture_values(site, out);
  if (is_super(in, in.first_child(expr))) return find_behind(site, in.word(expr), out);
  for (const Value& object : of(site, in.first_child(expr))) find_in_object(object, in.word(expr), out);
}

/// `super().setUp()` of a mixin: what stands behind it where it is mixed in.
void Alternatives::find_behind(Site site, string_view name, Found& out) {
  const ClassRef mixin = values_.class_around(site.file, site.block);
  if (!mixin) return;
  for (const ClassRef subclass : values_.names().subclasses(mixin)) {
    const Names::Mro& mro = values_.names().mro(subclass);
    const auto behind = std::ranges::find(mro.classes, mixin);
    if (behind == mro.classes.end()) continue;
    FunctionRef found;
    for (auto base = std::next(behind); base != mro.classes.end() && !found; ++base) {
      const FunctionRef method = values_.names().method(*base, name);
      if (method.file == base->file && method && model(method.file).functions[method.id].class_ == base->id)
        found = method;
    }
    if (found) {
      add(function_value(found), out);
      continue;
    }
    is_sure_ = false;  // nothing of the project runs there
    for (const std::string& base : mro.external_bases) {
      if (values_.names().knowledge().find_method(base, name) == nullptr) continue;
      add(values_.attribute(values_.instance_of(base), name), out);
      break;
    }
  }
}

void Alternatives::find_in_object(const Value& object, string_view name, Found& out) {
  const Value value = values_.attribute(object, name);
  const bool is_object = object.kind == Value::Kind::object;
  if (is_object && !values_.names().subclasses(object.class_ref()).empty()) is_sure_ = false;  // they may have another
  if (value.kind == Value::Kind::function && is_object) {
    const std::vector<FunctionRef> others = overriding(value.function_ref(), object.class_ref());
    for (const FunctionRef other : others) add(function_value(other), out);
    if (!others.empty()) return;
  }
  if (value.known()) return add(value, out);
  if (!is_object && object.kind != Value::Kind::class_) return;
  const std::size_t before = out.size();
  for (const ClassRef base : values_.names().mro(object.class_ref()).classes) {
    const auto& bindings = values_.bindings().attributes(base, name);
    for (const Binding& binding : bindings) find_bound(base.file, binding, out);
    is_sure_ &= bindings.size() < 2;
    if (!bindings.empty()) break;
  }
  if (out.size() != before) return;
  is_sure_ = false;
  // A mixin relies on what its subclasses have, and `kind = None` of a base class is for them to fill.
  for (const ClassRef subclass : values_.names().subclasses(object.class_ref())) {
    if (const FunctionRef method = values_.names().method(subclass, name)) add(function_value(method), out);
    for (const Binding& binding : values_.bindings().attributes(subclass, name))
      find_bound(subclass.file, binding, out);
  }
}

void Alternatives::find_result(Site site, ExprId call, Found& out) {
  const FileModel& in = model(site.file);
  const ExprId callee = in.first_child(call);
  const string_view name = in.word(callee);
  if (name == "import_module" || name == "__import__") return find_modules(site, call, out);
  if (name == "getattr" && in.exprs[callee].kind == ExprKind::name) return find_computed_attribute(site, call, out);
  const bool hands_out = std::ranges::find(hands_out_one, name) != hands_out_one.end();
  if (hands_out && in.exprs[callee].kind == ExprKind::attribute) {
    const std::size_t before = out.size();
    find_elements(site, in.first_child(callee), true, out);
    find_under_key(site, call, out);
    if (const ExprId otherwise = in.positional(call, 1)) find(site, otherwise, out);
    if (out.size() != before) return;
  }
  if (name == "next" || name == "choice") return find_elements(site, in.positional(call, 0), false, out);
  if (name == "getfixturevalue") return find_asked_for(site, in.positional(call, 0), out);
  for (const Value& value : of(site, callee)) {
    if (value.kind == Value::Kind::function) {
      const std::vector<FunctionRef> others = overriding(value.function_ref(), site.file, site.block, callee);
      is_sure_ &= others.empty();
      for (const FunctionRef other : others) find_returned(other, out);
      if (others.empty()) find_returned(value.function_ref(), out);
    } else {
      add(values_.result(value, site.file, site.block, call), out);
    }
  }
}

/// `request.getfixturevalue(request.param)`: what the fixtures of these names give.
void Alternatives::find_asked_for(Site site, ExprId name, Found& out) {
  is_sure_ = false;
  const FunctionId function = model(site.file).function_of(site.block);
  if (!name || !function) return;
  for (const Value& text : of(site, name)) {
    if (text.kind != Value::Kind::text) continue;
    for (const FixtureId fixture : values_.bindings().asked_for({site.file, function}, text.name)) {
      find_fixture(fixture, out);
    }
  }
}

void Alternatives::find_fixture(FixtureId fixture, Found& out) {
  const FunctionRef maker = tables_.fixtures[fixture].function;
  if (maker) find_returned(maker, out);
}

/// `getattr(metadata, operation)(bind=engine)` where callers say `operation="create_all"`.
void Alternatives::find_computed_attribute(Site site, ExprId call, Found& out) {
  const FileModel& in = model(site.file);
  is_sure_ = false;
  const ExprId object = in.positional(call, 0), name = in.positional(call, 1);
  if (!object || !name) return;
  const Found objects = of(site, object);
  for (const Value& text : of(site, name)) {
    if (text.kind != Value::Kind::text) continue;
    for (const Value& holder : objects) find_in_object(holder, tables_.names[text.name], out);
  }
}

void Alternatives::find_returned(FunctionRef function, Found& out) {
  const auto& results = values_.bindings().results(function);
  is_sure_ &= results.size() == 1;
  for (const Binding& binding : results) find_bound(function.file, binding, out);
}

/// What the callers pass, or the default.
void Alternatives::find_argument(FunctionRef function, ParamId param, Found& out) {
  const auto& fixtures =
      values_.bindings().fixtures(function, model(function.file).word(model(function.file).params[param].name));
  if (!fixtures.empty()) {
    is_sure_ &= fixtures.size() == 1;
    for (const FixtureId fixture : fixtures) find_fixture(fixture, out);
    return;
  }
  const PassedValues::Passed& passed = passed_.of(function, param);
  is_sure_ &= passed.is_sure;
  for (const PassedValues::Argument& argument : passed.arguments) {
    if (!find_lazy(function, {argument.file, argument.block}, argument.expr, out)) find_passed(argument, out);
  }
}

/// `lazy_fixture("disk")` among the parameters of a test or fixture: what that fixture gives.
bool Alternatives::find_lazy(FunctionRef user, Site site, ExprId expr, Found& out) {
  const FileModel& in = model(site.file);
  if (in.exprs[expr].kind != ExprKind::call) return false;
  const Value callee = values_.evaluate(site.file, site.block, in.first_child(expr));
  if (callee.kind != Value::Kind::external) return false;
  const Api* api = values_.names().knowledge().find_api(tables_.names[callee.name]);
  const ExprId name = in.positional(expr, 0);
  if (api == nullptr || api->role != Role::dynamic_fixture || !name) return false;
  const Value text = values_.evaluate(site.file, site.block, name);
  if (text.kind != Value::Kind::text) return false;
  is_sure_ = false;
  for (const FixtureId fixture : values_.bindings().asked_for(user, text.name)) find_fixture(fixture, out);
  return true;
}

void Alternatives::find_passed(const PassedValues::Argument& argument, Found& out) {
  if (argument.value.known()) return add(argument.value, out);
  find({argument.file, argument.block}, argument.expr, out);
}

/// `kwargs.pop("storage", Files)`: what callers write under the key.
void Alternatives::find_under_key(Site site, ExprId call, Found& out) {
  const FileModel& in = model(site.file);
  const ExprId collection = in.first_child(in.first_child(call)), key = in.positional(call, 0);
  if (!key || in.exprs[key].kind != ExprKind::string || in.exprs[collection].kind != ExprKind::name) return;
  const Denotation named = values_.names().denote(site.file, site.block, in.word(collection));
  if (named.kind != Denotation::Kind::parameter) return;
  if (model(named.file).params[named.param].kind != ParamKind::var_keyword) return;
  for (const auto& argument : passed_.under_key({named.file, named.function}, in.word(key))) find_passed(argument, out);
}

void Alternatives::find_fixture_values(Site site, Found& out) {
  is_sure_ = false;
  const FunctionId fixture = model(site.file).function_of(site.block);
  if (!fixture) return;
  for (const GivenValue& given : fixture_values(tables_, values_.names(), {site.file, fixture})) {
    if (find_lazy({site.file, fixture}, {given.file, given.block}, given.expr, out)) continue;
    find({given.file, given.block}, given.expr, out);
  }
}

void Alternatives::find_modules(Site site, ExprId name, Found& out) {
  is_sure_ = false;
  const ModulePattern pattern = module_pattern(tables_, values_, site.file, site.block, name);
  if (!pattern) return;
  for (const FileId file : tables_.files.ids()) {
    if (!pattern.fits(values_.names().modules().name_of(file))) continue;
    Value module;
    module.kind = Value::Kind::module;
    module.file = file;
    add(module, out);
  }
}

}  // namespace hasten
