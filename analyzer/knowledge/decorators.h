#pragma once

// Decorators that give a test function another signature than its own, so that pytest fills other arguments with
// fixtures: written as [[decorator]] in rules/knowledge/*.toml, as [[tool.hasten.decorator]] for a project's own.

#include <cstdint>
#include <span>
#include <string_view>

#include "analyzer/knowledge/argument_ref.h"

namespace hasten {

struct KnownDecorator {
  std::string_view name;                      // dotted, canonical
  std::span<const std::string_view> removes;  // arguments that it passes itself, where the function has them
  std::span<const std::string_view> adds;     // arguments that pytest has to fill besides, where the function has none
  std::int32_t cases = 0;  // argument sets that it parametrizes the first of `adds` with; 0: not known
  ArgumentRef cases_from;  // its own argument that lists them instead, where it is given
  // Arguments that it fills by position: the first so many, one more for every element of `fills_each` (so many where
  // that is not given), one more where `fills_if` is true.
  std::int32_t fills = 0;
  std::int32_t fills_otherwise = 0;
  ArgumentRef fills_each;
  ArgumentRef fills_if;
  ArgumentRef suffix_of;  // its own argument whose texts may end in a suffix, which is the only one then
};

}  // namespace hasten
