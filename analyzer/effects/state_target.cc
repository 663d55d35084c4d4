#include "analyzer/effects/state_target.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/values/decorators.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::array container_makers = {
    string_view("builtins.bytearray"),
    string_view("builtins.dict"),
    string_view("builtins.list"),
    string_view("builtins.set"),
    string_view("collections.Counter"),
    string_view("collections.OrderedDict"),
    string_view("collections.defaultdict"),
    string_view("collections.deque"),
    string_view("weakref.WeakKeyDictionary"),
    string_view("weakref.WeakSet"),
    string_view("weakref.WeakValueDictionary"),
};
static_assert(std::ranges::is_sorted(container_makers));

/// State that belongs to the interpreter rather than to one library.
bool is_process_state(string_view dotted) {
  return dotted.starts_with("sys.") || dotted.starts_with("builtins.") || dotted.starts_with("locale.") ||
         dotted.starts_with("signal.") || dotted.starts_with("warnings.");
}

/// What is set on a mock is its own, and what is set on a proxy belongs to the context that it stands for.
bool has_own_attributes(string_view class_name) {
  return is_subclass(class_name, "unittest.mock.NonCallableMock") || class_name == "werkzeug.local.LocalProxy";
}

bool is_known_container(string_view dotted) { return dotted == "os.environ" || dotted.starts_with("sys."); }

/// `sys`, `socket.socket`, `urllib.request`: setting an attribute there is seen by everyone. A lower-case name inside a
/// package may be anything (`flask.g`, a proxy), so nothing is said about it.
bool is_module_or_class(string_view dotted) {
  // Prototypes of C functions are declared, not changed; a sentinel is made for the test.
  if (dotted.starts_with("ctypes.") || dotted.starts_with("unittest.mock.")) return false;
  const std::size_t dot = dotted.rfind('.');
  if (dot == string_view::npos) return true;
  const char first = dotted[std::min(dot + 1, dotted.size() - 1)];
  return (first >= 'A' && first <= 'Z') || find_class(dotted) != nullptr;
}

}  // namespace

std::optional<StateTarget> StateTargets::attribute(FileId file, BlockId block, ExprId target) {
  const FileModel& model = tables_.files[file].model;
  // What has a result or an effect to be told is a mock, whatever stood there before.
  if (model.word(target) == "return_value" || model.word(target) == "side_effect") return std::nullopt;
  const Value object = values_.evaluate(file, block, model.first_child(target));
  return attribute_of(object, model.word(target));
}

std::optional<StateTarget> StateTargets::attribute_of(const Value& object, string_view name) {
  switch (object.kind) {
    case Value::Kind::module: {
      const Denotation& binding = values_.names().member(object.file, name);
      return StateTarget{EffectKind::global_state, full_name(object, name), {}, {binding.file, binding.expr}};
    }
    case Value::Kind::class_:
      if (is_made_by_function(object.class_ref())) return std::nullopt;
      return StateTarget{EffectKind::global_state, full_name(object, name), object.class_ref(),
                         class_level_value(object.class_ref(), name)};
    case Value::Kind::external: {
      const string_view holder = tables_.names[object.name];
      if (object.is_member || !is_module_or_class(holder)) return std::nullopt;
      return external(fmt::format("{}.{}", holder, name));
    }
    case Value::Kind::object: return held_by_singleton(object.class_ref(), name);
    case Value::Kind::unknown:
    case Value::Kind::function:
    case Value::Kind::instance:
    case Value::Kind::text:
    case Value::Kind::number:
    case Value::Kind::path: return std::nullopt;
  }
  return std::nullopt;
}

NameId StateTargets::full_name(const Value& holder, string_view name) {
  return tables_.names.intern(fmt::format("{}.{}", values_.namespace_of(holder), name));
}

/// A class that stands in a function is made anew by every call.
bool StateTargets::is_made_by_function(ClassRef ref) const {
  const FileModel& model = tables_.files[ref.file].model;
  ClassId class_ = ref.id;
  while (model.classes[class_].outer && !model.classes[class_].function) class_ = model.classes[class_].outer;
  return static_cast<bool>(model.classes[class_].function);
}

/// What the body of the class, or of a base, gives to `name`; none when several statements do.
ExprRef StateTargets::class_level_value(ClassRef class_, string_view name) const {
  for (const ClassRef& base : values_.names().mro(class_).classes) {
    const FileModel& model = tables_.files[base.file].model;
    ExprRef found;
    for (const Binding& binding : values_.bindings().attributes(base, name)) {
      if (model.function_of(binding.block)) continue;
      if (found.id || binding.kind != Binding::Kind::value) return {};
      found = {base.file, binding.value};
    }
    if (found.id) return found;
  }
  return {};
}

