#include "analyzer/values/signatures.h"

#include <algorithm>
#include <optional>

#include "analyzer/knowledge/decorators.h"

namespace hasten {
namespace {

constexpr int max_levels = 3;

ExprId callee_of(const FileModel& file, ExprId decorator) {
  return file.exprs[decorator].kind == ExprKind::call ? file.first_child(decorator) : decorator;
}

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// The function that a decorator puts in the place of the decorated one: what it returns, if that is nested in it.
std::optional<FunctionId> returned_function(const FileModel& file, FunctionId function) {
  for (StatementId statement : file.blocks[file.functions[function].body].statements) {
    const Statement& row = file.statements[statement];
    if (row.kind != StatementKind::return_ || !row.value || file.function_of(statement) != function) continue;
    if (file.exprs[row.value].kind != ExprKind::name) continue;
    for (FunctionId inner : file.functions.ids()) {
      if (file.functions[inner].parent == function && file.functions[inner].name == file.exprs[row.value].word())
        return inner;
    }
  }
  return std::nullopt;
}

bool returns_once(const FileModel& file, FunctionId function) {
  const auto is_return = [&](StatementId statement) {
    return file.statements[statement].kind == StatementKind::return_ && file.function_of(statement) == function;
  };
  return std::ranges::count_if(file.blocks[file.functions[function].body].statements, is_return) == 1;
}

/// `wrapper.__signature__ = ...`
bool is_signature(const FileModel& file, StatementId statement) {
  const ExprId target = file.statements[statement].target;
  return target && file.exprs[target].kind == ExprKind::attribute && file.word(target) == "__signature__";
}

bool sets_signature(const FileModel& file, FunctionId function) {
  return std::ranges::any_of(file.blocks[file.functions[function].body].statements,
                             [&](StatementId statement) { return is_signature(file, statement); });
}

/// Does the body of `inner` name the first parameter of `outer`: the function that is decorated?
bool mentions_parameter(const FileModel& file, FunctionId inner, FunctionId outer) {
  const auto& params = file.functions[outer].params;
  const auto first = std::ranges::find_if(params, [&](ParamId param) {
    const ParamKind kind = file.params[param].kind;
    return kind == ParamKind::positional_or_keyword || kind == ParamKind::positional_only;
  });
  const auto is_parameter = [&](WordId word) { return first != params.end() && file.params[*first].name == word; };
  const TextRange range = file.functions[inner].range;
  for (ExprId at : file.exprs.ids()) {
    const Expr& row = file.exprs[at];
    const bool is_inside = range.begin <= row.range.begin && row.range.end <= range.end;
    if (is_inside && row.kind == ExprKind::name && is_parameter(row.word())) return true;
  }
  return false;
}

/// functools.wraps and its like keep the signature of what is wrapped.
bool keeps_signature(const FileModel& file, FunctionId wrapper) {
  return std::ranges::any_of(file.functions[wrapper].decorators, [&](DecoratorId decorator) {
    const std::string name = file.dotted(callee_of(file, file.decorators[decorator].expr));
    return last_part(name).find("wraps") != std::string_view::npos || name.find("decorator") != std::string::npos;
  });
}

}  // namespace

FixtureArguments Signatures::of_test(FunctionRef function, ClassRef class_, Site partial) const {
  const bool is_bound = class_ && !is_static(function);
  FixtureArguments arguments = parameters(function, is_bound ? 1 : 0);
  const Function& row = literals_.model(function.file).functions[function.id];
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    apply_decorator(function, literals_.model(function.file).decorators[row.decorators[i]].expr, arguments);
  }
  if (partial.expr) remove_bound(partial, arguments);
  const auto first = arguments.names.begin();
  const std::size_t given = std::min(mocks(function, class_), arguments.names.size());
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(given));
  return arguments;
}

