#include "analyzer/check/catalogue.h"

#include <algorithm>
#include <array>

namespace hasten {
namespace {

// In the order of their digits, from 1.
constexpr std::array<std::string_view, 7> families = {"fixtures",   "time",          "state", "resources",
                                                      "collection", "configuration", "ci"};

}  // namespace

const Rule* find_rule(std::string_view code_or_name) {
  const auto found = std::ranges::find_if(
      all_rules(), [&](const Rule* rule) { return rule->code == code_or_name || rule->name == code_or_name; });
  return found == all_rules().end() ? nullptr : *found;
}

char family_digit(std::string_view family) {
  const auto found = std::ranges::find(families, family);
  if (found == families.end()) return '\0';
  return static_cast<char>('1' + (found - families.begin()));
}

}  // namespace hasten
