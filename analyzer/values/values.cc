#include "analyzer/values/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/values/annotations.h"
#include "analyzer/values/decorators.h"
#include "analyzer/values/path_values.h"

namespace hasten {
namespace {

constexpr std::size_t max_branches = 16;

/// `b if c else (d if e else f)`: b, d, f. Two that differ are not one that is not known. None when there are too many.
std::vector<ExprId> branches_of(const FileModel& model, ExprId expr) {
  std::vector<ExprId> open = {expr}, branches;
  while (!open.empty()) {
    const ExprId at = open.back();
    open.pop_back();
    const ExprKind kind = model.exprs[at].kind;
    if (kind != ExprKind::conditional && kind != ExprKind::boolean) {
      branches.push_back(at);
      if (branches.size() > max_branches) return {};
      continue;
    }
    open.push_back(model.child(at, kind == ExprKind::conditional ? 2 : 1));
    open.push_back(model.first_child(at));
  }
  return branches;
}

/// Chains of assignments, calls and attributes that people write are far shorter; beyond it a value is unknown.
constexpr int max_depth = 24;

/// `from time import sleep` inside the function: the name is looked up in `time` whenever the function runs.
bool is_imported_locally(const FileModel& model, FunctionId function, std::string_view name) {
  return function && std::ranges::any_of(model.imports, [&](const Import& import) {
           return model.word(import.bound) == name && model.function_of(import.statement) == function;
         });
}

/// `save = staticmethod(save)` in a class: the second one is not bound there yet, so it is looked up around the class.
BlockId around_own_binding(const FileModel& model, const Denotation& named, FileId file, ExprId expr) {
  const bool is_in_class = named.kind == Denotation::Kind::binding && named.class_ && named.file == file && named.expr;
  if (!is_in_class || !model.subtree(named.expr).contains(expr)) return {};
  return model.statements[model.classes[named.class_].statement].block;
}

bool is_super_call(const FileModel& model, ExprId expr) {
  const ExprId callee = model.first_child(expr);
  return model.exprs[expr].kind == ExprKind::call && model.exprs[callee].kind == ExprKind::name &&
         model.word(callee) == "super";
}

/// `request.getfixturevalue`, whatever `request` is called.
bool asks_for_fixture(const FileModel& model, ExprId callee) {
  return model.exprs[callee].kind == ExprKind::attribute && model.word(callee) == "getfixturevalue";
}

}  // namespace

Values::Values(ProjectTables& tables, const Names& names)
    : tables_(tables), names_(names), bindings_(tables), slots_(tables.files.size()), known_(1) {}

Value Values::evaluate(FileId file, BlockId block, ExprId expr, References* references) {
  if (!expr || depth_ >= max_depth) return {};
  const bool is_kept = references == nullptr && frame_ == nullptr && !receiver_;
  if (!is_kept) {
    // Nothing is kept here, so variables that are bound again and again would be followed exponentially often.
    if (depth_ == 0) budget_ = max_untracked;
    if (budget_-- <= 0) return {};
    const bool is_for_references = frame_ == nullptr && !receiver_;
    if (is_for_references && !evaluate(file, block, expr).known()) return {};  // no value, no way to it
  } else {
    std::uint32_t& position = slot({file, expr});
    if (position != 0) return known_[position];
    // The entry made here also ends cycles: whoever comes back to it sees unknown.
    position = static_cast<std::uint32_t>(known_.size());
    known_.emplace_back();
  }
  ++depth_;
  const Value value = compute({file, block}, expr, references);
  --depth_;
  if (is_kept) known_[slot({file, expr})] = value;
  return value;
}

std::uint32_t& Values::slot(ExprRef expr) {
  std::vector<std::uint32_t>& slots = slots_[expr.file.index()];
  if (slots.empty()) slots.resize(model(expr.file).exprs.size());
  return slots[expr.id.index()];
}

Value Values::compute(Site site, ExprId expr, References* references) {
  const FileModel& file = model(site.file);
  const ExprId first = file.first_child(expr);
  switch (file.exprs[expr].kind) {
    case ExprKind::name:
    case ExprKind::attribute: return named(site, expr, references);
    case ExprKind::call: {
      const Value callee = evaluate(site.file, site.block, first, references);
      if (!callee.known() && asks_for_fixture(file, first)) return asked_for(site, expr, references);
      return called(site, expr, callee, references);
    }
    case ExprKind::await_:
    case ExprKind::starred: return evaluate(site.file, site.block, first, references);
    case ExprKind::named: return evaluate(site.file, site.block, file.child(expr, 1), references);
    case ExprKind::conditional:
    case ExprKind::boolean: {
      // `a if c else b`, `a or b`: what all can be, or the object that one of them is.
      std::vector<Value> candidates;
      for (const ExprId branch : branches_of(file, expr)) {
        candidates.push_back(evaluate(site.file, site.block, branch, references));
      }
      return unique(candidates);
    }
    case ExprKind::string:
    case ExprKind::template_string:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::unary:
    case ExprKind::binary: return folded(site, expr, references);
    case ExprKind::subscript:
    case ExprKind::bytes:
    case ExprKind::true_literal:
    case ExprKind::false_literal:
    case ExprKind::none_literal:
    case ExprKind::ellipsis:
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::dict:
    case ExprKind::pair:
    case ExprKind::slice:
    case ExprKind::compare:
    case ExprKind::lambda:
    case ExprKind::parameter:
    case ExprKind::comprehension:
    case ExprKind::comprehension_for:
    case ExprKind::comprehension_if:
    case ExprKind::yield_:
    case ExprKind::yield_from:
    case ExprKind::double_starred:
    case ExprKind::keyword:
    case ExprKind::error: return {};
  }
  return {};
}

/// `Client.open()` of a classmethod that Client inherits: what it returns on a Client.
Value Values::called(Site site, ExprId call, const Value& callee, References* references) {
  const FileModel& file = model(site.file);
  const ExprId method = file.first_child(call);
  if (callee.kind != Value::Kind::function || file.exprs[method].kind != ExprKind::attribute) {
    return result(callee, site.file, site.block, call, references);
  }
  const ExprId holder = file.first_child(method);
  if (is_super_call(file, holder)) {
    const ClassRef class_ = class_around(site.file, site.block);
    return returned_on(class_ ? receiver_in(class_) : ClassRef(), callee.function_ref(), references);
  }
  const Value object = evaluate(site.file, site.block, holder);
  const bool is_held = object.kind == Value::Kind::object || object.kind == Value::Kind::class_;
  return returned_on(is_held ? object.class_ref() : ClassRef(), callee.function_ref(), references);
}

Value Values::named(Site site, ExprId expr, References* references) {
  const FileModel& file = model(site.file);
  if (file.exprs[expr].kind == ExprKind::attribute) {
    if (is_super_call(file, file.first_child(expr))) return super_attribute(site, file.word(expr), references);
    if (references != nullptr) note_held_object(site, expr, references);
    const Value object = evaluate(site.file, site.block, file.first_child(expr), references);
    const bool keeps_attributes =
        object.kind == Value::Kind::module || object.kind == Value::Kind::class_ || object.kind == Value::Kind::object;
    if (keeps_attributes) {
      if (const std::optional<Value> given = assigned_before(site, expr, references)) {
        note_reference(references, namespace_of(object), file.word(expr));
        return *given;
      }
    }
    return attribute(object, file.word(expr), references);
  }
  const std::string_view name = file.word(expr);
  const Denotation* found = &names_.denote(site.file, site.block, file.exprs[expr].word());
  if (const BlockId outside = around_own_binding(file, *found, site.file, expr)) {
    found = &names_.denote(site.file, outside, file.exprs[expr].word());
  }
  const Denotation& denotation = *found;
  using Kind = Denotation::Kind;
  if (references != nullptr && denotation.kind != Kind::local && denotation.kind != Kind::parameter) {
    if (is_imported_locally(file, file.function_of(site.block), name)) {
      const std::string_view dotted = denotation.dotted;
      const std::size_t dot = dotted.rfind('.');
      if (dot != std::string_view::npos) note_reference(references, dotted.substr(0, dot), dotted.substr(dot + 1));
    } else {
      note_reference(references, names_.modules().name_of(site.file), name);
      const bool is_builtin = denotation.kind == Kind::external && denotation.dotted.starts_with("builtins.");
      if (is_builtin) note_reference(references, "builtins", name);
    }
  }
  if (name == "__file__") return source_folder();
  Value value = denoted(denotation, file.exprs[expr].word(), references);
  if (denotation.kind == Kind::local) return value;
  if (denotation.kind == Kind::parameter) {
    const bool is_own = denotation.file == site.file && denotation.function == file.function_of(site.block);
    return is_own ? rebound(site, expr, value, references) : value;
  }
  if (value.kind == Value::Kind::unknown && denotation.kind == Kind::binding && denotation.expr) {
    const BlockId block =
        denotation.class_ ? model(denotation.file).classes[denotation.class_].body : FileModel::module_block();
    // What a module has bound is what was there when it was imported, whatever is patched later.
    value = evaluate(denotation.file, block, denotation.expr);
    const bool is_data =
        value.kind == Value::Kind::path || value.kind == Value::Kind::text || value.kind == Value::Kind::number;
    if (is_data && !denotation.class_ && is_declared_global(denotation.file, denotation.expr)) return {};
  }
  return value;
}

/// `root = ""` and a function with `global root`: what it holds later is not known.
bool Values::is_declared_global(FileId file, ExprId value) {
  const FileModel& in = model(file);
  auto [entry, is_new] = has_globals_.try_emplace(file, false);
  if (is_new) {
    entry->second = std::ranges::find(in.statements, StatementKind::global, &Statement::kind) != in.statements.end();
  }
  if (!entry->second) return false;
  const auto first = std::ranges::find(in.statements, value, &Statement::value);
  if (first == in.statements.end() || !first->target) return false;
  const std::string_view name = in.word(first->target);
  return std::ranges::any_of(in.statements, [&](const Statement& statement) {
    return statement.kind == StatementKind::global && in.word(statement.target) == name;
  });
}

/// `client.get` with a `client` that a module holds: patched as `shop.api.client.get`.
void Values::note_held_object(Site site, ExprId attribute, References* references) {
  const FileModel& file = model(site.file);
  const Denotation holder = names_.denote(site.file, site.block, file.first_child(attribute));
  if (holder.kind != Denotation::Kind::binding || !holder.rest.empty()) return;
  note_reference(references, holder.dotted, file.word(attribute));
}

Value Values::denoted(const Denotation& denotation, WordId name, References* references) {
  Value value;
  value.file = denotation.file;
  switch (denotation.kind) {
    case Denotation::Kind::module: value.kind = Value::Kind::module; return value;
    case Denotation::Kind::external: return external(denotation.dotted);
    case Denotation::Kind::function:
      value.kind = Value::Kind::function;
      value.function = denotation.function;
      return value;
    case Denotation::Kind::class_:
      value.kind = Value::Kind::class_;
      value.class_ = denotation.class_;
      return value;
    case Denotation::Kind::parameter:
      return parameter(denotation.file, denotation.function, denotation.param, references);
    case Denotation::Kind::local: return local(denotation.file, denotation.function, name, references);
    case Denotation::Kind::binding:
    case Denotation::Kind::unknown: return {};
  }
  return {};
}

Value Values::local(FileId file, FunctionId function, WordId name, References* references) {
  const std::span<const Binding> bindings = bindings_.locals(file, function, name);
  if (bindings.size() > max_bindings) return {};
  std::vector<Value> candidates;
  for (const Binding& binding : bindings) {
    candidates.push_back(bound(file, binding, references));
  }
  return unique(candidates);
}

Value Values::bound(FileId file, const Binding& binding, References* references) {
  switch (binding.kind) {
    case Binding::Kind::value: return evaluate(file, binding.block, binding.value, references);
    case Binding::Kind::entered: return entered(evaluate(file, binding.block, binding.value, references));
    case Binding::Kind::part: return part_of(file, binding, references);
    case Binding::Kind::declared: return promised({file, binding.block}, binding.value);
    case Binding::Kind::element:
    case Binding::Kind::opaque: return {};
  }
  return {};
}

/// `client, server = make_both()`, `client, server = both` of a fixture.
Value Values::part_of(FileId file, const Binding& binding, References* references) {
  const FileModel& in = model(file);
  ExprId whole = binding.value;
  if (in.exprs[whole].kind == ExprKind::await_) whole = in.first_child(whole);
  if (in.exprs[whole].kind == ExprKind::call) {
    const Value callee = evaluate(file, binding.block, in.first_child(whole), references);
    return callee.kind == Value::Kind::function ? part_of_result(callee.function_ref(), binding.position, references)
                                                : Value();
  }
  const FunctionId function = in.function_of(binding.block);
  if (in.exprs[whole].kind != ExprKind::name || !function) return {};
  std::vector<Value> candidates;
  for (FixtureId fixture : bindings_.fixtures({file, function}, in.word(whole))) {
    const FunctionRef maker = tables_.fixtures[fixture].function;
    candidates.push_back(maker ? part_of_result(maker, binding.position, references) : Value());
  }
  return unique(candidates);
}

Value Values::part_of_result(FunctionRef function, std::uint32_t position, References* references) {
  if (depth_ >= max_depth) return {};
  ++depth_;
  const FileModel& in = model(function.file);
  std::vector<Value> candidates;
  for (const Binding& given : bindings_.results(function)) {
    const bool is_tuple = given.kind == Binding::Kind::value && in.exprs[given.value].kind == ExprKind::tuple;
    const ExprId part = is_tuple ? in.child(given.value, position) : ExprId();
    candidates.push_back(part ? evaluate(function.file, given.block, part, references) : Value());
  }
  --depth_;
  return unique(candidates);
}

Value Values::parameter(FileId file, FunctionId function_id, ParamId param_id, References* references) {
  const FileModel& in = model(file);
  const Function& function = in.functions[function_id];
  const Param& param = in.params[param_id];
  if (function.class_ && param_id == function.params[0] && !has_decorator(in, function, "staticmethod")) {
    Value self;
    self.kind = has_decorator(in, function, "classmethod") ? Value::Kind::class_ : Value::Kind::object;
    const ClassRef class_ = receiver_in({file, function.class_});
    self.file = class_.file;
    self.class_ = class_.id;
    return self;
  }
  std::vector<Value> candidates;
  for (FixtureId fixture : bindings_.fixtures({file, function_id}, in.word(param.name))) {
    candidates.push_back(fixture_value(fixture, references));
  }
  if (!candidates.empty()) return unique(candidates);
  if (frame_ != nullptr && frame_->function == FunctionRef{file, function_id}) {
    if (const Value value = passed(*frame_, param_id); value.known()) return value;
  }
  return promised({file, in.statements[function.statement].block}, param.annotation);
}

Value Values::fixture_value(FixtureId id, References* references) {
  const Fixture& fixture = tables_.fixtures[id];
  if (fixture.function) return returned(fixture.function, references);
  if (fixture.origin != FixtureOrigin::plugin) return {};
  const PluginFixture& plugin = all_plugin_fixtures()[fixture.plugin];
  Value value;
  value.root = plugin.root;
  if (!plugin.returns.empty()) {
    value.kind = Value::Kind::instance;
    value.name = tables_.names.intern(plugin.returns);
  }
  return plugin.root != PathRoot::none ? path_of(value, tables_) : value;
}

Value Values::returned(FunctionRef function, References* references) {
  if (depth_ >= max_depth) return {};
  ++depth_;
  std::vector<Value> candidates;
  for (const Binding& binding : bindings_.results(function)) {
    candidates.push_back(bound(function.file, binding, references));
  }
  const Value found = unique(candidates);
  const FileModel& in = model(function.file);
  const Function& row = in.functions[function.id];
  const Site site{function.file, in.statements[row.statement].block};
  const Value value = found.known() ? found : promised(site, row.has_yield ? yielded(in, row.returns) : row.returns);
  --depth_;
  return value;
}

/// Those that are known must agree; `None` and other unknowns do not count.
Value Values::unique(const std::vector<Value>& candidates) const {
  Value found;
  for (const Value& candidate : candidates) {
    if (!candidate.known()) continue;
    if (found.known() && !(found == candidate)) return {};
    found = candidate;
  }
  // A path that may also be something else is no path to rely on.
  const bool is_partial = std::ranges::any_of(candidates, [](const Value& value) { return !value.known(); });
  const bool is_data =
      found.kind == Value::Kind::path || found.kind == Value::Kind::text || found.kind == Value::Kind::number;
  return is_partial && is_data ? Value() : found;
}

Value Values::result(const Value& callee, FileId file, BlockId block, ExprId call, References* references) {
  switch (callee.kind) {
    case Value::Kind::class_: {
      Value object = callee;
      object.kind = Value::Kind::object;
      return object;
    }
    case Value::Kind::function: return returned(callee.function_ref(), references);
    case Value::Kind::external: return external_result(callee, {file, block}, call, references);
    case Value::Kind::object: {
      const FunctionRef call_operator = names_.method(callee.class_ref(), "__call__");
      return call_operator ? returned(call_operator, references) : Value();
    }
    case Value::Kind::unknown:
    case Value::Kind::module:
    case Value::Kind::instance:
    case Value::Kind::text:
    case Value::Kind::number:
    case Value::Kind::path: return {};
  }
  return {};
}

}  // namespace hasten