FixtureArguments Signatures::of_fixture(FunctionRef function) const {
  const bool is_bound = static_cast<bool>(literals_.model(function.file).functions[function.id].class_);
  FixtureArguments arguments = parameters(function, is_bound && !is_static(function) ? 1 : 0);
  const Function& row = literals_.model(function.file).functions[function.id];
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    apply_decorator(function, literals_.model(function.file).decorators[row.decorators[i]].expr, arguments);
  }
  const std::size_t given = std::min(mocks(function, {}), arguments.names.size());
  arguments.names.erase(arguments.names.begin(), arguments.names.begin() + static_cast<std::ptrdiff_t>(given));
  return arguments;
}

FixtureArguments Signatures::parameters(FunctionRef function, std::size_t skipped) const {
  const FileModel& file = literals_.model(function.file);
  FixtureArguments out;
  for (ParamId param : file.functions[function.id].params) {
    const Param& row = file.params[param];
    // A positional-only self is no fixture either; then nothing else is taken off.
    if (row.kind == ParamKind::positional_only) skipped = 0;
  }
  for (ParamId param : file.functions[function.id].params) {
    const Param& row = file.params[param];
    const bool is_named = row.kind == ParamKind::positional_or_keyword || row.kind == ParamKind::keyword_only;
    if (!is_named || row.default_value) continue;
    if (skipped > 0) {
      --skipped;
    } else {
      out.names.push_back(file.word(row.name));
      if (row.kind == ParamKind::keyword_only) out.keyword_only.push_back(file.word(row.name));
    }
  }
  return out;
}

/// What stands before the names that only a keyword fills.
std::size_t Signatures::positional(const FixtureArguments& arguments) {
  return static_cast<std::size_t>(std::ranges::find_first_of(arguments.names, arguments.keyword_only) -
                                  arguments.names.begin());
}

bool Signatures::is_static(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  return std::ranges::any_of(file.functions[function.id].decorators, [&](DecoratorId decorator) {
    return file.dotted(file.decorators[decorator].expr) == "staticmethod";
  });
}

void Signatures::apply_decorator(FunctionRef function, ExprId decorator, FixtureArguments& arguments) const {
  const FileModel& around = literals_.model(function.file);
  const BlockId block = around.statements[around.functions[function.id].statement].block;
  // `with_cluster = cluster(workers=1)` and `@with_cluster`: the call stands elsewhere.
  const Site written = {function.file, block, decorator}, held = literals_.value(written);
  const bool is_held = held.expr && literals_.model(held.file).exprs[held.expr].kind == ExprKind::call;
  const Site site = is_held ? held : written;
  const FileModel& file = literals_.model(site.file);
  const ExprId callee = callee_of(file, site.expr);
  if (!callee) return;
  const Denotation named = literals_.names().denote(site.file, site.block, callee);
  if (const auto change = known_change(named, site)) return apply(*change, arguments);
  if (named.kind == Denotation::Kind::external && named.dotted.starts_with("hypothesis.") &&
      last_part(named.dotted) == "given") {
    remove_given(site.file, site.expr, arguments);
  } else if (named.kind == Denotation::Kind::function && named.rest.empty()) {
    apply_each_definition(named, file.exprs[site.expr].kind == ExprKind::call, arguments);
  }
}

/// `try: import x; def needs_x(f): return f` and `except ImportError: def needs_x(f): ...`: which of them counts, only
/// the machine knows. All is well where they do the same.
void Signatures::apply_each_definition(const Denotation& decorator, bool is_called, FixtureArguments& arguments) const {
  const FunctionRef named{decorator.file, decorator.function};
  const FileModel& file = literals_.model(named.file);
  const Function& row = file.functions[named.id];
  FixtureArguments changed = arguments;
  apply_own_decorator(named, is_called, changed);
  const auto bindings = literals_.names().namespaces(named.file).bindings(ScopeKey::module(), row.name);
  for (const NameBinding& other : bindings) {
    const bool is_elsewhere = row.class_ || row.parent || other.by != BoundBy::function;
    if (is_elsewhere || other.is_conditional == 0 || other.function() == named.id) continue;
    FixtureArguments otherwise = arguments;
    apply_own_decorator({named.file, other.function()}, is_called, otherwise);
    if (otherwise.names == changed.names) continue;
    changed.may_be_replaced = true;
    changed.is_unknown |= std::ranges::any_of(otherwise.names, [&](std::string_view name) {
      return std::ranges::find(changed.names, name) == changed.names.end();
    });
  }
  arguments = std::move(changed);
}

