#include "analyzer/config/toml_file.h"

#include <gtest/gtest.h>

#include "analyzer/config/toml_depth.h"

namespace hasten {
namespace {

TEST(toml_file, values_keep_their_order_and_lines) {
  const auto toml = parse_toml("[b]\nz = 1\na = 'x'\n[a]\ny = [1.0, true]\n");
  ASSERT_TRUE(toml);
  EXPECT_EQ(toml->children.at(0).key, "b");
  const TomlValue* table = toml->find("b");
  EXPECT_EQ(table->children.at(0).key, "z");
  EXPECT_EQ(table->children.at(1).line, 3U);
  const TomlValue* list = toml->find_path({"a", "y"});
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->children.at(0).text, "1.0");
  EXPECT_EQ(list->children.at(1).text, "True");
}

TEST(toml_file, an_error_says_where) {
  const auto toml = parse_toml("a = 1\nb = = 2\n");
  ASSERT_FALSE(toml);
  EXPECT_EQ(toml.reason().line, 2U);
  EXPECT_GT(toml.reason().column, 0U);
  EXPECT_FALSE(toml.reason().message.empty());
}

TEST(toml_file, depth_does_not_exhaust_the_stack) {
  std::string dots;
  for (int i = 0; i < 100000; ++i) dots += "a.";
  EXPECT_FALSE(parse_toml("[" + dots + "b]\n"));
  EXPECT_FALSE(parse_toml(dots + "b = 1\n"));
  EXPECT_FALSE(parse_toml("x = " + std::string(100000, '[')));
  std::string quoted;
  for (int i = 0; i < 100000; ++i) quoted += "\",\" . ";
  EXPECT_FALSE(parse_toml(quoted + "b = 1\n"));
  std::string tables = "x = ";
  for (int i = 0; i < 100000; ++i) tables += "{a = ";
  EXPECT_FALSE(parse_toml(tables));
}

TEST(toml_file, dots_of_prose_and_numbers_are_no_depth) {
  std::string prose(5000, '.');
  EXPECT_EQ(line_of_excessive_keys("a = '" + prose + "'\nb = \"\"\"\n" + prose + "\n\"\"\"\n# " + prose + "\n"), 0U);
  std::string numbers;
  for (int i = 0; i < 3000; ++i) numbers += "1.5, ";
  EXPECT_EQ(line_of_excessive_keys("a = [" + numbers + "]\n"), 0U);
  EXPECT_EQ(line_of_excessive_keys("a = '''\n" + prose + "'''\n\n" + prose), 4U);
}

TEST(toml_file, what_is_no_utf8_is_an_error) { EXPECT_FALSE(parse_toml("a = '\xFF'\n")); }

}  // namespace
}  // namespace hasten
