#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analyzer/config/config_text.h"
#include "analyzer/config/paths.h"
#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

constexpr std::size_t most_files = 64;

/// The oldest versions that a project still supports are pinned in files of their own; nobody runs the suite with
/// those.
bool is_of_oldest_versions(std::string_view path) {
  constexpr auto words = std::to_array<std::string_view>({"min", "minimum", "minimal", "oldest", "lowest"});
  std::string_view name = base_name(path);
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-_."), name.size());
    if (std::ranges::find(words, name.substr(0, end)) != words.end()) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

/// The file that `-r file`, `-rfile` or `--requirement=file` names; empty for other lines.
std::string_view argument_of(std::string_view line, std::string_view brief, std::string_view full) {
  if (line.starts_with(full)) {
    const std::string_view rest = line.substr(full.size());
    if (!rest.starts_with('=') && !rest.starts_with(' ')) return {};
    return trimmed(rest.substr(1));
  }
  if (line.starts_with(brief) && !line.starts_with("--")) return trimmed(line.substr(brief.size()));
  return {};
}

}  // namespace

void add_requirement(std::string_view text, const Origin& origin, Claims& claims) {
  const ReadRequirement read = read_requirement(text);
  switch (read.kind) {
    case RequirementKind::elsewhere: return;
    case RequirementKind::broken:
      return claims.report(origin.path, origin.line,
                           fmt::format("`{}` is no requirement, expected one such as `pytest>=8`", text.substr(0, 60)));
    case RequirementKind::requirement: break;
  }
  claims.rows.push_back(
      {read.requirement.name, read.requirement.versions, ClaimKind::required, read.requirement.is_conditional, origin});
}

void RequirementsText::read(const std::string& path) {
  pending_.push_back({path, base_name(path).find("constraint") != std::string_view::npos, {}});
  read_pending();
}

void RequirementsText::read_line_of(std::string_view line, const Origin& origin) {
  read_line(line, origin, false);
  read_pending();
}

void RequirementsText::read_pending() {
  while (!pending_.empty()) {
    const Pending file = std::move(pending_.back());
    pending_.pop_back();
    if (seen_.size() >= most_files || std::ranges::find(seen_, file.path) != seen_.end()) continue;
    seen_.push_back(file.path);
    read_one(file);
  }
}

void RequirementsText::read_one(const Pending& file) {
  if (path_kind(file.path) != PathKind::file) {
    const std::string name = relative_path(file.path, parent_path(file.included_by.path));
    return claims_.report(file.included_by.path, file.included_by.line,
                          fmt::format("includes `{}`, which is no file", name));
  }
  const auto bytes = read_config_text(file.path, claims_.problems);
  if (!bytes) return;
  std::string_view rest = *bytes;
  std::string whole;
  std::uint32_t number = 0, first = 1;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    if (whole.empty()) first = number;
    const bool goes_on = line.ends_with('\\');
    if (goes_on) line.remove_suffix(1);
    whole += line;
    if (goes_on && !rest.empty()) continue;
    read_line(trimmed(whole), {Origin::Kind::file, file.path, first}, file.is_constraints);
    whole.clear();
  }
}

void RequirementsText::read_line(std::string_view line, const Origin& origin, bool is_constraints) {
  if (line.empty() || line.starts_with('#')) return;
  const std::string_view included = argument_of(line, "-r", "--requirement");
  const std::string_view constraints = argument_of(line, "-c", "--constraint");
  const std::string_view name = included.empty() ? constraints : included;
  if (!name.empty()) {
    // An address, or a name that only the environment completes.
    if (name.find("://") != std::string_view::npos || name.find_first_of("${") != std::string_view::npos) return;
    const std::string_view bare = trimmed(name.substr(0, name.find(" #")));
    pending_.push_back({absolute_path(bare, parent_path(origin.path)), is_constraints || included.empty(), origin});
    return;
  }
  const std::size_t before = claims_.rows.size();
  add_requirement(line, origin, claims_);
  for (std::size_t i = before; i < claims_.rows.size(); ++i) {
    if (is_constraints) claims_.rows[i].kind = ClaimKind::constrained;
    if (is_of_oldest_versions(origin.path)) claims_.rows[i].is_conditional = true;
  }
}

}  // namespace hasten
