#include "analyzer/report/json_writer.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace hasten {
namespace {

std::string written(std::string_view text) {
  JsonWriter json;
  json.text(text);
  return std::move(json).document();
}

TEST(JsonWriterTest, NestsAndSeparates) {
  JsonWriter json;
  json.begin_object().member("a", 1).key("b").begin_array().text("x").null().end_array();
  json.key("empty").begin_object().end_object().key("none").begin_array().end_array().end_object();
  const std::string text = std::move(json).document();
  EXPECT_EQ(text, "{\n  \"a\": 1,\n  \"b\": [\n    \"x\",\n    null\n  ],\n  \"empty\": {},\n  \"none\": []\n}\n");
  EXPECT_EQ(nlohmann::json::parse(text)["b"][0], "x");
}

TEST(JsonWriterTest, EscapesQuotesBackslashesAndControlCharacters) {
  EXPECT_EQ(written(std::string_view("\"\\\n\r\t\x1b\0", 7)), "\"\\\"\\\\\\n\\r\\t\\u001b\\u0000\"\n");
}

TEST(JsonWriterTest, KeepsTextOfAllPlanes) { EXPECT_EQ(written("ä日😀"), "\"ä日😀\"\n"); }

TEST(JsonWriterTest, ReplacesEveryByteThatIsNotUtf8) {
  EXPECT_EQ(written("a\xFF\xC3("), "\"a\xEF\xBF\xBD\xEF\xBF\xBD(\"\n");
  EXPECT_EQ(written("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\n");  // a lone surrogate
  EXPECT_EQ(written("\xF0\x9F\x98"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\n");  // cut short
}

TEST(JsonWriterTest, EveryTwoByteTextReadsBack) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; second += 7) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      EXPECT_TRUE(nlohmann::json::accept(written(text))) << first << ' ' << second;
    }
  }
}

TEST(JsonWriterTest, WritesNumbersThatJsonHas) {
  JsonWriter json;
  json.begin_array().number(0.1F + 0.0).number(2.0).number(1e300).number(std::numeric_limits<double>::infinity());
  json.number(-7).end_array();
  const auto read = nlohmann::json::parse(std::move(json).document());
  EXPECT_DOUBLE_EQ(read[0], 0.1);
  EXPECT_DOUBLE_EQ(read[1], 2);
  EXPECT_TRUE(read[3].is_null());
  EXPECT_EQ(read[4], -7);
}

}  // namespace
}  // namespace hasten
