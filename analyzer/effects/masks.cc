#include "analyzer/effects/masks.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace hasten {
namespace {

using std::string_view;

/// One call or decorator that switches something on.
struct Switch {
  ProjectTables& tables;
  Values& values;
  FileId file;
  BlockId block;
  ExprId call;  // none for a bare decorator
  const Api& api;

  [[nodiscard]] const FileModel& model() const { return tables.files[file].model; }
  [[nodiscard]] ExprId target() const {
    if (!call) return {};
    if (!api.target.keyword.empty()) {
      if (ExprId named = model().keyword(call, api.target.keyword)) return named;
    }
    return model().positional(call, api.target.position >= 0 ? static_cast<std::size_t>(api.target.position) : 0);
  }
  [[nodiscard]] string_view text(ExprId expr) const {
    if (!expr) return {};
    const Value value = values.evaluate(file, block, expr);
    return value.kind == Value::Kind::text ? tables.names[value.name] : string_view();
  }
};

/// `a.b.c` as mock.patch resolves it (E1.1): import a.b, replace its attribute c.
NameId reference_to(const Switch& by, string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  if (dot == string_view::npos) return {};
  const Denotation holder = by.values.names().import_path(by.file, dotted.substr(0, dot));
  std::string space;
  switch (holder.kind) {
    case Denotation::Kind::module: space = by.values.names().modules().name_of(holder.file); break;
    case Denotation::Kind::class_: {
      Value value;
      value.kind = Value::Kind::class_;
      value.file = holder.file;
      value.class_ = holder.class_;
      space = by.values.namespace_of(value);
      break;
    }
    case Denotation::Kind::external: space = holder.dotted; break;
    case Denotation::Kind::binding: space = holder.rest.empty() ? holder.dotted : dotted.substr(0, dot); break;
    case Denotation::Kind::unknown:
    case Denotation::Kind::function:
    case Denotation::Kind::parameter:
    case Denotation::Kind::local: space = dotted.substr(0, dot); break;
  }
  return by.tables.names.intern(canonical_name(fmt::format("{}.{}", space, dotted.substr(dot + 1))));
}

/// The attribute of an object or class is looked up under the names of all its classes: a method of the base class that
/// calls `self.fetch()` finds what was put on the subclass.
std::vector<NameId> references_to(const Value& object, string_view attribute, ProjectTables& tables, Values& values) {
  std::vector<NameId> references;
  auto add = [&](const Value& holder) {
    const std::string space = values.namespace_of(holder);
    if (!space.empty() && !attribute.empty())
      references.push_back(tables.names.intern(canonical_name(fmt::format("{}.{}", space, attribute))));
  };
  if (object.kind != Value::Kind::object && object.kind != Value::Kind::class_) {
    add(object);
    // Whose attribute it is cannot be followed: it may be anybody's of that name.
    if (!object.known() && !attribute.empty()) references.push_back(tables.names.intern(fmt::format(".{}", attribute)));
    return references;
  }
  for (const ClassRef& base : values.names().mro(object.class_ref()).classes) {
    Value holder = object;
    holder.file = base.file;
    holder.class_ = base.id;
    add(holder);
  }
  return references;
}

NameId label_of(const Switch& by, string_view what) {
  return by.tables.names.intern(what.empty() ? std::string(by.api.name) : fmt::format("{}({})", by.api.name, what));
}

bool denotes_environ(const Switch& by, ExprId expr) {
  if (!expr) return false;
  if (by.text(expr) == "os.environ") return true;
  const Value value = by.values.evaluate(by.file, by.block, expr);
  return value.kind == Value::Kind::external && by.tables.names[value.name] == "os.environ";
}

/// `patch.dict(registry.ITEMS)`, `patch.dict("shop.registry.ITEMS")`: the container by the name of the module that
/// holds it.
NameId container_of(const Switch& by) {
  const ExprId expr = by.target();
  if (!expr) return {};
  const string_view text = by.text(expr);
  const Denotation denotation =
      text.empty() ? by.values.names().denote(by.file, by.block, expr) : by.values.names().import_path(by.file, text);
  return denotation.kind == Denotation::Kind::binding ? by.tables.names.intern(denotation.dotted) : NameId();
}

/// monkeypatch.setenv("HOME", ...)
bool sets_home(const Switch& by) {
  if (!by.call || !by.api.effects.has(EffectKind::environment) || by.api.key.position < 0) return false;
  const string_view key = by.text(by.model().positional(by.call, static_cast<std::size_t>(by.api.key.position)));
  return key == "HOME" || key == "USERPROFILE";
}

bool calls_through(const Switch& by) { return by.call && by.model().keyword(by.call, "wraps"); }

constexpr string_view environment_kind[] = {"kind:environment"};

void add_reference(const Switch& by, NameId reference, std::vector<Mask>& masks) {
  if (!reference) return;
  Mask mask;
  if (by.tables.names[reference] == "os.environ") {
    mask.masks = environment_kind;  // the tests write to a mapping of their own
  } else {
    mask.reference = reference;
  }
  mask.label = label_of(by, by.tables.names[reference]);
  masks.push_back(mask);
}

/// `.sleep` of f"{module}.sleep" and of module + ".sleep", `.` where not even the end is written out.
NameId computed_reference(const Switch& by, ExprId dotted) {
  const FileModel& model = by.model();
  ExprId last = model.first_child(dotted);
  while (last && model.next(last)) last = model.next(last);
  const string_view tail = by.text(last);
  const std::size_t dot = tail.rfind('.');
  return by.tables.names.intern(dot == string_view::npos ? string_view(".") : tail.substr(dot));
}

void add_patch(const Switch& by, std::vector<Mask>& masks) {
  const ExprId target = by.target();
  if (!target || calls_through(by)) return;
  const string_view dotted = by.text(target);
  add_reference(by, dotted.empty() ? computed_reference(by, target) : reference_to(by, dotted), masks);
}

/// patch.object(obj, "name"); monkeypatch.setattr(obj, "name", value) or setattr("a.b.c", value).
void add_attribute_patch(const Switch& by, std::vector<Mask>& masks) {
  const ExprId object = by.target();
  if (!object || calls_through(by)) return;
  if (const string_view dotted = by.text(object); !dotted.empty()) {
    add_reference(by, reference_to(by, dotted), masks);
  } else if (by.text(by.model().next(object)).empty()) {
    const std::string space = by.values.namespace_of(by.values.evaluate(by.file, by.block, object));
    add_reference(by, by.tables.names.intern(space + "."), masks);
  } else {
    const Value holder = by.values.evaluate(by.file, by.block, object);
    for (NameId reference : references_to(holder, by.text(by.model().next(object)), by.tables, by.values)) {
      add_reference(by, reference, masks);
    }
  }
}

void add_multiple(const Switch& by, std::vector<Mask>& masks) {
  const ExprId target = by.target();
  if (!target) return;
  const FileModel& model = by.model();
  const string_view dotted = by.text(target);
  for (ExprId at = model.first_child(by.call); at; at = model.next(at)) {
    if (model.exprs[at].kind != ExprKind::keyword) continue;
    if (!dotted.empty()) {
      add_reference(by, reference_to(by, fmt::format("{}.{}", dotted, model.word(at))), masks);
      continue;
    }
    const Value holder = by.values.evaluate(by.file, by.block, target);
    for (NameId reference : references_to(holder, model.word(at), by.tables, by.values)) {
      add_reference(by, reference, masks);
    }
  }
}

void add_masks(const Switch& by, std::vector<Mask>& masks) {
  switch (by.api.role) {
    case Role::patch: add_patch(by, masks); break;
    case Role::patch_object:
    case Role::setattr_: add_attribute_patch(by, masks); break;
    case Role::patch_multiple: add_multiple(by, masks); break;
    case Role::patch_dict:
    case Role::setitem:
      if (denotes_environ(by, by.target())) {
        Mask mask;
        mask.masks = environment_kind;
        mask.label = label_of(by, "os.environ");
        masks.push_back(mask);
      } else {
        add_reference(by, container_of(by), masks);
      }
      break;
    case Role::mask:
    case Role::start: {
      if (by.api.masks.empty()) break;
      Mask mask;
      mask.masks = by.api.masks;
      mask.covers_set_up = by.api.covers_set_up;
      mask.label = label_of(by, {});
      masks.push_back(mask);
      break;
    }
    default: break;
  }
  if (sets_home(by)) {
    Mask mask;
    mask.moves_home = 1;
    mask.label = label_of(by, "HOME");
    masks.push_back(mask);
  }
  // monkeypatch.chdir(tmp_path), runner.isolated_filesystem(), os.chdir(tmp_path): relative paths move.
  if (by.api.effects.has(EffectKind::working_directory)) {
    Mask mask;
    mask.moves_directory = 1;
    mask.label = label_of(by, {});
    masks.push_back(mask);
  }
}

bool is_switch(const Api* api) {
  if (api == nullptr) return false;
  if (api->is_restoring && api->effects.has(EffectKind::environment)) return true;
  switch (api->role) {
    case Role::patch:
    case Role::patch_object:
    case Role::patch_dict:
    case Role::patch_multiple:
    case Role::setattr_:
    case Role::setitem:
    case Role::mask:
    case Role::start: return true;
    default: return api->effects.has(EffectKind::working_directory);
  }
}

constexpr std::uint32_t max_items = 16;  // of one `with`

/// The `with` block whose item is this very call; none when the call stands elsewhere.
BlockId with_block_of(const FileModel& model, const Call& call) {
  const Statement& statement = model.statements[call.statement];
  if (statement.kind != StatementKind::with_item || statement.value != call.expr) return {};
  // The header is the last item; earlier items of the same `with` stand right before it. Blocks are in the order of
  // their first statement, which is the row after the header.
  const auto first = [](const Block& block) { return block.statements.first; };
  const auto begin = std::ranges::lower_bound(model.blocks, call.statement.index() + 1, {}, first);
  for (auto at = begin; at != model.blocks.end() && first(*at) <= call.statement.index() + max_items; ++at) {
    if (at->kind == BlockKind::with_ && at->header >= call.statement && at->parent == call.block) {
      return BlockId(static_cast<std::size_t>(at - model.blocks.begin()));
    }
  }
  return {};
}

TextRange range_of(const FileModel& model, BlockId block) {
  const Run<StatementTag> statements = model.blocks[block].statements;
  if (statements.empty()) return {};
  TextRange range = model.statements[statements[0]].range;
  for (StatementId id : statements) range.end = std::max(range.end, model.statements[id].range.end);
  return range;
}

bool has_yield_in(const FileModel& model, BlockId block) {
  return std::ranges::any_of(model.blocks[block].statements, [&](StatementId id) {
    const ExprId value = model.statements[id].value;
    return value && (model.exprs[value].kind == ExprKind::yield_ || model.exprs[value].kind == ExprKind::yield_from);
  });
}

/// A library's own repository holds the code of what knowledge describes: then it is found by the name that the test
/// imports it under (`from moto import mock_aws`).
const Api* known_api(const Value& value, const FileModel& model, ExprId expr, const ProjectTables& tables,
                     const Knowledge& knowledge) {
  if (value.kind == Value::Kind::external) return knowledge.find_api(tables.names[value.name]);
  // `with folder.as_cwd():` says what it does, whatever the folder is.
  if (!value.known() && model.word(expr) == "as_cwd") return knowledge.find_api("py.path.local.as_cwd");
  if (value.kind != Value::Kind::function && value.kind != Value::Kind::class_) return nullptr;
  const std::string dotted = model.dotted(expr);
  const string_view first = string_view(dotted).substr(0, dotted.find('.'));
  for (const Import& import : model.imports) {
    if (import.level > 0 || model.word(import.bound) != first) continue;
    const string_view rest = string_view(dotted).substr(first.size());
    if (!import.imported) return knowledge.find_api(canonical_name(dotted));
    return knowledge.find_api(
        canonical_name(fmt::format("{}.{}{}", model.word(import.module), model.word(import.imported), rest)));
  }
  return nullptr;
}

/// What test code may put in the place of something real: a function, a lambda, an object of its own, a mock. A text or
/// a number is a setting.
bool may_be_stand_in(const Value& value, const FileModel& model, ExprId expr, const Interner<NameTag>& names) {
  // `manager.cache = tmp_path / "cache"`: what the manager writes goes there.
  if (value.kind == Value::Kind::path) return value.root == PathRoot::unique_temporary;
  switch (model.exprs[expr].kind) {
    case ExprKind::lambda:
    case ExprKind::name:
    case ExprKind::attribute:
    case ExprKind::call: break;
    default: return false;
  }
  if (value.kind == Value::Kind::instance) return is_subclass(names[value.name], "unittest.mock.NonCallableMock");
  return value.kind == Value::Kind::unknown || value.kind == Value::Kind::object || value.kind == Value::Kind::function;
}

/// `client._session = FakeSession()`, `module.fetch = lambda: None`: patched by hand.
void add_assigned_masks(FunctionRef ref, ProjectTables& tables, Values& values, std::vector<Mask>& masks) {
  if (tables.files[ref.file].role == FileRole::first_party) return;
  const FileModel& model = tables.files[ref.file].model;
  const Function& function = model.functions[ref.id];
  auto add = [&](const Statement& statement, ExprId target, ExprId stand_in) {
    if (model.exprs[target].kind != ExprKind::attribute) return;
    const ExprId holder = model.first_child(target);
    if (model.word(holder) == "self" || model.word(holder) == "cls") return;  // the test's own
    const Value value = values.evaluate(ref.file, statement.block, stand_in);
    if (!may_be_stand_in(value, model, stand_in, tables.names)) return;
    const Value object = values.evaluate(ref.file, statement.block, holder);
    for (NameId reference : references_to(object, model.word(target), tables, values)) {
      Mask mask;
      mask.reference = reference;
      mask.lasts = 1;
      mask.is_by_hand = 1;
      mask.extent = {statement.range.begin, function.range.end};
      mask.label = tables.names.intern(fmt::format("{} = ...", model.dotted(target)));
      masks.push_back(mask);
    }
  };
  for (StatementId id : model.blocks[function.body].statements) {
    const Statement& statement = model.statements[id];
    if (statement.kind != StatementKind::assign || !statement.value || model.function_of(id) != ref.id) continue;
    const bool is_pair =
        model.exprs[statement.target].kind == ExprKind::tuple && model.exprs[statement.value].kind == ExprKind::tuple;
    if (!is_pair) {
      add(statement, statement.target, statement.value);
      continue;
    }
    // `old_sleep, module.sleep = module.sleep, noop`
    ExprId value = model.first_child(statement.value);
    for (ExprId at = model.first_child(statement.target); at && value; at = model.next(at), value = model.next(value)) {
      add(statement, at, value);
    }
  }
}

/// Of what the function's own statements switch on.
void add_body_masks(FunctionRef ref, ProjectTables& tables, Values& values, Calls& calls, std::vector<Mask>& masks) {
  const FileModel& model = tables.files[ref.file].model;
  const Function& function = model.functions[ref.id];
  for (CallId id : calls.of(ref)) {
    const Call& call = model.calls[id];
    if (call.in_decorator) continue;
    const Callee& callee = calls.callee(ref.file, id);
    const Api* api = callee.api;
    if (api == nullptr && model.statements[call.statement].kind == StatementKind::with_item) {
      const ExprId named = model.first_child(call.expr);
      api = known_api(values.evaluate(ref.file, call.block, named), model, named, tables, values.names().knowledge());
    }
    if (!is_switch(api)) continue;
    const std::size_t first = masks.size();
    add_masks({tables, values, ref.file, call.block, call.expr, *api}, masks);
    const BlockId with = with_block_of(model, call);
    for (Mask& mask : std::span(masks).subspan(first)) {
      mask.extent = with ? range_of(model, with) : TextRange{model.exprs[call.expr].range.begin, function.range.end};
      mask.lasts = !with || has_yield_in(model, with) ? 1 : 0;
    }
  }
  add_assigned_masks(ref, tables, values, masks);
}

/// What the project's own decorator puts around the function that it is given: the wrapper inside it enters
/// `mock_aws()`.
void add_wrapper_masks(const Value& decorator, TextRange extent, ProjectTables& tables, Values& values, Calls& calls,
                       std::vector<Mask>& masks) {
  if (decorator.kind != Value::Kind::function) return;
  const Table<FunctionTag, Function>& functions = tables.files[decorator.file].model.functions;
  const TextRange range = functions[decorator.function].range;
  const std::size_t first = masks.size();
  // Rows are in the order of their definitions, so what stands inside follows.
  for (std::size_t at = decorator.function.index() + 1; at < functions.size(); ++at) {
    const FunctionId inside(at);
    if (!range.contains(functions[inside].range)) break;
    add_body_masks({decorator.file, inside}, tables, values, calls, masks);
  }
  for (Mask& mask : std::span(masks).subspan(first)) mask.extent = extent;
}

}  // namespace

