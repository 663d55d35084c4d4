#pragma once

// git's ignore patterns (gitignore(5)), as .gitignore, .ignore and the exclude settings use them. Works on bytes, as
// git does. A pattern is cut at its slashes; `**` stands for any number of path parts; within a part the last star is
// the only thing retried, and so is the last `**` among the parts: no input makes matching take more than a product of
// the lengths.

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hasten {

enum class EntryKind : std::uint8_t { file, directory };

/// One line of an ignore file. Paths are relative to the directory of that file, without leading or trailing `/`.
class IgnorePattern {
 public:
  /// `line` without its line end; what git skips (blank, comment) is up to IgnoreList.
  explicit IgnorePattern(std::string_view line);

  /// Whether the pattern names exactly this entry; what lies below a matching directory is up to the caller.
  [[nodiscard]] bool matches(std::string_view path, EntryKind kind) const;
  /// The same for who has cut off the `name` already: one name meets dozens of patterns.
  [[nodiscard]] bool matches(std::string_view path, std::string_view name, EntryKind kind) const;

  /// `!pattern`: what matches is kept although an earlier pattern ignores it.
  [[nodiscard]] bool is_negated() const { return negated_; }

 private:
  struct Token {
    enum class Kind : std::uint8_t { literal, any, star, set } kind;
    char literal;       // literal
    std::uint32_t set;  // set: index into sets_
  };
  struct Part {
    bool any_depth = false;   // `**`
    bool is_literal = false;  // only `text` counts
    std::string text;
    std::vector<Token> tokens;
  };

  std::size_t add_set(std::string_view pattern, std::size_t at, Part& part);
  void end_part(Part& part, std::string_view written);
  [[nodiscard]] bool part_matches(const Part& part, std::string_view name) const;
  [[nodiscard]] bool parts_match(std::string_view path) const;

  bool negated_ = false;
  bool directories_only_ = false;
  bool on_base_name_ = false;
  bool never_ = false;  // malformed: git lets it match nothing
  std::vector<Part> parts_;
  std::vector<std::bitset<256>> sets_;
};

/// The patterns of one ignore file, or of one setting; the last match decides.
class IgnoreList {
 public:
  enum class Verdict : std::uint8_t { silent, ignored, kept };

  IgnoreList() = default;
  explicit IgnoreList(const std::vector<std::string>& patterns);
  /// What an ignore file holds.
  [[nodiscard]] static IgnoreList parse(std::string_view bytes);

  /// About this entry alone.
  [[nodiscard]] Verdict verdict(std::string_view path, EntryKind kind) const;
  /// About the entry and the directories it lies in: what lies below an ignored directory cannot be kept.
  [[nodiscard]] bool ignores(std::string_view path, EntryKind kind) const;

  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  void add_line(std::string_view line);

  std::vector<IgnorePattern> patterns_;
};

}  // namespace hasten
