// How many elements the result of a call has: of what Python, itertools and numpy make, and of functions of the
// project.

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyzer/values/element_arithmetic.h"
#include "analyzer/values/literals.h"

namespace hasten {
namespace {

/// n (n-1) ... (n-k+1) / k!, or without the division.
ElementCount arrangements(std::int64_t n, std::int64_t k, std::string_view kind) {
  if (kind == "combinations_with_replacement") n = n + k - 1;
  if (k < 0 || k > n) return known_count(0);
  std::int64_t result = 1;
  for (std::int64_t i = 0; i < k; ++i) {
    result *= n - i;
    if (kind != "permutations") result /= i + 1;
    if (result > most_elements) return unknown_count("more than can be counted");
  }
  return known_count(result);
}

bool passes_through(std::string_view callee) {
  return callee == "builtins.list" || callee == "builtins.tuple" || callee == "builtins.sorted" ||
         callee == "builtins.reversed" || callee == "builtins.enumerate" || callee == "builtins.iter";
}

}  // namespace

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
  if (file.exprs[callee].kind == ExprKind::attribute) {
    if (const auto keys = keys_of_call(site, nesting)) return known_count(static_cast<std::int64_t>(keys->size()));
  }
  const Denotation called = names_.denote(site.file, site.block, callee);
  if (called.kind == Denotation::Kind::function && called.rest.empty()) {
    return count_returned({called.file, called.function}, nesting);
  }
  const std::string& name = called.dotted;
  if (called.kind != Denotation::Kind::external) return unknown_count("a call");
  const bool is_empty = file.child_count(site.expr) == 1;
  if (is_empty && (name == "builtins.list" || name == "builtins.dict" || name == "builtins.set")) return known_count(0);
  if (passes_through(name)) return count(argument(0), nesting + 1);
  if (name.starts_with("numpy.")) return count_array(site, std::string_view(name).substr(6), nesting);
  if (name == "collections.OrderedDict") {
    const auto keys = keys_of(site, nesting);
    if (keys) return known_count(static_cast<std::int64_t>(keys->size()));
    return file.child_count(site.expr) == 2 ? count(argument(0), nesting + 1) : unknown_count("a computed OrderedDict");
  }
  if (name == "builtins.set" || name == "builtins.frozenset" || name == "builtins.dict") {
    const Site inner = file.child_count(site.expr) == 2 ? value(argument(0)) : Site();
    const bool is_distinct = inner.expr && (model(inner.file).exprs[inner.expr].kind == ExprKind::set ||
                                            model(inner.file).exprs[inner.expr].kind == ExprKind::dict);
    return is_distinct ? count(inner, nesting + 1) : count_distinct(site, nesting);
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
  return unknown_count(fmt::format("call of {}", name));
}

ElementCount Literals::count_range(Site site) const {
  const FileModel& file = model(site.file);
  std::int64_t bounds[3] = {0, 0, 1};
  std::size_t given = 0;
  for (; given < 3; ++given) {
    const ExprId argument = file.positional(site.expr, given);
    if (!argument) break;
    const auto number = integer({site.file, site.block, argument});
    if (!number) return unknown_count("a computed range");
    bounds[given] = *number;
  }
  if (given == 1) bounds[1] = std::exchange(bounds[0], 0);
  if (given == 0 || bounds[2] == 0) return unknown_count("a computed range");
  const std::int64_t span = bounds[2] > 0 ? bounds[1] - bounds[0] : bounds[0] - bounds[1];
  const std::int64_t stride = bounds[2] > 0 ? bounds[2] : -bounds[2];
  return known_count(span <= 0 ? 0 : (span + stride - 1) / stride);
}

/// map and zip end with the shortest, chain adds up.
ElementCount Literals::count_combined(Site site, std::string_view callee, int nesting) const {
  const FileModel& file = model(site.file);
  std::size_t position = callee == "builtins.map" ? 1 : 0;
  ElementCount total = unknown_count(fmt::format("call of {}", callee));
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
  ElementCount total = known_count(1);
  for (ExprId at = file.next(file.first_child(site.expr)); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return unknown_count("a computed product");
    if (kind == ExprKind::keyword) continue;
    total = product(total, count({site.file, site.block, at}, nesting + 1));
  }
  const ExprId repeat = file.keyword(site.expr, "repeat");
  if (!repeat) return total;
  const auto times = integer({site.file, site.block, repeat});
  if (!times || *times < 0 || *times > 32) return unknown_count("a computed product");
  ElementCount power = known_count(1);
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
  return chosen ? arrangements(all.count.value, *chosen, kind) : unknown_count("computed");
}

/// What a function of the project returns, when it is one expression without parameters.
ElementCount Literals::count_returned(FunctionRef function, int nesting) const {
  const Site only = returned(function);
  ElementCount found = only.expr ? count(only, nesting + 1) : ElementCount();
  if (found.count.known()) return found;
  const FileModel& file = model(function.file);
  return unknown_count(fmt::format("call of {}", file.word(file.functions[function.id].name)));
}

/// The one expression that a plain function returns.
Site Literals::returned(FunctionRef function) const {
  const FileModel& file = model(function.file);
  const Function& row = file.functions[function.id];
  if (!row.decorators.empty() || row.is_async || row.has_yield) return {};
  StatementId found;
  for (StatementId statement : file.blocks[row.body].statements) {
    if (file.statements[statement].kind != StatementKind::return_ || file.function_of(statement) != function.id)
      continue;
    if (found) return {};
    found = statement;
  }
  if (!found || !file.statements[found].value) return {};
  return {function.file, file.statements[found].block, file.statements[found].value};
}

}  // namespace hasten
