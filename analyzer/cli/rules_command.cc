#include <cstdlib>
#include <memory>

#include "analyzer/check/rule.h"
#include "analyzer/cli/color.h"
#include "analyzer/cli/command.h"
#include "analyzer/report/report.h"

namespace hasten {
namespace {

struct RulesOptions {
  std::optional<std::string> format;
  std::optional<std::string> color;
};

Action declare(Options& options);
ExitCode list_rules(const RulesOptions& options, Console& console);

}  // namespace

extern const Command rules_command;
const Command rules_command = {"rules", "List the rules", declare};

namespace {

Action declare(Options& options) {
  auto rules_options = std::make_shared<RulesOptions>();
  options.choice("--output-format", {"text", "json"}, rules_options->format, "text when nothing is said");
  options.choice("--color", {"auto", "always", "never"}, rules_options->color, "Colours; auto looks at the terminal");
  return [rules_options](Console& console) { return list_rules(*rules_options, console); };
}

ExitCode list_rules(const RulesOptions& options, Console& console) {
  if (options.format == "json") {
    console.print(report_rules_json(all_rules()));
    return ExitCode::clean;
  }
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  const ColorChoice choice = color_choice(options.color.value_or("auto"));
  const bool is_colored = wants_color(choice, console.out_is_terminal(), environment);
  console.print(report_rules_table(all_rules(), {.is_colored = is_colored}));
  return ExitCode::clean;
}

}  // namespace
}  // namespace hasten
