#include "analyzer/syntax/literals.h"

#include <gtest/gtest.h>

namespace hasten {
namespace {

std::string decoded(std::string_view text) {
  std::string out;
  append_decoded(out, split_literal(text));
  return out;
}

TEST(Literals, PrefixAndQuotesAreTakenOff) {
  const Literal literal = split_literal("Rb'''a'b'''");
  EXPECT_TRUE(literal.is_raw);
  EXPECT_TRUE(literal.is_bytes);
  EXPECT_FALSE(literal.is_template);
  EXPECT_EQ(literal.body, "a'b");
  EXPECT_EQ(split_literal("''").body, "");
  EXPECT_EQ(split_literal("''''''").body, "");
}

TEST(Literals, AnOpenOneEndsWithItsText) {
  EXPECT_EQ(split_literal("'abc").body, "abc");
  EXPECT_EQ(split_literal("\"\"\"abc").body, "abc");
  EXPECT_EQ(split_literal("'").body, "");
  EXPECT_EQ(split_literal("").body, "");
}

TEST(Literals, EscapesMeanTheirCharacters) {
  EXPECT_EQ(decoded(R"('\n\t\\\'\"\a')"), "\n\t\\'\"\a");
  EXPECT_EQ(decoded(R"('\x41\u20ac\U0001F600\0\101')"), std::string("A\xE2\x82\xAC\xF0\x9F\x98\x80\0A", 10));
  EXPECT_EQ(decoded("'a\\\nb'"), "ab");
}

TEST(Literals, WhatIsNoEscapeStays) {
  EXPECT_EQ(decoded(R"('\d\x4\N{DASH}')"), R"(\d\x4\N{DASH})");
  EXPECT_EQ(decoded(R"('a\)"), "a\\");
}

TEST(Literals, RawOnesKeepBackslashes) { EXPECT_EQ(decoded(R"(r'\n\'')"), R"(\n\')"); }

TEST(Literals, SurrogatesAndGiantsAreReplaced) {
  EXPECT_EQ(decoded(R"('\ud800')"), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded(R"('\UFFFFFFFF')"), "\xEF\xBF\xBD");
}

TEST(Literals, LineEndsAreNewlinesAndDoubledBracesOne) {
  EXPECT_EQ(decoded("'''a\r\nb\rc'''"), "a\nb\nc");
  EXPECT_EQ(decoded("f'{{}}'"), "{}");
  EXPECT_EQ(decoded("'{{}}'"), "{{}}");
}

}  // namespace
}  // namespace hasten
