#include "analyzer/suite/claim.h"

#include <algorithm>

#include "analyzer/config/distribution.h"

namespace hasten {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// A comment begins at the start or behind white space.
std::string_view without_comment(std::string_view text) {
  for (std::size_t at = text.find('#'); at != npos; at = text.find('#', at + 1)) {
    if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t') return text.substr(0, at);
  }
  return text;
}

/// pip's per-requirement options: ` --hash=sha256:...`.
std::string_view without_options(std::string_view text) { return text.substr(0, text.find(" --")); }

/// `git+https://host/x.git#egg=pytest-x`: the name that the address gives itself.
ReadRequirement from_address(std::string_view text) {
  const std::size_t egg = text.find("#egg=");
  if (egg == npos) return {RequirementKind::elsewhere, {}};
  std::string_view name = text.substr(egg + 5);
  name = name.substr(0, std::ranges::find_if_not(name, is_name_character) - name.begin());
  if (name.empty()) return {RequirementKind::elsewhere, {}};
  return {RequirementKind::requirement, {normalized_distribution(name), {}, false}};
}

bool is_place(std::string_view text) {
  return text.starts_with('-') || text.starts_with('.') || text.starts_with('/') || text.starts_with('{') ||
         text.starts_with('$') || text.find("://") < text.find_first_of(" @;[");
}

/// The clauses in front of a marker, without the parentheses of old metadata; false when there is no sense in them.
bool read_versions(std::string_view text, std::string& versions) {
  text = trimmed(text);
  if (text.starts_with('(') && text.ends_with(')')) text = trimmed(text.substr(1, text.size() - 2));
  if (text.empty()) return true;
  if (text.starts_with('@')) return text.size() > 1;  // somewhere else, in a version that it does not say
  if (std::string_view("<>=!~^").find(text.front()) == npos) return false;
  const bool ends_in_operator = std::string_view("<>=!~^,").find(text.back()) != npos;
  versions = text;
  return !ends_in_operator && text.find("<<<") == npos && text.find(">>>") == npos;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white_space = " \t\n\v\f\r";
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  return text.substr(0, text.find_last_not_of(white_space) + 1);
}

ReadRequirement read_requirement(std::string_view text) {
  text = trimmed(text);
  if (is_place(text)) return from_address(text);
  text = trimmed(without_options(without_comment(text)));
  if (text.empty()) return {RequirementKind::elsewhere, {}};

  const std::size_t name_end = std::ranges::find_if_not(text, is_name_character) - text.begin();
  ReadRequirement read;
  read.requirement.name = normalized_distribution(text.substr(0, name_end));
  std::string_view rest = trimmed(text.substr(name_end));
  if (name_end == 0) return {RequirementKind::broken, {}};
  // `dist/x.whl`, `vendor/thing`.
  if (rest.starts_with('/')) return {RequirementKind::elsewhere, {}};
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == npos) return {RequirementKind::broken, {}};
    rest = trimmed(rest.substr(end + 1));
  }
  const std::size_t marker = rest.find(';');
  read.requirement.is_conditional = marker != npos && !trimmed(rest.substr(marker + 1)).empty();
  const bool makes_sense = read_versions(rest.substr(0, marker), read.requirement.versions);
  read.kind = makes_sense ? RequirementKind::requirement : RequirementKind::broken;
  return read;
}

}  // namespace hasten
