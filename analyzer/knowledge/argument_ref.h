#pragma once

// How entries of knowledge name an argument of a call.

#include <cstdint>
#include <string_view>

namespace hasten {

/// Which argument of a call carries a fact: by position, by keyword, or both. Positions count from 0 without `self`.
/// The keyword "self" means the object the method is called on (`path.write_text()`).
struct ArgumentRef {
  std::int8_t position = -1;
  std::string_view keyword;
  [[nodiscard]] constexpr bool given() const { return position >= 0 || !keyword.empty(); }
  [[nodiscard]] constexpr bool is_receiver() const { return keyword == "self"; }
};

}  // namespace hasten
