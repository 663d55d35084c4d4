// How many elements an expression has, when that can be read off the code (B14, B17).

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "analyzer/values/literals.h"

namespace hasten {
namespace {

constexpr int max_nesting = 12;
constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

ElementCount known(std::int64_t count) {
  if (count < 0 || count > most) return {{}, "more than can be counted"};
  return {{static_cast<std::int32_t>(count)}, {}};
}

ElementCount unknown(std::string reason) { return {{}, std::move(reason)}; }

ElementCount sum(const ElementCount& left, const ElementCount& right) {
  if (!left.count.known()) return left;
  if (!right.count.known()) return right;
  return known(std::int64_t{left.count.value} + right.count.value);
}

ElementCount product(const ElementCount& left, const ElementCount& right) {
  if (!left.count.known()) return left;
  if (!right.count.known()) return right;
  return known(std::int64_t{left.count.value} * right.count.value);
}

/// n (n-1) ... (n-k+1) / k!, or without the division.
ElementCount arrangements(std::int64_t n, std::int64_t k, std::string_view kind) {
  if (kind == "combinations_with_replacement") n = n + k - 1;
  if (k < 0 || k > n) return known(0);
  std::int64_t result = 1;
  for (std::int64_t i = 0; i < k; ++i) {
    result *= n - i;
    if (kind != "permutations") result /= i + 1;
    if (result > most) return unknown("more than can be counted");
  }
  return known(result);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// What is written of `[start:stop]`. The rows do not say on which side of the colon a lone bound stands; its place
/// does. Nothing for a slice with a step.
struct SliceBounds {
  ExprId start, stop;
};
std::optional<SliceBounds> bounds_of(const FileModel& file, ExprId slice) {
  const TextRange range = file.exprs[slice].range;
  const ExprId first = file.first_child(slice);
  if (!first) return range.end - range.begin == 1 ? std::optional(SliceBounds()) : std::nullopt;
  const TextRange at = file.exprs[first].range;
  const ExprId second = file.next(first);
  if (second) {
    const bool is_plain = at.begin == range.begin && file.exprs[second].range.begin == at.end + 1 &&
                          file.exprs[second].range.end == range.end;
    return is_plain ? std::optional(SliceBounds{first, second}) : std::nullopt;
  }
  if (at.begin == range.begin && range.end == at.end + 1) return SliceBounds{first, {}};
  if (at.begin == range.begin + 1 && at.end == range.end) return SliceBounds{{}, first};
  return std::nullopt;
}

bool passes_through(std::string_view callee) {
  return callee == "builtins.list" || callee == "builtins.tuple" || callee == "builtins.sorted" ||
         callee == "builtins.reversed" || callee == "builtins.enumerate" || callee == "builtins.iter";
}

bool changes_length(std::string_view method) {
  constexpr std::string_view methods[] = {"append", "extend", "insert",  "remove",     "pop",    "update",
                                          "clear",  "add",    "discard", "setdefault", "popitem"};
  return std::ranges::find(methods, method) != std::end(methods);
}

}  // namespace

ElementCount Literals::elements(Site site) const { return count(site, 0); }

ElementCount Literals::count(Site site, int nesting) const {
  if (!site.expr || nesting > max_nesting) return unknown("too deeply nested");
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  const ExprKind kind = row.kind;
  if (kind == ExprKind::list || kind == ExprKind::tuple || kind == ExprKind::set || kind == ExprKind::dict) {
    return count_children(site, nesting);
  }
  if (kind == ExprKind::name || kind == ExprKind::attribute) return count_named(site, nesting);
  if (kind == ExprKind::call) return count_call(site, nesting);
  if (kind == ExprKind::comprehension) return count_comprehension(site, nesting);
  if (kind == ExprKind::subscript) return count_slice(site, nesting);
  if (kind == ExprKind::binary) return count_binary(site, nesting);
  if (kind == ExprKind::string && row.word()) {
    return known(static_cast<std::int64_t>(code_points(file.word(site.expr))));
  }
  if (kind == ExprKind::conditional) {
    const ElementCount yes = count({site.file, site.block, file.child(site.expr, 0)}, nesting + 1);
    const ElementCount no = count({site.file, site.block, file.child(site.expr, 2)}, nesting + 1);
    return yes.count == no.count ? yes : unknown("depends on a condition");
  }
  return unknown("computed");
}

/// `a + b`, `a * 3`, `3 * a`.
ElementCount Literals::count_binary(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const Operator op = file.exprs[site.expr].op;
  const Site left{site.file, site.block, file.child(site.expr, 0)};
  const Site right{site.file, site.block, file.child(site.expr, 1)};
  if (op == Operator::add) return sum(count(left, nesting + 1), count(right, nesting + 1));
  if (op != Operator::multiply) return unknown("computed");
  if (const auto times = integer(right))
    return product(count(left, nesting + 1), known(std::max<std::int64_t>(*times, 0)));
  if (const auto times = integer(left))
    return product(known(std::max<std::int64_t>(*times, 0)), count(right, nesting + 1));
  return unknown("computed");
}

ElementCount Literals::count_children(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  if (file.exprs[site.expr].is_collapsed) return known(static_cast<std::int64_t>(file.child_count(site.expr)));
  ElementCount total = known(0);
  std::unordered_set<std::string_view> seen;
  const bool is_set = file.exprs[site.expr].kind == ExprKind::set;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) {
      total = sum(total, count({site.file, site.block, file.first_child(at)}, nesting + 1));
    } else if (!is_set || !file.exprs[at].word() || seen.insert(file.word(at)).second) {
      total = sum(total, known(1));
    }
  }
  return total;
}

