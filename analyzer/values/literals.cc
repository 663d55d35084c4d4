#include "analyzer/values/literals.h"

#include <charconv>

namespace hasten {
namespace {

constexpr int max_hops = 8;

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

std::optional<std::vector<std::string_view>> Literals::texts(Site site) const {
  site = value(site);
  if (!site.expr) return std::nullopt;
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[site.expr];
  if (row.kind == ExprKind::string && row.word()) return std::vector{file.word(row.word())};
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
  bool is_negated = false;
  for (int hop = 0; hop < max_hops && site.expr; ++hop) {
    const FileModel& file = model(site.file);
    const Expr& row = file.exprs[site.expr];
    if (row.kind == ExprKind::unary && row.op == Operator::not_) {
      is_negated = !is_negated;
      site.expr = file.first_child(site.expr);
      continue;
    }
    const Site constant = value(site);
    if (constant.file == site.file && constant.expr == site.expr) break;
    site = constant;
  }
  if (!site.expr) return Truth::unknown;
  Truth told = truth_of(model(site.file), site.expr);
  if (const auto literal = truth(site); told == Truth::unknown && literal) told = *literal ? Truth::yes : Truth::no;
  if (!is_negated || told == Truth::unknown) return told;
  return told == Truth::yes ? Truth::no : Truth::yes;
}

std::optional<std::int64_t> Literals::integer(Site site) const {
  site = value(site);
  if (!site.expr) return std::nullopt;
  const FileModel& file = model(site.file);
  const bool is_negative = file.exprs[site.expr].kind == ExprKind::unary &&
                           file.exprs[site.expr].op == Operator::negate && file.has_children(site.expr);
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

}  // namespace hasten
