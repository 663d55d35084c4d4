#include <algorithm>

#include <fmt/format.h>

#include "analyzer/report/json_writer.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/report.h"
#include "analyzer/report/rule_text.h"

namespace hasten {

std::string report_rules_table(std::span<const Rule* const> rules, const TextStyle& style) {
  std::size_t longest = 0;
  for (const Rule* rule : rules) longest = std::max(longest, rule->name.size());

  const Paint paint(style);
  std::string out;
  for (const Rule* rule : rules) {
    out += fmt::format("{}  {:<{}}  {:<7}  {}\n", paint(ink_of(rule->severity), rule->code), rule->name, longest,
                       to_string(rule->severity), rule->summary);
  }
  return out;
}

std::string report_rules_json(std::span<const Rule* const> rules) {
  JsonWriter json;
  json.begin_array();
  for (const Rule* rule : rules) {
    json.begin_object().member("code", rule->code).member("name", rule->name).member("summary", rule->summary);
    json.member("severity", to_string(rule->severity)).member("confidence", to_string(rule->confidence));
    json.member("fix", to_string(rule->fix)).member("since", rule->since);
    json.key("effects").begin_array();
    for (std::size_t i = 0; i < effect_kinds; ++i) {
      const auto kind = static_cast<EffectKind>(i);
      if (rule->wants.has(kind)) json.text(to_string(kind));
    }
    json.end_array();
    json.member("help", rule->help).member("page", rule->page).end_object();
  }
  json.end_array();
  return std::move(json).document();
}

std::string report_rule_page(const Rule& rule, const TextStyle& style) {
  const Paint paint(style);
  std::string text = fmt::format("# {} {}\n\n", rule.code, rule.name);
  text += fmt::format("{}; severity {}, confidence {}, since {}\n\n", rule.summary, to_string(rule.severity),
                      to_string(rule.confidence), rule.since);
  std::string_view page = rule.page;
  page.remove_prefix(std::min(page.find_first_not_of('\n'), page.size()));
  text += page;
  if (!text.ends_with('\n')) text += '\n';
  if (!style.is_colored) return text;

  std::string out;
  bool in_fence = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const bool is_fence = line.starts_with("```");
    if (is_fence) in_fence = !in_fence;
    const bool is_heading = !in_fence && line.starts_with('#');
    out += is_heading ? paint(Ink::bold, line) : is_fence ? paint(Ink::dim, line) : std::string(line);
    out += '\n';
    begin = end + 1;
  }
  return out;
}

}  // namespace hasten
