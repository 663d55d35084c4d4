#pragma once

// Tests of Hypothesis, and how many examples they run: what `settings` and profiles say in the code.

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct Examples {
  double number = 0;  // as written
  Place place;        // of `max_examples=5000`
};

/// Is the function decorated with `given`?
[[nodiscard]] bool is_property_test(const Project& project, FunctionRef function);

/// What a `settings` decorator of a property test says; none when it says nothing, or what only a run can tell.
[[nodiscard]] std::optional<Examples> examples_of(const Project& project, FunctionRef function);

/// A profile that is registered with a number of examples and loaded at module level, without condition: by name, or as
/// the default of an environment variable.
struct LoadedProfile {
  std::string_view name;
  Examples examples;
  Place loaded;
};
[[nodiscard]] std::vector<LoadedProfile> loaded_profiles(const Project& project);

}  // namespace hasten
