#include "analyzer/effects/direct_effects.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "analyzer/effects/call_facts.h"
#include "analyzer/effects/environment_patches.h"
#include "analyzer/effects/initial_values.h"
#include "analyzer/effects/stand_ins.h"
#include "analyzer/effects/state_target.h"
#include "analyzer/model/expected_failures.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::array container_mutators = {
    string_view("add"),        string_view("append"),  string_view("appendleft"), string_view("clear"),
    string_view("discard"),    string_view("extend"),  string_view("insert"),     string_view("pop"),
    string_view("popitem"),    string_view("popleft"), string_view("remove"),     string_view("reverse"),
    string_view("setdefault"), string_view("sort"),    string_view("update"),
};
static_assert(std::ranges::is_sorted(container_mutators));

bool is_removal(string_view method) {
  return method == "clear" || method == "pop" || method == "popitem" || method == "remove" || method == "discard";
}

class FunctionReader {
 public:
  FunctionReader(const Running& running, ProjectTables& tables, Values& values, Calls& calls, Receivers& receivers,
                 EffectDetail detail)
      : ref_(running.function),
        receiver_(running.receiver),
        tables_(tables),
        model_(tables.files[ref_.file].model),
        function_(model_.functions[ref_.id]),
        values_(values),
        calls_(calls),
        receivers_(receivers),
        detail_(detail),
        targets_(tables, values, detail == EffectDetail::all ? &calls.singletons() : nullptr) {}

  std::vector<DirectEffect> read() {
    for (StatementId id : model_.blocks[function_.body].statements) {
      if (model_.function_of(id) == ref_.id) read_statement(id);
    }
    for (CallId id : calls_.of(ref_)) read_call(id);
    std::ranges::stable_sort(effects_, {}, &DirectEffect::at);
    return std::move(effects_);
  }

 private:
  void read_statement(StatementId id) {
    const Statement& statement = model_.statements[id];
    switch (statement.kind) {
      case StatementKind::assign:
      case StatementKind::aug_assign:
      case StatementKind::ann_assign:
      case StatementKind::delete_:
        if (statement.target && !is_expected_to_fail(model_, id)) read_target(id, statement.target);
        break;
      default: break;
    }
  }

  void read_target(StatementId id, ExprId target) {
    const Statement& statement = model_.statements[id];
    std::optional<StateTarget> state;
    NameId key;
    switch (model_.exprs[target].kind) {
      case ExprKind::subscript:
        state = targets_.container(ref_.file, statement.block, model_.first_child(target));
        if (!state) state = targets_.part_of_object(ref_.file, statement.block, model_.first_child(target));
        key = literal_key(statement.block, model_.child(target, 1));
        break;
      case ExprKind::attribute:
        state = targets_.attribute(ref_.file, statement.block, target);
        if (!state) state = targets_.part_of_object(ref_.file, statement.block, target);
        break;
      case ExprKind::name: state = declared_global(statement.block, target); break;
      case ExprKind::tuple:
      case ExprKind::list:
        for (ExprId at = model_.first_child(target); at; at = model_.next(at)) {
          if (model_.exprs[at].kind != ExprKind::tuple && model_.exprs[at].kind != ExprKind::list) read_target(id, at);
        }
        return;
      default: return;
    }
    if (!state || is_class_hook_on_own_class(*state)) return;
    // Deleting, or assigning what is not a literal (a saved value, an empty container), is how a change is taken back.
    const bool takes_back = statement.kind == StatementKind::delete_ ||
                            (statement.kind != StatementKind::aug_assign && !is_plain_literal(statement.value));
    const bool is_touch = state->kind == EffectKind::environment && statement.kind == StatementKind::delete_;
    add_state(*state, key, id, statement.block, model_.exprs[target].range, takes_back, is_touch);
    DirectEffect& added = effects_.back();
    if (takes_back && puts_back_saved(statement, state->name)) added.row.restored = Restored::yes;
    if (statement.kind == StatementKind::assign || statement.kind == StatementKind::ann_assign) {
      compare(state->initial, statement, target, added);
    }
    assigned_.insert(state_of(added.row));
  }

  using State = std::tuple<EffectKind, NameId, NameId>;
  static State state_of(const Effect& effect) { return {effect.kind, effect.api, effect.resource}; }

