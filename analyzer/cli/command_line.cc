// The only file that sees CLI11.

#include "analyzer/cli/command_line.h"

#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "analyzer/report/tool.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

/// Empty when the first word is a command or an option.
std::string unknown_command(std::span<const Command* const> commands, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) return {};
  std::vector<std::string_view> names;
  for (const Command* command : commands) names.push_back(command->name);
  if (std::ranges::find(names, arguments.front()) != names.end()) return {};

  const std::string_view meant = nearest_word(arguments.front(), names);
  const std::string advice =
      meant.empty() ? "hasten --help lists the commands" : fmt::format("did you mean `{}`?", meant);
  return fmt::format("hasten: there is no command `{}`; {}\n", arguments.front(), advice);
}

}  // namespace

Result<Action, ParseEnd> parse_command_line(std::span<const Command* const> commands,
                                            std::vector<std::string> arguments) {
  if (std::string message = unknown_command(commands, arguments); !message.empty()) {
    return ParseEnd{ExitCode::could_not_work, std::move(message)};
  }

  CLI::App app("Finds what makes a pytest suite slow or unsafe to run in parallel, without running it.", "hasten");
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", fmt::format("{} {}", tool_name, tool_version));
  app.footer("Ends with 0 when there is nothing to report, 1 with findings, 2 when it could not work.");
  std::vector<Action> actions;
  for (const Command* command : commands) {
    CLI::App* sub = app.add_subcommand(std::string(command->name), std::string(command->summary));
    Options options(*sub);
    actions.push_back(command->declare(options));
  }

  try {
    std::ranges::reverse(arguments);  // as CLI11 wants them
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return ParseEnd{ExitCode::clean, app.help()};  // of the command, when one was named
  } catch (const CLI::CallForVersion& version) {
    return ParseEnd{ExitCode::clean, fmt::format("{}\n", version.what())};
  } catch (const CLI::ParseError& error) {
    return ParseEnd{ExitCode::could_not_work, fmt::format("hasten: {}\n", error.what())};
  }

  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (app.got_subcommand(std::string(commands[i]->name))) return actions[i];
  }
  return ParseEnd{ExitCode::could_not_work, app.help()};
}

ExitCode run_command_line(std::vector<std::string> arguments, Console& console) {
  const Result<Action, ParseEnd> action = parse_command_line(commands(), std::move(arguments));
  if (action) {
    const ExitCode code = (*action)(console);
    return console.has_failed() ? ExitCode::could_not_work : code;
  }

  const ParseEnd& end = action.reason();
  if (end.code == ExitCode::clean) {
    console.print(end.message);
  } else {
    console.complain(end.message);
  }
  return console.has_failed() ? ExitCode::could_not_work : end.code;
}

Options& Options::flag(const std::string& names, bool& is_given, const std::string& help) {
  app_.add_flag(names, is_given, help);
  return *this;
}

Options& Options::text(const std::string& names, const std::string& value, std::optional<std::string>& target,
                       const std::string& help) {
  app_.add_option(names, target, help)->type_name(value);
  return *this;
}

Options& Options::number(const std::string& names, const std::string& value, std::size_t& target,
                         const std::string& help) {
  app_.add_option(names, target, help)->type_name(value);
  return *this;
}

Options& Options::list(const std::string& names, const std::string& value, std::vector<std::string>& target,
                       const std::string& help) {
  // One argument per option, or `--select HS2 tests` would take the path for a rule.
  app_.add_option(names, target, help)->type_name(value)->delimiter(',')->allow_extra_args(false);
  return *this;
}

Options& Options::choice(const std::string& names, const std::vector<std::string>& words,
                         std::optional<std::string>& target, const std::string& help) {
  app_.add_option(names, target, help)
      ->type_name(fmt::format("{}", fmt::join(words, "|")))
      ->check([words](const std::string& given) {
        if (std::ranges::find(words, given) != words.end()) return std::string();
        return fmt::format("`{}` is none of {}", given, fmt::join(words, ", "));
      });
  return *this;
}

Options& Options::arguments(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  app_.add_option(name, target, help)->type_name("");
  return *this;
}

Options& Options::argument(const std::string& name, std::string& target, const std::string& help) {
  app_.add_option(name, target, help)->type_name("")->required();
  return *this;
}

}  // namespace hasten
