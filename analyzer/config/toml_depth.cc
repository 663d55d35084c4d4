#include "analyzer/config/toml_depth.h"

#include <algorithm>
#include <cctype>

namespace hasten {
namespace {

constexpr std::uint32_t long_key = 8;
constexpr std::uint32_t budget = 1000;

/// Behind the string that begins at `at`, whichever of TOML's four kinds it is.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_long = text.substr(at).starts_with(quote == '"' ? R"(""")" : "'''");
  const std::size_t width = is_long ? 3 : 1;
  for (at += width; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (!is_long && text[at] == '\n') {
      return at;
    } else if (text[at] == quote && (!is_long || text.substr(at).starts_with(quote == '"' ? R"(""")" : "'''"))) {
      return at + width;
    }
  }
  return text.size();
}

bool belongs_to_key(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == ' ' || c == '\t';
}

}  // namespace

std::uint32_t line_of_excessive_keys(std::string_view toml) {
  std::uint32_t line = 1, dots = 0, spent = 0;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    std::size_t end = at + 1;
    if (c == '"' || c == '\'') {
      end = std::min(end_of_string(toml, at), toml.size());
      line += static_cast<std::uint32_t>(std::ranges::count(toml.substr(at, end - at), '\n'));
    } else if (c == '#') {
      end = std::min(toml.find('\n', at), toml.size());
    } else if (c == '.') {
      ++dots;
      if (dots == long_key + 1) spent += dots;
      if (dots > long_key + 1) ++spent;
      if (spent > budget) return line;
    } else if (!belongs_to_key(c)) {
      dots = 0;
      if (c == '\n') ++line;
    }
    at = end;
  }
  return 0;
}

}  // namespace hasten
