#include "analyzer/report/summary.h"

#include <fmt/format.h>

namespace hasten {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string summary_line(std::size_t findings) {
  return findings == 0 ? "No findings." : fmt::format("Found {}.", counted(findings, "finding"));
}

}  // namespace hasten
