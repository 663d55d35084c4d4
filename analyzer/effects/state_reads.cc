#include "analyzer/effects/state_reads.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analyzer/effects/state_target.h"

namespace hasten {
namespace {

using std::string_view;

/// What is changed somewhere: by full name, and by the last word of it, which is what a reader writes.
class ChangedState {
 public:
  ChangedState(const Table<BodyTag, Body>& bodies, const ProjectTables& tables) : tables_(tables) {
    for (const Body& body : bodies) {
      for (const DirectEffect& effect : body.effects) add(effect);
    }
  }

  [[nodiscard]] bool empty() const { return keys_.empty() && names_.empty(); }
  [[nodiscard]] bool has_keys() const { return !keys_.empty(); }
  [[nodiscard]] bool has_key(NameId key) const { return keys_.contains(key); }
  [[nodiscard]] bool has(NameId name) const { return names_.contains(name); }
  [[nodiscard]] bool may_be(string_view word) const { return words_.contains(word); }

 private:
  void add(const DirectEffect& effect) {
    if (effect.is_touch_only || effect.row.restored != Restored::no) return;
    if (effect.row.kind == EffectKind::environment) {
      if (effect.row.resource) keys_.insert(effect.row.resource);
    } else if (effect.row.kind == EffectKind::global_state || effect.row.kind == EffectKind::process_state) {
      const string_view name = tables_.names[effect.row.api];
      names_.insert(effect.row.api);
      // What an API changes is noticed by others (knowledge says which), and no name that code could mention.
      const bool is_by_api = effect.call && effect.row.kind == EffectKind::process_state;
      if (!is_by_api) words_.insert(name.substr(name.rfind('.') + 1));
    }
  }

  const ProjectTables& tables_;
  std::unordered_set<NameId> keys_, names_;
  std::unordered_set<string_view> words_;
};

class ReadFinder {
 public:
  ReadFinder(const ChangedState& changed, FunctionRef function, ProjectTables& tables, Values& values, Calls& calls)
      : changed_(changed),
        ref_(function),
        tables_(tables),
        model_(tables.files[function.file].model),
        values_(values),
        calls_(calls),
        targets_(tables, values, &calls.singletons()) {}

  void add_to(Body& body, const Api* runner) {
    const std::size_t before = body.effects.size();
    if (runner != nullptr) {
      const Function& function = model_.functions[ref_.id];
      add_noticed(*runner, function.statement, function.body, function.name_range, body);
    }
    for (StatementId id : model_.blocks[model_.functions[ref_.id].body].statements) {
      if (model_.function_of(id) != ref_.id) continue;
      const Statement& statement = model_.statements[id];
      const bool is_plain = statement.kind == StatementKind::assign || statement.kind == StatementKind::delete_;
      // The name that is assigned to is not read; what is in front of its last dot or bracket is.
      if (statement.target) add_names(id, statement.target, is_plain, body);
      if (statement.value) add_names(id, statement.value, false, body);
      if (statement.third) add_names(id, statement.third, false, body);
    }
    if (changed_.has_keys()) add_variables(body);
    for (const CallId call : calls_.of(ref_)) {
      const Call& row = model_.calls[call];
      const Api* api = calls_.callee(ref_.file, call).api;
      if (api == nullptr || api->notices.empty()) continue;
      add_noticed(*api, row.statement, row.block, model_.exprs[model_.first_child(row.expr)].range, body);
    }
    if (body.effects.size() == before) return;
    body.own.add(EffectKind::state_read);
    std::ranges::stable_sort(body.effects, {}, &DirectEffect::at);
  }

 private:
  void add_names(StatementId id, ExprId expr, bool is_assigned, Body& body) {
    for (ExprId part : model_.subtree(expr)) {
      const ExprKind kind = model_.exprs[part].kind;
      if (kind != ExprKind::name && kind != ExprKind::attribute) continue;
      if (is_assigned && part == expr) continue;
      if (!changed_.may_be(model_.word(part))) continue;
      const BlockId block = model_.statements[id].block;
      if (const std::optional<NameId> name = state_named(block, part)) {
        add_read(*name, {}, id, block, model_.exprs[part].range, body);
      }
    }
  }

