#include "analyzer/cli/color.h"

#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace hasten {
namespace {

std::map<std::string, std::string, std::less<>> variables;

const char* lookup(const char* name) {
  const auto found = variables.find(std::string_view(name));
  return found == variables.end() ? nullptr : found->second.c_str();
}

bool colored(std::map<std::string, std::string, std::less<>> environment, bool is_terminal) {
  variables = std::move(environment);
  return wants_color(ColorChoice::automatic, is_terminal, lookup);
}

TEST(ColorTest, TheOptionBeatsEverything) {
  variables = {{"NO_COLOR", "1"}};
  EXPECT_TRUE(wants_color(ColorChoice::always, false, lookup));
  variables = {{"FORCE_COLOR", "1"}};
  EXPECT_FALSE(wants_color(ColorChoice::never, true, lookup));
}

TEST(ColorTest, NoColorBeatsForceColor) { EXPECT_FALSE(colored({{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, true)); }

TEST(ColorTest, AnEmptyVariableSaysNothing) {
  EXPECT_TRUE(colored({{"NO_COLOR", ""}}, true));
  EXPECT_FALSE(colored({{"FORCE_COLOR", ""}}, false));
}

TEST(ColorTest, ForcingWorksWithoutATerminal) {
  EXPECT_TRUE(colored({{"FORCE_COLOR", "1"}}, false));
  EXPECT_TRUE(colored({{"CLICOLOR_FORCE", "1"}, {"CLICOLOR", "0"}}, false));
  EXPECT_FALSE(colored({{"CLICOLOR_FORCE", "0"}}, false));
}

TEST(ColorTest, OtherwiseTheTerminalDecides) {
  EXPECT_TRUE(colored({}, true));
  EXPECT_FALSE(colored({}, false));
  EXPECT_FALSE(colored({{"TERM", "dumb"}}, true));
  EXPECT_FALSE(colored({{"CLICOLOR", "0"}}, true));
}

}  // namespace
}  // namespace hasten
