#include "analyzer/collect/marks.h"

#include <algorithm>

namespace hasten {
namespace {

constexpr int max_hops = 6;
constexpr std::size_t longest_lambda = 64;  // rows
constexpr std::string_view prefix = "pytest.mark.";

/// Names in "a, b" or in a list of texts.
std::vector<std::string_view> split_names(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view name = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (!name.empty()) out.push_back(name);
  }
  return out;
}

/// The innermost lambda that an expression stands in; those of marks are short.
ExprId lambda_around(const FileModel& file, ExprId expr) {
  const std::size_t first = expr.index() > longest_lambda ? expr.index() - longest_lambda : 0;
  for (std::size_t row = expr.index(); row-- > first;) {
    const Expr& at = file.exprs[ExprId(row)];
    if (at.kind == ExprKind::lambda && row + at.subtree > expr.index()) return ExprId(row);
  }
  return {};
}

}  // namespace

std::optional<std::vector<std::string_view>> parameter_names(const Literals& literals, Site names) {
  names = literals.value(names);
  if (!names.expr) return std::nullopt;
  auto texts = literals.texts(names);
  const bool is_text = literals.model(names.file).exprs[names.expr].kind == ExprKind::string;
  return is_text && texts ? split_names(texts->front()) : std::move(texts);
}

const std::vector<Mark>& Marks::of(FunctionRef function) const {
  const auto [place, is_new] = functions_.try_emplace(function);
  if (!is_new) return place->second;
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  std::vector<Mark> marks;
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    add({function.file, block, file.decorators[row.decorators[i]].expr}, marks, 0);
  }
  return functions_[function] = std::move(marks);
}

const std::vector<Mark>& Marks::of(ClassRef class_) const {
  const auto [place, is_new] = classes_.try_emplace(class_);
  if (!is_new) return place->second;
  std::vector<ClassRef> order = literals_.names().mro(class_).classes;
  if (!rules_.marks_nearest_base_first) std::ranges::reverse(order);
  std::vector<Mark> marks;
  for (ClassRef holder : order) add_own(holder, marks);
  return classes_[class_] = std::move(marks);
}

/// `pytestmark` in the body, then decorators from the bottom: each is appended to it.
void Marks::add_own(ClassRef class_, std::vector<Mark>& marks) const {
  const FileModel& file = literals_.model(class_.file);
  const Class& row = file.classes[class_.id];
  add_pytestmark(class_.file, ScopeKey::of(class_.id), marks);
  const BlockId block = file.statements[row.statement].block;
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    add({class_.file, block, file.decorators[row.decorators[i]].expr}, marks, 0);
  }
}

const std::vector<Mark>& Marks::of(FileId module) const {
  const auto [place, is_new] = modules_.try_emplace(module);
  if (!is_new) return place->second;
  std::vector<Mark> marks;
  add_pytestmark(module, ScopeKey::module(), marks);
  return modules_[module] = std::move(marks);
}

void Marks::add_pytestmark(FileId file, ScopeKey scope, std::vector<Mark>& marks) const {
  const FileModel& model = literals_.model(file);
  const Namespaces& namespaces = literals_.names().namespaces(file);
  const WordId word = namespaces.word("pytestmark");
  if (!word) return;
  std::vector<Mark> found;
  for (const NameBinding& binding : namespaces.bindings(scope, word)) {
    if (binding.by == BoundBy::value && !binding.is_conditional) found.clear();
    if (!binding.value) continue;
    add({file, model.statements[binding.statement].block, binding.value}, found, 0);
  }
  marks.insert(marks.end(), found.begin(), found.end());
}

/// A mark, a collection or sum of marks, a name that holds one, or a call that returns one.
void Marks::add(Site site, std::vector<Mark>& marks, int hops) const {
  if (!site.expr || hops > max_hops) return;
  const FileModel& file = literals_.model(site.file);
  const ExprKind kind = file.exprs[site.expr].kind;
  if (kind == ExprKind::list || kind == ExprKind::tuple || kind == ExprKind::binary || kind == ExprKind::starred) {
    for (ExprId at = file.first_child(site.expr); at; at = file.next(at))
      add({site.file, site.block, at}, marks, hops + 1);
    return;
  }
  const bool is_call = kind == ExprKind::call;
  const ExprId callee = is_call ? file.first_child(site.expr) : site.expr;
  if (!callee) return;
  if (file.exprs[callee].kind == ExprKind::call) return add({site.file, site.block, callee}, marks, hops + 1);
  const Denotation named = literals_.names().denote(site.file, site.block, callee);
  if (named.kind == Denotation::Kind::external) {
    // `pytest.mark.x.with_args(...)` is `pytest.mark.x(...)`.
    std::string_view name = named.dotted;
    if (!name.starts_with(prefix)) return;
    name = name.substr(prefix.size());
    name = name.substr(0, name.find('.'));
    marks.push_back({std::string(name), site.file, site.block, is_call ? site.expr : ExprId(), {}});
  } else if (named.kind == Denotation::Kind::binding && named.expr && named.rest.empty()) {
    const BlockId block = named.class_ ? literals_.model(named.file).classes[named.class_].body : BlockId(0);
    const std::size_t before = marks.size();
    if (is_call && literals_.model(named.file).exprs[named.expr].kind == ExprKind::lambda) {
      return add_of_lambda({named.file, block, named.expr}, site, marks, hops + 1);
    }
    add({named.file, block, named.expr}, marks, hops + 1);
    // `slow = pytest.mark.slow` and `@slow("why")`: the arguments are here.
    if (is_call && marks.size() == before + 1 && !marks.back().call) {
      marks.back().call = site.expr;
      marks.back().file = site.file;
      marks.back().block = site.block;
    }
  } else if (named.kind == Denotation::Kind::function && named.rest.empty()) {
    const std::size_t before = marks.size();
    add_returned({named.file, named.function}, marks, hops + 1);
    // A function that is called in a function of the project: what it is given there is not followed.
    const Site caller = is_call ? site : Site();
    for (std::size_t i = before; i < marks.size(); ++i) {
      const bool is_own = marks[i].file == named.file && !marks[i].caller.expr;
      marks[i].caller = is_own ? caller : Site{};
    }
  }
}

