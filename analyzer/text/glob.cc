#include "analyzer/text/glob.h"

#include <algorithm>

namespace hasten {
namespace {

/// A byte that begins no valid sequence stands for itself, out of the reach of any real character (as Python's
/// surrogateescape does it).
constexpr char32_t escaped_byte = 0x110000;

std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 1;
}

struct Decoded {
  char32_t value;
  std::size_t size;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = sequence_length(lead);
  if (size == 1 || at + size > text.size()) return {escaped_byte + lead, 1};
  char32_t value = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return {escaped_byte + lead, 1};
    value = value << 6 | (byte & 0x3F);
  }
  return {value, size};
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode(text, at);
    out.push_back(next.value);
    at += next.size;
  }
  return out;
}

using Points = std::vector<char32_t>;

/// What fnmatch.translate does with the inside of `[...]`: hyphens that make ranges separate chunks, and a range that
/// runs backwards loses both its ends.
std::vector<Points> range_chunks(const Points& inside) {
  std::vector<Points> chunks;
  std::size_t begin = 0;
  std::size_t from = !inside.empty() && inside[0] == '!' ? 2 : 1;
  while (from < inside.size()) {
    const auto hyphen = std::find(inside.begin() + static_cast<std::ptrdiff_t>(from), inside.end(), U'-');
    if (hyphen == inside.end()) break;
    const auto at = static_cast<std::size_t>(hyphen - inside.begin());
    chunks.emplace_back(inside.begin() + static_cast<std::ptrdiff_t>(begin), hyphen);
    begin = at + 1;
    from = at + 3;
  }
  if (begin < inside.size()) {
    chunks.emplace_back(inside.begin() + static_cast<std::ptrdiff_t>(begin), inside.end());
  } else if (!chunks.empty()) {
    chunks.back().push_back('-');
  }
  for (std::size_t k = chunks.size(); k-- > 1;) {
    Points& left = chunks[k - 1];
    const Points& right = chunks[k];
    if (left.back() <= right.front()) continue;
    left.pop_back();
    left.insert(left.end(), right.begin() + 1, right.end());
    chunks.erase(chunks.begin() + static_cast<std::ptrdiff_t>(k));
  }
  return chunks;
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  const Points points = code_points(pattern);
  for (std::size_t at = 0; at < points.size();) {
    const char32_t c = points[at++];
    if (c == '*') {
      if (tokens_.empty() || tokens_.back().kind != Kind::star) tokens_.push_back({.kind = Kind::star});
    } else if (c == '?') {
      tokens_.push_back({.kind = Kind::any});
    } else if (c == '[') {
      at = add_set(points, at);
    } else {
      tokens_.push_back({.kind = Kind::literal, .literal = c});
    }
  }
}

/// `at` is behind the `[`; returns where the pattern goes on. Without a closing bracket the `[` is a literal.
std::size_t Glob::add_set(const std::vector<char32_t>& pattern, std::size_t at) {
  std::size_t close = at;
  if (close < pattern.size() && pattern[close] == '!') ++close;
  if (close < pattern.size() && pattern[close] == ']') ++close;
  while (close < pattern.size() && pattern[close] != ']') ++close;
  if (close >= pattern.size()) {
    tokens_.push_back({.kind = Kind::literal, .literal = '['});
    return at;
  }
  const Points inside(pattern.begin() + static_cast<std::ptrdiff_t>(at),
                      pattern.begin() + static_cast<std::ptrdiff_t>(close));
  std::vector<Points> chunks = range_chunks(inside);
  Token set{.kind = Kind::set, .first = ranges_.size()};
  if (!chunks.empty() && !chunks[0].empty() && chunks[0][0] == '!') {
    set.negated = true;
    chunks[0].erase(chunks[0].begin());
  }
  for (std::size_t k = 0; k < chunks.size(); ++k) {
    for (char32_t c : chunks[k]) ranges_.push_back({c, c});
    if (k == 0) continue;
    // A range without a left end is the hyphen itself.
    const char32_t left = chunks[k - 1].empty() ? U'-' : chunks[k - 1].back();
    ranges_.push_back({left, chunks[k - 1].empty() ? left : chunks[k].front()});
  }
  set.last = ranges_.size();
  tokens_.push_back(set);
  return close + 1;
}

bool Glob::accepts(const Token& token, char32_t c) const {
  switch (token.kind) {
    case Kind::literal: return token.literal == c;
    case Kind::any: return true;
    case Kind::star: return false;
    case Kind::set: break;
  }
  const auto begin = ranges_.begin() + static_cast<std::ptrdiff_t>(token.first);
  const auto end = ranges_.begin() + static_cast<std::ptrdiff_t>(token.last);
  return token.negated != std::any_of(begin, end, [&](Range range) { return range.first <= c && c <= range.last; });
}

bool Glob::matches(std::string_view text) const {
  constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t token = 0, at = 0;
  std::size_t star = none, star_at = 0;
  while (at < text.size()) {
    if (token < tokens_.size() && tokens_[token].kind == Kind::star) {
      star = token++;
      star_at = at;
      continue;
    }
    const Decoded next = decode(text, at);
    if (token < tokens_.size() && accepts(tokens_[token], next.value)) {
      ++token;
      at += next.size;
      continue;
    }
    if (star == none) return false;
    // An earlier star could not do better than the last one, so only that takes one more character.
    star_at += decode(text, star_at).size;
    at = star_at;
    token = star + 1;
  }
  while (token < tokens_.size() && tokens_[token].kind == Kind::star) ++token;
  return token == tokens_.size();
}

PathGlob::PathGlob(std::string_view pattern)
    : on_base_name_(pattern.find('/') == std::string_view::npos),
      glob_(on_base_name_ || pattern.starts_with('/') ? std::string(pattern) : "*/" + std::string(pattern)) {}

bool PathGlob::matches(std::string_view path) const {
  return glob_.matches(on_base_name_ ? path.substr(path.rfind('/') + 1) : path);
}

bool any_matches(const std::vector<PathGlob>& globs, std::string_view path) {
  return std::ranges::any_of(globs, [&](const PathGlob& glob) { return glob.matches(path); });
}

bool fnmatch(std::string_view text, std::string_view pattern) { return Glob(pattern).matches(text); }

}  // namespace hasten
