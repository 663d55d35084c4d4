#pragma once

// Colours of a terminal, or none.

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/model/finding.h"
#include "analyzer/report/report.h"

namespace hasten {

enum class Ink : std::uint8_t { bold, dim, cyan, red, yellow, blue };

class Paint {
 public:
  explicit Paint(const TextStyle& style) : is_on_(style.is_colored) {}

  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool is_on_;
};

[[nodiscard]] Ink ink_of(Severity severity);

}  // namespace hasten
