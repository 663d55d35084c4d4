#include <algorithm>
#include <array>

#include "analyzer/lower/walk.h"
#include "analyzer/syntax/literals.h"

namespace hasten {
namespace {

constexpr std::array constants{
    Kind::string,  Kind::concatenated_string, Kind::integer, Kind::floating, Kind::true_, Kind::false_, Kind::none,
    Kind::ellipsis};
constexpr std::array collections{Kind::list,
                                 Kind::tuple,
                                 Kind::set,
                                 Kind::dictionary,
                                 Kind::pair,
                                 Kind::unary_operator,
                                 Kind::parenthesized_expression};

}  // namespace

/// Worth a row for each element? Not when they are many and all are constants or collections of constants.
bool Walk::is_constant_collection(const Node& node, const Nodes& elements) {
  if (count_named(elements) < FileModel::collapse_from) return false;
  const TextRange range = node.range();
  // The element that made a collection around this one variable may lie in this one.
  if (range.begin <= variable_at_ && variable_at_ < range.end) return false;
  return holds_constants_only(node);
}

bool Walk::holds_constants_only(const Node& node) {
  const std::size_t bottom = pattern_nodes_.size();
  pattern_nodes_.push_back(node);
  bool is_constant = true;
  while (pattern_nodes_.size() > bottom) {
    const Node inside = pattern_nodes_.back();
    pattern_nodes_.pop_back();
    const bool is_template = inside.kind == Kind::string && split_literal(text(inside.range())).is_template;
    if (std::ranges::find(constants, inside.kind) != constants.end() && !is_template) continue;
    if (std::ranges::find(collections, inside.kind) == collections.end()) {
      variable_at_ = inside.range().begin;
      is_constant = false;
      break;
    }
    tree_.children(inside, grandchildren_);
    for (auto child = grandchildren_.rbegin(); child != grandchildren_.rend(); ++child) {
      if (is_named(child->kind) && child->kind != Kind::comment) pattern_nodes_.push_back(*child);
    }
  }
  pattern_nodes_.resize(bottom);
  return is_constant;
}

}  // namespace hasten
