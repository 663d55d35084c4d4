// How many elements an expression has, when that can be read off the code (B14, B17).

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "analyzer/values/element_arithmetic.h"
#include "analyzer/values/evaluation.h"
#include "analyzer/values/literals.h"
#include "analyzer/values/slice_bounds.h"

namespace hasten {
namespace {

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

ElementCount Literals::elements(Site site) const {
  ElementCount written = count(site, 0);
  if (written.count.known() || !site.expr) return written;
  const auto size = Evaluation(*this, statements_).size(site);
  // What is empty when it has run is filled from elsewhere.
  return size.value_or(0) > 0 ? known_count(*size) : written;
}

ElementCount Literals::count(Site site, int nesting) const {
  if (!site.expr || nesting > most_nesting) return unknown_count("too deeply nested");
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
  if (kind == ExprKind::unary && is_array(site, 0) == Truth::yes) {
    return count({site.file, site.block, file.first_child(site.expr)}, nesting + 1);
  }
  if (kind == ExprKind::string && row.word()) {
    return known_count(static_cast<std::int64_t>(code_points(file.word(site.expr))));
  }
  if (kind == ExprKind::conditional) {
    const ElementCount yes = count({site.file, site.block, file.child(site.expr, 0)}, nesting + 1);
    const ElementCount no = count({site.file, site.block, file.child(site.expr, 2)}, nesting + 1);
    return yes.count == no.count ? yes : unknown_count("depends on a condition");
  }
  return unknown_count("computed");
}

/// `a + b`, `a * 3`, `3 * a`; of sets `a - b` and the like.
ElementCount Literals::count_binary(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const Operator op = file.exprs[site.expr].op;
  const Site left{site.file, site.block, file.child(site.expr, 0)};
  const Site right{site.file, site.block, file.child(site.expr, 1)};
  if (is_array(left, 0) != Truth::no || is_array(right, 0) != Truth::no) return count_elementwise(left, right, nesting);
  if (op == Operator::add) return sum(count(left, nesting + 1), count(right, nesting + 1));
  if (op != Operator::multiply) {
    const ElementCount distinct = count_distinct(site, nesting);
    return distinct.count.known() ? distinct : unknown_count("computed");
  }
  if (const auto times = integer(right))
    return product(count(left, nesting + 1), known_count(std::max<std::int64_t>(*times, 0)));
  if (const auto times = integer(left))
    return product(known_count(std::max<std::int64_t>(*times, 0)), count(right, nesting + 1));
  return unknown_count("computed");
}

ElementCount Literals::count_children(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  if (file.exprs[site.expr].is_collapsed) return known_count(static_cast<std::int64_t>(file.child_count(site.expr)));
  ElementCount total = known_count(0);
  const ExprKind collection = file.exprs[site.expr].kind;
  const bool is_distinct = collection == ExprKind::set || collection == ExprKind::dict;
  std::set<std::pair<ExprKind, std::string_view>> seen;
  for (ExprId at = file.first_child(site.expr); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) {
      // What is spread may hold what else is there.
      if (is_distinct && file.child_count(site.expr) > 1) return count_keys(site, nesting);
      total = sum(total, count({site.file, site.block, file.first_child(at)}, nesting + 1));
      continue;
    }
    const ExprId key = kind == ExprKind::pair ? file.child(at, 0) : at;
    const Expr& row = file.exprs[key];
    const bool is_plain = row.kind == ExprKind::string || row.kind == ExprKind::integer || row.kind == ExprKind::name;
    const bool is_new = !is_distinct || !is_plain || !row.word() || seen.emplace(row.kind, file.word(key)).second;
    if (is_new) total = sum(total, known_count(1));
  }
  return total;
}

ElementCount Literals::count_keys(Site site, int nesting) const {
  const auto keys = keys_of(site, nesting);
  return keys ? known_count(static_cast<std::int64_t>(keys->size())) : unknown_count("what is spread may repeat");
}

/// Members of an enumeration of the project; equal literal values make aliases, which do not count.
ElementCount Literals::count_enum(ClassRef class_) const {
  const Names::Mro& order = names_.mro(class_);
  const bool is_enum = std::ranges::any_of(order.external_bases, [](const std::string& base) {
    return base == "enum.Enum" || base == "enum.IntEnum" || base == "enum.StrEnum" || base == "enum.Flag" ||
           base == "enum.IntFlag";
  });
  const FileModel& file = model(class_.file);
  if (!is_enum) return unknown_count(fmt::format("{} is iterated", file.word(file.classes[class_.id].name)));
  std::int64_t members = 0;
  std::unordered_set<std::string_view> values;
  for (const Names::Member& member : names_.members(class_)) {
    if (member.name.starts_with('_') || member.denotation.kind == Denotation::Kind::function) continue;
    const ExprId value = member.denotation.kind == Denotation::Kind::binding ? member.denotation.expr : ExprId();
    const bool is_literal = value && file.exprs[value].word() && file.exprs[value].kind != ExprKind::name &&
                            file.exprs[value].kind != ExprKind::attribute;
    if (!is_literal || values.insert(file.word(value)).second) ++members;
  }
  return known_count(members);
}

ElementCount Literals::count_comprehension(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  if (file.exprs[site.expr].op == Operator::set_) return unknown_count("a set that is computed");
  ElementCount total = known_count(1);
  for (ExprId at = file.next(file.first_child(site.expr)); at; at = file.next(at)) {
    if (file.exprs[at].kind == ExprKind::comprehension_if) return unknown_count("a filtered comprehension");
    if (file.exprs[at].kind != ExprKind::comprehension_for) continue;
    total = product(total, count({site.file, site.block, file.child(at, 1)}, nesting + 1));
  }
  return total;
}

/// `cases[1:3]`, `table["key"]`.
ElementCount Literals::count_slice(Site site, int nesting) const {
  const FileModel& file = model(site.file);
  const ExprId object = file.first_child(site.expr), index = file.child(site.expr, 1);
  if (index && file.exprs[index].kind != ExprKind::slice) {
    const Site picked = element({site.file, site.block, object}, {site.file, site.block, index});
    return picked.expr ? count(picked, nesting + 1) : unknown_count("an element of a collection");
  }
  if (!index) return unknown_count("an element of a collection");
  const ElementCount all = count({site.file, site.block, object}, nesting + 1);
  if (!all.count.known()) return all;
  const std::optional<SliceBounds> bounds = slice_bounds(file, index);
  if (!bounds) return unknown_count("a slice");
  const auto end_of = [&](ExprId bound, std::int64_t otherwise) -> std::optional<std::int64_t> {
    if (!bound) return otherwise;
    const auto number = integer({site.file, site.block, bound});
    if (!number) return std::nullopt;
    return std::clamp<std::int64_t>(*number < 0 ? *number + all.count.value : *number, 0, all.count.value);
  };
  const auto start = end_of(bounds->start, 0), stop = end_of(bounds->stop, all.count.value);
  return start && stop ? known_count(std::max<std::int64_t>(*stop - *start, 0)) : unknown_count("a slice");
}

/// What a literal index or key picks of a literal collection that nobody changes.
Site Literals::element(Site collection, Site index) const {
  if (!is_unchanged(collection)) return {};
  Site held = value(collection);
  if (held.expr && model(held.file).exprs[held.expr].kind == ExprKind::call) {
    // `cases()[1]` of a function that returns several collections.
    const Denotation called = names_.denote(held.file, held.block, model(held.file).first_child(held.expr));
    const bool is_own = called.kind == Denotation::Kind::function && called.rest.empty();
    held = is_own ? value(returned({called.file, called.function})) : Site();
  }
  if (!held.expr || model(held.file).exprs[held.expr].is_collapsed) return {};
  const FileModel& file = model(held.file);
  const ExprKind kind = file.exprs[held.expr].kind;
  if (kind == ExprKind::list || kind == ExprKind::tuple) {
    const auto number = integer(index);
    const auto size = static_cast<std::int64_t>(file.child_count(held.expr));
    const std::int64_t at = !number ? size : *number < 0 ? *number + size : *number;
    const ExprId picked = at >= 0 && at < size ? file.child(held.expr, static_cast<std::size_t>(at)) : ExprId();
    const bool is_plain = picked && file.exprs[picked].kind != ExprKind::starred;
    return {held.file, held.block, is_plain ? picked : ExprId()};
  }
  const auto key = kind == ExprKind::dict ? text(index) : std::nullopt;
  if (!key) return {};
  for (ExprId at = file.first_child(held.expr); at; at = file.next(at)) {
    if (file.exprs[at].kind != ExprKind::pair) return {};
    const ExprId own = file.child(at, 0);
    const bool is_text = file.exprs[own].kind == ExprKind::string && file.exprs[own].word();
    if (is_text && file.word(own) == *key) return {held.file, held.block, file.child(at, 1)};
  }
  return {};
}

}  // namespace hasten
