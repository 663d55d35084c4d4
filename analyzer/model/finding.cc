#include "analyzer/model/finding.h"

namespace hasten {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "?";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::low: return "low";
    case Confidence::medium: return "medium";
    case Confidence::high: return "high";
  }
  return "?";
}

std::optional<Confidence> confidence_named(std::string_view word) {
  for (const Confidence confidence : {Confidence::low, Confidence::medium, Confidence::high}) {
    if (to_string(confidence) == word) return confidence;
  }
  return std::nullopt;
}

}  // namespace hasten
