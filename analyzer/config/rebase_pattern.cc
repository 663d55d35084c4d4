#include "analyzer/config/rebase_pattern.h"

#include <algorithm>

#include "analyzer/config/paths.h"
#include "analyzer/text/gitignore.h"

namespace hasten {
namespace {

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('/')); }

void drop_first_part(std::string_view& path) { path.remove_prefix(std::min(first_part(path).size() + 1, path.size())); }

std::string escaped(std::string_view path) {
  std::string out;
  for (char c : path) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// `below` leads from where the pattern faced down to where it shall face.
std::optional<std::string> narrowed(std::string_view pattern, std::string_view below) {
  while (!below.empty()) {
    if (pattern.empty()) return std::nullopt;
    const std::string_view part = first_part(pattern);
    // From here on the pattern may begin at any depth, so below any of these directories as well.
    if (part == "**") return std::string(pattern);
    if (!IgnorePattern(part).matches(first_part(below), EntryKind::directory)) return std::nullopt;
    drop_first_part(pattern);
    drop_first_part(below);
  }
  if (pattern.empty()) return std::nullopt;
  return '/' + std::string(pattern);
}

}  // namespace

std::optional<std::string> rebase_pattern(std::string_view pattern, std::string_view from, std::string_view to) {
  const std::string sign = pattern.starts_with('!') ? "!" : "";
  std::string_view body = pattern.substr(sign.size());
  const bool is_anchored = body.substr(0, body.size() - (body.ends_with('/') ? 1 : 0)).find('/') != body.npos;
  if (!is_anchored || from == to) return std::string(pattern);
  if (body.starts_with('/')) body.remove_prefix(1);
  if (lies_in(from, to)) return sign + '/' + escaped(relative_path(from, to)) + '/' + std::string(body);
  if (!lies_in(to, from)) return std::nullopt;
  const auto turned = narrowed(body, relative_path(to, from));
  return turned ? std::optional(sign + *turned) : std::nullopt;
}

}  // namespace hasten
