#include "analyzer/fix/insertions.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace hasten {
namespace {

constexpr std::uint32_t context = 3;

/// With their line ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

/// Old lines [begin, end), zero-based, with the insertions among them.
struct Hunk {
  std::uint32_t begin = 0, end = 0;
  std::span<const Insertion> insertions;
};

std::vector<Hunk> hunks_of(std::span<const Insertion> insertions, std::uint32_t lines) {
  std::vector<Hunk> hunks;
  for (std::size_t at = 0; at < insertions.size(); ++at) {
    const std::uint32_t before = insertions[at].line - 1;
    const std::uint32_t begin = before - std::min(before, context);
    const std::uint32_t end = std::min(before + context, lines);
    if (!hunks.empty() && begin <= hunks.back().end) {
      hunks.back().end = end;
      hunks.back().insertions =
          insertions.subspan(at - hunks.back().insertions.size(), hunks.back().insertions.size() + 1);
    } else {
      hunks.push_back({begin, end, insertions.subspan(at, 1)});
    }
  }
  return hunks;
}

void append(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view old, std::vector<Insertion> insertions) {
  if (insertions.empty()) return {};
  const std::vector<std::string_view> lines = lines_of(old);
  const std::string_view line_end = !lines.empty() && lines[0].ends_with("\r\n") ? "\r\n" : "\n";
  std::ranges::stable_sort(insertions, {}, &Insertion::line);

  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", path, path);
  std::size_t added = 0;
  for (const Hunk& hunk : hunks_of(insertions, static_cast<std::uint32_t>(lines.size()))) {
    const std::uint32_t size = hunk.end - hunk.begin;
    // A hunk without old lines stands behind the line before it.
    const std::uint32_t first = size == 0 ? hunk.begin : hunk.begin + 1;
    out += fmt::format("@@ -{},{} +{},{} @@\n", first, size, hunk.begin + 1 + added, size + hunk.insertions.size());
    std::size_t next = 0;
    for (std::uint32_t line = hunk.begin; line <= hunk.end; ++line) {
      for (; next < hunk.insertions.size() && hunk.insertions[next].line - 1 == line; ++next) {
        out += fmt::format("+{}{}", hunk.insertions[next].text, line_end);
      }
      if (line < hunk.end) append(out, ' ', lines[line]);
    }
    added += hunk.insertions.size();
  }
  return out;
}

}  // namespace hasten
