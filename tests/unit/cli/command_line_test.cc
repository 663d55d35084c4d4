#include "analyzer/cli/command_line.h"

#include <array>
#include <memory>

#include <gtest/gtest.h>

#include "analyzer/report/tool.h"

namespace hasten {
namespace {

struct Given {
  std::vector<std::string> rules, paths;
  std::optional<std::string> format;
  std::size_t workers = 0;
  bool is_quiet = false;
};
Given given;

const Command scan_command = {"scan", "Look at files", [](Options& options) -> Action {
                                auto mine = std::make_shared<Given>();
                                options.list("--select", "RULE", mine->rules, "Rules");
                                options.arguments("PATHS", mine->paths, "Folders");
                                options.choice("--format", {"text", "json"}, mine->format, "Form");
                                options.number("-j,--workers", "N", mine->workers, "Threads");
                                options.flag("-q,--quiet", mine->is_quiet, "Less");
                                return [mine](Console&) {
                                  given = *mine;
                                  return ExitCode::findings;
                                };
                              }};
const std::array<const Command*, 1> only_scan = {&scan_command};

Result<Action, ParseEnd> parse(std::vector<std::string> arguments) {
  return parse_command_line(only_scan, std::move(arguments));
}

TEST(CommandLineTest, FillsWhatTheCommandDeclared) {
  const auto action = parse({"scan", "--select", "HS2,HS301", "tests", "--select", "HS4", "-j2", "-q", "more"});
  ASSERT_TRUE(static_cast<bool>(action)) << action.reason().message;
  Console console;
  EXPECT_EQ((*action)(console), ExitCode::findings);
  EXPECT_EQ(given.rules, (std::vector<std::string>{"HS2", "HS301", "HS4"}));
  EXPECT_EQ(given.paths, (std::vector<std::string>{"tests", "more"}));
  EXPECT_EQ(given.workers, 2U);
  EXPECT_TRUE(given.is_quiet);
  EXPECT_FALSE(given.format.has_value());
}

TEST(CommandLineTest, WhatFollowsTwoDashesIsNoOption) {
  const auto action = parse({"scan", "--", "-q"});
  ASSERT_TRUE(static_cast<bool>(action)) << action.reason().message;
  Console console;
  static_cast<void>((*action)(console));
  EXPECT_EQ(given.paths, std::vector<std::string>{"-q"});
  EXPECT_FALSE(given.is_quiet);
}

TEST(CommandLineTest, BadUsageCannotWork) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{},
                                                                                         {"scan", "--nope"},
                                                                                         {"scan", "-j", "many"},
                                                                                         {"scan", "--format", "xml"},
                                                                                         {"scan", "--select"},
                                                                                         {"--nope"}}) {
    const auto action = parse(arguments);
    ASSERT_FALSE(static_cast<bool>(action));
    EXPECT_EQ(action.reason().code, ExitCode::could_not_work);
    EXPECT_FALSE(action.reason().message.empty());
  }
}

TEST(CommandLineTest, AMistypedCommandGetsASuggestion) {
  const auto action = parse({"scam"});
  ASSERT_FALSE(static_cast<bool>(action));
  EXPECT_NE(action.reason().message.find("did you mean `scan`?"), std::string::npos);
}

TEST(CommandLineTest, HelpAndVersionAreClean) {
  const auto help = parse({"--help"});
  ASSERT_FALSE(static_cast<bool>(help));
  EXPECT_EQ(help.reason().code, ExitCode::clean);
  EXPECT_NE(help.reason().message.find("Look at files"), std::string::npos);

  const auto command_help = parse({"scan", "--help"});
  ASSERT_FALSE(static_cast<bool>(command_help));
  EXPECT_NE(command_help.reason().message.find("--select RULE"), std::string::npos) << command_help.reason().message;

  const auto version = parse({"--version"});
  ASSERT_FALSE(static_cast<bool>(version));
  EXPECT_EQ(version.reason().message, "hasten " + std::string(tool_version) + "\n");
}

TEST(CommandLineTest, EveryCommandCanBeDeclaredBesideTheOthers) {
  const auto help = parse_command_line(commands(), {"--help"});
  ASSERT_FALSE(static_cast<bool>(help));
  for (const Command* command : commands()) {
    EXPECT_NE(help.reason().message.find(command->name), std::string::npos);
  }
}

}  // namespace
}  // namespace hasten
