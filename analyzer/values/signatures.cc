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

/// As pathlib has it: `plot.png`, neither `.png` nor `plot.`.
bool has_suffix(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < path.size();
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
    }
  }
  return out;
}

bool Signatures::is_static(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  return std::ranges::any_of(file.functions[function.id].decorators, [&](DecoratorId decorator) {
    return file.dotted(file.decorators[decorator].expr) == "staticmethod";
  });
}

void Signatures::apply_decorator(FunctionRef function, ExprId decorator, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(function.file);
  const BlockId block = file.statements[file.functions[function.id].statement].block;
  const ExprId callee = callee_of(file, decorator);
  if (!callee) return;
  const Denotation named = literals_.names().denote(function.file, block, callee);
  if (const auto change = known_change(named, {function.file, block, decorator})) return apply(*change, arguments);
  if (named.kind == Denotation::Kind::external && named.dotted.starts_with("hypothesis.") &&
      last_part(named.dotted) == "given") {
    remove_given(function.file, decorator, arguments);
  } else if (named.kind == Denotation::Kind::function && named.rest.empty()) {
    apply_each_definition(named, file.exprs[decorator].kind == ExprKind::call, arguments);
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

std::optional<Signatures::Change> Signatures::known_change(const Denotation& decorator, Site call) const {
  std::string name;
  if (decorator.kind == Denotation::Kind::external) name = decorator.dotted;
  if (decorator.kind == Denotation::Kind::function && decorator.rest.empty()) {
    const FileModel& file = literals_.model(decorator.file);
    const ProjectTables& tables = literals_.tables();
    const NameId module = tables.files[decorator.file].module;
    if (module) name.append(tables.names[module]).append(1, '.');
    name += file.word(file.functions[decorator.function].name);
  }
  if (name.empty()) return std::nullopt;
  const KnownDecorator* known = literals_.names().knowledge().find_decorator(name);
  if (known == nullptr) return std::nullopt;
  Change change;
  change.removes.assign(known->removes.begin(), known->removes.end());
  change.adds.assign(known->adds.begin(), known->adds.end());
  change.cases = cases_of(*known, call);
  change.filled = filled_by(*known, call);
  return change;
}

/// How many argument sets it parametrizes with, as far as its own arguments tell.
Count Signatures::cases_of(const KnownDecorator& known, Site call) const {
  if (known.cases == 0) return {};
  const FileModel& file = literals_.model(call.file);
  if (file.exprs[call.expr].kind != ExprKind::call) return {known.cases};
  for (ExprId at = file.next(file.first_child(call.expr)); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return {};
  }
  if (const Site sets = given(known.cases_from, call); is_given(sets)) {
    const Count listed = literals_.elements(sets).count;
    return listed.value == 0 ? Count{1} : listed;  // B16: one item, skipped
  }
  const Site suffixed = given(known.suffix_of, call);
  if (!is_given(suffixed)) return {known.cases};
  const auto texts = literals_.texts(suffixed);
  if (!texts) return {};
  return {std::ranges::any_of(*texts, has_suffix) ? 1 : known.cases};
}

/// How many arguments it fills by position.
Count Signatures::filled_by(const KnownDecorator& known, Site call) const {
  std::int32_t filled = known.fills;
  const bool is_called = literals_.model(call.file).exprs[call.expr].kind == ExprKind::call;
  if (!is_called) return {filled + known.fills_otherwise};
  const Site each = given(known.fills_each, call), condition = given(known.fills_if, call);
  if (is_given(each)) {
    const Count size = literals_.elements(each).count;
    if (!size.known()) return {};
    filled += size.value;
  } else {
    filled += known.fills_otherwise;
  }
  const auto is_true = condition.expr ? literals_.truth(condition) : std::optional(false);
  if (!is_true) return {};
  return {filled + (*is_true ? 1 : 0)};
}

Site Signatures::given(const ArgumentRef& argument, Site call) const {
  const FileModel& file = literals_.model(call.file);
  ExprId expr;
  if (argument.position >= 0) expr = file.positional(call.expr, static_cast<std::size_t>(argument.position));
  if (!expr && !argument.keyword.empty()) expr = file.keyword(call.expr, argument.keyword);
  return literals_.value({call.file, call.block, expr});
}

bool Signatures::is_given(Site argument) const {
  return argument.expr && literals_.model(argument.file).exprs[argument.expr].kind != ExprKind::none_literal;
}

void Signatures::apply(const Change& change, FixtureArguments& arguments) {
  if (!change.filled.known()) arguments.is_unknown = true;
  const auto first = arguments.names.begin();
  const auto filled = static_cast<std::size_t>(std::max(change.filled.value, 0));
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(std::min(filled, arguments.names.size())));
  std::erase_if(arguments.names,
                [&](std::string_view name) { return std::ranges::find(change.removes, name) != change.removes.end(); });
  for (std::string_view name : change.adds) {
    const bool is_there = std::ranges::find(arguments.names, name) != arguments.names.end();
    // What the test has already is parametrized all the same, with we do not know how many sets.
    if (is_there && (change.is_ours || change.cases.known())) continue;
    if (!is_there) arguments.names.push_back(name);
    if (change.is_ours || name == "request") continue;
    arguments.parametrized_elsewhere.push_back({name, name == change.adds.front() ? change.cases : Count()});
  }
}

/// `@given(a, b, c=...)`: keywords by name, positional strategies from the right.
void Signatures::remove_given(FileId file, ExprId call, FixtureArguments& arguments) const {
  const FileModel& model = literals_.model(file);
  if (model.exprs[call].kind != ExprKind::call) return;
  std::size_t positional = 0;
  for (ExprId at = model.next(model.first_child(call)); at; at = model.next(at)) {
    const ExprKind kind = model.exprs[at].kind;
    if (kind == ExprKind::keyword) {
      std::erase(arguments.names, model.word(at));
    } else if (kind == ExprKind::starred || kind == ExprKind::double_starred) {
      arguments.is_unknown = true;
    } else {
      ++positional;
    }
  }
  arguments.names.resize(arguments.names.size() - std::min(positional, arguments.names.size()));
}

/// `functools.partial(test, 1, b=2)` leaves what it does not bind.
void Signatures::remove_bound(Site partial, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(partial.file);
  std::size_t bound = 0;
  while (file.positional(partial.expr, bound + 1)) ++bound;
  const auto first = arguments.names.begin();
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(std::min(bound, arguments.names.size())));
  for (ExprId at = file.first_child(partial.expr); at; at = file.next(at)) {
    if (file.exprs[at].kind == ExprKind::keyword) std::erase(arguments.names, file.word(at));
  }
}

/// A decorator of the project: where its wrapper does not take over the signature of what it wraps, the wrapper's own
/// parameters are what pytest sees. The wrapper is the first function on the way of what is returned that mentions the
/// function given to the one around it; a decorator that is called first returns the decorator.
void Signatures::apply_own_decorator(FunctionRef decorator, bool is_called, FixtureArguments& arguments) const {
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
    arguments.names = parameters({decorator.file, at}, 0).names;
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
