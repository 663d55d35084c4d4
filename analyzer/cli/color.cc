#include "analyzer/cli/color.h"

namespace hasten {
namespace {

std::string_view text_of(Environment environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? std::string_view() : value;
}

bool forces(std::string_view value) { return !value.empty() && value != "0"; }

}  // namespace

ColorChoice color_choice(std::string_view word) {
  if (word == "always") return ColorChoice::always;
  return word == "never" ? ColorChoice::never : ColorChoice::automatic;
}

bool wants_color(ColorChoice choice, bool is_terminal, Environment environment) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (!text_of(environment, "NO_COLOR").empty()) return false;
  if (forces(text_of(environment, "FORCE_COLOR")) || forces(text_of(environment, "CLICOLOR_FORCE"))) return true;
  if (text_of(environment, "CLICOLOR") == "0") return false;
  return is_terminal && text_of(environment, "TERM") != "dumb";
}

}  // namespace hasten