std::vector<Mask> masks_of(FunctionRef ref, ProjectTables& tables, Values& values, Calls& calls) {
  const FileModel& model = tables.files[ref.file].model;
  const Function& function = model.functions[ref.id];
  const BlockId outside = model.statements[function.statement].block;
  std::vector<Mask> masks;
  for (DecoratorId id : function.decorators) {
    const ExprId decorator = model.decorators[id].expr;
    add_decorator_mask(ref.file, outside, decorator, function.range, tables, values, masks);
    const bool is_call = model.exprs[decorator].kind == ExprKind::call;
    const Value named = values.evaluate(ref.file, outside, is_call ? model.first_child(decorator) : decorator);
    add_wrapper_masks(named, function.range, tables, values, calls, masks);
  }
  add_body_masks(ref, tables, values, calls, masks);
  return masks;
}

void add_decorator_mask(FileId file, BlockId block, ExprId decorator, TextRange extent, ProjectTables& tables,
                        Values& values, std::vector<Mask>& masks) {
  const FileModel& model = tables.files[file].model;
  const bool is_call = model.exprs[decorator].kind == ExprKind::call;
  const ExprId named = is_call ? model.first_child(decorator) : decorator;
  const Api* api = known_api(values.evaluate(file, block, named), model, named, tables, values.names().knowledge());
  if (!is_switch(api)) return;
  const std::size_t first = masks.size();
  add_masks({tables, values, file, block, is_call ? decorator : ExprId(), *api}, masks);
  for (Mask& mask : std::span(masks).subspan(first)) mask.extent = extent;
}

