#pragma once

// Before parsing: takes out what nobody writes and what costs a parser more than linear time. Offsets stay as they are:
// bytes are blanked, never removed, and line ends stay.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hasten {

struct Guarded {
  std::string bytes;
  std::optional<std::uint32_t> deep_at;  // the first bracket that is nested too deeply
};

/// None for the usual source, which is parsed as it is. Blanks brackets nested deeper than FileModel::max_depth and
/// long runs of lines that hold only a continuation backslash.
[[nodiscard]] std::optional<Guarded> guard(std::string_view bytes);

/// Blanks the line of `offset`, or everything from there on.
enum class Extent : std::uint8_t { line, rest };
void blank_at(std::string& bytes, std::uint32_t offset, Extent extent);

}  // namespace hasten
