#pragma once

// What is written of `[start:stop]`. The rows do not say on which side of the colon a lone bound stands; its place
// does.

#include <optional>

#include "analyzer/model/file_model.h"

namespace hasten {

struct SliceBounds {
  ExprId start, stop;  // none where nothing is written
};

/// Nothing for a slice with a step.
[[nodiscard]] std::optional<SliceBounds> slice_bounds(const FileModel& file, ExprId slice);

}  // namespace hasten
