#include "analyzer/report/paint.h"

#include <fmt/format.h>

namespace hasten {
namespace {

std::string_view escape(Ink ink) {
  switch (ink) {
    case Ink::bold: return "\x1b[1m";
    case Ink::dim: return "\x1b[2m";
    case Ink::cyan: return "\x1b[36m";
    case Ink::red: return "\x1b[1;31m";
    case Ink::yellow: return "\x1b[1;33m";
    case Ink::blue: return "\x1b[1;34m";
  }
  return "";
}

}  // namespace

std::string Paint::operator()(Ink ink, std::string_view text) const {
  return is_on_ ? fmt::format("{}{}\x1b[0m", escape(ink), text) : std::string(text);
}

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::info: return Ink::blue;
    case Severity::warning: return Ink::yellow;
    case Severity::error: return Ink::red;
  }
  return Ink::bold;
}

}  // namespace hasten
