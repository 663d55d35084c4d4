// The pinned grammar's symbol ids against its names.

#include "analyzer/syntax/kinds.h"

#include <cstring>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "analyzer/syntax/language.h"

namespace hasten {
namespace {

std::uint16_t id_of(std::string_view name, bool named) {
  return ts_language_symbol_for_name(tree_sitter_python(), name.data(), static_cast<std::uint32_t>(name.size()), named);
}

TEST(Kinds, NamedNodesHaveTheLibrarysIds) {
  const std::pair<Kind, std::string_view> names[] = {
      {Kind::identifier, "identifier"},
      {Kind::ellipsis, "ellipsis"},
      {Kind::escape_sequence, "escape_sequence"},
      {Kind::type_conversion, "type_conversion"},
      {Kind::integer, "integer"},
      {Kind::floating, "float"},
      {Kind::true_, "true"},
      {Kind::false_, "false"},
      {Kind::none, "none"},
      {Kind::comment, "comment"},
      {Kind::line_continuation, "line_continuation"},
      {Kind::string_start, "string_start"},
      {Kind::escape_interpolation, "escape_interpolation"},
      {Kind::string_end, "string_end"},
      {Kind::module, "module"},
      {Kind::import_statement, "import_statement"},
      {Kind::import_prefix, "import_prefix"},
      {Kind::relative_import, "relative_import"},
      {Kind::future_import_statement, "future_import_statement"},
      {Kind::import_from_statement, "import_from_statement"},
      {Kind::aliased_import, "aliased_import"},
      {Kind::wildcard_import, "wildcard_import"},
      {Kind::print_statement, "print_statement"},
      {Kind::chevron, "chevron"},
      {Kind::assert_statement, "assert_statement"},
      {Kind::expression_statement, "expression_statement"},
      {Kind::return_statement, "return_statement"},
      {Kind::delete_statement, "delete_statement"},
      {Kind::raise_statement, "raise_statement"},
      {Kind::pass_statement, "pass_statement"},
      {Kind::break_statement, "break_statement"},
      {Kind::continue_statement, "continue_statement"},
      {Kind::if_statement, "if_statement"},
      {Kind::elif_clause, "elif_clause"},
      {Kind::else_clause, "else_clause"},
      {Kind::match_statement, "match_statement"},
      {Kind::case_clause, "case_clause"},
      {Kind::for_statement, "for_statement"},
      {Kind::while_statement, "while_statement"},
      {Kind::try_statement, "try_statement"},
      {Kind::except_clause, "except_clause"},
      {Kind::finally_clause, "finally_clause"},
      {Kind::with_statement, "with_statement"},
      {Kind::with_clause, "with_clause"},
      {Kind::with_item, "with_item"},
      {Kind::function_definition, "function_definition"},
      {Kind::global_statement, "global_statement"},
      {Kind::nonlocal_statement, "nonlocal_statement"},
      {Kind::exec_statement, "exec_statement"},
      {Kind::type_alias_statement, "type_alias_statement"},
      {Kind::class_definition, "class_definition"},
      {Kind::decorated_definition, "decorated_definition"},
      {Kind::decorator, "decorator"},
      {Kind::block, "block"},
      {Kind::parameters, "parameters"},
      {Kind::lambda_parameters, "lambda_parameters"},
      {Kind::type_parameter, "type_parameter"},
      {Kind::argument_list, "argument_list"},
      {Kind::dotted_name, "dotted_name"},
      {Kind::default_parameter, "default_parameter"},
      {Kind::typed_default_parameter, "typed_default_parameter"},
      {Kind::typed_parameter, "typed_parameter"},
      {Kind::positional_separator, "positional_separator"},
      {Kind::keyword_separator, "keyword_separator"},
      {Kind::case_pattern, "case_pattern"},
      {Kind::union_pattern, "union_pattern"},
      {Kind::dict_pattern, "dict_pattern"},
      {Kind::keyword_pattern, "keyword_pattern"},
      {Kind::splat_pattern, "splat_pattern"},
      {Kind::class_pattern, "class_pattern"},
      {Kind::complex_pattern, "complex_pattern"},
      {Kind::named_expression, "named_expression"},
      {Kind::list_splat, "list_splat"},
      {Kind::dictionary_splat, "dictionary_splat"},
      {Kind::parenthesized_list_splat, "parenthesized_list_splat"},
      {Kind::expression_list, "expression_list"},
      {Kind::tuple_pattern, "tuple_pattern"},
      {Kind::list_pattern, "list_pattern"},
      {Kind::list_splat_pattern, "list_splat_pattern"},
      {Kind::dictionary_splat_pattern, "dictionary_splat_pattern"},
      {Kind::as_pattern, "as_pattern"},
      {Kind::as_pattern_target, "as_pattern_target"},
      {Kind::not_operator, "not_operator"},
      {Kind::boolean_operator, "boolean_operator"},
      {Kind::binary_operator, "binary_operator"},
      {Kind::unary_operator, "unary_operator"},
      {Kind::comparison_operator, "comparison_operator"},
      {Kind::lambda, "lambda"},
      {Kind::assignment, "assignment"},
      {Kind::augmented_assignment, "augmented_assignment"},
      {Kind::pattern_list, "pattern_list"},
      {Kind::yield, "yield"},
      {Kind::attribute, "attribute"},
      {Kind::subscript, "subscript"},
      {Kind::slice, "slice"},
      {Kind::call, "call"},
      {Kind::type, "type"},
      {Kind::splat_type, "splat_type"},
      {Kind::generic_type, "generic_type"},
      {Kind::union_type, "union_type"},
      {Kind::constrained_type, "constrained_type"},
      {Kind::member_type, "member_type"},
      {Kind::keyword_argument, "keyword_argument"},
      {Kind::list, "list"},
      {Kind::set, "set"},
      {Kind::tuple, "tuple"},
      {Kind::dictionary, "dictionary"},
      {Kind::pair, "pair"},
      {Kind::list_comprehension, "list_comprehension"},
      {Kind::dictionary_comprehension, "dictionary_comprehension"},
      {Kind::set_comprehension, "set_comprehension"},
      {Kind::generator_expression, "generator_expression"},
      {Kind::parenthesized_expression, "parenthesized_expression"},
      {Kind::for_in_clause, "for_in_clause"},
      {Kind::if_clause, "if_clause"},
      {Kind::conditional_expression, "conditional_expression"},
      {Kind::concatenated_string, "concatenated_string"},
      {Kind::string, "string"},
      {Kind::string_content, "string_content"},
      {Kind::interpolation, "interpolation"},
      {Kind::format_specifier, "format_specifier"},
      {Kind::await, "await"},
  };
  for (const auto& [kind, name] : names) {
    EXPECT_EQ(static_cast<std::uint16_t>(kind), id_of(name, true)) << name;
    EXPECT_TRUE(is_named(kind)) << name;
  }
}

TEST(Kinds, TokensHaveTheLibrarysIds) {
  const std::pair<Kind, std::string_view> names[] = {
      {Kind::left_parenthesis, "("},
      {Kind::as_token, "as"},
      {Kind::star, "*"},
      {Kind::async_token, "async"},
      {Kind::in_token, "in"},
      {Kind::colon, ":"},
      {Kind::shift_right, ">>"},
      {Kind::from_token, "from"},
      {Kind::with_token, "with"},
      {Kind::double_star, "**"},
      {Kind::equal_sign, "="},
      {Kind::at, "@"},
      {Kind::minus, "-"},
      {Kind::underscore, "_"},
      {Kind::pipe, "|"},
      {Kind::plus, "+"},
      {Kind::not_token, "not"},
      {Kind::and_token, "and"},
      {Kind::or_token, "or"},
      {Kind::slash, "/"},
      {Kind::percent, "%"},
      {Kind::double_slash, "//"},
      {Kind::ampersand, "&"},
      {Kind::caret, "^"},
      {Kind::shift_left, "<<"},
      {Kind::tilde, "~"},
      {Kind::is_token, "is"},
      {Kind::less, "<"},
      {Kind::less_equal, "<="},
      {Kind::equal, "=="},
      {Kind::not_equal, "!="},
      {Kind::greater_equal, ">="},
      {Kind::greater, ">"},
      {Kind::less_greater, "<>"},
      {Kind::plus_equal, "+="},
      {Kind::minus_equal, "-="},
      {Kind::star_equal, "*="},
      {Kind::slash_equal, "/="},
      {Kind::at_equal, "@="},
      {Kind::double_slash_equal, "//="},
      {Kind::percent_equal, "%="},
      {Kind::double_star_equal, "**="},
      {Kind::shift_right_equal, ">>="},
      {Kind::shift_left_equal, "<<="},
      {Kind::ampersand_equal, "&="},
      {Kind::caret_equal, "^="},
      {Kind::pipe_equal, "|="},
      {Kind::not_in, "not in"},
      {Kind::is_not, "is not"},
  };
  for (const auto& [kind, name] : names) {
    EXPECT_EQ(static_cast<std::uint16_t>(kind), id_of(name, false)) << name;
    EXPECT_FALSE(is_named(kind)) << name;
  }
}

TEST(Kinds, NamedIsWhatTheLibraryCallsVisibleAndNamed) {
  const TSLanguage* const language = tree_sitter_python();
  for (std::uint32_t id = 1; id < ts_language_symbol_count(language); ++id) {
    const TSSymbolType type = ts_language_symbol_type(language, static_cast<TSSymbol>(id));
    if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous) continue;
    EXPECT_EQ(is_named(static_cast<Kind>(id)), type == TSSymbolTypeRegular) << id;
  }
}

}  // namespace
}  // namespace hasten
