#include "analyzer/model/group_names.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace hasten {
namespace {

constexpr std::size_t longest_name = 40;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string slug(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (is_plain(c)) {
      plain += c;
    } else if (!plain.empty() && plain.back() != '-') {
      plain += '-';
    }
  }
  if (plain.size() > longest_name) plain = plain.substr(plain.size() - longest_name);
  while (plain.starts_with('-')) plain.erase(0, 1);
  while (plain.ends_with('-')) plain.pop_back();
  return plain;
}

std::string slug_of(const Project& project, const Group& group) {
  if (group.resources.empty()) return "group";
  const Resource& resource = project->resources[group.resources[0]];
  return slug(fmt::format("{} {}", to_string(resource.kind), project.name(resource.name)));
}

/// The first literal name that a test of the group has been given.
std::string marked_name(const Project& project, const Group& group) {
  for (const TestId test : group.tests) {
    for (const std::string_view name : marked_groups(project, project->tests[test])) {
      if (!name.empty()) return std::string(name);
    }
  }
  return {};
}

}  // namespace

std::vector<std::string_view> marked_groups(const Project& project, const Test& test) {
  std::vector<std::string_view> names;
  for (const TestMark& mark : test.marks) {
    if (project.name(mark.name) != "xdist_group") continue;
    if (!mark.call) {
      names.push_back("default");
      continue;
    }
    const FileModel& model = project.model(mark.call.file);
    ExprId name = model.keyword(mark.call.id, "name");
    if (!name) name = model.positional(mark.call.id, 0);
    const bool is_literal = name && model.exprs[name].kind == ExprKind::string;
    names.push_back(is_literal ? model.word(name) : std::string_view(name ? "" : "default"));
  }
  return names;
}

std::vector<std::string> group_names(const Project& project) {
  std::vector<std::string> names, marked;
  std::map<std::string, std::size_t> uses;
  for (const Group& group : project->groups) {
    marked.push_back(marked_name(project, group));
    ++uses[names.emplace_back(marked.back().empty() ? slug_of(project, group) : marked.back())];
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (marked[at].empty() && uses[names[at]] > 1) names[at] = fmt::format("{}-{}", names[at], at + 1);
  }
  return names;
}

}  // namespace hasten
