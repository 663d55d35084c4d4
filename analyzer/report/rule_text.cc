#include "analyzer/report/rule_text.h"

#include <algorithm>

namespace hasten {
namespace {

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

std::string lead_paragraph(const Rule& rule) {
  std::string_view page = rule.page;
  std::string lead;
  while (!page.empty()) {
    const std::string_view line = next_line(page);
    const bool is_outside = is_blank(line) || line.starts_with('#');
    if (is_outside && lead.empty()) continue;
    if (is_outside) break;
    if (!lead.empty()) lead += ' ';
    lead += line;
  }
  return lead.empty() ? std::string(rule.summary) : lead;
}

std::string_view first_reference(const Rule& rule) {
  const std::size_t section = rule.page.find("\n## References");
  if (section == std::string_view::npos) return {};
  const std::size_t begin = rule.page.find("https://", section);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = rule.page.find_first_of(" \t\n)>\"", begin);
  return rule.page.substr(begin, end == std::string_view::npos ? end : end - begin);
}

std::string_view to_string(FixKind fix) {
  switch (fix) {
    case FixKind::none: return "none";
    case FixKind::safe: return "safe";
    case FixKind::unsafe: return "unsafe";
  }
  return "?";
}

}  // namespace hasten
