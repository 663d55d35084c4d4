#include "analyzer/collect/fixture_definitions.h"

#include <algorithm>
#include <array>

namespace hasten {
namespace {

constexpr int max_hops = 6;

/// Decorators that make a fixture. Those of the plugins take pytest.fixture's arguments and more.
constexpr auto fixture_makers = std::to_array<std::string_view>({
    "pytest.fixture",
    "pytest.yield_fixture",
    "pytest_asyncio.fixture",
    "pytest_twisted.inlineCallbacks",
    "pytest_trio.trio_fixture",
});

bool makes_fixtures(std::string_view name) {
  return std::ranges::find(fixture_makers, name) != fixture_makers.end() || name == "_pytest.fixtures.fixture" ||
         name == "pytest_asyncio.plugin.fixture";
}

}  // namespace

std::optional<Scope> scope_named(std::string_view name) {
  if (name == "function") return Scope::function;
  if (name == "class") return Scope::class_;
  if (name == "module") return Scope::module;
  if (name == "package") return Scope::package;
  if (name == "session") return Scope::session;
  return std::nullopt;
}

const FixtureDefinition* FixtureDefinitions::of(const Denotation& denotation) const {
  if (!denotation.rest.empty()) return nullptr;
  if (denotation.kind == Denotation::Kind::function) {
    const FunctionRef function{denotation.file, denotation.function};
    const auto [place, is_new] = functions_.try_emplace(function);
    if (is_new) functions_[function] = of_function(function);
    const auto& known = functions_[function];
    return known ? &*known : nullptr;
  }
  if (denotation.kind == Denotation::Kind::binding && denotation.expr) {
    const ExprRef value{denotation.file, denotation.expr};
    const auto [place, is_new] = values_.try_emplace(value);
    if (is_new) values_[value] = of_value(denotation);
    const auto& known = values_[value];
    return known ? &*known : nullptr;
  }
  return nullptr;
}

std::optional<FixtureDefinition> FixtureDefinitions::of_function(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  for (DecoratorId decorator : row.decorators) {
    const ExprId expr = file.decorators[decorator].expr;
    // What stands above pytest.fixture wraps the fixture object away: a classmethod hides it (C1).
    if (file.dotted(expr) == "classmethod") return std::nullopt;
    const auto found = marker({function.file, block, expr}, 0);
    if (found) return found->made.expr ? of_object(found->made, *found) : read(function, *found);
  }
  return std::nullopt;
}

/// `pytest.fixture(make_db)`, `pytest.fixture(scope="module")(make_db)`.
std::optional<FixtureDefinition> FixtureDefinitions::of_value(const Denotation& variable) const {
  const FileModel& file = literals_.model(variable.file);
  const BlockId block = variable.class_ ? file.classes[variable.class_].body : BlockId(0);
  if (file.exprs[variable.expr].kind != ExprKind::call) return std::nullopt;
  const ExprId callee = file.first_child(variable.expr);
  if (auto made = made_by(literals_.names().denote(variable.file, block, callee))) return made;
  const ExprId wrapped = file.positional(variable.expr, 0);
  if (!wrapped) return std::nullopt;
  const bool is_curried = file.exprs[callee].kind == ExprKind::call;
  const auto found = marker({variable.file, block, is_curried ? callee : variable.expr}, 0);
  if (!found) return std::nullopt;
  return of_object(found->made.expr ? found->made : Site{variable.file, block, wrapped}, *found);
}

/// `abinit = make_factory("abinit")`, where make_factory defines a fixture and returns it.
std::optional<FixtureDefinition> FixtureDefinitions::made_by(const Denotation& maker) const {
  if (maker.kind != Denotation::Kind::function || !maker.rest.empty()) return std::nullopt;
  const FileModel& file = literals_.model(maker.file);
  for (StatementId statement : file.blocks[file.functions[maker.function].body].statements) {
    const Statement& row = file.statements[statement];
    if (row.kind != StatementKind::return_ || !row.value || file.function_of(row.block) != maker.function) continue;
    if (file.exprs[row.value].kind != ExprKind::name) continue;
    const Denotation made = literals_.names().denote(maker.file, row.block, row.value);
    const bool is_inner = made.kind == Denotation::Kind::function && made.rest.empty() && made.file == maker.file &&
                          file.functions[made.function].parent == maker.function;
    if (!is_inner) continue;
    auto definition = of_function({made.file, made.function});
    // Whoever takes the name from a parameter of the maker is known by it alone.
    if (definition && (definition->name || !names_itself({made.file, made.function}))) return definition;
  }
  return std::nullopt;
}

/// A decorator with `name=`.
bool FixtureDefinitions::names_itself(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  return std::ranges::any_of(file.functions[function.id].decorators, [&](DecoratorId decorator) {
    const ExprId call = file.decorators[decorator].expr;
    return file.exprs[call].kind == ExprKind::call && file.keyword(call, "name");
  });
}

/// A function by its name, or a lambda.
std::optional<FixtureDefinition> FixtureDefinitions::of_object(Site object, const Marker& marker) const {
  const FileModel& file = literals_.model(object.file);
  if (file.exprs[object.expr].kind == ExprKind::lambda) {
    FixtureDefinition definition = read({}, marker);
    definition.lambda = {object.file, file.exprs[object.expr].range};
    for (ExprId at = file.first_child(object.expr); at; at = file.next(at)) {
      const bool is_plain = file.exprs[at].kind == ExprKind::parameter && !file.has_children(at);
      if (is_plain) definition.arguments.push_back(file.word(at));
    }
    return definition;
  }
  const Denotation function = literals_.names().denote(object.file, object.block, object.expr);
  if (function.kind != Denotation::Kind::function || !function.rest.empty()) return std::nullopt;
  return read({function.file, function.function}, marker);
}

std::optional<FixtureDefinitions::Marker> FixtureDefinitions::marker(Site site, int hops) const {
  if (!site.expr || hops > max_hops) return std::nullopt;
  const FileModel& file = literals_.model(site.file);
  const ExprKind kind = file.exprs[site.expr].kind;
  const bool is_call = kind == ExprKind::call;
  if (!is_call && kind != ExprKind::name && kind != ExprKind::attribute) return std::nullopt;
  const ExprId callee = is_call ? file.first_child(site.expr) : site.expr;
  const Denotation named = literals_.names().denote(site.file, site.block, callee);
  if (named.kind == Denotation::Kind::external) {
    if (makes_fixtures(named.dotted)) return Marker{is_call ? std::vector<Site>{site} : std::vector<Site>(), {}};
    // functools.partial(pytest.fixture, scope="module")
    if (is_call && named.dotted == "functools.partial") {
      const ExprId made = file.positional(site.expr, 0);
      if (made && marker({site.file, site.block, made}, hops + 1)) return Marker{{site}, {}};
    }
    return std::nullopt;
  }
  if (named.kind == Denotation::Kind::binding && named.expr && named.rest.empty()) {
    const BlockId block = named.class_ ? literals_.model(named.file).classes[named.class_].body : BlockId(0);
    auto found = marker({named.file, block, named.expr}, hops + 1);
    if (found && is_call) found->calls.insert(found->calls.begin(), site);
    return found;
  }
  if (named.kind == Denotation::Kind::function && named.rest.empty()) {
    auto found = marker_returned({named.file, named.function}, hops + 1);
    if (found && is_call && found->calls.empty()) found->calls.push_back(site);
    return found;
  }
  return std::nullopt;
}

/// `def fixture(f): return pytest.fixture(f)`, or one that returns such a call with arguments.
std::optional<FixtureDefinitions::Marker> FixtureDefinitions::marker_returned(FunctionRef decorator, int hops) const {
  const FileModel& file = literals_.model(decorator.file);
  for (StatementId statement : file.blocks[file.functions[decorator.id].body].statements) {
    const Statement& row = file.statements[statement];
    if (row.kind != StatementKind::return_ || !row.value || file.exprs[row.value].kind != ExprKind::call) continue;
    const ExprId callee = file.first_child(row.value);
    const bool is_curried = file.exprs[callee].kind == ExprKind::call;
    auto found = marker({decorator.file, row.block, is_curried ? callee : row.value}, hops);
    if (!found) continue;
    const ExprId wrapped = file.positional(row.value, 0);
    if (!wrapped) return found;
    const Denotation made = literals_.names().denote(decorator.file, row.block, wrapped);
    if (made.kind != Denotation::Kind::parameter) found->made = {decorator.file, row.block, wrapped};
    return found;
  }
  return std::nullopt;
}

FixtureDefinition FixtureDefinitions::read(FunctionRef function, const Marker& marker) const {
  FixtureDefinition out;
  out.function = function;
  out.params.value = 0;
  const FixtureArguments arguments = function ? signatures_.of_fixture(function) : FixtureArguments();
  out.arguments = arguments.names;
  out.has_unknown_arguments = arguments.is_unknown || arguments.may_be_replaced;
  // `pytest.fixture("module")`: the first positional was the scope once, and is the function in `fixture(make_db)`.
  Site scope = argument(literals_, marker, "scope");
  if (!scope.expr && !marker.calls.empty()) {
    const Site call = marker.calls.front();
    const FileModel& file = literals_.model(call.file);
    const ExprId first = file.positional(call.expr, 0);
    if (first && file.exprs[first].kind == ExprKind::string) scope = {call.file, call.block, first};
  }
  read_scope(scope, out);
  if (const Site name = argument(literals_, marker, "name"); name.expr) out.name = literals_.text(name);
  // Anything truthy; what cannot be told is taken as set, since nobody computes `False`.
  if (const Site autouse = argument(literals_, marker, "autouse"); autouse.expr)
    out.is_autouse = literals_.truth(autouse).value_or(true);
  if (const Site params = argument(literals_, marker, "params"); params.expr) {
    const bool is_none = literals_.model(params.file).exprs[params.expr].kind == ExprKind::none_literal;
    if (!is_none) out.params_site = params;
    if (!is_none) out.params = literals_.elements(params).count;
    if (!is_none && out.params.value == 0) out.params.value = 1;  // B16: one skipped item
  }
  return out;
}

Site FixtureDefinitions::argument(const Literals& literals, const Marker& marker, std::string_view name) {
  for (const Site& call : marker.calls) {
    const ExprId given = literals.model(call.file).keyword(call.expr, name);
    if (given) return {call.file, call.block, given};
  }
  return {};
}

void FixtureDefinitions::read_scope(Site site, FixtureDefinition& definition) const {
  if (!site.expr) return;
  const auto text = literals_.text(site);
  const auto scope = text ? scope_named(*text) : std::nullopt;
  definition.scope = scope.value_or(Scope::function);
  definition.scope_is_known = scope.has_value();
}

}  // namespace hasten
