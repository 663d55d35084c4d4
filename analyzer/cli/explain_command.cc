#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/rule.h"
#include "analyzer/cli/color.h"
#include "analyzer/cli/command.h"
#include "analyzer/report/report.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

struct ExplainOptions {
  std::string rule;
  std::optional<std::string> color;
};

Action declare(Options& options);
ExitCode explain(const ExplainOptions& options, Console& console);
const Rule* rule_called(std::string_view code_or_name);
std::string_view meant_rule(std::string_view written);

}  // namespace

extern const Command explain_command;
const Command explain_command = {"explain", "Print the page of a rule: what it flags, what not, what to do instead",
                                 declare};

namespace {

Action declare(Options& options) {
  auto explain_options = std::make_shared<ExplainOptions>();
  options.argument("RULE", explain_options->rule, "Its code (HS201) or its name (sleep-in-test)");
  options.choice("--color", {"auto", "always", "never"}, explain_options->color, "Colours; auto looks at the terminal");
  return [explain_options](Console& console) { return explain(*explain_options, console); };
}

ExitCode explain(const ExplainOptions& options, Console& console) {
  const Rule* rule = rule_called(options.rule);
  if (rule == nullptr) {
    const std::string_view meant = meant_rule(options.rule);
    const std::string advice = meant.empty() ? "hasten rules lists all" : fmt::format("did you mean `{}`?", meant);
    console.complain(fmt::format("hasten: there is no rule `{}`; {}\n", options.rule, advice));
    return ExitCode::could_not_work;
  }
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  const ColorChoice choice = color_choice(options.color.value_or("auto"));
  console.print(report_rule_page(*rule, {.is_colored = wants_color(choice, console.out_is_terminal(), environment)}));
  return ExitCode::clean;
}

/// Codes are forgiven their case.
const Rule* rule_called(std::string_view code_or_name) {
  if (const Rule* rule = find_rule(code_or_name)) return rule;
  std::string upper(code_or_name);
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return find_rule(upper);
}

std::string_view meant_rule(std::string_view written) {
  std::vector<std::string_view> words;
  for (const Rule* rule : all_rules()) words.insert(words.end(), {rule->code, rule->name});
  return nearest_word(written, words);
}

}  // namespace
}  // namespace hasten
