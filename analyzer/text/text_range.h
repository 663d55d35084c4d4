#pragma once

// Places are byte offsets; lines and columns are computed when something is printed.

#include <algorithm>
#include <compare>
#include <cstdint>

namespace hasten {

/// Bytes [begin, end) of one file.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(TextRange inner) const { return begin <= inner.begin && inner.end <= end; }
  friend constexpr auto operator<=>(TextRange, TextRange) = default;
};
static_assert(sizeof(TextRange) == 8);

}  // namespace hasten