ElementCount Literals::count_named(Site site, int nesting) const {
  const Denotation named = names_.denote(site.file, site.block, site.expr);
  if (named.kind == Denotation::Kind::class_ && named.rest.empty()) return count_enum({named.file, named.class_});
  if (named.kind == Denotation::Kind::binding && named.rest.empty()) {
    ElementCount total = count_constant(named, nesting);
    const Expr& row = model(site.file).exprs[site.expr];
    if (named.file == site.file || row.kind != ExprKind::name) return total;
    // `cases += more` after `from constants import cases`.
    for (const NameBinding& binding : names_.namespaces(site.file).bindings(ScopeKey::module(), row.word())) {
      if (binding.by == BoundBy::changed) {
        const BlockId block = model(site.file).statements[binding.statement].block;
        total = sum(total, count({site.file, block, binding.value}, nesting + 1));
      }
    }
    return total;
  }
  const std::string text = model(site.file).dotted(site.expr);
  return unknown(fmt::format("{} is not a constant", text.empty() ? "it" : text));
}

/// A constant of a module or class, with what is appended to it at the same level.
ElementCount Literals::count_constant(const Denotation& constant, int nesting) const {
  const FileModel& file = model(constant.file);
  const Namespaces& namespaces = names_.namespaces(constant.file);
  const std::string_view name = std::string_view(constant.dotted).substr(constant.dotted.rfind('.') + 1);
  const ScopeKey scope = constant.class_ ? ScopeKey::of(constant.class_) : ScopeKey::module();
  ElementCount total = unknown(fmt::format("{} is computed", name));
  std::size_t conditional = 0, all = 0;
  for (const NameBinding& binding : namespaces.bindings(scope, namespaces.word(name))) {
    ++all;
    conditional += binding.is_conditional;
    const BlockId block = binding.statement ? file.statements[binding.statement].block : BlockId(0);
    if (binding.by == BoundBy::value) {
      total = count({constant.file, block, binding.value}, nesting + 1);
    } else if (binding.by == BoundBy::changed) {
      total = sum(total, count({constant.file, block, binding.value}, nesting + 1));
    } else {
      return unknown(fmt::format("{} is computed", name));
    }
  }
  if (conditional > 0 && all > 1) return unknown(fmt::format("{} depends on a condition", name));
  for (const Addition& addition : additions(constant.file, name)) {
    if (addition.kind == Addition::Kind::change) return unknown(fmt::format("{} is changed after it is made", name));
    const bool is_one = addition.kind == Addition::Kind::one;
    total = sum(total, is_one ? known(1) : count({constant.file, addition.block, addition.values}, nesting + 1));
  }
  // Nobody writes an empty constant to iterate over it: a registry, filled from elsewhere.
  if (total.count.value == 0) return unknown(fmt::format("{} is filled after it is made", name));
  return total;
}

