#include "analyzer/lower/guard.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "analyzer/model/file_model.h"

namespace hasten {
namespace {

constexpr std::size_t most_depth = FileModel::max_depth;

/// Each token looks through all continuations before it, so a run of n costs n * n.
constexpr std::size_t most_continuations = 200;

bool opens(char c) { return c == '(' || c == '[' || c == '{'; }
bool closes(char c) { return c == ')' || c == ']' || c == '}'; }

/// What a byte adds to the depth.
constexpr auto depth_change = [] {
  std::array<std::int8_t, 256> change{};
  for (const unsigned char c : {'(', '[', '{'}) change[c] = 1;
  for (const unsigned char c : {')', ']', '}'}) change[c] = -1;
  return change;
}();

/// An upper bound: brackets in strings and comments count too. Without a branch: every byte of every file comes by.
bool may_be_deep(std::string_view bytes) {
  int depth = 0;
  int deepest = 0;
  for (const char c : bytes) {
    depth = std::max(depth + depth_change[static_cast<unsigned char>(c)], 0);
    deepest = std::max(deepest, depth);
  }
  return deepest > static_cast<int>(most_depth);
}

void blank(std::string& bytes, std::size_t begin, std::size_t end) {
  std::replace_if(
      bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return c != '\n'; }, ' ');
}

/// The offset behind the comment or string that starts at `at`.
std::size_t skip_opaque(std::string_view bytes, std::size_t at) {
  const char c = bytes[at];
  if (c == '#') return std::min(bytes.find('\n', at), bytes.size());
  const std::string_view triple = c == '"' ? "\"\"\"" : "'''";
  const bool is_triple = bytes.substr(at).starts_with(triple);
  const std::string_view quote = is_triple ? triple : triple.substr(0, 1);
  for (at += quote.size(); at < bytes.size(); ++at) {
    if (bytes[at] == '\\') {
      ++at;
    } else if (bytes.substr(at).starts_with(quote)) {
      return at + quote.size();
    } else if (bytes[at] == '\n' && !is_triple) {
      return at;
    }
  }
  return bytes.size();
}

/// Blanks each bracket that is too deep up to its partner. What is never closed takes everything with it that follows
/// its outermost bracket, as nothing can be said of that.
void blank_deep_brackets(Guarded& guarded) {
  std::string& bytes = guarded.bytes;
  std::size_t depth = 0;
  std::size_t outermost = 0;
  std::size_t deep_begin = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    if (c == '#' || c == '\'' || c == '"') {
      at = skip_opaque(bytes, at);
      continue;
    }
    if (opens(c) && ++depth == 1) outermost = at;
    if (opens(c) && depth == most_depth + 1) {
      deep_begin = at;
      if (!guarded.deep_at) guarded.deep_at = static_cast<std::uint32_t>(at);
    }
    if (closes(c) && depth > 0 && depth-- == most_depth + 1) blank(bytes, deep_begin, at + 1);
    ++at;
  }
  if (depth > most_depth) blank(bytes, outermost, bytes.size());
}

/// Where a run of more than most_continuations begins at or behind `at`, and where it ends.
struct Stretch {
  std::size_t begin, end;
};

std::size_t continuation_size(std::string_view bytes, std::size_t at) {
  if (bytes.substr(at).starts_with("\\\n")) return 2;
  return bytes.substr(at).starts_with("\\\r\n") ? 3 : 0;
}

std::optional<Stretch> long_continuation(std::string_view bytes, std::size_t at) {
  while ((at = bytes.find('\\', at)) != std::string_view::npos) {
    const std::size_t begin = at;
    std::size_t count = 0;
    while (const std::size_t size = continuation_size(bytes, at)) {
      at += size;
      at = std::min(bytes.find_first_not_of(" \t\f", at), bytes.size());
      ++count;
    }
    if (count > most_continuations) return Stretch{begin, at};
    if (count == 0) ++at;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Guarded> guard(std::string_view bytes) {
  const bool is_deep = may_be_deep(bytes);
  std::optional<Stretch> run = long_continuation(bytes, 0);
  if (!is_deep && !run) return std::nullopt;
  Guarded guarded{.bytes = std::string(bytes), .deep_at = std::nullopt};
  for (; run; run = long_continuation(bytes, run->end)) blank(guarded.bytes, run->begin, run->end);
  if (is_deep) blank_deep_brackets(guarded);
  return guarded;
}

void blank_at(std::string& bytes, std::uint32_t offset, Extent extent) {
  const std::size_t before = bytes.rfind('\n', offset);
  const std::size_t begin = before == std::string::npos || offset == 0 ? 0 : before;
  const std::size_t end = extent == Extent::line ? std::min(bytes.find('\n', offset), bytes.size()) : bytes.size();
  blank(bytes, begin, std::max(begin, end));
}

}  // namespace hasten
