#include "analyzer/config/shell_words.h"

namespace hasten {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Result<std::vector<std::string>> split_shell_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;  // an empty pair of quotes is a word, too
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    // Inside double quotes a backslash only escapes a quote and itself.
    const bool escapes = c == '\\' && quote != '\'';
    if (escapes) {
      if (++at == text.size()) return Failure{"no escaped character after the last backslash"};
      if (quote == '"' && text[at] != '"' && text[at] != '\\') word += '\\';
      word += text[at];
      in_word = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (!is_space(c)) {
      word += c;
      in_word = true;
    } else if (in_word) {
      words.push_back(std::move(word));
      word.clear();
      in_word = false;
    }
  }
  if (quote != '\0') return Failure{"no closing quotation"};
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace hasten