/// What a file does to the collections that its module-level names stand for, found once.
std::span<const Literals::Addition> Literals::additions(FileId file, std::string_view name) const {
  const auto [place, is_new] = additions_.try_emplace(file);
  if (is_new) {
    const FileModel& rows = model(file);
    const auto object_of = [&](ExprId expr) {
      const ExprId object = expr ? rows.first_child(expr) : ExprId();
      return object && rows.exprs[object].kind == ExprKind::name ? rows.word(object) : std::string_view();
    };
    const auto is_local = [&](BlockId block, ExprId object) {
      const FunctionId function = rows.function_of(block);
      const Namespaces& namespaces = names_.namespaces(file);
      return function && !namespaces.bindings(ScopeKey::of(function), rows.exprs[object].word()).empty();
    };
    for (const Call& call : rows.calls) {
      const ExprId callee = rows.first_child(call.expr);
      if (!callee || rows.exprs[callee].kind != ExprKind::attribute || object_of(callee).empty()) continue;
      if (is_local(call.block, rows.first_child(callee))) continue;
      const std::string_view method = rows.word(callee);
      if (!changes_length(method)) continue;
      const bool is_once = rows.blocks[call.block].kind == BlockKind::module;
      const Addition::Kind kind = method == "append" && is_once   ? Addition::Kind::one
                                  : method == "extend" && is_once ? Addition::Kind::many
                                                                  : Addition::Kind::change;
      place->second[object_of(callee)].push_back({kind, call.block, rows.positional(call.expr, 0)});
    }
    add_changes_by_loops(file, place->second);
    for (const Statement& row : rows.statements) {
      if (!row.target || rows.exprs[row.target].kind != ExprKind::subscript) continue;
      if (!object_of(row.target).empty() && !is_local(row.block, rows.first_child(row.target))) {
        place->second[object_of(row.target)].push_back({Addition::Kind::change, row.block, {}});
      }
    }
  }
  const auto found = place->second.find(name);
  return found == place->second.end() ? std::span<const Addition>() : found->second;
}

/// `for options in [readable, writable]: options += ...`: the lists are changed under another name.
void Literals::add_changes_by_loops(FileId file,
                                    std::unordered_map<std::string_view, std::vector<Addition>>& changes) const {
  const FileModel& rows = model(file);
  std::unordered_set<std::string_view> changed;
  for (const auto& [name, additions] : changes) changed.insert(name);
  for (const Statement& row : rows.statements) {
    const bool is_name = row.target && rows.exprs[row.target].kind == ExprKind::name;
    if (row.kind == StatementKind::aug_assign && is_name) changed.insert(rows.word(row.target));
  }
  for (const Statement& row : rows.statements) {
    if (row.kind != StatementKind::for_ || rows.function_of(row.block) || !row.value) continue;
    if (rows.exprs[row.target].kind != ExprKind::name || !changed.contains(rows.word(row.target))) continue;
    for (ExprId at : rows.subtree(row.value)) {
      if (rows.exprs[at].kind != ExprKind::name) continue;
      changes[rows.word(at)].push_back({Addition::Kind::change, row.block, {}});
    }
  }
}

