#include "analyzer/suite/version_range.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "analyzer/suite/claim.h"

namespace hasten {
namespace {

/// Every series of pytest that linking tells apart (link/pytest_rules), oldest first, and those in between.
constexpr auto known_series = std::to_array<std::string_view>(
    {"7.0", "7.1", "7.2", "7.3", "7.4", "8.0", "8.1", "8.2", "8.3", "8.4", "9.0", "9.1"});
/// No series of pytest has had more.
constexpr int patches = 20;

constexpr auto npos = std::string_view::npos;

struct Clause {
  std::string_view relation;  // empty for a bare version
  std::string_view version;
  bool has_star = false;  // `8.*`: any release that begins like this
};

Clause clause_of(std::string_view text) {
  Clause clause;
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_not_of("<>=!~^"), text.size());
  clause.relation = text.substr(0, end);
  clause.version = trimmed(text.substr(end));
  if (!clause.version.ends_with('*')) return clause;
  clause.has_star = true;
  clause.version.remove_suffix(1);
  if (clause.version.ends_with('.')) clause.version.remove_suffix(1);
  return clause;
}

int at(const std::vector<int>& release, std::size_t position) {
  return position < release.size() ? release[position] : 0;
}

/// Negative, zero, positive.
int compared(const std::vector<int>& left, const std::vector<int>& right) {
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    if (at(left, i) != at(right, i)) return at(left, i) < at(right, i) ? -1 : 1;
  }
  return 0;
}

bool begins_with(const std::vector<int>& release, const std::vector<int>& prefix) {
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (at(release, i) != prefix[i]) return false;
  }
  return true;
}

/// Where poetry's `^1.2.3` and `~1.2.3` keep a release: the numbers that may not change.
std::vector<int> kept_by_caret(std::vector<int> release) {
  const auto first_set = std::ranges::find_if(release, [](int number) { return number != 0; });
  if (first_set != release.end()) release.erase(first_set + 1, release.end());
  return release;
}

std::vector<int> kept_by_tilde(std::vector<int> release) {
  release.resize(std::min<std::size_t>(release.size(), 2));
  return release;
}

bool holds(const Clause& clause, const std::vector<int>& release) {
  const auto bound = release_of(clause.version);
  if (!bound) return true;
  const int order = compared(release, *bound);
  const std::string_view relation = clause.relation;
  if (relation == "!=") return clause.has_star ? !begins_with(release, *bound) : order != 0;
  if (relation == ">=") return order >= 0;
  if (relation == "<=") return order <= 0;
  if (relation == ">") return order > 0;
  if (relation == "<") return order < 0;
  if (relation == "~=" && bound->size() > 1) {
    return order >= 0 && begins_with(release, {bound->begin(), bound->end() - 1});
  }
  if (relation == "^") return order >= 0 && begins_with(release, kept_by_caret(*bound));
  if (relation == "~") return order >= 0 && begins_with(release, kept_by_tilde(*bound));
  return clause.has_star ? begins_with(release, *bound) : order == 0;
}

/// Takes the part up to `separator` off the front.
std::string_view taken(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool all_hold(std::string_view clauses, const std::vector<int>& release) {
  while (!clauses.empty()) {
    if (!holds(clause_of(taken(clauses, ',')), release)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<int>> release_of(std::string_view version) {
  version = trimmed(version);
  if (version.starts_with('v')) version.remove_prefix(1);
  std::vector<int> release;
  while (release.size() < 4) {
    int number = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
    if (error != std::errc() || number < 0) break;
    release.push_back(number);
    version.remove_prefix(static_cast<std::size_t>(end - version.data()));
    if (!version.starts_with('.')) break;
    version.remove_prefix(1);
  }
  if (release.empty()) return std::nullopt;
  return release;
}

bool is_older_release(std::string_view left, std::string_view right) {
  return compared(release_of(left).value_or(std::vector<int>()), release_of(right).value_or(std::vector<int>())) < 0;
}

bool admits(std::string_view clauses, std::string_view version) {
  const auto release = release_of(version);
  if (!release || trimmed(clauses).empty()) return true;
  while (!clauses.empty()) {
    const std::string_view alternative = taken(clauses, '|');
    if (!trimmed(alternative).empty() && all_hold(alternative, *release)) return true;
  }
  return false;
}

std::optional<std::string> pinned_version(std::string_view clauses) {
  if (clauses.find_first_of(",|") != npos) return std::nullopt;
  const Clause clause = clause_of(clauses);
  const bool is_pin = clause.relation.empty() || clause.relation == "==" || clause.relation == "===";
  if (!is_pin || clause.has_star || !release_of(clause.version)) return std::nullopt;
  return std::string(clause.version);
}

std::optional<std::string> newest_pytest(const std::vector<std::string>& bounds) {
  for (auto series = known_series.rbegin(); series != known_series.rend(); ++series) {
    for (int patch = 0; patch < patches; ++patch) {
      const std::string version = fmt::format("{}.{}", *series, patch);
      const auto lets_through = [&](const std::string& clauses) { return admits(clauses, version); };
      if (std::ranges::all_of(bounds, lets_through)) return std::string(*series);
    }
  }
  return std::nullopt;
}

}  // namespace hasten
