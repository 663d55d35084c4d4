// How many elements numpy's arrays have, and what arithmetic makes of them: element by element, where a list would
// grow.

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "analyzer/values/element_arithmetic.h"
#include "analyzer/values/literals.h"

namespace hasten {
namespace {

constexpr int most_operands = 16;

bool makes_array(std::string_view callee) {
  constexpr std::string_view makers[] = {"numpy.arange",   "numpy.array",     "numpy.asarray",
                                         "numpy.full",     "numpy.geomspace", "numpy.linspace",
                                         "numpy.logspace", "numpy.ones",      "numpy.zeros"};
  return std::ranges::find(makers, callee) != std::end(makers);
}

bool is_operation(ExprKind kind) { return kind == ExprKind::binary || kind == ExprKind::unary; }

}  // namespace

/// Unknown for other calls of numpy: `np.sqrt(2)` is a number.
Truth Literals::is_array(Site site, int nesting) const {
  site = value(site);
  if (!site.expr || nesting > most_operands) return Truth::unknown;
  const FileModel& file = model(site.file);
  const ExprKind kind = file.exprs[site.expr].kind;
  if (kind == ExprKind::call) {
    const std::string callee = names_.external(site.file, site.block, file.first_child(site.expr));
    if (makes_array(callee)) return Truth::yes;
    return callee.starts_with("numpy.") ? Truth::unknown : Truth::no;
  }
  if (!is_operation(kind)) return Truth::no;
  Truth any = Truth::no;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    const Truth here = is_array({site.file, site.block, at}, nesting + 1);
    if (here == Truth::yes) return here;
    if (here == Truth::unknown) any = here;
  }
  return any;
}

/// A number, one of numpy's or math's constants, or arithmetic with such.
bool Literals::is_scalar(Site site, int nesting) const {
  site = value(site);
  if (!site.expr || nesting > most_operands) return false;
  const FileModel& file = model(site.file);
  const ExprKind kind = file.exprs[site.expr].kind;
  if (kind == ExprKind::integer || kind == ExprKind::floating) return true;
  if (kind == ExprKind::name || kind == ExprKind::attribute) {
    const std::string dotted = names_.external(site.file, site.block, site.expr);
    return dotted == "numpy.pi" || dotted == "numpy.e" || dotted == "math.pi" || dotted == "math.e";
  }
  if (!is_operation(kind)) return false;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    if (!is_scalar({site.file, site.block, at}, nesting + 1)) return false;
  }
  return true;
}

ElementCount Literals::count_elementwise(Site left, Site right, int nesting) const {
  if (is_array(left, 0) == Truth::yes && is_scalar(right, 0)) return count(left, nesting + 1);
  if (is_array(right, 0) == Truth::yes && is_scalar(left, 0)) return count(right, nesting + 1);
  const ElementCount one = count(left, nesting + 1), other = count(right, nesting + 1);
  return one.count.known() && one.count == other.count ? one : unknown_count("arithmetic with arrays");
}

/// Along the first axis, of what is spelled out.
ElementCount Literals::count_array(Site site, std::string_view function, int nesting) const {
  const FileModel& file = model(site.file);
  const auto given = [&](std::size_t position, std::string_view name) {
    const ExprId positional = file.positional(site.expr, position);
    return Site{site.file, site.block, positional ? positional : file.keyword(site.expr, name)};
  };
  if (function == "array" || function == "asarray") {
    return count(given(0, "object"), nesting + 1);
  }
  if (function == "linspace" || function == "logspace" || function == "geomspace") {
    const Site size = given(2, "num");
    const auto number_of = size.expr ? integer(size) : std::optional<std::int64_t>(50);
    return number_of ? known_count(*number_of) : unknown_count("a computed number of steps");
  }
  if (function != "arange") return unknown_count(fmt::format("call of numpy.{}", function));
  const bool has_stop = static_cast<bool>(given(1, "stop").expr);
  const auto start = has_stop ? number(given(0, "start")) : std::optional<double>(0);
  const auto stop = has_stop ? number(given(1, "stop")) : number(given(0, "stop"));
  const Site step_at = given(2, "step");
  const auto step = step_at.expr ? number(step_at) : std::optional<double>(1);
  if (!start || !stop || !step || *step == 0) return unknown_count("a computed range");
  return known_count(static_cast<std::int64_t>(std::max(0.0, std::min(std::ceil((*stop - *start) / *step), 1e9))));
}

}  // namespace hasten
