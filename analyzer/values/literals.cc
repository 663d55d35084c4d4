#include "analyzer/values/literals.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>

#include "analyzer/names/python_names.h"
#include "analyzer/values/evaluation.h"

namespace hasten {
namespace {

constexpr int max_hops = 8;
constexpr int max_computing = 2;            // lengths within lengths: `N = len(CASES)`, `CASES = range(N)`
constexpr std::uint32_t max_computed = 16;  // rows of `len(CASES) + 1`
constexpr std::int64_t max_integer = std::int64_t{1} << 30;

bool makes_iterators(std::string_view callee) {
  constexpr std::string_view makers[] = {"builtins.enumerate", "builtins.filter",   "builtins.iter",
                                         "builtins.map",       "builtins.reversed", "builtins.zip"};
  return callee.starts_with("itertools.") || std::ranges::find(makers, callee) != std::end(makers);
}

bool is_name(ExprKind kind) { return kind == ExprKind::name || kind == ExprKind::attribute; }

}  // namespace

Site Literals::value(Site site) const {
  for (int hop = 0; hop < max_hops && site.expr; ++hop) {
    const FileModel& file = model(site.file);
    if (!is_name(file.exprs[site.expr].kind)) return site;
    const Denotation constant = names_.denote(site.file, site.block, site.expr);
    if (constant.kind != Denotation::Kind::binding || !constant.rest.empty() || !constant.expr) return site;
    const BlockId block = constant.class_ ? model(constant.file).classes[constant.class_].body : BlockId(0);
    if (constant.file == site.file && constant.expr == site.expr) return site;
    site = {constant.file, block, constant.expr};
  }
  return site;
}

std::optional<std::string_view> Literals::text(Site site) const {
  site = value(site);
  if (!site.expr) return std::nullopt;
  const Expr& row = model(site.file).exprs[site.expr];
  if (row.kind != ExprKind::string || !row.word()) return std::nullopt;
  return model(site.file).word(row.word());
}

std::optional<std::vector<std::string_view>> Literals::texts(Site site) const { return texts(site, 0); }

std::optional<std::vector<std::string_view>> Literals::texts(Site site, int nesting) const {
  site = value(site);
  if (!site.expr || nesting > max_hops) return std::nullopt;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::string && row.word()) return std::vector{file.word(row.word())};
  if (row.kind == ExprKind::binary && row.op == Operator::add) return joined_texts(site, nesting);
  const bool is_collection = row.kind == ExprKind::list || row.kind == ExprKind::tuple || row.kind == ExprKind::set;
  if (!is_collection || row.is_collapsed) return std::nullopt;
  std::vector<std::string_view> out;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    const auto element = text({site.file, site.block, at});
    if (!element) return std::nullopt;
    out.push_back(*element);
  }
  return out;
}

/// `("a", "b") + ("c",)`; what is no collection would make one text with the other side.
std::optional<std::vector<std::string_view>> Literals::joined_texts(Site sum, int nesting) const {
  std::vector<std::string_view> out;
  for (const std::size_t side : {0U, 1U}) {
    const Site part = value({sum.file, sum.block, model(sum.file).child(sum.expr, side)});
    if (!part.expr || model(part.file).exprs[part.expr].kind == ExprKind::string) return std::nullopt;
    const auto texts = this->texts(part, nesting + 1);
    if (!texts) return std::nullopt;
    out.insert(out.end(), texts->begin(), texts->end());
  }
  return out;
}

std::optional<bool> Literals::truth(Site site) const {
  site = value(site);
  if (!site.expr) return std::nullopt;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::true_literal) return true;
  if (row.kind == ExprKind::false_literal || row.kind == ExprKind::none_literal) return false;
  if (row.kind == ExprKind::integer) return file.word(site.expr) != "0";
  if (row.kind == ExprKind::string) return !row.word() || !file.word(site.expr).empty();
  if (row.kind == ExprKind::list || row.kind == ExprKind::tuple || row.kind == ExprKind::set ||
      row.kind == ExprKind::dict) {
    return file.child_count(site.expr) > 0;
  }
  return std::nullopt;
}

