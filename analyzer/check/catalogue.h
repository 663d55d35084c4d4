#pragma once

// Where each rule was written; what keeps file names, codes and names in step. all_rules() itself is generated.

#include <span>
#include <string_view>

#include "analyzer/check/rule.h"

namespace hasten {

struct RuleOrigin {
  const Rule* rule = nullptr;
  std::string_view family;  // the folder under rules/: `time`
  std::string_view file;    // the file without .cc: `sleep_in_test`
};

/// In the order of their files.
[[nodiscard]] std::span<const RuleOrigin> rule_origins();

/// The digit of a family's codes: `time` is '2'; '\0' when there is no such family.
[[nodiscard]] char family_digit(std::string_view family);

}  // namespace hasten