  /// An assignment of the value that the module gave is a reset. Where that value is not known, the last of several
  /// assignments in one function is taken for it.
  void compare(ExprRef initial, const Statement& statement, ExprId target, DirectEffect& added) const {
    if (!statement.value) return;
    const bool is_part = model_.exprs[target].kind == ExprKind::subscript;
    if (is_part) initial = initial_under(initial, added.row.resource, tables_);
    switch (compare_with_initial(initial, {ref_.file, statement.block, statement.value}, tables_, values_.names())) {
      case AgainstInitial::same:
        added.takes_back = true;
        added.row.restored = Restored::yes;
        return;
      case AgainstInitial::different: return;
      case AgainstInitial::unknown:
        if (!is_part || added.row.resource) added.takes_back |= assigned_.contains(state_of(added.row));
        return;
    }
  }

  /// `saved = registry.ITEMS` ... `registry.ITEMS = saved`.
  bool puts_back_saved(const Statement& statement, NameId state) const {
    if (!statement.value || model_.exprs[statement.value].kind != ExprKind::name) return false;
    const std::string target = model_.dotted(statement.target);
    if (target.empty()) return false;
    const auto& bindings = values_.bindings().locals(ref_.file, ref_.id, model_.exprs[statement.value].word());
    if (std::ranges::any_of(bindings,
                            [&](const Binding& binding) { return mentions(model_, binding.value, target); })) {
      return true;
    }
    // `original_get = requests.get` at the top of the module.
    const Denotation saved = values_.names().denote(ref_.file, statement.block, model_.word(statement.value));
    if (saved.kind == Denotation::Kind::external) return saved.rest.empty() && saved.dotted == tables_.names[state];
    return saved.kind == Denotation::Kind::binding && mentions(tables_.files[saved.file].model, saved.expr, target);
  }

  static bool mentions(const FileModel& model, ExprId expr, string_view dotted) {
    return expr && std::ranges::any_of(model.subtree(expr), [&](ExprId part) { return model.dotted(part) == dotted; });
  }

  /// `global counter` in this function makes `counter = ...` a change of the module.
  std::optional<StateTarget> declared_global(BlockId block, ExprId target) {
    if (!globals_are_read_) read_globals();
    const string_view name = model_.word(target);
    if (std::ranges::find(globals_, name) == globals_.end()) return std::nullopt;
    const Denotation denotation = values_.names().denote(ref_.file, block, name);
    const std::string full = denotation.kind == Denotation::Kind::binding
                                 ? denotation.dotted
                                 : fmt::format("{}.{}", values_.names().modules().name_of(ref_.file), name);
    return StateTarget{EffectKind::global_state, tables_.names.intern(full), {}, {denotation.file, denotation.expr}};
  }

  void read_globals() {
    globals_are_read_ = true;
    for (StatementId id : model_.blocks[function_.body].statements) {
      const Statement& statement = model_.statements[id];
      if (statement.kind == StatementKind::global && model_.function_of(id) == ref_.id) {
        globals_.push_back(model_.word(statement.target));
      }
    }
  }

  /// setUpClass and the like fill their own class on purpose; it dies with the class.
  bool is_class_hook_on_own_class(const StateTarget& target) const {
    if (!target.class_ || !function_.class_ || target.class_.file != ref_.file) return false;
    const bool is_hook = std::ranges::any_of(function_.decorators, [&](DecoratorId id) {
      return model_.dotted(model_.decorators[id].expr).ends_with("classmethod");
    });
    const string_view name = model_.word(function_.name);
    return is_hook || name == "setup_class" || name == "teardown_class";
  }

  bool is_plain_literal(ExprId value) const {
    if (!value) return false;
    switch (model_.exprs[value].kind) {
      case ExprKind::string:
      case ExprKind::template_string:
      case ExprKind::bytes:
      case ExprKind::integer:
      case ExprKind::floating:
      case ExprKind::true_literal:
      case ExprKind::false_literal: return true;
      case ExprKind::list:
      case ExprKind::tuple:
      case ExprKind::set:
      case ExprKind::dict: return model_.child_count(value) > 0;
      case ExprKind::call: return true;  // a new object, not the saved one
      default: return false;
    }
  }