Truth Literals::condition(Site site) const {
  const Truth written = written_condition(site);
  // What stands in a function depends on who calls it.
  if (written != Truth::unknown || !site.expr || model(site.file).function_of(site.block)) return written;
  const ExprRef key{site.file, site.expr};
  const auto [place, is_new] = conditions_.try_emplace(key, Truth::unknown);
  if (!is_new) return place->second;
  return conditions_[key] = Evaluation(*this, statements_).truth(site);
}

std::optional<std::vector<std::string>> Literals::element_texts(Site site, std::optional<std::size_t> position) const {
  return site.expr ? Evaluation(*this, statements_).texts(site, position) : std::nullopt;
}

Truth Literals::condition(Site site, int nesting) const {
  if (!site.expr || nesting > max_hops) return Truth::unknown;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  const auto child = [&](std::size_t position) {
    return condition({site.file, site.block, file.child(site.expr, position)}, nesting + 1);
  };
  if (row.kind == ExprKind::unary && row.op == Operator::not_) return opposite(child(0));
  if (row.kind == ExprKind::boolean) {
    const Truth left = child(0), right = child(1);
    const Truth decides = row.op == Operator::and_ ? Truth::no : Truth::yes;
    if (left == decides || right == decides) return decides;
    return left == Truth::unknown ? left : right;
  }
  if (const Truth told = truth_of(file, site.expr); told != Truth::unknown) return told;
  if (row.kind == ExprKind::compare && (row.op == Operator::is || row.op == Operator::is_not) &&
      file.child_count(site.expr) == 2 && file.exprs[file.child(site.expr, 1)].kind == ExprKind::none_literal) {
    const bool is_there = is_surely_something({site.file, site.block, file.child(site.expr, 0)});
    if (!is_there) return Truth::unknown;
    return row.op == Operator::is_not ? Truth::yes : Truth::no;
  }
  const bool is_named = is_name(row.kind);
  const auto held = is_named ? variable(site) : std::nullopt;
  if (held && (is_rebound(*held) || is_changed(*held))) return Truth::unknown;
  const Site constant = value(site);
  if (constant.file != site.file || constant.expr != site.expr) return condition(constant, nesting + 1);
  const auto literal = truth(site);
  return !literal ? Truth::unknown : *literal ? Truth::yes : Truth::no;
}

bool Literals::is_changed(const Variable& held) const {
  const auto changes = changes_.of(held.file, held.scope, held.name);
  return std::ranges::any_of(changes,
                             [](const CollectionChange& at) { return at.kind != CollectionChange::Kind::inside; });
}

/// Set in a `try` and again in its `except`: which of them counts is not known.
bool Literals::is_rebound(const Variable& held) const {
  const Namespaces& namespaces = names_.namespaces(held.file);
  return namespaces.bindings(held.scope, namespaces.word(held.name)).size() > 1;
}

/// A module of the standard library that every Python has, imported in a `try` perhaps; a class or function.
bool Literals::is_surely_something(Site site) const {
  const Denotation named = names_.denote(site.file, site.block, site.expr);
  if (!named.rest.empty()) return false;
  if (named.kind == Denotation::Kind::function || named.kind == Denotation::Kind::class_) return true;
  if (named.kind != Denotation::Kind::external) return false;
  return is_always_there(named.dotted);
}