/// `cases = lambda values: pytest.mark.parametrize("case", values)`
void Marks::add_of_lambda(Site lambda, Site caller, std::vector<Mark>& marks, int hops) const {
  const FileModel& file = literals_.model(lambda.file);
  ExprId body = file.first_child(lambda.expr);
  while (body && file.next(body)) body = file.next(body);
  const std::size_t before = marks.size();
  add({lambda.file, lambda.block, body}, marks, hops);
  for (std::size_t i = before; i < marks.size(); ++i) {
    marks[i].caller = marks[i].file == lambda.file && !marks[i].caller.expr ? caller : Site{};
  }
}

/// `def slow(function): return pytest.mark.slow(function)`, `def cases(n): return pytest.mark.parametrize(...)`.
void Marks::add_returned(FunctionRef function, std::vector<Mark>& marks, int hops) const {
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const std::size_t before = marks.size();
  bool is_certain = true;
  for (StatementId statement : file.blocks[row.body].statements) {
    const Statement& at = file.statements[statement];
    if (at.kind != StatementKind::return_ || !at.value || file.function_of(statement) != function.id) continue;
    const Truth reached = literals_.is_entered(function.file, at.block);
    if (reached == Truth::no) continue;
    is_certain = is_certain && reached == Truth::yes;
    const ExprKind kind = file.exprs[at.value].kind;
    if (kind == ExprKind::name) add_of_wrapper({function.file, at.block, at.value}, marks, hops + 1);
    if (kind == ExprKind::call || kind == ExprKind::attribute)
      add({function.file, at.block, at.value}, marks, hops + 1);
    if (reached == Truth::yes) break;
  }
  for (std::size_t i = before; i < marks.size() && !is_certain; ++i) marks[i].is_conditional = true;
}

std::vector<Mark> Marks::written_at(Site site) const {
  std::vector<Mark> marks;
  add(site, marks, 0);
  return marks;
}

bool Marks::keeps_from_running(const Mark& mark) const {
  if (mark.is_conditional) return false;
  if (mark.name == "skip") return true;
  if (!mark.call || (mark.name != "skipif" && mark.name != "xfail")) return false;
  const FileModel& file = literals_.model(mark.file);
  const ExprId condition =
      file.positional(mark.call, 0) ? file.positional(mark.call, 0) : file.keyword(mark.call, "condition");
  const bool is_literal = condition && file.exprs[condition].kind == ExprKind::true_literal;
  if (mark.name == "skipif") return is_literal;
  const ExprId run = file.keyword(mark.call, "run");
  return run && file.exprs[run].kind == ExprKind::false_literal && (!condition || is_literal);
}

/// A wrapper carries the marks that are put on it: `@pytest.mark.slow` over the function that a decorator returns. One
/// more level when the decorator is called first.
void Marks::add_of_wrapper(Site returned, std::vector<Mark>& marks, int hops) const {
  if (hops > max_hops) return;
  const Denotation inner = literals_.names().denote(returned.file, returned.block, returned.expr);
  if (inner.kind != Denotation::Kind::function || !inner.rest.empty()) return;
  const FileModel& file = literals_.model(inner.file);
  const Function& row = file.functions[inner.function];
  if (!row.parent) return;
  const BlockId block = file.statements[row.statement].block;
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    add({inner.file, block, file.decorators[row.decorators[i]].expr}, marks, hops + 1);
  }
  add_returned({inner.file, inner.function}, marks, hops + 1);
}

std::optional<std::vector<std::string_view>> Marks::used_fixtures(const Mark& mark) const {
  std::vector<std::string_view> names;
  if (!mark.call) return names;
  if (mark.is_conditional) return std::nullopt;
  const FileModel& file = literals_.model(mark.file);
  for (ExprId at = file.next(file.first_child(mark.call)); at; at = file.next(at)) {
    const bool is_spread = file.exprs[at].kind == ExprKind::starred;
    const auto texts = literals_.texts({mark.file, mark.block, is_spread ? file.first_child(at) : at});
    if (!texts) return std::nullopt;
    names.insert(names.end(), texts->begin(), texts->end());
  }
  return names;
}

