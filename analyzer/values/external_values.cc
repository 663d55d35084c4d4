// The part of Values that says what calls into libraries give, and whether a client stays on this machine.

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/text/url.h"
#include "analyzer/values/arguments.h"
#include "analyzer/values/path_values.h"
#include "analyzer/values/values.h"

namespace hasten {
namespace {

bool looks_like_class(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  const char first = dot == std::string_view::npos ? dotted[0] : dotted[dot + 1 < dotted.size() ? dot + 1 : dot];
  return first >= 'A' && first <= 'Z';
}

}  // namespace

Value Values::external_result(const Value& callee, Site site, ExprId call, References* references) {
  if (const Value path = path_result(callee, {*this, tables_, site.file, site.block, call}); path.known()) return path;
  const std::string_view name = tables_.names[callee.name];
  if (name == "builtins.super") return super_object(site);
  const Api* api = names_.knowledge().find_api(name);
  if (api != nullptr && api->wraps.given()) {
    const ExprId wrapped = call ? argument_of(tables_.files[site.file].model, call, api->wraps) : ExprId();
    return wrapped ? evaluate(site.file, site.block, wrapped, references) : Value();
  }
  Value value;
  value.kind = Value::Kind::instance;
  value.is_in_process = callee.is_in_process || has_in_process_argument(site, call);
  if (api != nullptr) {
    value.root = api->root;
    if (!api->returns.empty()) {
      value.name = tables_.names.intern(api->returns);
      return value;
    }
  }
  if (find_class(name) == nullptr && !looks_like_class(name)) return {};
  value.name = callee.name;
  return value;
}

/// `request.getfixturevalue("server")`: what the fixture gives.
Value Values::asked_for(Site site, ExprId call, References* references) {
  const FileModel& in = tables_.files[site.file].model;
  const FunctionId function = in.function_of(site.block);
  const ExprId name = argument_of(in, call, {0, "argname"});
  const Value text = name && function ? evaluate(site.file, site.block, name) : Value();
  if (text.kind != Value::Kind::text) return {};
  std::vector<Value> candidates;
  for (const FixtureId fixture : bindings_.asked_for({site.file, function}, text.name)) {
    candidates.push_back(fixture_value(fixture, references));
  }
  return unique(candidates);
}

/// Test code spells an outside address out; what it gets from elsewhere is mostly a server of its own. In the project's
/// code an unknown address is where the configuration comes in.
bool Values::is_local_address(Site site, ExprId expr) {
  const Value address = evaluate(site.file, site.block, expr);
  if (address.kind == Value::Kind::text) return is_loopback(tables_.names[address.name]);
  return tables_.files[site.file].role != FileRole::first_party;
}

/// `httpx.Client(transport=ASGITransport(app))`: what is built on an in-process part stays in the process.
bool Values::has_in_process_argument(Site site, ExprId call) {
  if (!call) return false;
  const FileModel& in = model(site.file);
  for (ExprId argument = in.next(in.first_child(call)); argument; argument = in.next(argument)) {
    const bool is_named = in.exprs[argument].kind == ExprKind::keyword;
    // A client whose address comes from a fixture talks to a server that the fixture started.
    const bool is_address = is_named && (in.word(argument) == "endpoint_url" || in.word(argument) == "base_url");
    if (is_address && is_local_address(site, in.first_child(argument))) return true;
    const Value value = evaluate(site.file, site.block, is_named ? in.first_child(argument) : argument);
    if (value.kind != Value::Kind::instance && value.kind != Value::Kind::external) continue;
    const Api* api = names_.knowledge().find_api(tables_.names[value.name]);
    if (api != nullptr && api->is_in_process) return true;
  }
  // `httpx.Client(transport=Recorder())`: a transport of one's own; the real ones have nothing to be passed for.
  const ExprId transport = in.keyword(call, "transport");
  return transport && evaluate(site.file, site.block, transport).kind == Value::Kind::object;
}

Value Values::entered(const Value& value) {
  if (value.kind == Value::Kind::instance) return entered_path(value, tables_);
  if (value.kind == Value::Kind::object) {
    const FunctionRef enter = names_.method(value.class_ref(), "__enter__");
    if (!enter) return value;
    const Value inside = returned_on(value.class_ref(), enter, nullptr);
    return inside.known() ? inside : value;
  }
  return value;
}

Value Values::source_folder() {
  Value value;
  value.kind = Value::Kind::path;
  value.root = PathRoot::source_tree;
  value.held_by = HeldBy::text;
  return value;
}

Value Values::external(std::string_view dotted) {
  Value value;
  value.kind = Value::Kind::external;
  value.name = tables_.names.intern(canonical_name(dotted));
  return value;
}

}  // namespace hasten
