// What is known of decorators by name, in knowledge or the configuration: which arguments they fill, take away or add.

#include <algorithm>
#include <optional>

#include "analyzer/knowledge/decorators.h"
#include "analyzer/values/signatures.h"

namespace hasten {
namespace {

constexpr int most_layers = 8;

/// What the only `return` of a function gives back; none when there are several.
ExprId only_returned(const FileModel& file, FunctionId function) {
  ExprId value;
  for (StatementId statement : file.blocks[file.functions[function].body].statements) {
    const Statement& row = file.statements[statement];
    if (row.kind != StatementKind::return_ || file.function_of(statement) != function) continue;
    if (value) return {};
    value = row.value;
  }
  return value;
}

/// As pathlib has it: `plot.png`, neither `.png` nor `plot.`.
bool has_suffix(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < path.size();
}

}  // namespace

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
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(std::min(filled, positional(arguments))));
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

/// A decorator of the project that hands on what known ones make: `return cluster(client=True)(function)`, and when it
/// is called first `return cluster(**options)`. False when it does something else.
bool Signatures::apply_returned(FunctionRef decorator, bool is_called, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(decorator.file);
  const BlockId block = file.functions[decorator.id].body;
  const auto known = [&](ExprId layer) {
    const bool is_call = file.exprs[layer].kind == ExprKind::call;
    const ExprId callee = is_call ? file.first_child(layer) : layer;
    return known_change(literals_.names().denote(decorator.file, block, callee), {decorator.file, block, layer});
  };
  ExprId returned = only_returned(file, decorator.id);
  if (!returned || file.exprs[returned].kind != ExprKind::call) return false;
  if (is_called) {
    const auto change = known(returned);
    if (change) apply(*change, arguments);
    // What a caller may add is not followed.
    for (ExprId at = file.first_child(returned); change && at; at = file.next(at)) {
      const ExprKind kind = file.exprs[at].kind;
      if (kind == ExprKind::starred || kind == ExprKind::double_starred) arguments.is_unknown = true;
    }
    return change.has_value();
  }
  std::vector<Change> layers;  // from outside in
  for (int layer = 0; layer < most_layers && file.exprs[returned].kind == ExprKind::call; ++layer) {
    if (const auto change = known(file.first_child(returned))) layers.push_back(*change);
    if (file.child_count(returned) != 2) return false;
    returned = file.child(returned, 1);
  }
  const Denotation innermost = literals_.names().denote(decorator.file, block, returned);
  if (innermost.kind != Denotation::Kind::parameter || innermost.function != decorator.id || layers.empty())
    return false;
  for (auto change = layers.rbegin(); change != layers.rend(); ++change) apply(*change, arguments);
  return true;
}

}  // namespace hasten
