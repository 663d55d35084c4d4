#pragma once

// Something of the input that could not be used: bad bytes, bad syntax, bad configuration, an unreadable folder. Never
// an abort: the rest is analysed. Printed on stderr as `path:line:column: problem: message`.

#include <compare>
#include <cstdint>
#include <string>

namespace hasten {

enum class ProblemSeverity : std::uint8_t {
  warning,  // the answer may lack something
  error,    // what was asked for could not be done (exit 2)
};

struct Problem {
  ProblemSeverity severity = ProblemSeverity::warning;
  std::string path;          // as printed: relative to the root directory
  std::uint32_t line = 0;    // one-based; 0: the file as a whole
  std::uint32_t column = 0;  // one-based in code points; 0: unknown
  std::string message;       // what, and what was expected; lower case, no full stop
  friend auto operator<=>(const Problem&, const Problem&) = default;
};

}  // namespace hasten