/// `items: list = []` of a pydantic model or the like is the default of a field: every instance gets its own copy.
bool StateTargets::copies_fields(ClassRef class_) const {
  constexpr std::array endings = {string_view("Model"), string_view("Settings"), string_view("Struct")};
  if (values_.names().mro(class_).has_unknown_base) return true;  // which may be one
  const std::vector<std::string>& bases = values_.names().mro(class_).external_bases;
  return std::ranges::any_of(bases, [&](const std::string& base) {
    return std::ranges::any_of(endings, [&](string_view ending) { return base.ends_with(ending); });
  });
}

/// `setattr(self, name, value)`, `self.__dict__.update(...)`: an instance may have its own of whatever the class holds.
bool StateTargets::sets_computed_attributes(ClassRef class_) const {
  const FileModel& model = tables_.files[class_.file].model;
  return std::ranges::any_of(model.calls, [&](const Call& call) {
    const FunctionId method = model.function_of(call.block);
    if (!method || model.functions[method].class_ != class_.id || model.functions[method].params.empty()) return false;
    const string_view self = model.word(model.params[model.functions[method].params[0]].name);
    const ExprId callee = model.first_child(call.expr);
    if (model.word(callee) != "update" && model.word(callee) != "setattr") return false;
    if (model.dotted(callee) == fmt::format("{}.__dict__.update", self)) return true;
    const ExprId object = model.positional(call.expr, 0), name = model.positional(call.expr, 1);
    return model.dotted(callee) == "setattr" && object && name && model.dotted(object) == self &&
           model.exprs[name].kind != ExprKind::string;
  });
}

/// Whoever says `strategy: Strategy` may well get a subclass, and there `name` is something else.
bool StateTargets::is_replaced_by_subclass(ClassRef class_, string_view name) const {
  const auto binds_name = [&](ClassRef other) { return !values_.bindings().attributes(other, name).empty(); };
  const std::vector<ClassRef>& subclasses = values_.names().subclasses(class_);
  if (subclasses.size() < Names::max_subclasses) return std::ranges::any_of(subclasses, binds_name);
  for (const FileId file : tables_.files.ids()) {
    for (const ClassId id : tables_.files[file].model.classes.ids()) {
      const ClassRef other{file, id};
      if (other == class_ || !binds_name(other)) continue;
      if (std::ranges::find(values_.names().mro(other).classes, class_) != values_.names().mro(other).classes.end()) {
        return true;
      }
    }
  }
  return false;
}

/// `scheduler.jobs = {}` further up: from then on the object has its own.
bool StateTargets::is_given_before(FileId file, BlockId block, ExprId attribute) const {
  const FileModel& model = tables_.files[file].model;
  const ExprId holder = model.first_child(attribute);
  if (model.exprs[holder].kind != ExprKind::name) return false;
  const auto stores = values_.bindings().stores(file, model.function_of(block), model.exprs[attribute].word());
  return std::ranges::any_of(stores, [&](const Binding& store) {
    return model.exprs[store.holder].word() == model.exprs[holder].word() &&
           model.exprs[store.value].range.end <= model.exprs[attribute].range.begin;
  });
}

/// What is assigned to a property goes where its setter puts it.
bool StateTargets::has_setter(ClassRef class_, string_view name) const {
  if (const FunctionRef method = values_.names().method(class_, name)) {
    const FileModel& in = tables_.files[method.file].model;
    return is_property(in, in.functions[method.id]) || has_decorator(in, in.functions[method.id], "setter");
  }
  const ExprRef given = class_level_value(class_, name);
  if (!given.id) return false;
  const FileModel& model = tables_.files[given.file].model;
  return model.exprs[given.id].kind == ExprKind::call && model.word(model.first_child(given.id)) == "property";
}

