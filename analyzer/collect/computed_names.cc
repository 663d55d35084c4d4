#include "analyzer/collect/computed_names.h"

#include <algorithm>

namespace hasten {
namespace {

constexpr int max_nesting = 8;
constexpr std::size_t most_names = 64;

using Texts = std::vector<std::string>;

Texts any_name() { return {std::string(ComputedNames::anything)}; }

/// Every text of `left` before every text of `right`.
Texts joined(const Texts& left, const Texts& right) {
  if (left.size() * right.size() > most_names) return any_name();
  Texts out;
  for (const std::string& head : left) {
    for (const std::string& tail : right) out.push_back(head + tail);
  }
  return out;
}

Texts united(Texts left, const Texts& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left.size() > most_names ? any_name() : left;
}

bool is_collection(const FileModel& file, ExprId expr) {
  const Expr& row = file.exprs[expr];
  const bool is_listed = row.kind == ExprKind::list || row.kind == ExprKind::tuple || row.kind == ExprKind::set;
  return is_listed && row.is_collapsed == 0;
}

}  // namespace

std::vector<std::string> ComputedNames::of(Site name, FunctionRef function) const {
  Texts out;
  for (std::string& text : evaluate(name, function, 0)) {
    if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
  }
  return out;
}

ComputedNames::Texts ComputedNames::evaluate(Site site, FunctionRef function, int nesting) const {
  if (!site.expr || nesting > max_nesting) return any_name();
  const FileModel& file = literals_.model(site.file);
  const Expr& row = file.exprs[site.expr];
  const auto child = [&](std::size_t position) {
    return evaluate({site.file, site.block, file.child(site.expr, position)}, function, nesting + 1);
  };
  switch (row.kind) {
    case ExprKind::string: return row.word() ? Texts{std::string(file.word(site.expr))} : any_name();
    case ExprKind::template_string: {
      Texts out = {""};
      for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
        out = joined(out, evaluate({site.file, site.block, at}, function, nesting + 1));
      }
      return out;
    }
    case ExprKind::binary: return row.op == Operator::add ? joined(child(0), child(1)) : any_name();
    case ExprKind::conditional: return united(child(0), child(2));
    case ExprKind::attribute:
      if (file.word(site.expr) == "param" && file.dotted(site.expr) == "request.param") {
        return of_fixture_parameter(function);
      }
      return of_variable(site, function, nesting);
    case ExprKind::name: return of_variable(site, function, nesting);
    default: return any_name();
  }
}

ComputedNames::Texts ComputedNames::of_variable(Site site, FunctionRef function, int nesting) const {
  if (const auto text = literals_.text(site)) return {std::string(*text)};
  const FileModel& file = literals_.model(site.file);
  const Expr& row = file.exprs[site.expr];
  if (row.kind != ExprKind::name || site.file != function.file) return any_name();
  if (file.function_of(site.block) != function.id) return any_name();
  Texts out;
  for (const NameBinding& binding :
       literals_.names().namespaces(site.file).bindings(ScopeKey::of(function.id), row.word())) {
    const bool has_statement = static_cast<bool>(binding.statement);
    const Statement statement = has_statement ? file.statements[binding.statement] : Statement();
    const Site from{site.file, has_statement ? statement.block : site.block, binding.value};
    // `conn = request.getfixturevalue(conn)`: what it asks for is not what it gets.
    const bool is_asking = binding.value && file.exprs[binding.value].range.begin <= row.range.begin &&
                           row.range.end <= file.exprs[binding.value].range.end;
    if (is_asking) continue;
    if (binding.by == BoundBy::parameter) {
      const std::string_view argument = file.word(row.word());
      const bool is_fixture = definition_of(function) != nullptr;
      out = united(std::move(out),
                   is_fixture ? Texts{given_by_test(argument)} : of_parameter(argument, marks_.of(function)));
    } else if (binding.by == BoundBy::value) {
      out = united(std::move(out), evaluate(from, function, nesting + 1));
    } else if (binding.by == BoundBy::target && statement.kind == StatementKind::for_ &&
               file.exprs[statement.target].kind == ExprKind::name) {
      out = united(std::move(out), of_elements({site.file, statement.block, statement.value}, function, nesting + 1));
    } else {
      return any_name();
    }
  }
  return out.empty() ? any_name() : out;
}

ComputedNames::Texts ComputedNames::of_elements(Site collection, FunctionRef function, int nesting) const {
  const auto elements = listed(local_value(collection, function), nesting);
  if (!elements) return any_name();
  Texts out;
  for (const Site& element : *elements) out = united(std::move(out), evaluate(element, function, nesting + 1));
  return out;
}

/// What the only binding of a variable of the function says; anything else stands for itself.
Site ComputedNames::local_value(Site site, FunctionRef function) const {
  const FileModel& file = literals_.model(site.file);
  if (!site.expr || site.file != function.file || file.exprs[site.expr].kind != ExprKind::name) return site;
  const auto bindings =
      literals_.names().namespaces(site.file).bindings(ScopeKey::of(function.id), file.exprs[site.expr].word());
  if (bindings.size() != 1 || bindings.front().by != BoundBy::value || !bindings.front().statement) return site;
  return {site.file, file.statements[bindings.front().statement].block, bindings.front().value};
}