Site Marks::argument(const Mark& mark, std::size_t position, std::string_view name) const {
  const FileModel& file = literals_.model(mark.file);
  if (const ExprId given = file.positional(mark.call, position)) return {mark.file, mark.block, given};
  if (const ExprId given = file.keyword(mark.call, name)) return {mark.file, mark.block, given};
  const ExprId first = file.next(file.first_child(mark.call));
  if (!first || file.exprs[first].kind != ExprKind::starred) return {};
  const Site listed = literals_.value({mark.file, mark.block, file.first_child(first)});
  const FileModel& other = literals_.model(listed.file);
  const ExprKind kind = other.exprs[listed.expr].kind;
  const bool is_listed =
      (kind == ExprKind::tuple || kind == ExprKind::list) && other.exprs[listed.expr].is_collapsed == 0;
  return is_listed ? Site{listed.file, listed.block, other.child(listed.expr, position)} : Site();
}

Marks::Parametrize Marks::parametrize(const Mark& mark) const {
  Parametrize out;
  if (!mark.call) return out;
  auto names = parameter_names(literals_, argument(mark, 0, "argnames"));
  out.has_unknown_names = !names;
  if (names) out.names = std::move(*names);
  const Site values = argument_values(mark);
  out.sets = values.expr ? literals_.elements(values) : ElementCount{{}, "no argument values"};
  if (mark.is_conditional) out.sets = {{}, "one of several marks"};
  if (out.sets.count.value == 0) out.sets.count.value = 1;  // B16: one item, skipped
  const std::vector<std::string_view> direct = directly_set(mark, out);
  const bool is_mixed = !direct.empty() && direct.size() < out.names.size();
  if (!is_mixed || !rules_.mixed_indirect_is_indirect) out.direct = direct;
  return out;
}

bool Marks::gives(const Mark& mark, std::string_view name) const {
  if (mark.name != "parametrize") return false;
  const Parametrize read = parametrize(mark);
  return std::ranges::find(read.names, name) != read.names.end();
}

Site Marks::argument_values(const Mark& mark) const { return bound(argument(mark, 1, "argvalues"), mark.caller); }

Site Marks::bound_by_lambda(Site argument, ExprId lambda, Site caller) const {
  const FileModel& file = literals_.model(argument.file);
  const FileModel& outer = literals_.model(caller.file);
  std::size_t position = 0;
  for (ExprId at = file.first_child(lambda); at; at = file.next(at), ++position) {
    if (file.exprs[at].kind != ExprKind::parameter || file.word(at) != file.word(argument.expr)) continue;
    ExprId given = outer.keyword(caller.expr, file.word(at));
    if (!given) given = outer.positional(caller.expr, position);
    if (given) return {caller.file, caller.block, given};
    return {argument.file, argument.block, file.first_child(at)};
  }
  return argument;
}

/// What the parameter of a function that applies marks is given where it is called, or its default.
Site Marks::bound(Site argument, Site caller) const {
  if (!argument.expr) return argument;
  const FileModel& file = literals_.model(argument.file);
  if (!caller.expr || file.exprs[argument.expr].kind != ExprKind::name) return argument;
  if (const ExprId lambda = lambda_around(file, argument.expr)) return bound_by_lambda(argument, lambda, caller);
  const Denotation named = literals_.names().denote(argument.file, argument.block, argument.expr);
  if (named.kind != Denotation::Kind::parameter) return argument;
  const Function& function = file.functions[named.function];
  const Namespaces& namespaces = literals_.names().namespaces(argument.file);
  const WordId word = file.exprs[argument.expr].word();
  if (namespaces.bindings(ScopeKey::of(named.function), word).size() != 1) return argument;
  const FileModel& outer = literals_.model(caller.file);
  std::size_t position = 0;
  for (const ParamId id : function.params) {
    const Param& param = file.params[id];
    if (param.name != word) {
      ++position;
      continue;
    }
    ExprId given = outer.keyword(caller.expr, file.word(word));
    const bool may_be_positional =
        param.kind == ParamKind::positional_only || param.kind == ParamKind::positional_or_keyword;
    if (!given && may_be_positional) given = outer.positional(caller.expr, position);
    if (given) return {caller.file, caller.block, given};
    const BlockId defined = file.statements[function.statement].block;
    return param.default_value ? Site{argument.file, defined, param.default_value} : argument;
  }
  return argument;
}

std::vector<std::string_view> Marks::directly_set(const Mark& mark, const Parametrize& read) const {
  const Site indirect = argument(mark, 2, "indirect");
  if (!indirect.expr) return read.names;
  if (const auto listed = literals_.texts(indirect)) {
    std::vector<std::string_view> direct;
    for (std::string_view name : read.names) {
      if (std::ranges::find(*listed, name) == listed->end()) direct.push_back(name);
    }
    return direct;
  }
  return literals_.truth(indirect).value_or(true) ? std::vector<std::string_view>() : read.names;
}

}  // namespace hasten