std::optional<StateTarget> StateTargets::container(FileId file, BlockId block, ExprId expr) {
  const FileModel& model = tables_.files[file].model;
  const ExprKind kind = model.exprs[expr].kind;
  if (kind == ExprKind::name) {
    const Denotation denotation = values_.names().denote(file, block, model.word(expr));
    if (denotation.kind == Denotation::Kind::binding) return held_by_module(denotation);
    if (denotation.kind == Denotation::Kind::external && is_known_container(denotation.dotted)) {
      return external(denotation.dotted);
    }
    return std::nullopt;
  }
  if (kind != ExprKind::attribute) return std::nullopt;
  const Value object = values_.evaluate(file, block, model.first_child(expr));
  switch (object.kind) {
    case Value::Kind::module: return held_by_module(values_.names().member(object.file, model.word(expr)));
    case Value::Kind::object:
      if (is_given_before(file, block, expr)) return std::nullopt;
      if (copies_fields(object.class_ref())) return std::nullopt;
      if (is_replaced_by_subclass(object.class_ref(), model.word(expr))) return std::nullopt;
      if (auto held = held_by_class(object.class_ref(), model.word(expr))) return held;
      return held_by_singleton(object.class_ref(), model.word(expr));
    case Value::Kind::class_: return held_by_class(object.class_ref(), model.word(expr));
    case Value::Kind::external: {
      const std::string full = fmt::format("{}.{}", tables_.names[object.name], model.word(expr));
      return is_known_container(full) ? external(full) : std::nullopt;
    }
    case Value::Kind::unknown:
    case Value::Kind::function:
    case Value::Kind::instance:
    case Value::Kind::text:
    case Value::Kind::number:
    case Value::Kind::path: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<StateTarget> StateTargets::part_of_object(FileId file, BlockId block, ExprId attribute) {
  constexpr std::size_t longest = 5;
  const FileModel& model = tables_.files[file].model;
  std::vector<ExprId> chain = {attribute};
  while (chain.size() <= longest && model.exprs[chain.back()].kind == ExprKind::attribute) {
    chain.push_back(model.first_child(chain.back()));
  }
  if (chain.size() < 2 || model.exprs[chain.back()].kind != ExprKind::name) return std::nullopt;
  // `settings.limit`, and `shop.settings.limit` through modules.
  ExprId base = chain.back();
  Denotation denotation = values_.names().denote(file, block, model.word(base));
  while (denotation.kind == Denotation::Kind::module && chain.size() > 2) {
    chain.pop_back();
    base = chain.back();
    denotation = values_.names().denote(file, block, base);
  }
  if (denotation.kind != Denotation::Kind::binding || denotation.class_ || !denotation.expr ||
      !denotation.rest.empty()) {
    return std::nullopt;
  }
  const Value object = values_.evaluate(denotation.file, FileModel::module_block(), denotation.expr);
  if (object.kind != Value::Kind::object && object.kind != Value::Kind::instance) return std::nullopt;
  if (object.kind == Value::Kind::instance && has_own_attributes(tables_.names[object.name])) return std::nullopt;
  const Value holder = values_.evaluate(file, block, model.first_child(attribute));
  if (holder.kind == Value::Kind::object && has_setter(holder.class_ref(), model.word(attribute))) return std::nullopt;
  const std::string dotted = model.dotted(attribute);
  const std::string rest = dotted.substr(model.dotted(base).size());
  return StateTarget{EffectKind::global_state, tables_.names.intern(denotation.dotted + rest), {}, {}};
}

std::optional<StateTarget> StateTargets::held_by_module(const Denotation& binding) {
  if (binding.kind != Denotation::Kind::binding || binding.class_ || !binding.expr) return std::nullopt;
  if (!is_mutable_container(binding.file, FileModel::module_block(), binding.expr)) return std::nullopt;
  return StateTarget{EffectKind::global_state, tables_.names.intern(binding.dotted), {}, {binding.file, binding.expr}};
}

std::optional<StateTarget> StateTargets::held_by_class(ClassRef class_, string_view name) {
  if (is_made_by_function(class_)) return std::nullopt;
  for (const ClassRef& base : values_.names().mro(class_).classes) {
    const FileModel& model = tables_.files[base.file].model;
    bool is_held = false;
    for (const Binding& binding : values_.bindings().attributes(base, name)) {
      if (model.function_of(binding.block)) return std::nullopt;  // an instance gets its own
      is_held |= binding.kind == Binding::Kind::value && is_mutable_container(base.file, binding.block, binding.value);
    }
    if (!is_held) continue;
    const auto& classes = values_.names().mro(class_).classes;
    if (std::ranges::any_of(classes, [&](ClassRef part) { return sets_computed_attributes(part); })) {
      return std::nullopt;
    }
    const std::string full = fmt::format("{}.{}.{}", values_.names().modules().name_of(base.file),
                                         model.word(model.classes[base.id].name), name);
    return StateTarget{EffectKind::global_state, tables_.names.intern(full), base, {}};
  }
  return std::nullopt;
}

std::optional<StateTarget> StateTargets::held_by_singleton(ClassRef class_, string_view name) {
  const NameId holder = singletons_ != nullptr ? singletons_->of(class_) : NameId();
  if (!holder) return std::nullopt;
  const NameId full = tables_.names.intern(fmt::format("{}.{}", tables_.names[holder], name));
  return StateTarget{EffectKind::global_state, full, {}, {}};
}

std::optional<StateTarget> StateTargets::external(string_view dotted) {
  const NameId name = tables_.names.intern(dotted);
  if (dotted == "os.environ") return StateTarget{EffectKind::environment, name, {}, {}};
  const EffectKind kind = is_process_state(dotted) ? EffectKind::process_state : EffectKind::global_state;
  return StateTarget{kind, name, {}, {}};
}

bool StateTargets::is_mutable_container(FileId file, BlockId block, ExprId value) {
  const FileModel& model = tables_.files[file].model;
  const Expr& row = model.exprs[value];
  switch (row.kind) {
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::dict: return true;
    case ExprKind::comprehension: return row.op != Operator::generator;
    case ExprKind::call: {
      const Value maker = values_.evaluate(file, block, model.first_child(value));
      return maker.kind == Value::Kind::external &&
             std::ranges::binary_search(container_makers, tables_.names[maker.name]);
    }
    default: return false;
  }
}

}  // namespace hasten
