#include "analyzer/text/source.h"

#include <gtest/gtest.h>

namespace hasten {
namespace {

Source source(std::string bytes) {
  Source made("a.py", std::move(bytes));
  made.index_lines();
  return made;
}

TEST(Source, CountsLinesFromOne) {
  const Source text = source("a\nbc\n");
  EXPECT_EQ(text.line_count(), 3u);
  EXPECT_EQ(text.line_of(0), 1u);
  EXPECT_EQ(text.line_of(1), 1u);
  EXPECT_EQ(text.line_of(2), 2u);
  EXPECT_EQ(text.line_of(5), 3u);
  EXPECT_EQ(text.line_of(500), 3u);
  EXPECT_EQ(text.line_text(2), "bc");
  EXPECT_EQ(text.line_text(3), "");
}

TEST(Source, AnEmptyFileHasOneLine) {
  const Source text = source("");
  EXPECT_EQ(text.line_count(), 1u);
  EXPECT_EQ(text.line_column(0), (LineColumn{1, 1}));
}

TEST(Source, ColumnsDependOnTheUnit) {
  const Source text = source("x\né😀z");
  const std::uint32_t z = 2 + 2 + 4;
  EXPECT_EQ(text.line_column(z, ColumnUnit::byte), (LineColumn{2, 7}));
  EXPECT_EQ(text.line_column(z, ColumnUnit::code_point), (LineColumn{2, 3}));
  EXPECT_EQ(text.line_column(z, ColumnUnit::utf16), (LineColumn{2, 4}));
}

TEST(Source, LinesLeaveTheirCarriageReturnOut) { EXPECT_EQ(source("ab\r\nc").line_text(1), "ab"); }

TEST(DecodedPython, LoneCarriageReturnsEndLines) {
  EXPECT_EQ(decoded_python("a\rb\r"), "a\nb\n");
  EXPECT_EQ(decoded_python("a\r\nb"), "a\r\nb");
}

TEST(DecodedPython, ALatin1CookieIsObeyed) {
  EXPECT_EQ(decoded_python("# -*- coding: latin-1 -*-\nx = '\xE9'\n"), "# -*- coding: latin-1 -*-\nx = 'é'\n");
  EXPECT_EQ(decoded_python("#!/usr/bin/python\n# coding=iso-8859-1\n\xE9"),
            "#!/usr/bin/python\n# coding=iso-8859-1\né");
  EXPECT_EQ(decoded_python("# coding: utf-8\n\xE9"), "# coding: utf-8\n\xE9");
  EXPECT_EQ(decoded_python("\n\n# coding: latin-1\n\xE9"), "\n\n# coding: latin-1\n\xE9");
}

TEST(InvalidUtf8, IsFoundWhereItBegins) {
  EXPECT_EQ(first_invalid_utf8("aé😀"), std::string_view::npos);
  EXPECT_EQ(first_invalid_utf8("ab\xFF"), 2u);
  EXPECT_EQ(first_invalid_utf8("a\xC3"), 1u);
  EXPECT_EQ(first_invalid_utf8("\xC0\x80"), 0u);          // too long a form
  EXPECT_EQ(first_invalid_utf8("a\xED\xA0\x80"), 1u);     // a surrogate
  EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0u);  // past U+10FFFF
}

TEST(ReadBytes, FailsWithAReason) {
  EXPECT_FALSE(read_bytes("/nonexistent/file"));
  const Result<std::string> folder = read_bytes("/");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.reason().message, "not a regular file");
}

}  // namespace
}  // namespace hasten
