#pragma once

// "did you mean": the known word that a mistyped one stands for.

#include <span>
#include <string_view>

namespace hasten {

/// The first of `known` with the fewest edits, if those are at most a third of the length; else empty. Words of more
/// than 64 bytes have no suggestion.
[[nodiscard]] std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known);

}  // namespace hasten
