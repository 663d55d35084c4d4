#include "analyzer/report/sarif_rules.h"

#include "analyzer/report/rule_text.h"
#include "analyzer/report/sarif_text.h"

namespace hasten {
namespace {

constexpr std::size_t longest_description = 1024;  // GitHub rejects more

/// GitHub's words: a note is a recommendation.
std::string_view problem_severity(Severity severity) {
  return severity == Severity::info ? "recommendation" : to_string(severity);
}

/// SleepInTest for sleep-in-test: the form that SARIF viewers expect of a name.
std::string pascal_case(std::string_view kebab) {
  std::string out;
  bool begins_word = true;
  for (const char c : kebab) {
    const bool is_lower = c >= 'a' && c <= 'z';
    if (c != '-') out += begins_word && is_lower ? static_cast<char>(c - 'a' + 'A') : c;
    begins_word = c == '-';
  }
  return out;
}

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 32);
  if (!out.ends_with('.')) out += '.';
  return out;
}

void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object().member("text", shortened(sentence(text), longest_description)).end_object();
}

void write_tags(JsonWriter& json, const Rule& rule) {
  json.begin_array().text("pytest");
  for (std::size_t i = 0; i < effect_kinds; ++i) {
    const auto kind = static_cast<EffectKind>(i);
    if (rule.wants.has(kind)) json.text(to_string(kind));
  }
  json.end_array();
}

void write_rule(JsonWriter& json, const Rule& rule) {
  json.begin_object().member("id", rule.code).member("name", pascal_case(rule.name));
  write_text(json, "shortDescription", rule.summary);
  write_text(json, "fullDescription", lead_paragraph(rule));
  json.key("help").begin_object();
  json.member("text", rule.help.empty() ? sentence(rule.summary) : sentence(rule.help));
  json.member("markdown", rule.page.empty() ? rule.summary : rule.page).end_object();
  if (const std::string_view reference = first_reference(rule); !reference.empty()) json.member("helpUri", reference);

  json.key("defaultConfiguration").begin_object().member("level", sarif_level(rule.severity)).end_object();
  json.key("properties").begin_object();
  json.member("precision", to_string(rule.confidence)).member("problem.severity", problem_severity(rule.severity));
  write_tags(json.key("tags"), rule);
  json.end_object().end_object();
}

}  // namespace

void write_sarif_rules(JsonWriter& json, std::span<const Rule* const> rules) {
  json.begin_array();
  for (const Rule* rule : rules) write_rule(json, *rule);
  json.end_array();
}

std::string_view sarif_level(Severity severity) { return severity == Severity::info ? "note" : to_string(severity); }

}  // namespace hasten