/// `@given(a, b, c=...)`: keywords by name, positional strategies from the right.
void Signatures::remove_given(FileId file, ExprId call, FixtureArguments& arguments) const {
  const FileModel& model = literals_.model(file);
  if (model.exprs[call].kind != ExprKind::call) return;
  std::size_t strategies = 0;
  for (ExprId at = model.next(model.first_child(call)); at; at = model.next(at)) {
    const ExprKind kind = model.exprs[at].kind;
    if (kind == ExprKind::keyword) {
      std::erase(arguments.names, model.word(at));
    } else if (kind == ExprKind::starred || kind == ExprKind::double_starred) {
      arguments.is_unknown = true;
    } else {
      ++strategies;
    }
  }
  const std::size_t last = positional(arguments);
  const auto end = arguments.names.begin() + static_cast<std::ptrdiff_t>(last);
  arguments.names.erase(end - static_cast<std::ptrdiff_t>(std::min(strategies, last)), end);
}

/// `functools.partial(test, 1, b=2)` leaves what it does not bind.
void Signatures::remove_bound(Site partial, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(partial.file);
  std::size_t bound = 0;
  while (file.positional(partial.expr, bound + 1)) ++bound;
  const auto first = arguments.names.begin();
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(std::min(bound, positional(arguments))));
  for (ExprId at = file.first_child(partial.expr); at; at = file.next(at)) {
    if (file.exprs[at].kind == ExprKind::keyword) std::erase(arguments.names, file.word(at));
  }
}

/// A decorator of the project: where its wrapper does not take over the signature of what it wraps, the wrapper's own
/// parameters are what pytest sees. The wrapper is the first function on the way of what is returned that mentions the
/// function given to the one around it; a decorator that is called first returns the decorator.
void Signatures::apply_own_decorator(FunctionRef decorator, bool is_called, FixtureArguments& arguments) const {
  if (apply_returned(decorator, is_called, arguments)) return;
  const FileModel& file = literals_.model(decorator.file);
  FunctionId at = decorator.id;
  for (int level = 0; level < max_levels; ++level) {
    if (sets_signature(file, at)) {
      if (copies_signature({decorator.file, at})) return;
      const auto& change = written_change({decorator.file, at});
      change ? apply(*change, arguments) : void(arguments.is_unknown = true);
      return;
    }
    const std::optional<FunctionId> inner = returned_function(file, at);
    if (!inner || keeps_signature(file, *inner)) return;
    // `def skipped(): pytest.skip()` in the place of the test needs no word of it.
    const bool replaces = level == 0 && !is_called && returns_once(file, at);
    const bool is_wrapper = replaces || ((level > 0 || !is_called) && mentions_parameter(file, *inner, at));
    at = *inner;
    if (!is_wrapper) continue;
    FixtureArguments own = parameters({decorator.file, at}, 0);
    arguments.names = std::move(own.names);
    arguments.keyword_only = std::move(own.keyword_only);
    return;
  }
}

