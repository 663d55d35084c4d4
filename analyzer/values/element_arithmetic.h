#pragma once

// Adding and multiplying numbers of elements that may be unknown, for the files that count them.

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "analyzer/values/literals.h"

namespace hasten {

inline constexpr int most_nesting = 12;
inline constexpr std::int64_t most_elements = std::numeric_limits<std::int32_t>::max();

inline ElementCount known_count(std::int64_t count) {
  if (count < 0 || count > most_elements) return {{}, "more than can be counted"};
  return {{static_cast<std::int32_t>(count)}, {}};
}

inline ElementCount unknown_count(std::string reason) { return {{}, std::move(reason)}; }

inline ElementCount sum(const ElementCount& left, const ElementCount& right) {
  if (!left.count.known()) return left;
  if (!right.count.known()) return right;
  return known_count(std::int64_t{left.count.value} + right.count.value);
}

inline ElementCount product(const ElementCount& left, const ElementCount& right) {
  if (!left.count.known()) return left;
  if (!right.count.known()) return right;
  return known_count(std::int64_t{left.count.value} * right.count.value);
}

}  // namespace hasten
