#pragma once

// Source lines around a place, with carets under it, as rustc and ruff draw them.

#include <cstddef>
#include <string>

#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"

namespace hasten {

struct FrameStyle {
  std::uint32_t lines_around = 2;
  std::size_t width = 120;  // columns, the gutter included
  std::size_t gutter = 2;   // columns for line numbers
  Ink caret = Ink::red;
};

/// Ends with a line end. Lines are cut around the place to fit the width; a cut end reads `...`.
[[nodiscard]] std::string code_frame(Places& places, Place place, const FrameStyle& style, const Paint& paint);

/// Columns that the line numbers of the frame need.
[[nodiscard]] std::size_t gutter_width(Places& places, Place place, const FrameStyle& style);

}  // namespace hasten
