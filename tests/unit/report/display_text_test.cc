#include "analyzer/report/display_text.h"

#include <gtest/gtest.h>

namespace hasten {
namespace {

TEST(DisplayTextTest, DrawsControlCharactersInsteadOfSendingThem) {
  EXPECT_EQ(display_text("a\x1b[31mb"), "a␛[31mb");
  EXPECT_EQ(display_text("one\ntwo\r"), "one␊two␍");
  EXPECT_EQ(display_text(std::string_view("\0\x7f", 2)), "␀␡");
  EXPECT_EQ(display_text("\xC2\x9B"
                         "31m"),
            "\xEF\xBF\xBD"
            "31m");  // CSI in one character
}

TEST(DisplayTextTest, ReplacesWhatReordersALine) { EXPECT_EQ(display_text("a\u202Eb\u2066"), "a\uFFFDb\uFFFD"); }

TEST(DisplayTextTest, ReplacesBytesThatAreNotUtf8) { EXPECT_EQ(display_text("\xFFx\xE2\x82"), "\uFFFDx\uFFFD\uFFFD"); }

TEST(DisplayTextTest, ExpandsTabsToStopsOfFour) {
  EXPECT_EQ(display_source("\tx"), "    x");
  EXPECT_EQ(display_source("ab\tx"), "ab  x");
  EXPECT_EQ(display_source("日\tx"), "日  x");
  EXPECT_EQ(display_source("\tx", 2), "  x");
}

TEST(DisplayTextTest, KnowsWideAndCombiningCharacters) {
  EXPECT_EQ(display_width(std::string_view("abc")), 3U);
  EXPECT_EQ(display_width(std::string_view("日本")), 4U);
  EXPECT_EQ(display_width(std::string_view("e\u0301")), 1U);
  EXPECT_EQ(display_width(std::string_view("😀")), 2U);
  EXPECT_EQ(display_width(std::string_view("ａ")), 2U);
  EXPECT_EQ(display_width(std::uint32_t{0x10FFFF}), 1);
}

}  // namespace
}  // namespace hasten
