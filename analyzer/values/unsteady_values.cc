#include "analyzer/values/unsteady_values.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/knowledge/knowledge.h"

namespace hasten {
namespace {

using std::string_view;

constexpr int max_depth = 12;

template <std::size_t size>
constexpr bool holds(const std::array<string_view, size>& names, string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// Keep the order of what they are given.
constexpr auto pass_on = std::to_array<string_view>(
    {"builtins.list", "builtins.tuple", "builtins.reversed", "builtins.enumerate", "builtins.zip", "builtins.iter",
     "itertools.chain", "itertools.product", "itertools.permutations", "itertools.combinations", "itertools.islice"});
/// The same for their second argument.
constexpr auto pass_on_second = std::to_array<string_view>({"builtins.map", "builtins.filter"});
constexpr auto listings =
    std::to_array<string_view>({"os.listdir", "os.scandir", "os.walk", "glob.glob", "glob.iglob"});
constexpr auto listing_methods = std::to_array<string_view>({"glob", "rglob", "iterdir"});
/// Make a text or number, of which pytest makes an id, out of anything.
constexpr auto id_makers =
    std::to_array<string_view>({"builtins.str", "builtins.int", "builtins.float", "builtins.repr", "builtins.format"});
constexpr auto id_attributes = std::to_array<string_view>({"hex", "isoformat", "strftime", "timestamp", "format"});
constexpr auto coarse_attributes = std::to_array<string_view>({"date", "replace", "strftime", "today", "year"});
constexpr auto text_attributes = std::to_array<string_view>({"stem", "suffix", "__name__", "lower", "upper", "strip"});
constexpr auto set_methods =
    std::to_array<string_view>({"union", "intersection", "difference", "symmetric_difference"});
constexpr auto builtin_types =
    std::to_array<string_view>({"builtins.bool", "builtins.bytes", "builtins.dict", "builtins.float", "builtins.int",
                                "builtins.list", "builtins.set", "builtins.str", "builtins.tuple"});
constexpr auto view_methods = std::to_array<string_view>({"keys", "values", "items", "copy"});

bool is_set_operator(Operator op) {
  return op == Operator::bit_or || op == Operator::bit_and || op == Operator::bit_xor || op == Operator::subtract;
}

/// An object of these is numbered, not named, unless a text is made of it.
bool is_object_maker(string_view api) { return api.starts_with("datetime.") || api.starts_with("uuid."); }

class Search {
 public:
  Search(const Literals& literals, bool are_tuples) : literals_(literals), are_tuples_(are_tuples) {}

  void iterated(Site site, int depth);
  [[nodiscard]] std::optional<UnsteadyValue> found() && { return std::move(found_); }

 private:
  void iterated_call(Site site, int depth);
  void iterated_result(FunctionRef function, int depth);
  void arguments(Site site, std::size_t first, int depth);
  void element(Site site, int depth);
  void value(Site site, int depth);
  void chance_within(Site site);
  bool chance(Site call);
  void note(Unsteady why, Site site, std::string source) {
    if (!found_) found_ = UnsteadyValue{why, site, std::move(source)};
  }

  [[nodiscard]] Site resolved(Site site) const;
  [[nodiscard]] bool is_set(Site site, int depth) const;
  [[nodiscard]] bool is_unordered(Site set, int depth) const;
  [[nodiscard]] bool has_unsteady_hash(Site element, int depth) const;
  [[nodiscard]] bool is_seeded(FileId file) const;
  [[nodiscard]] Denotation callee_of(Site call) const {
    return literals_.names().denote(call.file, call.block, model(call).first_child(call.expr));
  }

  [[nodiscard]] const FileModel& model(Site site) const { return literals_.model(site.file); }
  [[nodiscard]] ExprKind kind(Site site) const { return model(site).exprs[site.expr].kind; }
  [[nodiscard]] Site child(Site site, std::size_t position) const {
    return {site.file, site.block, model(site).child(site.expr, position)};
  }
  template <class Visit>
  void for_children(Site site, Visit visit) const {
    for (ExprId at = model(site).first_child(site.expr); at; at = model(site).next(at)) {
      visit(Site{site.file, site.block, at});
    }
  }

  const Literals& literals_;
  bool are_tuples_;
  std::optional<UnsteadyValue> found_;
};

/// The collection whose order becomes the order of the cases.
void Search::iterated(Site site, int depth) {
  if (!site.expr || found_ || depth > max_depth) return;
  site = resolved(site);
  if (is_set(site, depth) && is_unordered(site, depth)) {
    const bool is_call = kind(site) == ExprKind::call;
    return note(Unsteady::set_order, site, is_call ? model(site).dotted(model(site).first_child(site.expr)) : "set");
  }
  switch (kind(site)) {
    case ExprKind::list:
    case ExprKind::tuple:
      return for_children(site, [&](Site at) {
        kind(at) == ExprKind::starred ? iterated(child(at, 0), depth + 1) : element(at, depth + 1);
      });
    case ExprKind::comprehension:
      for_children(site, [&](Site at) {
        if (kind(at) == ExprKind::comprehension_for) iterated(child(at, 1), depth + 1);
      });
      return element(child(site, 0), depth + 1);
    case ExprKind::conditional: iterated(child(site, 0), depth + 1); return iterated(child(site, 2), depth + 1);
    case ExprKind::binary:
      iterated(child(site, 0), depth + 1);
      if (model(site).exprs[site.expr].op == Operator::add) iterated(child(site, 1), depth + 1);
      return;
    case ExprKind::subscript: return iterated(child(site, 0), depth + 1);
    case ExprKind::call: return iterated_call(site, depth);
    default: return;
  }
}

void Search::iterated_call(Site site, int depth) {
  const Denotation callee = callee_of(site);
  const ExprId function = model(site).first_child(site.expr);
  if (callee.kind == Denotation::Kind::function && callee.rest.empty()) {
    return iterated_result({callee.file, callee.function}, depth);
  }
  if (callee.kind == Denotation::Kind::external) {
    if (holds(pass_on, callee.dotted)) return arguments(site, 0, depth);
    if (holds(pass_on_second, callee.dotted)) return arguments(site, 1, depth);
    if (holds(listings, callee.dotted)) return note(Unsteady::directory_order, site, callee.dotted);
    if (chance(site)) return;
  }
  if (model(site).exprs[function].kind != ExprKind::attribute) return;
  const string_view method = model(site).word(function);
  if (callee.kind != Denotation::Kind::external && holds(listing_methods, method)) {
    return note(Unsteady::directory_order, site, std::string(method));
  }
  if (holds(view_methods, method)) iterated({site.file, site.block, model(site).first_child(function)}, depth + 1);
}

/// A function of the project: what it returns. One that sorts anything is taken to sort this.
void Search::iterated_result(FunctionRef ref, int depth) {
  const FileModel& file = literals_.model(ref.file);
  const BlockId body = file.functions[ref.id].body;
  const bool sorts = std::ranges::any_of(file.calls, [&](const Call& call) {
    const ExprId callee = file.first_child(call.expr);
    const ExprKind kind = file.exprs[callee].kind;
    return (kind == ExprKind::attribute || kind == ExprKind::name) && file.function_of(call.block) == ref.id &&
           (file.word(callee) == "sort" || file.word(callee) == "sorted");
  });
  if (sorts) return;
  for (StatementId id : file.blocks[body].statements) {
    const Statement& row = file.statements[id];
    if (row.kind == StatementKind::return_ && row.value && file.function_of(id) == ref.id) {
      iterated({ref.file, row.block, row.value}, depth + 4);
    }
  }
}

void Search::arguments(Site site, std::size_t first, int depth) {
  for (std::size_t i = first; const ExprId at = model(site).positional(site.expr, i); ++i) {
    iterated({site.file, site.block, at}, depth + 1);
  }
}

/// One set of arguments.
void Search::element(Site site, int depth) {
  if (!site.expr || found_ || depth > max_depth) return;
  if (kind(site) == ExprKind::call && callee_of(site).dotted == "pytest.param") {
    if (model(site).keyword(site.expr, "id")) return;
    for (std::size_t i = 0; const ExprId at = model(site).positional(site.expr, i); ++i) {
      value({site.file, site.block, at}, depth + 1);
    }
    return;
  }
  const bool is_tuple = kind(site) == ExprKind::tuple || kind(site) == ExprKind::list;
  if (is_tuple && are_tuples_) return for_children(site, [&](Site at) { value(at, depth + 1); });
  value(site, depth);
}

/// One argument. Only texts and numbers get into the id.
void Search::value(Site site, int depth) {
  if (!site.expr || found_ || depth > max_depth) return;
  site = resolved(site);
  const FileModel& file = model(site);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::template_string) return chance_within(site);
  if (row.kind == ExprKind::binary && (row.op == Operator::add || row.op == Operator::modulo)) {
    const ExprKind left = kind(child(site, 0));
    if (left == ExprKind::string || left == ExprKind::template_string) chance_within(site);
    return;
  }
  if (row.kind == ExprKind::attribute && holds(id_attributes, file.word(site.expr))) return chance_within(site);
  if (row.kind != ExprKind::call) return;
  const ExprId function = file.first_child(site.expr);
  const Denotation callee = callee_of(site);
  const bool makes_id = (callee.kind == Denotation::Kind::external && holds(id_makers, callee.dotted)) ||
                        (file.exprs[function].kind == ExprKind::attribute && holds(id_attributes, file.word(function)));
  if (makes_id) return chance_within(site);
  if (callee.kind == Denotation::Kind::external && !is_object_maker(callee.dotted)) chance(site);
}

/// A clock or random number anywhere in the expression, but for what only a lambda does. A time that is cut to the
/// minute or the day is all but steady.
void Search::chance_within(Site site) {
  const FileModel& file = model(site);
  const bool is_coarse = std::ranges::any_of(file.subtree(site.expr), [&](ExprId at) {
    return file.exprs[at].kind == ExprKind::attribute && holds(coarse_attributes, file.word(at));
  });
  if (is_coarse) return;
  const std::uint32_t end = site.expr.index() + file.exprs[site.expr].subtree;
  for (std::uint32_t at = site.expr.index(); at < end; ++at) {
    const Site part{site.file, site.block, ExprId(at)};
    if (kind(part) == ExprKind::lambda) {
      at += file.exprs[part.expr].subtree - 1;
    } else if (kind(part) == ExprKind::call && chance(part)) {
      return;
    }
  }
}

/// Notes a call of a clock or a random generator.
bool Search::chance(Site call) {
  const Denotation callee = callee_of(call);
  if (callee.kind != Denotation::Kind::external) return false;
  const Api* api = literals_.names().knowledge().find_api(callee.dotted);
  if (api == nullptr) return false;
  if (api->effects.has(EffectKind::clock)) {
    note(Unsteady::clock, call, callee.dotted);
    return true;
  }
  // Arrays and tensors are numbered in ids, and few people draw their floats one by one.
  const bool is_numbered = callee.dotted.starts_with("numpy.") || callee.dotted.starts_with("torch.");
  if (!api->effects.has(EffectKind::randomness) || is_numbered || is_seeded(call.file)) {
    return false;
  }
  note(Unsteady::randomness, call, callee.dotted);
  return true;
}

/// What a constant stands for; also a variable that a function sets once.
Site Search::resolved(Site site) const {
  for (int hop = 0; hop < 3; ++hop) {
    site = literals_.value(site);
    const FileModel& file = model(site);
    if (file.exprs[site.expr].kind != ExprKind::name) return site;
    const FunctionId function = file.function_of(site.block);
    if (!function) return site;
    Site bound;
    for (StatementId id : file.blocks[file.functions[function].body].statements) {
      const Statement& row = file.statements[id];
      if (!row.target || file.exprs[row.target].kind != ExprKind::name ||
          file.word(row.target) != file.word(site.expr)) {
        continue;
      }
      const bool is_first = !bound.expr && row.kind == StatementKind::assign && row.value;
      if (!is_first) return site;
      bound = {site.file, row.block, row.value};
    }
    if (!bound.expr) return site;
    site = bound;
  }
  return site;
}

bool Search::is_set(Site site, int depth) const {
  if (!site.expr || depth > max_depth) return false;
  site = resolved(site);
  const FileModel& file = model(site);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::set) return true;
  if (row.kind == ExprKind::comprehension) return row.op == Operator::set_;
  if (row.kind == ExprKind::binary && is_set_operator(row.op)) {
    return is_set(child(site, 0), depth + 1) || (row.op != Operator::subtract && is_set(child(site, 1), depth + 1));
  }
  if (row.kind != ExprKind::call) return false;
  const Denotation callee = callee_of(site);
  if (callee.kind == Denotation::Kind::external &&
      (callee.dotted == "builtins.set" || callee.dotted == "builtins.frozenset")) {
    return true;
  }
  const ExprId function = file.first_child(site.expr);
  return file.exprs[function].kind == ExprKind::attribute && holds(set_methods, file.word(function)) &&
         is_set({site.file, site.block, file.first_child(function)}, depth + 1);
}

/// Does a set, or what a set is made of, hold what is hashed differently in every process?
bool Search::is_unordered(Site site, int depth) const {
  if (!site.expr || depth > max_depth) return false;
  site = resolved(site);
  const FileModel& file = model(site);
  const Expr& row = file.exprs[site.expr];
  switch (row.kind) {
    case ExprKind::set:
    case ExprKind::list:
    case ExprKind::tuple: {
      std::size_t unsteady = 0;
      for_children(site, [&](Site at) { unsteady += has_unsteady_hash(at, depth + 1) ? 1U : 0U; });
      return unsteady > 0 && file.child_count(site.expr) > 1;
    }
    case ExprKind::dict: {
      std::size_t unsteady = 0;
      for_children(site, [&](Site at) {
        if (kind(at) == ExprKind::pair) unsteady += has_unsteady_hash(child(at, 0), depth + 1) ? 1U : 0U;
      });
      return unsteady > 1;
    }
    case ExprKind::comprehension: return has_unsteady_hash(child(site, 0), depth + 1);
    case ExprKind::binary:
      return is_unordered(child(site, 0), depth + 1) ||
             (row.op != Operator::subtract && is_unordered(child(site, 1), depth + 1));
    case ExprKind::call: {
      const ExprId argument = file.positional(site.expr, 0);
      const ExprId function = file.first_child(site.expr);
      if (is_set(site, depth) && file.exprs[function].kind == ExprKind::name) {
        return argument && is_unordered({site.file, site.block, argument}, depth + 1);
      }
      return file.exprs[function].kind == ExprKind::attribute &&
             is_unordered({site.file, site.block, file.first_child(function)}, depth + 1);
    }
    default: return false;
  }
}

/// Texts are hashed with a seed of the process, classes and functions by their address; numbers always alike.
bool Search::has_unsteady_hash(Site site, int depth) const {
  if (!site.expr || depth > max_depth) return false;
  site = literals_.value(site);
  const FileModel& file = model(site);
  const ExprKind kind_of = kind(site);
  if (kind_of == ExprKind::string || kind_of == ExprKind::bytes || kind_of == ExprKind::template_string) return true;
  if (kind_of == ExprKind::tuple) {
    bool is_unsteady = false;
    for_children(site, [&](Site at) { is_unsteady |= has_unsteady_hash(at, depth + 1); });
    return is_unsteady;
  }
  if (kind_of == ExprKind::call) {
    const ExprId function = file.first_child(site.expr);
    if (file.exprs[function].kind == ExprKind::attribute) return holds(text_attributes, file.word(function));
    const Denotation callee = callee_of(site);
    return callee.kind == Denotation::Kind::external && callee.dotted == "builtins.str";
  }
  if (kind_of == ExprKind::attribute && holds(text_attributes, file.word(site.expr))) return true;
  if (kind_of != ExprKind::name && kind_of != ExprKind::attribute) return false;
  const Denotation named = literals_.names().denote(site.file, site.block, site.expr);
  if (named.kind == Denotation::Kind::external) return holds(builtin_types, named.dotted);
  return (named.kind == Denotation::Kind::class_ || named.kind == Denotation::Kind::function) && named.rest.empty();
}

/// `random.seed(0)` at module level makes every process draw the same.
bool Search::is_seeded(FileId file) const {
  const FileModel& model = literals_.model(file);
  return std::ranges::any_of(model.calls, [&](const Call& call) {
    const ExprId callee = model.first_child(call.expr);
    return !model.function_of(call.block) && model.exprs[callee].kind == ExprKind::attribute &&
           model.word(callee) == "seed";
  });
}

}  // namespace

std::optional<UnsteadyValue> unsteady_value(const Literals& literals, Site values, bool are_tuples) {
  Search search(literals, are_tuples);
  search.iterated(values, 0);
  return std::move(search).found();
}

}  // namespace hasten
