#pragma once

// How far a mask reaches in the function that switches it on: to the end of the `with` that enters it, itself or by an
// ExitStack; to the call that stops it; to the end of the function.

#include <cstddef>
#include <vector>

#include "analyzer/effects/masks.h"

namespace hasten {

/// The masks from `first` on, `count` of them, that one call switches on.
struct SwitchedOn {
  CallId call;
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Fills extent and lasts of the masks. A stop that stands in a branch ends nothing.
void set_extents(FunctionRef function, const std::vector<SwitchedOn>& switches, const ProjectTables& tables,
                 Calls& calls, std::vector<Mask>& masks);

}  // namespace hasten