Truth Literals::is_entered(FileId file, BlockId block) const {
  const FileModel& rows = model(file);
  Truth all = Truth::yes;
  for (BlockId at = block; at; at = rows.blocks[at].parent) {
    const Block& row = rows.blocks[at];
    if (row.kind == BlockKind::module || row.kind == BlockKind::function || row.kind == BlockKind::class_) break;
    Truth here = Truth::unknown;
    if (row.kind == BlockKind::for_ || row.kind == BlockKind::with_) here = Truth::yes;
    if (row.kind == BlockKind::if_) here = condition({file, row.parent, rows.statements[row.header].value});
    if (row.kind == BlockKind::else_) here = opposite(condition({file, row.parent, rows.statements[row.header].value}));
    if (here == Truth::no) return Truth::no;
    if (here == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

ExprRef Literals::shared_iterator(Site site) const {
  site = value(site);
  if (!site.expr) return {};
  const FileModel& file = model(site.file);
  if (file.function_of(site.block)) return {};  // made anew by each call
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::comprehension) {
    return row.op == Operator::generator ? ExprRef{site.file, site.expr} : ExprRef();
  }
  if (row.kind != ExprKind::call) return {};
  const Denotation called = names_.denote(site.file, site.block, file.first_child(site.expr));
  const bool is_generator = called.kind == Denotation::Kind::function && called.rest.empty() &&
                            model(called.file).functions[called.function].has_yield != 0 &&
                            model(called.file).functions[called.function].decorators.empty();
  const bool is_iterator = called.kind == Denotation::Kind::external && makes_iterators(called.dotted);
  return is_generator || is_iterator ? ExprRef{site.file, site.expr} : ExprRef();
}

std::optional<std::int64_t> Literals::integer(Site site) const {
  site = value(site);
  if (!site.expr) return std::nullopt;
  const FileModel& file = model(site.file);
  const ExprKind kind = file.exprs[site.expr].kind;
  if (is_name(kind) && names_.external(site.file, site.block, site.expr) == "pickle.HIGHEST_PROTOCOL") return 5;
  if (kind == ExprKind::call || kind == ExprKind::binary) return computed_integer(site);
  const bool is_negative =
      kind == ExprKind::unary && file.exprs[site.expr].op == Operator::negate && file.has_children(site.expr);
  const ExprId digits = is_negative ? file.first_child(site.expr) : site.expr;
  if (file.exprs[digits].kind != ExprKind::integer) return std::nullopt;
  std::string plain;
  for (char c : file.word(digits)) {
    if (c != '_') plain += c;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return is_negative ? -number : number;
}

/// `len(CASES)`, `n + 1`.
std::optional<std::int64_t> Literals::computed_integer(Site site) const {
  const FileModel& file = model(site.file);
  if (file.exprs[site.expr].subtree > max_computed || computing_ == max_computing) return std::nullopt;
  ++computing_;
  const auto number = computed_integer(site, file.exprs[site.expr].kind);
  --computing_;
  return number;
}

std::optional<std::int64_t> Literals::computed_integer(Site site, ExprKind kind) const {
  const FileModel& file = model(site.file);
  if (kind == ExprKind::call) {
    if (names_.external(site.file, site.block, file.first_child(site.expr)) != "builtins.len") return std::nullopt;
    const Count size = elements({site.file, site.block, file.positional(site.expr, 0)}).count;
    return size.known() ? std::optional<std::int64_t>(size.value) : std::nullopt;
  }
  const auto left = integer({site.file, site.block, file.child(site.expr, 0)});
  const auto right = left ? integer({site.file, site.block, file.child(site.expr, 1)}) : std::nullopt;
  if (!right || std::abs(*left) > max_integer || std::abs(*right) > max_integer) return std::nullopt;
  switch (file.exprs[site.expr].op) {
    case Operator::add: return *left + *right;
    case Operator::subtract: return *left - *right;
    case Operator::multiply: return *left * *right;
    default: return std::nullopt;
  }
}

std::optional<double> Literals::number(Site site) const {
  if (const auto whole = integer(site)) return static_cast<double>(*whole);
  site = value(site);
  if (!site.expr) return std::nullopt;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  const bool is_negative = row.kind == ExprKind::unary && row.op == Operator::negate && file.has_children(site.expr);
  const ExprId digits = is_negative ? file.first_child(site.expr) : site.expr;
  if (file.exprs[digits].kind != ExprKind::floating) return std::nullopt;
  const std::string_view text = file.word(digits);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return is_negative ? -number : number;
}

}  // namespace hasten
