#include "analyzer/effects/switches.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/values/arguments.h"

namespace hasten {

using std::string_view;

ExprId Switch::target() const {
  if (!call) return {};
  const ExprId said = argument_of(model(), call, api.target);
  return said || api.target.position >= 0 ? said : model().positional(call, 0);
}

string_view Switch::text(ExprId expr) const {
  if (!expr) return {};
  const Value value = values.evaluate(file, block, expr);
  return value.kind == Value::Kind::text ? tables.names[value.name] : string_view();
}

namespace {

/// `client.messages._post = Mock()`: what a test replaces inside an object of a library is what all its methods go
/// through.
bool is_inside_of_client(const Value& object, string_view attribute) {
  const bool is_of_library = object.kind == Value::Kind::instance || object.is_member != 0;
  return is_of_library && attribute.starts_with('_') && !attribute.starts_with("__");
}

}  // namespace

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
    if (is_inside_of_client(object, attribute)) {
      references.push_back(tables.names.intern(values.namespace_of(object) + "."));
    }
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

namespace {

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

/// `vcr.use_cassette(str(tmp_path / "orders.yaml"))`: a cassette that nobody has recorded yet, so the requests are
/// real.
bool records_anew(const Switch& by) {
  if (!by.call || !by.api.path.given()) return false;
  const ExprId path = argument_of(by.model(), by.call, by.api.path);
  const ExprId mode = by.model().keyword(by.call, "record_mode");
  if (!path || (mode && by.text(mode) == "none")) return false;
  return by.values.evaluate(by.file, by.block, path).root == PathRoot::unique_temporary;
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

}  // namespace

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
      if (by.api.masks.empty() || records_anew(by)) break;
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

}  // namespace hasten