namespace {

/// Opening a socket is below every client that Python code has.
bool blocks_sockets(string_view reference) {
  return reference == "socket.socket" || reference == "socket.create_connection" || reference == "socket.getaddrinfo" ||
         reference == "socket.socket.connect";
}

bool is_inside(string_view name, string_view module) {
  return name.size() > module.size() && name.starts_with(module) && name[module.size()] == '.';
}

}  // namespace

bool neutralises(const Mask& mask, const References& references, const Interner<NameTag>& names) {
  if (!mask.reference) return false;
  const string_view replaced = names[mask.reference];
  if (replaced.ends_with('.')) {
    return replaced == "." ||
           std::ranges::any_of(references, [&](NameId reference) { return names[reference].starts_with(replaced); });
  }
  if (replaced.starts_with('.')) {
    return std::ranges::any_of(references, [&](NameId reference) { return names[reference].ends_with(replaced); });
  }
  return std::ranges::any_of(references, [&](NameId reference) {
    return reference == mask.reference || is_inside(names[reference], replaced);
  });
}

bool neutralises(const Mask& mask, const Effect& effect, const Api* api, const Interner<NameTag>& names) {
  const bool is_file = effect.kind == EffectKind::file_write || effect.kind == EffectKind::file_read;
  if (mask.moves_directory) return is_file && effect.root == PathRoot::working_directory;
  if (mask.moves_home) return is_file && effect.root == PathRoot::home;
  if (mask.reference) {
    if (effect.kind == EffectKind::network) return blocks_sockets(names[mask.reference]);
    // What a patch replaced, it puts back, whatever was assigned meanwhile.
    return effect.kind == EffectKind::global_state && mask.reference == effect.api && !mask.is_by_hand;
  }
  // A mocked service is cheap to connect to, and its client must not outlive the mock.
  const bool is_carried = effect.kind == EffectKind::network || effect.kind == EffectKind::heavy_construction;
  return std::ranges::any_of(mask.masks, [&](string_view word) {
    if (word.starts_with("kind:")) return word.substr(5) == to_string(effect.kind);
    return is_carried && api != nullptr && word == api->transport;
  });
}

}  // namespace hasten
