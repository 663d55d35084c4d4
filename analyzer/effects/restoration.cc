#include "analyzer/effects/restoration.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "analyzer/model/nesting.h"

namespace hasten {
namespace {

using std::string_view;

// Methods that undo what their siblings do.
constexpr std::array cleanup_names = {
    string_view("__aexit__"),       string_view("__del__"),
    string_view("__exit__"),        string_view("asyncTearDown"),
    string_view("cleanup"),         string_view("close"),
    string_view("doCleanups"),      string_view("restore"),
    string_view("shutdown"),        string_view("stop"),
    string_view("tearDown"),        string_view("tearDownClass"),
    string_view("tearDownModule"),  string_view("teardown"),
    string_view("teardown_class"),  string_view("teardown_function"),
    string_view("teardown_method"), string_view("teardown_module"),
};
static_assert(std::ranges::is_sorted(cleanup_names));

// How methods that take back what was put into their object are called.
constexpr std::array reset_verbs = {
    string_view("clean"),      string_view("clear"),   string_view("delete"), string_view("drop"),
    string_view("flush"),      string_view("pop"),     string_view("purge"),  string_view("remove"),
    string_view("reset"),      string_view("restore"), string_view("revert"), string_view("undo"),
    string_view("unregister"),
};

bool names_a_reset(string_view method) {
  while (method.starts_with('_')) method.remove_prefix(1);
  return std::ranges::any_of(reset_verbs, [&](string_view verb) { return method.starts_with(verb); });
}

bool is_whole(EffectKind kind) { return kind == EffectKind::working_directory; }

/// `sys.path.insert` and `sys.path.remove` change sys.path, `Logger.addHandler` and `Logger.removeHandler` the
/// handlers.
std::string changed_by(string_view api) {
  constexpr std::array list_methods = {string_view("append"), string_view("clear"), string_view("extend"),
                                       string_view("insert"), string_view("pop"),   string_view("remove"),
                                       string_view("reverse")};
  const std::size_t dot = api.rfind('.');
  if (dot == string_view::npos) return std::string(api);
  string_view method = api.substr(dot + 1);
  if (std::ranges::binary_search(list_methods, method)) return std::string(api.substr(0, dot));
  for (const string_view verb : {"add", "remove", "un"}) {
    if (!method.starts_with(verb) || method.size() == verb.size()) continue;
    method.remove_prefix(verb.size());
    break;
  }
  return std::string(api.substr(0, dot + 1)).append(method);
}

/// Two touches of the same thing: the same variable or folder, with compatible keys.
bool same_state(const Effect& a, const Effect& b, const Interner<NameTag>& names) {
  if (a.kind != b.kind) return false;
  if (is_whole(a.kind)) return true;
  const bool is_same_call = a.kind == EffectKind::environment || a.api == b.api;
  const bool may_be_pair = a.kind == EffectKind::process_state;
  if (!is_same_call && !(may_be_pair && changed_by(names[a.api]) == changed_by(names[b.api]))) return false;
  return !a.resource || !b.resource || a.resource == b.resource;
}

}  // namespace

bool Restoration::takes_back(BodyId id, std::uint32_t at, BlockId block, const Effect& effect) const {
  const Body& body = bodies_[id];
  return runs_in_cleanup(id, at, block) || is_put_back_later(body, at, effect) ||
         is_reset_earlier(body, at, block, effect) || is_in_restoring_block(body, block, effect) ||
         monkeypatch_guards(body, effect) || cleanup_is_registered(body, effect) || class_cleans_up(body, effect);
}

bool Restoration::may_take_back(BodyId id) const {
  const Body& body = bodies_[id];
  const FileModel& model = tables_.files[body.function.file].model;
  const ClassId class_ = model.functions[body.function.id].class_;
  const auto stands_in_cleanup = [&](const BodyCall& call) {
    for (BlockId at = call.block; at && model.blocks[at].kind != BlockKind::function; at = model.blocks[at].parent) {
      if (model.blocks[at].kind == BlockKind::finally || model.blocks[at].kind == BlockKind::with_) return true;
    }
    return false;
  };
  return body.first_yield != Body::no_yield || !body.effects.empty() || is_cleanup(body.function) ||
         std::ranges::any_of(calls_.of(body.function),
                             [&](CallId call) { return calls_.registers_cleanup(body.function.file, call); }) ||
         !(class_ ? cleanups_of(ClassRef{body.function.file, class_}) : cleanups_of(body.function.file)).empty() ||
         std::ranges::any_of(body.calls, [&](const BodyCall& call) {
           return stands_in_cleanup(call) ||
                  std::ranges::any_of(bodies_[call.callee].effects, &DirectEffect::takes_back);
         });
}

bool Restoration::is_cleanup(FunctionRef function) const {
  const FileModel& model = tables_.files[function.file].model;
  return std::ranges::binary_search(cleanup_names, model.word(model.functions[function.id].name));
}

bool Restoration::tears_down(BodyId id, const Effect& effect) const {
  const Body& body = bodies_[id];
  const bool direct = std::ranges::any_of(body.effects, [&](const DirectEffect& other) {
    return (other.at() > body.first_yield || is_in_finally(tables_.files[body.function.file].model, other.block)) &&
           same_state(other.row, effect, tables_.names);
  });
  return direct || names_after_yield(body, effect) || resets_holder(body, body.first_yield, effect) ||
         std::ranges::any_of(body.calls, [&](const BodyCall& call) {
           return call.at > body.first_yield && bodies_[call.callee].below.has(effect.kind);
         });
}

bool Restoration::sets_up(BodyId id, const Effect& effect) const {
  const Body& body = bodies_[id];
  return std::ranges::any_of(body.effects, [&](const DirectEffect& other) {
    return !other.call && !other.is_touch_only && other.at() < body.first_yield && other.row.api == effect.api &&
           other.row.resource == effect.resource && other.row.kind == effect.kind;
  });
}

/// After the yield something of the same name is dealt with, through an object that cannot be followed:
/// `m.store.clear()`.
bool Restoration::names_after_yield(const Body& body, const Effect& effect) const {
  if (effect.kind != EffectKind::global_state) return false;
  const string_view api = tables_.names[effect.api];
  const string_view name = api.substr(api.rfind('.') + 1);
  const FileModel& model = tables_.files[body.function.file].model;
  const auto is_named = [&](ExprId id) {
    const Expr& expr = model.exprs[id];
    return expr.kind == ExprKind::attribute && expr.range.begin > body.first_yield && model.words[expr.word()] == name;
  };
  return std::ranges::any_of(model.blocks[model.functions[body.function.id].body].statements, [&](StatementId id) {
    const Statement& row = model.statements[id];
    if (row.range.end <= body.first_yield) return false;
    return std::ranges::any_of(std::array{row.target, row.value, row.third},
                               [&](ExprId part) { return part && std::ranges::any_of(model.subtree(part), is_named); });
  });
}

/// `app.reset()`: what the object, class or module does to take back what was put into it is its own affair.
bool Restoration::resets_holder(const Body& body, std::uint32_t from, const Effect& effect) const {
  if (effect.kind != EffectKind::global_state) return false;
  const string_view state = tables_.names[effect.api];
  return std::ranges::any_of(resets_in(body.function), [&](const Reset& reset) {
    const string_view holder = reset.holder;
    return reset.at >= from && state.size() > holder.size() && state.starts_with(holder) && state[holder.size()] == '.';
  });
}

/// Calls in the function that are named like resets, of holders that can be named.
const std::vector<Restoration::Reset>& Restoration::resets_in(FunctionRef function) const {
  const auto [entry, is_new] = resets_.try_emplace(function);
  if (!is_new) return entry->second;
  const FileModel& model = tables_.files[function.file].model;
  for (const CallId id : calls_.of(function)) {
    const Call& call = model.calls[id];
    const ExprId callee = model.first_child(call.expr);
    if (model.exprs[callee].kind != ExprKind::attribute || !names_a_reset(model.word(callee))) continue;
    std::string holder = holder_name(function.file, call.block, model.first_child(callee));
    if (!holder.empty()) entry->second.push_back({model.exprs[call.expr].range.begin, std::move(holder)});
  }
  return entry->second;
}

std::string Restoration::holder_name(FileId file, BlockId block, ExprId expr) const {
  const Denotation denotation = values_.names().denote(file, block, expr);
  if (denotation.kind == Denotation::Kind::binding) return denotation.rest.empty() ? denotation.dotted : std::string();
  return values_.namespace_of(values_.evaluate(file, block, expr));
}

bool Restoration::keeps(BodyId id, const Effect& effect) const {
  const Body& body = bodies_[id];
  if (monkeypatch_guards(body, effect)) return true;
  const FileModel& model = tables_.files[body.function.file].model;
  return std::ranges::any_of(model.blocks[model.functions[body.function.id].body].statements, [&](StatementId at) {
    const Statement& statement = model.statements[at];
    return statement.range.begin == body.first_yield && is_in_restoring_block(body, statement.block, effect);
  });
}

bool Restoration::registers_cleanup(BodyId id, const Effect& effect) const {
  const Body& body = bodies_[id];
  return cleanup_is_registered(body, effect) || std::ranges::any_of(body.calls, [&](const BodyCall& call) {
           return cleanup_is_registered(bodies_[call.callee], effect);
         });
}

bool Restoration::runs_in_cleanup(BodyId id, std::uint32_t at, BlockId block) const {
  const Body& body = bodies_[id];
  return at > body.first_yield || is_in_finally(tables_.files[body.function.file].model, block) ||
         is_cleanup(body.function);
}

/// A later touch of the same state that is clean-up or has the form of a reset; also inside a later helper call.
bool Restoration::is_put_back_later(const Body& body, std::uint32_t at, const Effect& effect) const {
  const FileModel& model = tables_.files[body.function.file].model;
  const auto is_late = [&](std::uint32_t where, BlockId block) {
    return where > body.first_yield || is_in_finally(model, block);
  };
  const auto puts_back = [&](const DirectEffect& other) {
    return other.at() > at && same_state(other.row, effect, tables_.names) &&
           (other.takes_back || is_late(other.at(), other.block) || is_set_by_api(other));
  };
  const auto calls_what_puts_back = [&](const BodyCall& call) {
    const Body& callee = bodies_[call.callee];
    if (call.at <= at || !callee.below.has(effect.kind)) return false;
    return is_late(call.at, call.block) || (!call.entered_by && removes(callee, effect));
  };
  return std::ranges::any_of(body.effects, puts_back) || std::ranges::any_of(body.calls, calls_what_puts_back) ||
         resets_holder(body, at + 1, effect);
}

/// `Socket.opened.add(socket)` and, further down, `socket.close()`, which says `Socket.opened.remove(self)`.
bool Restoration::removes(const Body& callee, const Effect& effect) const {
  return std::ranges::any_of(callee.effects, [&](const DirectEffect& other) {
    return other.takes_back && same_state(other.row, effect, tables_.names);
  });
}

/// The change itself is the reset of an earlier one: `del os.environ[k]` after `os.environ[k] = v`; or what `clear()`
/// was for: the test starts from a known state instead of leaving one. What an API sets has no such form:
/// `sys.settrace(None)` first does not take a later trace function back.
bool Restoration::is_reset_earlier(const Body& body, std::uint32_t at, BlockId block, const Effect& effect) const {
  const auto here = std::ranges::find_if(body.effects, [&](const DirectEffect& other) {
    return other.at() == at && other.block == block && other.row.kind == effect.kind;
  });
  const bool is_here = here != body.effects.end();
  const bool is_call = is_here && here->call && effect.kind == EffectKind::process_state;
  return std::ranges::any_of(body.effects, [&](const DirectEffect& other) {
    if (other.at() >= at || !same_state(other.row, effect, tables_.names)) return false;
    if (is_here && here->takes_back) return true;
    return is_call ? is_set_by_api(other) && !other.takes_back : other.takes_back;
  });
}

/// `signal.signal(number, before)` after `before = signal.signal(number, handler)`: what one call sets, the next one of
/// the same API sets anew. Handlers and folders that are added stay beside each other.
bool Restoration::is_set_by_api(const DirectEffect& effect) const {
  const string_view api = tables_.names[effect.row.api];
  return effect.call && effect.row.kind == EffectKind::process_state && changed_by(api) == api;
}

/// `with preserved_environment(): os.environ[k] = v`
bool Restoration::is_in_restoring_block(const Body& body, BlockId block, const Effect& effect) const {
  const FileId file = body.function.file;
  const FileModel& model = tables_.files[file].model;
  for (BlockId id = block; id && model.blocks[id].kind != BlockKind::function; id = model.blocks[id].parent) {
    if (model.blocks[id].kind != BlockKind::with_) continue;
    const TextRange header = model.statements[model.blocks[id].header].range;
    for (const BodyCall& call : body.calls) {
      if (call.at < header.begin || call.at >= header.end) continue;
      const Body& manager = bodies_[call.callee];
      if (is_cleanup(manager.function) ? manager.below.has(effect.kind) : tears_down(call.callee, effect)) return true;
    }
  }
  return false;
}

/// request.addfinalizer(restore), self.addCleanup(os.chdir, before), stack.callback(lambda: ...)
bool Restoration::cleanup_is_registered(const Body& body, const Effect& effect) const {
  const FileId file = body.function.file;
  const FileModel& model = tables_.files[file].model;
  for (CallId id : registrations_in(body.function)) {
    const Call& call = model.calls[id];
    const ExprId what = model.positional(call.expr, 0);
    if (!what) continue;
    if (touches(values_.evaluate(file, call.block, what), effect.kind)) return true;
    if (touches(partial_function(file, call.block, what), effect.kind)) return true;
    if (model.exprs[what].kind == ExprKind::lambda || model.exprs[what].kind == ExprKind::call) {
      const TextRange range = model.exprs[what].range;
      const bool inside = std::ranges::any_of(body.effects, [&](const DirectEffect& other) {
        return range.contains(other.row.place.range) && same_state(other.row, effect, tables_.names);
      });
      if (inside) return true;
    }
    // `addCleanup(put_back, os.environ, saved)`: an inner function was written for this clean-up.
    const Value value = values_.evaluate(file, call.block, what);
    const FunctionRef handed = value.kind == Value::Kind::function ? value.function_ref() : FunctionRef();
    if (handed && (tables_.files[handed.file].model.functions[handed.id].parent || !bodies_.find(handed))) return true;
  }
  return false;
}

bool Restoration::class_cleans_up(const Body& body, const Effect& effect) const {
  const FileId file = body.function.file;
  const FileModel& model = tables_.files[file].model;
  const ClassId class_ = model.functions[body.function.id].class_;
  return any_touches(class_ ? cleanups_of(ClassRef{file, class_}) : cleanups_of(file), body, effect);
}

bool Restoration::any_touches(const std::vector<BodyId>& cleanups, const Body& except, const Effect& effect) const {
  return std::ranges::any_of(cleanups, [&](BodyId id) {
    return bodies_[id].function != except.function &&
           (bodies_[id].below.has(effect.kind) || resets_holder(bodies_[id], 0, effect));
  });
}

const std::vector<BodyId>& Restoration::cleanups_of(ClassRef class_) const {
  const auto [entry, is_new] = class_cleanups_.try_emplace(class_);
  if (!is_new) return entry->second;
  for (string_view name : cleanup_names) {
    const FunctionRef method = values_.names().method(class_, name);
    if (const BodyId cleanup = method ? bodies_.find(method) : BodyId()) entry->second.push_back(cleanup);
  }
  return entry->second;
}

const std::vector<BodyId>& Restoration::cleanups_of(FileId module) const {
  const auto [entry, is_new] = module_cleanups_.try_emplace(module);
  if (!is_new) return entry->second;
  const FileModel& model = tables_.files[module].model;
  for (FunctionId id : model.functions.ids()) {
    const Function& function = model.functions[id];
    const string_view name = model.word(function.name);
    if (function.class_ || function.parent || !(name.starts_with("teardown_") || name == "tearDownModule")) continue;
    if (const BodyId cleanup = bodies_.find({module, id})) entry->second.push_back(cleanup);
  }
  return entry->second;
}

/// `go_back = functools.partial(os.chdir, before)`: os.chdir.
Value Restoration::partial_function(FileId file, BlockId block, ExprId what) const {
  const FileModel& model = tables_.files[file].model;
  if (model.exprs[what].kind == ExprKind::name) {
    const auto& bindings = values_.bindings().locals(file, model.function_of(block), model.exprs[what].word());
    if (bindings.size() != 1 || bindings[0].kind != Binding::Kind::value) return {};
    what = bindings[0].value;
  }
  if (model.exprs[what].kind != ExprKind::call) return {};
  const ExprId function = model.positional(what, 0);
  return function && model.word(model.first_child(what)) == "partial" ? values_.evaluate(file, block, function)
                                                                      : Value();
}

/// Calls in the function that hand over a clean-up.
const std::vector<CallId>& Restoration::registrations_in(FunctionRef function) const {
  const auto [entry, is_new] = registrations_.try_emplace(function);
  if (!is_new) return entry->second;
  for (CallId id : calls_.of(function)) {
    if (calls_.registers_cleanup(function.file, id)) entry->second.push_back(id);
  }
  return entry->second;
}

/// monkeypatch.setenv(k, ...) and os.environ[k] = ... in one function: monkeypatch puts the old value back.
bool Restoration::monkeypatch_guards(const Body& body, const Effect& effect) const {
  return std::ranges::any_of(body.effects, [&](const DirectEffect& other) {
    return other.row.restored == Restored::yes && same_state(other.row, effect, tables_.names);
  });
}

bool Restoration::touches(const Value& function, EffectKind kind) const {
  if (function.kind == Value::Kind::external) {
    const std::string_view name = tables_.names[function.name];
    if (name == "builtins.setattr" || name == "builtins.delattr") return kind == EffectKind::global_state;
    const Api* api = values_.names().knowledge().find_api(tables_.names[function.name]);
    return api != nullptr && api->effects.has(kind);
  }
  if (function.kind != Value::Kind::function) return false;
  const BodyId body = bodies_.find(function.function_ref());
  return body && bodies_[body].below.has(kind);
}

}  // namespace hasten
