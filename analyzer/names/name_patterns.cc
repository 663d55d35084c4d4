#include "analyzer/names/name_patterns.h"

#include <algorithm>

namespace hasten {
namespace {

/// Length of the bracket expression that `pattern` begins with; 0 when it never closes and `[` is meant as it stands.
std::size_t bracket_size(std::string_view pattern) {
  std::size_t at = 1;
  if (at < pattern.size() && pattern[at] == '!') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  const std::size_t end = pattern.find(']', at);
  return end == std::string_view::npos ? 0 : end + 1;
}

bool bracket_holds(std::string_view set, char c) {
  bool is_negated = false;
  if (!set.empty() && set.front() == '!') is_negated = true, set.remove_prefix(1);
  bool holds = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      holds = holds || (set[i] <= c && c <= set[i + 2]);
      i += 2;
    } else {
      holds = holds || set[i] == c;
    }
  }
  return holds != is_negated;
}

}  // namespace

bool fnmatches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, resume = 0;  // where to go on when what follows the last star fails
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
      continue;
    }
    std::size_t used = 0;
    if (p < pattern.size()) {
      const std::size_t bracket = pattern[p] == '[' ? bracket_size(pattern.substr(p)) : 0;
      if (bracket > 0) {
        used = bracket_holds(pattern.substr(p + 1, bracket - 2), text[t]) ? bracket : 0;
      } else if (pattern[p] == '?' || pattern[p] == text[t]) {
        used = 1;
      }
    }
    if (used > 0) {
      p += used, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.substr(p).find_first_not_of('*') == std::string_view::npos;
}

bool matches_any(const std::vector<std::string>& options, std::string_view name, std::string_view standard) {
  if (options.empty()) return name.starts_with(standard);
  return std::ranges::any_of(options, [&](std::string_view option) {
    return name.starts_with(option) ||
           (option.find_first_of("*?[") != std::string_view::npos && fnmatches(option, name));
  });
}

}  // namespace hasten