  void read_call(CallId id) {
    const Call& call = model_.calls[id];
    const Callee& callee = receivers_.callee(ref_, id, receiver_);
    if (const HandedOver handed = calls_.handed_over(ref_.file, id); handed.callee.api != nullptr) {
      read_handed_over(id, handed);
    }
    const CallSite site{tables_, values_, ref_.file, id};
    const auto patch = callee.api != nullptr ? environment_patch(site, *callee.api) : std::nullopt;
    if (patch) {
      add_state({EffectKind::environment, tables_.names.intern("os.environ"), {}, {}}, patch->key, call.statement,
                call.block, model_.exprs[model_.first_child(call.expr)].range, false);
      effects_.back().call = id;
      effects_.back().row.restored = Restored::yes;
      return;
    }
    if (callee.api != nullptr && !callee.api->effects.empty()) {
      const bool is_beside = calls_.is_in_lambda_beside(ref_.file, id);
      for (const CallEffect& effect : effects_of_call(site, callee, detail_)) {
        if (is_beside && effect.row.kind == EffectKind::sleep) continue;  // keeps nobody waiting
        const bool undoes = takes_back(callee, call);
        const bool is_touch =
            undoes && (goes_back(effect.row, call) || is_key_removal(effect.row) || is_reset(*callee.api, call));
        const bool is_possible = callee.is_possible != 0 || is_in_stand_in(ref_.file, id, tables_, calls_);
        effects_.push_back({effect.row, call.statement, call.block, id, effect.assumed, undoes, is_touch, is_possible});
        effects_.back().row.function = ref_.id;
      }
      return;
    }
    read_mutator(id, callee);
  }

  /// `await asyncio.to_thread(time.sleep, 5)`.
  void read_handed_over(CallId id, const HandedOver& handed) {
    const Call& call = model_.calls[id];
    const CallSite site{tables_, values_, ref_.file, id, handed.argument};
    for (const CallEffect& effect : effects_of_call(site, handed.callee, detail_)) {
      if (handed.is_beside && effect.row.kind == EffectKind::sleep) continue;             // keeps nobody waiting
      if (handed.is_at_end && effect.row.restored != Restored::not_applicable) continue;  // takes a change back
      const bool is_possible = calls_.callee(ref_.file, id).is_possible != 0;
      effects_.push_back(
          {effect.row, call.statement, call.block, id, effect.assumed, false, false, is_possible, handed.is_at_end});
      effects_.back().row.function = ref_.id;
    }
  }

  /// `CARTS.append(x)`, `setattr(settings, "X", 1)`.
  void read_mutator(CallId id, const Callee& callee) {
    const Call& call = model_.calls[id];
    const ExprId function = model_.first_child(call.expr);
    if (callee.external && (tables_.names[callee.external] == "builtins.setattr" ||
                            tables_.names[callee.external] == "builtins.delattr")) {
      read_setattr(call);
      return;
    }
    if (!callee.functions.empty() || model_.exprs[function].kind != ExprKind::attribute) return;
    const string_view method = model_.word(function);
    if (!std::ranges::binary_search(container_mutators, method)) return;
    const ExprId container = model_.first_child(function);
    auto target = targets_.container(ref_.file, call.block, container);
    if (!target && is_removal(method)) {
      // What an object does in `clear()` is its own affair, but it may well undo what was put into it.
      target = targets_.part_of_object(ref_.file, call.block, container);
      if (target) add_state(*target, {}, call.statement, call.block, model_.exprs[call.expr].range, true, true);
      return;
    }
    // What an external object does in its own method is knowledge's to say, except for os.environ.
    if (!target || is_class_hook_on_own_class(*target)) return;
    if (callee.external && target->kind != EffectKind::environment && !is_project_name(*target)) return;
    const NameId key =
        target->kind == EffectKind::environment ? literal_key(call.block, model_.positional(call.expr, 0)) : NameId();
    // Taking something out is how a test cleans up; what was put in is the change.
    const bool is_touch = is_removal(method) && target->kind != EffectKind::environment;
    add_state(*target, key, call.statement, call.block, model_.exprs[call.expr].range, is_removal(method), is_touch);
  }

  bool is_project_name(const StateTarget& target) const {
    return values_.names().import_path(ref_.file, tables_.names[target.name]).kind == Denotation::Kind::binding ||
           target.class_;
  }

