#include <algorithm>
#include <string>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/nesting.h"
#include "analyzer/values/decorators.h"
#include "analyzer/values/path_values.h"
#include "analyzer/values/values.h"

// The half of Values that looks attributes up: in modules, classes, objects and what is outside the project.

namespace hasten {
namespace {

/// Bindings of one attribute of a class; what is bound more often is no value to rely on.
constexpr std::size_t max_bindings = 64;

/// What a run looks up most often, so it is not formatted.
std::string member_name(std::string_view holder, std::string_view member) {
  std::string name;
  name.reserve(holder.size() + 1 + member.size());
  return name.append(holder).append(1, '.').append(member);
}

Value class_value(ClassRef ref) {
  Value value;
  value.kind = Value::Kind::class_;
  value.file = ref.file;
  value.class_ = ref.id;
  return value;
}

}  // namespace

Value Values::attribute(const Value& object, std::string_view name, References* references) {
  switch (object.kind) {
    case Value::Kind::module: {
      note_reference(references, names_.modules().name_of(object.file), name);
      const Denotation& member = names_.member(object.file, name);
      const Value value = denoted(member, {}, references);
      if (value.known() || member.kind != Denotation::Kind::binding || !member.expr) return value;
      return evaluate(member.file, FileModel::module_block(), member.expr, references);
    }
    case Value::Kind::class_:
    case Value::Kind::object: return object_attribute(object.class_ref(), name, references);
    case Value::Kind::external: {
      note_reference(references, tables_.names[object.name], name);
      Value value = external(member_name(tables_.names[object.name], name));
      value.is_member = object.is_member;
      return value;
    }
    case Value::Kind::instance:
    case Value::Kind::path: {
      if (object.kind == Value::Kind::path && object.held_by == HeldBy::text) return {};
      if (const Value path = path_attribute(object, name, tables_); path.known()) return path;
      const std::string class_name = namespace_of(object);
      note_reference(references, class_name, name);
      const Api* api = names_.knowledge().find_method(class_name, name);
      Value value = api != nullptr ? external(api->name) : external(member_name(class_name, name));
      value.root = object.root;
      value.is_in_process = object.is_in_process;
      value.is_member = 1;
      return value;
    }
    case Value::Kind::unknown:
    case Value::Kind::function:
    case Value::Kind::text:
    case Value::Kind::number: return {};
  }
  return {};
}

Value Values::object_attribute(ClassRef class_, std::string_view name, References* references) {
  const Names::Mro& mro = names_.mro(class_);
  FunctionRef method = names_.method(class_, name);
  for (const ClassRef& base : mro.classes) {
    note_reference(references, namespace_of(class_value(base)), name);
    if (method && defines(base, method)) break;  // what is patched in a base behind it is not looked up
  }
  if (method) {
    const FileModel& in = model(method.file);
    method.id = property_of(in, method.id);
    if (is_property(in, in.functions[method.id])) return returned(method, references);
    Value found;
    found.kind = Value::Kind::function;
    found.file = method.file;
    found.function = method.id;
    return found;
  }
  for (const ClassRef& base : mro.classes) {
    const std::vector<Binding>& bindings = bindings_.attributes(base, name);
    if (bindings.size() > max_bindings) return {};
    std::vector<Value> candidates;
    for (const Binding& binding : bindings) {
      candidates.push_back(base == class_ ? bound(base.file, binding, references)
                                          : bound_on(class_, base.file, binding, references));
    }
    if (!candidates.empty()) return unique(candidates);
  }
  for (const std::string& base : mro.external_bases) {
    if (const Api* api = names_.knowledge().find_method(base, name)) {
      Value outside = external(api->name);
      outside.is_in_process = is_built_in_process(class_);
      return outside;
    }
  }
  return {};
}

bool Values::defines(ClassRef class_, FunctionRef method) const {
  return method.file == class_.file && model(method.file).functions[method.id].class_ == class_.id;
}

/// `class TestClient(httpx.Client)` whose constructor says `super().__init__(transport=InProcess(app))`.
bool Values::is_built_in_process(ClassRef class_) {
  const FunctionRef constructor = names_.method(class_, "__init__");
  const auto [entry, is_new] = in_process_.try_emplace(class_, false);
  if (!is_new || !constructor) return entry->second;
  const FileModel& in = model(constructor.file);
  const bool is_in_process = std::ranges::any_of(in.calls, [&](const Call& call) {
    const ExprId callee = in.first_child(call.expr);
    return in.function_of(call.block) == constructor.id && in.exprs[callee].kind == ExprKind::attribute &&
           in.word(callee) == "__init__" && has_in_process_argument({constructor.file, call.block}, call.expr);
  });
  return in_process_[class_] = is_in_process;
}

/// `super().setUp`: what the classes behind this one in its MRO say first, or what stands outside the project.
Value Values::super_attribute(Site site, std::string_view name, References* references) {
  const ClassRef class_ = class_around(site.file, site.block);
  if (!class_) return {};
  const Names::Mro& mro = names_.mro(class_);
  for (auto base = std::next(mro.classes.begin()); base != mro.classes.end(); ++base) {
    const FunctionRef method = names_.method(*base, name);
    if ((method && defines(*base, method)) || !bindings_.attributes(*base, name).empty())
      return object_attribute(*base, name, references);
  }
  if (mro.external_bases.size() != 1 || mro.has_unknown_base) return {};
  Value outside = instance_of(mro.external_bases[0]);
  outside.is_in_process = is_built_in_process(class_);
  return attribute(outside, name, references);
}

/// `settings.url = "sqlite://"` and, further down in the same function, `settings.url`: the last one before it, unknown
/// where that stands in a branch. Nothing when there is none.
std::optional<Value> Values::assigned_before(Site site, ExprId attribute, References* references) {
  const FileModel& in = model(site.file);
  const FunctionId function = in.function_of(site.block);
  const ExprId holder = in.first_child(attribute);
  if (!function || in.exprs[holder].kind != ExprKind::name) return std::nullopt;
  const std::span<const Binding> stores = bindings_.stores(site.file, function, in.exprs[attribute].word());
  for (auto store = stores.rbegin(); store != stores.rend(); ++store) {
    if (in.exprs[store->holder].word() != in.exprs[holder].word()) continue;
    if (in.exprs[store->value].range.end > in.exprs[attribute].range.begin) continue;
    if (!is_within(in, site.block, store->block)) return Value();
    return evaluate(site.file, store->block, store->value, references);
  }
  return std::nullopt;
}

/// The next class along the MRO of the class that the method is written in.
Value Values::super_object(Site site) {
  const ClassRef class_ = class_around(site.file, site.block);
  if (!class_ || names_.mro(class_).classes.size() < 2) return {};
  Value object = class_value(names_.mro(class_).classes[1]);
  object.kind = Value::Kind::object;
  return object;
}

Value Values::instance_of(std::string_view class_name) {
  Value instance;
  instance.kind = Value::Kind::instance;
  instance.name = tables_.names.intern(canonical_name(class_name));
  return instance;
}

ClassRef Values::class_around(FileId file, BlockId block) const {
  const FileModel& in = model(file);
  const FunctionId function = in.function_of(block);
  return function && in.functions[function].class_ ? ClassRef{file, in.functions[function].class_} : ClassRef();
}

std::string Values::namespace_of(const Value& value) const {
  switch (value.kind) {
    case Value::Kind::module: return std::string(names_.modules().name_of(value.file));
    case Value::Kind::class_:
    case Value::Kind::object: {
      const FileModel& in = model(value.file);
      return member_name(names_.modules().name_of(value.file), in.word(in.classes[value.class_].name));
    }
    case Value::Kind::external:
    case Value::Kind::instance: return std::string(tables_.names[value.name]);
    case Value::Kind::path: return value.held_by == HeldBy::py_path ? "py.path.local" : "pathlib.Path";
    case Value::Kind::unknown:
    case Value::Kind::function:
    case Value::Kind::text:
    case Value::Kind::number: return {};
  }
  return {};
}

void Values::note_reference(References* references, std::string_view holder, std::string_view attribute) {
  if (references == nullptr || holder.empty() || references->size() >= 32) return;
  references->push_back(tables_.names.intern(canonical_name(member_name(holder, attribute))));
}

}  // namespace hasten
