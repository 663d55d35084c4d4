#pragma once

// How far a mask reaches in the function that switches it on: to the end of the `with` that enters it, itself or by an
// ExitStack; to the call that stops it or goes back; to the end of the function.

#include <cstddef>
#include <vector>

#include "analyzer/effects/masks.h"

namespace hasten {

/// The masks from `first` on, `count` of them, that one call switches on.
struct SwitchedOn {
  CallId call;
  const Api* api = nullptr;
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Fills extent and lasts of the masks. A stop that stands in a branch ends nothing.
void set_extents(FunctionRef function, const std::vector<SwitchedOn>& switches, const ProjectTables& tables,
                 Calls& calls, std::vector<Mask>& masks);

/// How long what a `with` enters lasts.
struct WithExtent {
  TextRange block;
  bool lasts = false;  // beyond the function: it yields in the block
};
/// `item` is one of a `with`.
[[nodiscard]] WithExtent with_extent(const FileModel& model, StatementId item);

}  // namespace hasten