  std::optional<NameId> state_named(BlockId block, ExprId expr) {
    if (model_.exprs[expr].kind == ExprKind::name) {
      const Denotation denotation = values_.names().denote(ref_.file, block, model_.word(expr));
      if (denotation.kind != Denotation::Kind::binding) return std::nullopt;
      return changed(tables_.names.intern(denotation.dotted));
    }
    for (const auto& target :
         {targets_.attribute(ref_.file, block, expr), targets_.container(ref_.file, block, expr)}) {
      if (!target) continue;
      if (const std::optional<NameId> name = changed(target->name)) return name;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<NameId> changed(NameId name) const {
    return changed_.has(name) ? std::optional(name) : std::nullopt;
  }

  void add_noticed(const Api& api, StatementId statement, BlockId block, TextRange range, Body& body) {
    for (const string_view change : api.notices) {
      const std::optional<NameId> name = changed(tables_.names.intern(change));
      if (name) add_read(*name, {}, statement, block, range, body);
    }
  }

  /// `os.environ["K"]`, `os.environ.get("K")`, `os.getenv("K")`, `"K" in os.environ`.
  void add_variables(Body& body) {
    for (StatementId id : model_.blocks[model_.functions[ref_.id].body].statements) {
      if (model_.function_of(id) != ref_.id) continue;
      const Statement& statement = model_.statements[id];
      for (ExprId whole : {statement.value, statement.third}) {
        if (whole) add_variables_in(id, whole, body);
      }
    }
  }

  void add_variables_in(StatementId id, ExprId whole, Body& body) {
    const BlockId block = model_.statements[id].block;
    for (ExprId part : model_.subtree(whole)) {
      const ExprKind kind = model_.exprs[part].kind;
      if (kind != ExprKind::subscript && kind != ExprKind::call && kind != ExprKind::compare) continue;
      const ExprId key = key_of(block, part);
      const Value value = key ? values_.evaluate(ref_.file, block, key) : Value();
      if (value.kind != Value::Kind::text || !changed_.has_key(value.name)) continue;
      add_read(tables_.names.intern("os.environ"), value.name, id, block, model_.exprs[part].range, body);
    }
  }

  ExprId key_of(BlockId block, ExprId expr) {
    const auto is_environment = [&](ExprId object) {
      const ExprKind kind = model_.exprs[object].kind;
      if (kind != ExprKind::name && kind != ExprKind::attribute) return false;
      return model_.word(object) == "environ" && values_.names().external(ref_.file, block, object) == "os.environ";
    };
    const ExprId first = model_.first_child(expr);
    switch (model_.exprs[expr].kind) {
      case ExprKind::subscript: return is_environment(first) ? model_.child(expr, 1) : ExprId();
      case ExprKind::compare: {
        const ExprId holder = model_.child(expr, 1);
        return model_.exprs[expr].op == Operator::in && holder && is_environment(holder) ? first : ExprId();
      }
      case ExprKind::call: {
        const ExprKind kind = model_.exprs[first].kind;
        if (kind != ExprKind::name && kind != ExprKind::attribute) return {};
        const string_view word = model_.word(first);
        const bool is_get = word == "get" && kind == ExprKind::attribute && is_environment(model_.first_child(first));
        const bool is_getenv = word == "getenv" && values_.names().external(ref_.file, block, first) == "os.getenv";
        return is_get || is_getenv ? model_.positional(expr, 0) : ExprId();
      }
      default: return {};
    }
  }

  void add_read(NameId name, NameId key, StatementId statement, BlockId block, TextRange range, Body& body) {
    const auto is_known = [&](const DirectEffect& other) {
      return other.row.kind == EffectKind::state_read && other.row.api == name && other.row.resource == key;
    };
    if (std::ranges::any_of(body.effects, is_known)) return;  // where it is read first is enough
    Effect row;
    row.kind = EffectKind::state_read;
    row.place = {ref_.file, range};
    row.function = ref_.id;
    row.api = name;
    row.resource = key;
    body.effects.push_back({row, statement, block, {}, {}, false, false});
  }

  const ChangedState& changed_;
  FunctionRef ref_;
  ProjectTables& tables_;
  const FileModel& model_;
  Values& values_;
  Calls& calls_;
  StateTargets targets_;
};

std::unordered_set<FunctionRef> async_tests_of(const ProjectTables& tables) {
  std::unordered_set<FunctionRef> functions;
  for (const Test& test : tables.tests) {
    if (test.function && tables.files[test.function.file].model.functions[test.function.id].is_async) {
      functions.insert(test.function);
    }
  }
  return functions;
}

}  // namespace

void add_state_reads(Table<BodyTag, Body>& bodies, ProjectTables& tables, Values& values, Calls& calls) {
  const ChangedState changed(bodies, tables);
  if (changed.empty()) return;
  // What runs an async test meets the same as `asyncio.run`.
  const Api* runner = values.names().knowledge().find_api("asyncio.run");
  const std::unordered_set<FunctionRef> async_tests = async_tests_of(tables);
  for (Body& body : bodies) {
    ReadFinder(changed, body.function, tables, values, calls)
        .add_to(body, async_tests.contains(body.function) ? runner : nullptr);
  }
}

}  // namespace hasten
