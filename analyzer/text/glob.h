#pragma once

// The patterns that pytest's configuration is written in: Python's fnmatch, where `*` and `?` cross `/`, and pytest's
// rule for what such a pattern is compared with. Works on code points; a byte that is no UTF-8 counts as one.
//
// A pattern is compiled once. Matching takes at most pattern x text steps: the only thing ever retried is the last
// star.

#include <string>
#include <string_view>
#include <vector>

namespace hasten {

/// One compiled pattern of Python's fnmatch.fnmatchcase: `*`, `?`, `[seq]`, `[!seq]`; no escapes, case-sensitive.
class Glob {
 public:
  explicit Glob(std::string_view pattern);

  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  struct Range {
    char32_t first;
    char32_t last;
  };
  enum class Kind : unsigned char { literal, any, star, set };
  struct Token {
    Kind kind = Kind::literal;
    bool negated = false;   // set
    char32_t literal = 0;   // literal
    std::size_t first = 0;  // set: its ranges
    std::size_t last = 0;
  };

  std::size_t add_set(const std::vector<char32_t>& pattern, std::size_t at);
  [[nodiscard]] bool accepts(const Token& token, char32_t c) const;

  std::vector<Token> tokens_;
  std::vector<Range> ranges_;
};

/// pytest's fnmatch_ex (A.3, python_files and norecursedirs): a pattern without `/` is compared with the base name, one
/// with `/` with the whole path, where a relative pattern gets `*/` in front.
class PathGlob {
 public:
  explicit PathGlob(std::string_view pattern);

  /// `path` is absolute and `/` separated.
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  bool on_base_name_;
  Glob glob_;
};

/// True when one of `globs` matches.
[[nodiscard]] bool any_matches(const std::vector<PathGlob>& globs, std::string_view path);

/// fnmatch.fnmatchcase for a single use.
[[nodiscard]] bool fnmatch(std::string_view text, std::string_view pattern);

}  // namespace hasten
