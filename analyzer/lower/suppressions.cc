#include "analyzer/lower/suppressions.h"

#include <algorithm>

#include "analyzer/text/source.h"

namespace hasten {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; }
bool is_code_letter(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }

void skip_spaces(std::string_view& text) {
  while (!text.empty() && is_space(text[0])) text.remove_prefix(1);
}

bool skip_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size()) return false;
  const bool same = std::ranges::equal(text.substr(0, word.size()), word,
                                       [](char a, char b) { return (is_letter(a) ? a | 0x20 : a) == b; });
  if (same) text.remove_prefix(word.size());
  return same;
}

Pragma malformed() { return {.verdict = Pragma::Verdict::malformed, .kind = {}, .codes = {}}; }

/// Behind `hasten:`.
Pragma read_ours(std::string_view rest) {
  Pragma pragma{.verdict = Pragma::Verdict::suppression, .kind = SuppressionKind::ignore, .codes = {}};
  skip_spaces(rest);
  if (rest.starts_with("file-ignore")) {
    pragma.kind = SuppressionKind::file_ignore;
    rest.remove_prefix(std::string_view("file-").size());
  }
  if (!rest.starts_with("ignore")) return malformed();
  rest.remove_prefix(std::string_view("ignore").size());
  if (rest.empty() || is_space(rest[0])) return pragma;
  const std::size_t close = rest.find(']');
  if (rest[0] != '[' || close == std::string_view::npos) return malformed();
  std::string_view list = rest.substr(1, close - 1);
  while (true) {
    skip_spaces(list);
    const auto end = std::ranges::find_if_not(list, is_code_letter);
    const auto size = static_cast<std::size_t>(end - list.begin());
    if (size == 0) return malformed();
    pragma.codes.emplace_back(list.substr(0, size));
    list.remove_prefix(size);
    skip_spaces(list);
    if (list.empty()) return pragma;
    if (list[0] != ',') return malformed();
    list.remove_prefix(1);
  }
}

/// A letter group and a number, as flake8 spells codes. Takes it from `text`.
std::string take_noqa_code(std::string_view& text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) ++letters;
  std::size_t size = letters;
  while (size < text.size() && is_digit(text[size])) ++size;
  if (letters == 0 || size == letters) return {};
  std::string code(text.substr(0, size));
  std::ranges::transform(code, code.begin(), [](char c) { return is_letter(c) ? static_cast<char>(c & ~0x20) : c; });
  text.remove_prefix(size);
  return code;
}

/// Behind `noqa`. What follows the colon and is no code does not narrow it, as in flake8.
Pragma read_noqa(std::string_view rest) {
  Pragma pragma{.verdict = Pragma::Verdict::suppression, .kind = SuppressionKind::noqa, .codes = {}};
  if (!rest.empty() && is_code_letter(rest[0])) return {};
  skip_spaces(rest);
  if (rest.empty() || rest[0] != ':') return pragma;
  rest.remove_prefix(1);
  while (true) {
    while (!rest.empty() && (is_space(rest[0]) || rest[0] == ',')) rest.remove_prefix(1);
    std::string code = take_noqa_code(rest);
    if (code.empty()) return pragma;
    pragma.codes.push_back(std::move(code));
  }
}

}  // namespace

Pragma read_pragma(std::string_view comment) {
  for (std::size_t at = comment.find('#'); at != std::string_view::npos; at = comment.find('#', at + 1)) {
    std::string_view rest = comment.substr(at + 1);
    skip_spaces(rest);
    if (rest.starts_with("hasten:")) return read_ours(rest.substr(std::string_view("hasten:").size()));
    if (skip_word(rest, "noqa")) {
      Pragma pragma = read_noqa(rest);
      if (pragma.verdict != Pragma::Verdict::none) return pragma;
    }
  }
  return {};
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t bad = first_invalid_utf8(text);
    out += text.substr(0, bad);
    if (bad == std::string_view::npos) return out;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(bad + 1);
  }
}

}  // namespace hasten