std::vector<std::string> ComputedNames::filled(std::string_view name, std::string_view fixture,
                                               std::span<const Mark> marks) const {
  const std::size_t at = name.find(given);
  if (at == std::string_view::npos) return {std::string(name)};
  const std::size_t end = name.find(given_end, at);
  const std::string_view argument = name.substr(at + 1, end - at - 1);
  Texts out = joined({std::string(name.substr(0, at))}, of_parameter(argument.empty() ? fixture : argument, marks));
  const std::string_view rest = name.substr(end + 1);
  return rest.empty() ? out : joined(out, filled(rest, fixture, marks));
}

/// What parametrize marks give by this name.
ComputedNames::Texts ComputedNames::of_parameter(std::string_view name, std::span<const Mark> marks) const {
  for (const Mark& mark : marks) {
    if (mark.name != "parametrize") continue;
    const Marks::Parametrize read = marks_.parametrize(mark);
    const auto at = std::ranges::find(read.names, name);
    if (at == read.names.end()) continue;
    const auto position = static_cast<std::size_t>(at - read.names.begin());
    const auto sets = listed(marks_.argument_values(mark), 0);
    const bool is_alone = read.names.size() == 1;
    Texts out;
    if (!sets) return computed(marks_.argument_values(mark), is_alone ? std::nullopt : std::optional(position));
    for (const Site& set : *sets) out = united(std::move(out), evaluate(given_value(set, position, is_alone), {}, 1));
    return out;
  }
  return any_name();
}

const FixtureDefinition* ComputedNames::definition_of(FunctionRef function) const {
  if (!function) return nullptr;
  Denotation denotation;
  denotation.kind = Denotation::Kind::function;
  denotation.file = function.file;
  denotation.function = function.id;
  return definitions_.of(denotation);
}

std::string ComputedNames::given_by_test(std::string_view argument) {
  return std::string(1, given).append(argument) + given_end;
}

/// Its own `params`; without those, what a test gives it by parametrize.
ComputedNames::Texts ComputedNames::of_fixture_parameter(FunctionRef function) const {
  const FixtureDefinition* definition = definition_of(function);
  if (definition == nullptr) return any_name();
  if (!definition->params_site.expr && definition->params.value == 0) return {given_by_test({})};
  const auto params = listed(definition->params_site, 0);
  if (!params) return computed(definition->params_site, std::nullopt);
  Texts out;
  for (const Site& param : *params) out = united(std::move(out), evaluate(given_value(param, 0, true), {}, 1));
  return out;
}

/// Of sets that are not spelled out: `product(["a", "b"], ["c"])`.
ComputedNames::Texts ComputedNames::computed(Site sets, std::optional<std::size_t> position) const {
  const auto texts = literals_.element_texts(sets, position);
  if (!texts || texts->size() > most_names) return any_name();
  Texts out;
  for (const std::string& text : *texts) {
    if (std::ranges::find(out, text) == out.end()) out.push_back(text);
  }
  return out;
}

/// The elements of a collection that is spelled out, or put together of such: `[*POSTGRES, "mysql"] + SQLITE`.
std::optional<std::vector<Site>> ComputedNames::listed(Site collection, int nesting) const {
  collection = literals_.value(collection);
  if (!collection.expr || nesting > max_nesting) return std::nullopt;
  const FileModel& file = literals_.model(collection.file);
  const Expr& row = file.exprs[collection.expr];
  const bool is_sum = row.kind == ExprKind::binary && row.op == Operator::add;
  if (!is_sum && !is_collection(file, collection.expr)) return std::nullopt;
  std::vector<Site> out;
  for (ExprId at = file.first_child(collection.expr); at; at = file.next(at)) {
    const bool is_spread = file.exprs[at].kind == ExprKind::starred;
    const Site part{collection.file, collection.block, is_spread ? file.first_child(at) : at};
    if (!is_sum && !is_spread) {
      out.push_back(part);
      continue;
    }
    const auto more = listed(part, nesting + 1);
    if (!more) return std::nullopt;
    out.insert(out.end(), more->begin(), more->end());
    if (out.size() > most_names) return std::nullopt;
  }
  return out;
}

/// One value of a set: of `pytest.param(a, b)`, of a tuple, or the set itself when there is one name.
Site ComputedNames::given_value(Site set, std::size_t position, bool is_alone) const {
  const FileModel& file = literals_.model(set.file);
  if (file.exprs[set.expr].kind == ExprKind::call) {
    const Denotation called = literals_.names().denote(set.file, set.block, file.first_child(set.expr));
    if (called.dotted == "pytest.param") return {set.file, set.block, file.positional(set.expr, position)};
  }
  if (is_alone) return set;
  set = literals_.value(set);
  const FileModel& other = literals_.model(set.file);
  return {set.file, set.block, is_collection(other, set.expr) ? other.child(set.expr, position) : ExprId()};
}

}  // namespace hasten