/// `wrapper.__signature__ = inspect.signature(function)`, of the function that is decorated: nothing changes.
bool Signatures::copies_signature(FunctionRef decorator) const {
  const FileModel& file = literals_.model(decorator.file);
  return std::ranges::all_of(file.blocks[file.functions[decorator.id].body].statements, [&](StatementId statement) {
    if (!is_signature(file, statement)) return true;
    const Statement& row = file.statements[statement];
    if (!row.value || file.exprs[row.value].kind != ExprKind::call) return false;
    const ExprId copied = file.positional(row.value, 0);
    if (!copied || file.child_count(row.value) != 2) return false;
    if (literals_.names().external(decorator.file, row.block, file.first_child(row.value)) != "inspect.signature") {
      return false;
    }
    const Denotation given = literals_.names().denote(decorator.file, row.block, copied);
    const FunctionId around = file.function_of(statement);
    if (given.kind != Denotation::Kind::parameter || given.function != around || !given.rest.empty()) return false;
    const auto& params = file.functions[around].params;
    return !params.empty() && *params.begin() == given.param;
  });
}

const std::optional<Signatures::Change>& Signatures::written_change(FunctionRef decorator) const {
  const auto [place, is_new] = written_.try_emplace(decorator);
  if (is_new) place->second = read_change(decorator);
  return place->second;
}

std::optional<Signatures::Change> Signatures::read_change(FunctionRef decorator) const {
  const FileModel& file = literals_.model(decorator.file);
  Change change;
  change.is_ours = true;  // marks that it sets are read with the wrapper's
  const auto is_inside = [&](ExprId expr) {
    const Function& row = file.functions[decorator.id];
    const TextRange range = file.exprs[expr].range;
    return row.range.begin <= range.begin && range.end <= row.range.end;
  };
  for (ExprId at : file.exprs.ids()) {
    if (!is_inside(at)) continue;
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::comprehension_if) {
      // `for p in old.parameters.values() if p.name not in {"a", "b"}`
      const ExprId condition = file.first_child(at);
      if (file.exprs[condition].kind != ExprKind::compare || file.exprs[condition].op != Operator::not_in) continue;
      const auto names = literals_.texts({decorator.file, file.functions[decorator.id].body, file.child(condition, 1)});
      if (!names) return std::nullopt;
      change.removes.insert(change.removes.end(), names->begin(), names->end());
    } else if (kind == ExprKind::call && file.word(file.first_child(at)) == "Parameter") {
      const ExprId name = file.positional(at, 0);
      if (!name || file.exprs[name].kind != ExprKind::string) return std::nullopt;
      change.adds.push_back(file.word(name));
    }
  }
  const bool says_something = !change.removes.empty() || !change.adds.empty();
  return says_something ? std::optional(std::move(change)) : std::nullopt;
}

/// E1.6: one argument for every patch without a replacement of its own.
std::size_t Signatures::mocks(FunctionRef function, ClassRef class_) const {
  std::size_t count = 0;
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  for (DecoratorId decorator : row.decorators) count += is_mock(function.file, block, file.decorators[decorator].expr);
  if (!class_) return count;
  if (!file.word(row.name).starts_with("test")) return count;
  // A patched base class has patched its own methods; a patched subclass patches the inherited ones too (E1.7).
  for (ClassRef holder : literals_.names().mro(class_).classes) {
    const FileModel& model = literals_.model(holder.file);
    const Class& at = model.classes[holder.id];
    const BlockId outside = model.statements[at.statement].block;
    for (DecoratorId decorator : at.decorators) {
      count += is_mock(holder.file, outside, model.decorators[decorator].expr);
    }
    if (holder.file == function.file && holder.id == row.class_) break;
  }
  return count;
}

bool Signatures::is_mock(FileId file, BlockId block, ExprId decorator) const {
  const FileModel& model = literals_.model(file);
  if (model.exprs[decorator].kind != ExprKind::call) return false;
  const std::string name = literals_.names().external(file, block, model.first_child(decorator));
  const bool is_patch = name == "unittest.mock.patch" || name == "mock.patch";
  const bool is_object = name == "unittest.mock.patch.object" || name == "mock.patch.object";
  if (!is_patch && !is_object) return false;
  return !model.keyword(decorator, "new") && !model.positional(decorator, is_patch ? 1 : 2);
}

}  // namespace hasten