/// Members of an enumeration of the project; equal literal values make aliases, which do not count.
ElementCount Literals::count_enum(ClassRef class_) const {
  const Names::Mro& order = names_.mro(class_);
  const bool is_enum = std::ranges::any_of(order.external_bases, [](const std::string& base) {
    return base == "enum.Enum" || base == "enum.IntEnum" || base == "enum.StrEnum" || base == "enum.Flag" ||
           base == "enum.IntFlag";
  });
  const FileModel& file = model(class_.file);
  if (!is_enum) return unknown(fmt::format("{} is iterated", file.word(file.classes[class_.id].name)));
  std::int64_t members = 0;
  std::unordered_set<std::string_view> values;
  for (const Names::Member& member : names_.members(class_)) {
    if (member.name.starts_with('_') || member.denotation.kind == Denotation::Kind::function) continue;
    const ExprId value = member.denotation.kind == Denotation::Kind::binding ? member.denotation.expr : ExprId();
    const bool is_literal = value && file.exprs[value].word() && file.exprs[value].kind != ExprKind::name &&
                            file.exprs[value].kind != ExprKind::attribute;
    if (!is_literal || values.insert(file.word(value)).second) ++members;
  }
  return known(members);
}

ElementCount Literals::count_call(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const ExprId callee = file.first_child(site.expr);
  const auto argument = [&](std::size_t position) {
    return Site{site.file, site.block, file.positional(site.expr, position)};
  };
  if (file.exprs[callee].kind == ExprKind::attribute && !argument(0).expr) {
    const std::string_view view = file.word(callee);
    if (view == "items" || view == "keys" || view == "values" || view == "copy") {
      return count({site.file, site.block, file.first_child(callee)}, nesting + 1);
    }
  }
  const Denotation called = names_.denote(site.file, site.block, callee);
  if (called.kind == Denotation::Kind::function && called.rest.empty()) {
    return count_returned({called.file, called.function}, nesting);
  }
  const std::string& name = called.dotted;
  if (called.kind != Denotation::Kind::external) return unknown("a call");
  if (passes_through(name)) return count(argument(0), nesting + 1);
  if (name == "builtins.set" || name == "builtins.frozenset" || name == "builtins.dict") {
    const Site inner = file.child_count(site.expr) == 2 ? value(argument(0)) : Site();
    const bool is_distinct = inner.expr && (model(inner.file).exprs[inner.expr].kind == ExprKind::set ||
                                            model(inner.file).exprs[inner.expr].kind == ExprKind::dict);
    return is_distinct ? count(inner, nesting + 1) : unknown("a set that is computed");
  }
  if (name == "builtins.range") return count_range(site);
  if (name == "itertools.product") return count_product(site, nesting);
  if (name == "itertools.permutations" || name == "itertools.combinations" ||
      name == "itertools.combinations_with_replacement") {
    return count_subsets(site, std::string_view(name).substr(10), nesting);
  }
  if (name == "builtins.map" || name == "builtins.zip" || name == "itertools.chain") {
    return count_combined(site, name, nesting);
  }
  return unknown(fmt::format("call of {}", name));
}

ElementCount Literals::count_range(Site site) const {
  const FileModel& file = model(site.file);
  std::int64_t bounds[3] = {0, 0, 1};
  std::size_t given = 0;
  for (; given < 3; ++given) {
    const ExprId argument = file.positional(site.expr, given);
    if (!argument) break;
    const auto number = integer({site.file, site.block, argument});
    if (!number) return unknown("a computed range");
    bounds[given] = *number;
  }
  if (given == 1) bounds[1] = std::exchange(bounds[0], 0);
  if (given == 0 || bounds[2] == 0) return unknown("a computed range");
  const std::int64_t span = bounds[2] > 0 ? bounds[1] - bounds[0] : bounds[0] - bounds[1];
  const std::int64_t stride = bounds[2] > 0 ? bounds[2] : -bounds[2];
  return known(span <= 0 ? 0 : (span + stride - 1) / stride);
}

/// map and zip end with the shortest, chain adds up.
ElementCount Literals::count_combined(Site site, std::string_view callee, int nesting) const {
  const FileModel& file = model(site.file);
  std::size_t position = callee == "builtins.map" ? 1 : 0;
  ElementCount total = unknown(fmt::format("call of {}", callee));
  for (bool is_first = true; ExprId argument = file.positional(site.expr, position); ++position, is_first = false) {
    const ElementCount next = count({site.file, site.block, argument}, nesting + 1);
    if (is_first) {
      total = next;
    } else if (callee == "itertools.chain") {
      total = sum(total, next);
    } else if (total.count.known() && (!next.count.known() || next.count.value < total.count.value)) {
      total = next;
    }
  }
  return total;
}

