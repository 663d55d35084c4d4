#include "analyzer/lower/operators.h"

#include <algorithm>
#include <utility>

namespace hasten {
namespace {

constexpr std::pair<Kind, Operator> operators[] = {
    {Kind::plus, Operator::add},
    {Kind::minus, Operator::subtract},
    {Kind::star, Operator::multiply},
    {Kind::slash, Operator::divide},
    {Kind::double_slash, Operator::floor_divide},
    {Kind::percent, Operator::modulo},
    {Kind::double_star, Operator::power},
    {Kind::at, Operator::matrix_multiply},
    {Kind::shift_left, Operator::shift_left},
    {Kind::shift_right, Operator::shift_right},
    {Kind::ampersand, Operator::bit_and},
    {Kind::pipe, Operator::bit_or},
    {Kind::caret, Operator::bit_xor},
    {Kind::tilde, Operator::invert},
    {Kind::not_token, Operator::not_},
    {Kind::and_token, Operator::and_},
    {Kind::or_token, Operator::or_},
    {Kind::less, Operator::less},
    {Kind::less_equal, Operator::less_equal},
    {Kind::equal, Operator::equal},
    {Kind::not_equal, Operator::not_equal},
    {Kind::less_greater, Operator::not_equal},
    {Kind::greater_equal, Operator::greater_equal},
    {Kind::greater, Operator::greater},
    {Kind::in_token, Operator::in},
    {Kind::not_in, Operator::not_in},
    {Kind::is_token, Operator::is},
    {Kind::is_not, Operator::is_not},
    {Kind::plus_equal, Operator::add},
    {Kind::minus_equal, Operator::subtract},
    {Kind::star_equal, Operator::multiply},
    {Kind::slash_equal, Operator::divide},
    {Kind::double_slash_equal, Operator::floor_divide},
    {Kind::percent_equal, Operator::modulo},
    {Kind::double_star_equal, Operator::power},
    {Kind::at_equal, Operator::matrix_multiply},
    {Kind::shift_left_equal, Operator::shift_left},
    {Kind::shift_right_equal, Operator::shift_right},
    {Kind::ampersand_equal, Operator::bit_and},
    {Kind::pipe_equal, Operator::bit_or},
    {Kind::caret_equal, Operator::bit_xor},
};

}  // namespace

Operator operator_of(Kind token) {
  const auto* const found = std::ranges::find(operators, token, &std::pair<Kind, Operator>::first);
  return found == std::end(operators) ? Operator::none : found->second;
}

Operator first_operator(const std::vector<Node>& nodes) {
  for (const Node& node : nodes) {
    if (is_named(node.kind)) continue;
    if (const Operator op = operator_of(node.kind); op != Operator::none) return op;
  }
  return Operator::none;
}

}  // namespace hasten
