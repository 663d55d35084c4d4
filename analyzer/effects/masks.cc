#include "analyzer/effects/masks.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/effects/mask_extents.h"
#include "analyzer/effects/switches.h"

namespace hasten {
namespace {

using std::string_view;

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

/// What test code may put in the place of something real: a function, a class, a lambda, an object of its own, a mock.
/// A text or a number is a setting.
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
  return value.kind == Value::Kind::unknown || value.kind == Value::Kind::object || value.kind == Value::Kind::class_ ||
         value.kind == Value::Kind::function;
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

/// `with mock_aws():`, `mock = mock_aws()`.
bool may_be_kept_or_entered(const FileModel& model, const Call& call) {
  const Statement& statement = model.statements[call.statement];
  return statement.value == call.expr &&
         (statement.kind == StatementKind::with_item || statement.kind == StatementKind::assign);
}

/// Of what the function's own statements switch on.
void add_body_masks(FunctionRef ref, ProjectTables& tables, Values& values, Calls& calls, std::vector<Mask>& masks) {
  const FileModel& model = tables.files[ref.file].model;
  const std::size_t before = masks.size();
  std::vector<SwitchedOn> switches;
  for (CallId id : calls.of(ref)) {
    const Call& call = model.calls[id];
    if (call.in_decorator) continue;
    const Callee& callee = calls.callee(ref.file, id);
    const Api* api = callee.api;
    if (api == nullptr && may_be_kept_or_entered(model, call)) {
      const ExprId named = model.first_child(call.expr);
      api = known_api(values.evaluate(ref.file, call.block, named), model, named, tables, values.names().knowledge());
    }
    if (!is_switch(api)) continue;
    const std::size_t first = masks.size();
    add_masks({tables, values, ref.file, call.block, call.expr, *api}, masks);
    switches.push_back({id, api, first, masks.size() - first});
  }
  set_extents(ref, switches, tables, calls, masks);
  add_assigned_masks(ref, tables, values, masks);
  if (tables.files[ref.file].role != FileRole::first_party) return;
  for (Mask& mask : std::span(masks).subspan(before)) mask.is_by_project = 1;
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

bool is_of_anything_outside(const Mask& mask, const Interner<NameTag>& names) {
  return mask.is_by_project && mask.reference && names[mask.reference] == ".";
}

bool neutralises(const Mask& mask, const References& references, const Interner<NameTag>& names) {
  if (!mask.reference) return false;
  if (is_of_anything_outside(mask, names)) {
    return std::ranges::none_of(references,
                                [&](NameId reference) { return names[reference].starts_with("builtins."); });
  }
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
  const bool is_carried = effect.kind == EffectKind::network || effect.kind == EffectKind::heavy_construction ||
                          effect.kind == EffectKind::named_object;
  return std::ranges::any_of(mask.masks, [&](string_view word) {
    if (word.starts_with("kind:")) return word.substr(5) == to_string(effect.kind);
    return is_carried && api != nullptr && word == api->transport;
  });
}

}  // namespace hasten
