#include "tests/support/expectations.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace hasten {
namespace {

/// What is left of one comment; words are taken from its front.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) { skip_space(); }

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string_view rest() const { return text_; }

  bool take(std::string_view token) {
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    skip_space();
    return true;
  }

  /// Up to white space or one of `ends`; the ends stay.
  std::string word(std::string_view ends) {
    const std::string stops = " \t" + std::string(ends);
    const std::string_view taken = text_.substr(0, text_.find_first_of(stops));
    text_.remove_prefix(taken.size());
    skip_space();
    return std::string(taken);
  }

  /// `"..."`; none when there is no closing quote.
  std::optional<std::string> quoted() {
    if (!text_.starts_with('"')) return std::nullopt;
    const std::size_t end = text_.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string inside(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    skip_space();
    return inside;
  }

 private:
  void skip_space() { text_.remove_prefix(std::min(text_.size(), text_.find_first_not_of(" \t"))); }
  std::string_view text_;
};

bool is_code(std::string_view word) {
  return word.size() == 5 && word.starts_with("HS") &&
         std::ranges::all_of(word.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Goes through the lines of one file.
class Parser {
 public:
  Expectations parse(std::string_view text) {
    for (line_ = 1; !text.empty(); ++line_) {
      const std::size_t end = std::min(text.size(), text.find('\n'));
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      parse_line(line);
      text.remove_prefix(std::min(text.size(), end + 1));
    }
    return std::move(found_);
  }

 private:
  void parse_line(std::string_view line) {
    if (parse_carets(line)) return;
    code_line_ = line_;
    for (std::size_t at = line.find("# "); at != std::string_view::npos; at = line.find("# ", at + 1)) {
      const std::string_view comment = line.substr(at + 2);
      const std::string_view mine = comment.substr(0, comment.find(" # "));
      if (mine.starts_with("expect:")) parse_expect(mine.substr(7), std::nullopt);
      if (mine.starts_with("reveal:")) parse_reveal(mine.substr(7));
    }
  }

  /// A comment line whose first word is carets speaks about the last line of code above it.
  bool parse_carets(std::string_view line) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string_view::npos || line[hash] != '#') return false;
    const std::size_t begin = line.find_first_not_of(" \t", hash + 1);
    if (begin == std::string_view::npos || line[begin] != '^') return false;
    const std::size_t end = std::min(line.size(), line.find_first_not_of('^', begin));
    Words words(line.substr(end));
    if (!words.take("expect:")) return false;
    parse_expect(words.rest(),
                 Expectation::Columns{code_points(line.substr(0, begin)) + 1, code_points(line.substr(0, end)) + 1});
    return true;
  }

  void parse_expect(std::string_view text, std::optional<Expectation::Columns> columns) {
    Words words(text);
    do {
      Expectation expectation{code_line_, words.word(",\""), {}, {}, columns};
      if (!is_code(expectation.code)) return fail("expected a code after `expect:`", expectation.code);
      if (!words.empty() && !words.rest().starts_with('"') && !words.rest().starts_with(',')) {
        const std::string confidence = words.word(",\"");
        expectation.confidence = confidence_named(confidence);
        if (!expectation.confidence) return fail("expected a confidence, `,` or the end of the line", confidence);
      }
      if (words.rest().starts_with('"')) {
        const std::optional<std::string> part = words.quoted();
        if (!part) return fail("expected a closing quote", words.rest());
        expectation.part = *part;
      }
      found_.findings.push_back(std::move(expectation));
    } while (words.take(","));
    if (!words.empty()) fail("expected `,` or the end of the line", words.rest());
  }

  void parse_reveal(std::string_view text) {
    Words words(text);
    if (words.take("fixture ")) return parse_fixture(words);
    if (words.take("effect ")) return parse_effect(words);
    fail("expected `fixture` or `effect` after `reveal:`", words.rest());
  }

  void parse_fixture(Words words) {
    FixtureReveal reveal{line_, words.word("="), {}, {}};
    if (!words.take("=")) return fail("expected `=` after the fixture's name", words.rest());
    reveal.place = words.word("(");
    if (!words.take("(")) return fail("expected a scope in parentheses", words.rest());
    reveal.scope = words.word(")");
    if (!words.take(")") || !words.empty()) return fail("expected `)` and the end of the line", words.rest());
    found_.fixtures.push_back(std::move(reveal));
  }

  void parse_effect(Words words) {
    EffectReveal reveal{line_, words.word(""), {}, {}};
    if (!words.take("via ")) return fail("expected `via` after the kind of effect", words.rest());
    reveal.api = words.word("");
    if (words.take("masked by ")) reveal.mask = words.word("");
    if (reveal.api.empty() || !words.empty()) return fail("expected the end of the line", words.rest());
    found_.effects.push_back(std::move(reveal));
  }

  void fail(std::string_view expected, std::string_view written) {
    found_.errors.push_back(fmt::format("{}: {}, found `{}`", line_, expected, written));
  }

  Expectations found_;
  std::uint32_t line_ = 1;
  std::uint32_t code_line_ = 1;  // the last one that is no caret line
};

}  // namespace

Expectations parse_expectations(std::string_view text) { return Parser().parse(text); }

}  // namespace hasten