ElementCount Literals::count_product(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  ElementCount total = known(1);
  for (ExprId at = file.next(file.first_child(site.expr)); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return unknown("a computed product");
    if (kind == ExprKind::keyword) continue;
    total = product(total, count({site.file, site.block, at}, nesting + 1));
  }
  const ExprId repeat = file.keyword(site.expr, "repeat");
  if (!repeat) return total;
  const auto times = integer({site.file, site.block, repeat});
  if (!times || *times < 0 || *times > 32) return unknown("a computed product");
  ElementCount power = known(1);
  for (std::int64_t i = 0; i < *times; ++i) power = product(power, total);
  return power;
}

ElementCount Literals::count_subsets(Site site, std::string_view kind, int nesting) const {
  const FileModel& file = model(site.file);
  const ElementCount all = count({site.file, site.block, file.positional(site.expr, 0)}, nesting + 1);
  if (!all.count.known()) return all;
  ExprId size = file.positional(site.expr, 1);
  if (!size) size = file.keyword(site.expr, "r");
  if (!size && kind == "permutations") return arrangements(all.count.value, all.count.value, kind);
  const auto chosen = integer({site.file, site.block, size});
  return chosen ? arrangements(all.count.value, *chosen, kind) : unknown("computed");
}

ElementCount Literals::count_comprehension(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  if (file.exprs[site.expr].op == Operator::set_) return unknown("a set that is computed");
  ElementCount total = known(1);
  for (ExprId at = file.next(file.first_child(site.expr)); at; at = file.next(at)) {
    if (file.exprs[at].kind == ExprKind::comprehension_if) return unknown("a filtered comprehension");
    if (file.exprs[at].kind != ExprKind::comprehension_for) continue;
    total = product(total, count({site.file, site.block, file.child(at, 1)}, nesting + 1));
  }
  return total;
}

/// `cases[1:3]`, `table["key"]`.
ElementCount Literals::count_slice(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const ExprId object = file.first_child(site.expr), index = file.child(site.expr, 1);
  if (!index || file.exprs[index].kind != ExprKind::slice) return unknown("an element of a collection");
  const ElementCount all = count({site.file, site.block, object}, nesting + 1);
  if (!all.count.known()) return all;
  const std::optional<SliceBounds> bounds = bounds_of(file, index);
  if (!bounds) return unknown("a slice");
  const auto end_of = [&](ExprId bound, std::int64_t otherwise) -> std::optional<std::int64_t> {
    if (!bound) return otherwise;
    const auto number = integer({site.file, site.block, bound});
    if (!number) return std::nullopt;
    return std::clamp<std::int64_t>(*number < 0 ? *number + all.count.value : *number, 0, all.count.value);
  };
  const auto start = end_of(bounds->start, 0), stop = end_of(bounds->stop, all.count.value);
  return start && stop ? known(std::max<std::int64_t>(*stop - *start, 0)) : unknown("a slice");
}

/// What a function of the project returns, when it is one expression without parameters.
ElementCount Literals::count_returned(FunctionRef function, int nesting) const {
  const FileModel& file = model(function.file);
  const Function& row = file.functions[function.id];
  const std::string_view name = file.word(row.name);
  const StatementId* only = nullptr;
  StatementId found;
  for (StatementId statement : file.blocks[row.body].statements) {
    if (file.statements[statement].kind != StatementKind::return_ || file.function_of(statement) != function.id)
      continue;
    if (only != nullptr) return unknown(fmt::format("call of {}", name));
    found = statement;
    only = &found;
  }
  const bool is_plain = only != nullptr && row.decorators.empty() && !row.is_async && !row.has_yield;
  if (!is_plain || !file.statements[found].value) return unknown(fmt::format("call of {}", name));
  const ElementCount returned =
      count({function.file, file.statements[found].block, file.statements[found].value}, nesting + 1);
  return returned.count.known() ? returned : unknown(fmt::format("call of {}", name));
}

}  // namespace hasten