  void read_setattr(const Call& call) {
    const ExprId object = model_.positional(call.expr, 0);
    const ExprId name = model_.positional(call.expr, 1);
    if (!object || !name || model_.exprs[name].kind != ExprKind::string) return;
    const Value holder = values_.evaluate(ref_.file, call.block, object);
    const std::string space = values_.namespace_of(holder);
    if (space.empty() || (holder.kind != Value::Kind::module && holder.kind != Value::Kind::class_)) return;
    const StateTarget target{EffectKind::global_state,
                             tables_.names.intern(fmt::format("{}.{}", space, model_.word(name))),
                             holder.kind == Value::Kind::class_ ? holder.class_ref() : ClassRef(),
                             {}};
    if (is_class_hook_on_own_class(target)) return;
    const ExprId value = model_.positional(call.expr, 2);
    add_state(target, {}, call.statement, call.block, model_.exprs[call.expr].range, !is_plain_literal(value));
  }

  /// `os.environ.pop("X", None)`, `del os.environ["X"]`: a test removes what it, or the code under test, has set.
  bool is_key_removal(const Effect& effect) const { return effect.kind == EffectKind::environment && effect.resource; }

  /// `os.chdir(before)` with `before = os.getcwd()`: never the change itself.
  bool goes_back(const Effect& effect, const Call& call) {
    return effect.kind == EffectKind::working_directory && is_saved_folder(model_.positional(call.expr, 0), call.block);
  }

  bool is_saved_folder(ExprId folder, BlockId block) {
    const Value value = values_.evaluate(ref_.file, block, folder);
    return value.root == PathRoot::working_directory && !value.name;
  }

  /// `sys.settrace(None)`, `asyncio.set_event_loop(None)`, `socket.setdefaulttimeout(None)`.
  bool is_reset(const Api& api, const Call& call) const {
    const ExprId value = model_.positional(call.expr, 0);
    return api.effects.has(EffectKind::process_state) && value && !model_.next(value) &&
           model_.exprs[value].kind == ExprKind::none_literal;
  }

  /// A call that undoes: chdir back to a saved folder, os.environ.clear() before update(saved), unsetenv.
  bool takes_back(const Callee& callee, const Call& call) {
    const string_view api = tables_.names[callee.external];
    const string_view method = api.substr(api.rfind('.') + 1);
    if (is_removal(method) || method.starts_with("remove") || method == "unregister") return true;
    if (is_reset(*callee.api, call)) return true;
    if (callee.api->effects.has(EffectKind::working_directory)) {
      // `os.chdir(before)`: a folder that was kept, by getcwd() or in some way that cannot be followed.
      const ExprId folder = model_.positional(call.expr, 0);
      if (!folder) return false;
      if (is_saved_folder(folder, call.block)) return true;
      if (model_.exprs[folder].kind != ExprKind::name) return false;
      return !values_.evaluate(ref_.file, call.block, folder).known();
    }
    return false;
  }

  NameId literal_key(BlockId block, ExprId key) {
    const Value value = values_.evaluate(ref_.file, block, key);
    return value.kind == Value::Kind::text ? value.name : NameId();
  }

  void add_state(const StateTarget& target, NameId key, StatementId statement, BlockId block, TextRange range,
                 bool takes_back, bool is_touch_only = false) {
    Effect row;
    row.kind = target.kind;
    row.restored = Restored::no;
    row.place = {ref_.file, range};
    row.function = ref_.id;
    row.api = target.name;
    row.resource = key;
    effects_.push_back({row, statement, block, {}, {}, takes_back, is_touch_only});
  }

  FunctionRef ref_;
  ClassRef receiver_;
  ProjectTables& tables_;
  const FileModel& model_;
  const Function& function_;
  Values& values_;
  Calls& calls_;
  Receivers& receivers_;
  EffectDetail detail_;
  StateTargets targets_;
  std::vector<string_view> globals_;
  bool globals_are_read_ = false;
  std::vector<DirectEffect> effects_;
  std::set<State> assigned_;  // or deleted, by a statement of the function
};

}  // namespace

std::vector<DirectEffect> direct_effects(const Running& running, ProjectTables& tables, Values& values, Calls& calls,
                                         Receivers& receivers, EffectDetail detail) {
  return FunctionReader(running, tables, values, calls, receivers, detail).read();
}

}  // namespace hasten
