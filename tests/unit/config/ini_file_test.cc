#include "analyzer/config/ini_file.h"

#include <gtest/gtest.h>

namespace hasten {
namespace {

std::string value(std::string_view text) {
  auto ini = parse_ini(text);
  if (!ini) return "error in line " + std::to_string(ini.reason().line) + ": " + ini.reason().message;
  return ini->sections.at(0).entries.at(0).value;
}

std::uint32_t error_line(std::string_view text) {
  auto ini = parse_ini(text);
  return ini ? 0 : ini.reason().line;
}

TEST(ini_file, a7a_a_comment_line_is_dropped_from_inside_a_value) {
  EXPECT_EQ(value("[pytest]\naddopts =\n  -x\n# no\n  ; no\n  -v\n"), "-x\n-v");
}

TEST(ini_file, a7b_a_blank_line_does_not_end_a_value) { EXPECT_EQ(value("[pytest]\na = 1\n\n   \n  2\n"), "1\n2"); }

TEST(ini_file, a7c_a_colon_before_the_equals_sign_separates) {
  EXPECT_EQ(value("[pytest]\na: b = c\n"), "b = c");
  EXPECT_EQ(value("[pytest]\na = b: c\n"), "b: c");
  EXPECT_EQ(parse_ini("[pytest]\na : b\n")->sections[0].entries[0].key, "a");
}

TEST(ini_file, a7d_an_indented_line_without_a_key_is_an_error) {
  EXPECT_EQ(error_line("[pytest]\n  a = 1\n"), 2U);
  EXPECT_EQ(error_line("  a = 1\n"), 1U);
}

TEST(ini_file, a7e_values_have_no_inline_comments_but_headers_do) {
  EXPECT_EQ(value("[pytest]  # about\ntestpaths = a  # unit\n"), "a  # unit");
}

TEST(ini_file, a7f_duplicates_are_errors) {
  EXPECT_EQ(error_line("[pytest]\na = 1\na = 2\n"), 3U);
  EXPECT_EQ(error_line("[a]\n[b]\n[a]\n"), 3U);
  EXPECT_EQ(error_line("[a]\nx = 1\n[b]\nx = 1\n"), 0U);
}

TEST(ini_file, a7g_nothing_is_interpolated_and_case_counts) {
  EXPECT_EQ(value("[pytest]\nA = %(b)s ${c}\na = 1\n"), "%(b)s ${c}");
}

TEST(ini_file, a_line_that_is_neither_key_nor_header_is_an_error) {
  EXPECT_EQ(error_line("[pytest]\nnonsense\n"), 2U);
  EXPECT_EQ(error_line("a = 1\n"), 1U);
  EXPECT_EQ(error_line("[]\n"), 1U);
  EXPECT_EQ(error_line("[pytest\n"), 1U);
}

TEST(ini_file, every_line_end_counts) {
  const auto ini = parse_ini("[a]\r\nx = 1\r\n  2\r\ny = 3\rz = 4\n");
  ASSERT_TRUE(ini);
  EXPECT_EQ(ini->sections[0].entries[0].value, "1\n2");
  EXPECT_EQ(ini->sections[0].entries[1].line, 4U);
  EXPECT_EQ(ini->sections[0].entries[2].line, 5U);
}

}  // namespace
}  // namespace hasten
