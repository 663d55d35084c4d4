#include "analyzer/values/slice_bounds.h"

namespace hasten {

std::optional<SliceBounds> slice_bounds(const FileModel& file, ExprId slice) {
  const TextRange range = file.exprs[slice].range;
  const ExprId first = file.first_child(slice);
  if (!first) return range.end - range.begin == 1 ? std::optional(SliceBounds()) : std::nullopt;
  const TextRange at = file.exprs[first].range;
  const ExprId second = file.next(first);
  if (second) {
    const bool is_plain = at.begin == range.begin && file.exprs[second].range.begin == at.end + 1 &&
                          file.exprs[second].range.end == range.end;
    return is_plain ? std::optional(SliceBounds{first, second}) : std::nullopt;
  }
  if (at.begin == range.begin && range.end == at.end + 1) return SliceBounds{first, {}};
  if (at.begin == range.begin + 1 && at.end == range.end) return SliceBounds{{}, first};
  return std::nullopt;
}

}  // namespace hasten
