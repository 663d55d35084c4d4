#pragma once

// Decorators that give a test function another signature than its own, so that pytest fills other arguments with
// fixtures: written as [[decorator]] in rules/knowledge/*.toml, as [[tool.hasten.decorator]] for a project's own.

#include <span>
#include <string_view>

namespace hasten {

struct KnownDecorator {
  std::string_view name;                      // dotted, canonical
  std::span<const std::string_view> removes;  // arguments that it passes itself, where the function has them
  std::span<const std::string_view> adds;     // arguments that pytest has to fill besides, where the function has none
};

}  // namespace hasten
