#pragma once

// What in a collection of argument values is not the same in every process. Follows constants, the usual ways to build
// a list, and functions of the project that return one; what is not followed counts as steady.

#include <optional>
#include <string>

#include "analyzer/model/collection_facts.h"
#include "analyzer/values/literals.h"

namespace hasten {

struct UnsteadyValue {
  Unsteady why{};
  Site site;           // the set, the call
  std::string source;  // `os.listdir`, `set`
};

/// The first that is found in `values`. `are_tuples`: each value stands for several arguments.
[[nodiscard]] std::optional<UnsteadyValue> unsteady_value(const Literals& literals, Site values, bool are_tuples);

}  // namespace hasten
