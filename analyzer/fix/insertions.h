#pragma once

// New lines for files, and the patch that puts them there.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hasten {

struct Insertion {
  std::uint32_t line = 0;  // one-based: it goes before this line; one past the last line appends
  std::string text;        // without the line end
  friend auto operator<=>(const Insertion&, const Insertion&) = default;
};

/// A unified diff for one file, as `git apply` and `patch -p1` read it; empty without insertions. `old` is the whole
/// file; its line ends are kept. Several insertions before one line keep their order.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view old, std::vector<Insertion> insertions);

}  // namespace hasten
