#pragma once

// Which values of parameters pytest takes for the same (C13): equal ones from 8.3 on, one and the same object before.
// Only what is written down is compared; what is computed equals nothing but itself.

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "analyzer/collect/pytest_rules.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// Equal numbers are equal values.
using ParameterValue = std::uint32_t;

class ParameterValues {
 public:
  ParameterValues(const Literals& literals, const PytestRules& rules) : literals_(literals), rules_(rules) {}

  [[nodiscard]] ParameterValue of(Site site);
  /// The first of `count` values that differ from every other; no more than can be told apart are needed.
  [[nodiscard]] ParameterValue unique(std::size_t count = 1) {
    const ParameterValue first = next_;
    next_ += static_cast<ParameterValue>(std::min<std::size_t>(count, 1U << 22));
    return first;
  }
  [[nodiscard]] ParameterValue no_parameter();

 private:
  [[nodiscard]] std::string equal_text(Site site) const;
  [[nodiscard]] std::string identical_text(Site site) const;
  [[nodiscard]] ParameterValue numbered(std::string text);

  const Literals& literals_;
  const PytestRules& rules_;
  std::unordered_map<std::string, ParameterValue> numbers_;
  ParameterValue next_ = 0;
};

}  // namespace hasten
