#pragma once

// What a function does with the value that one of its parameters holds: reads it, changes it, or hands it to code that
// cannot be followed. This is what the proof that tests may share a value rests on, so what is not known to be harmless
// is unsettled. Calls of project functions are followed a few steps; local names that take the value or a part of it
// are followed within the function, whatever the order of its statements.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct ValueUse {
  enum class Kind : std::uint8_t {
    unsettled,   // `client.post(...)`, `run(client)`: may change it
    method,      // `names.append(...)`: changes it if it is what it looks like
    assignment,  // `app.debug = True`, `del table["x"]`: changes it
    handed_on,   // returned or yielded: whoever gets it has the value
  };
  Kind kind{};
  Place place;
  std::string target;  // what is changed or called, as far as it is a name: `app.config`, `client.post`
  FunctionRef in;      // the function it stands in, if that is another one
};

/// Everything but reading, in source order; what is behind a call stands at the place in the other function.
[[nodiscard]] std::vector<ValueUse> uses_of_parameter(const Project& project, FunctionRef function,
                                                      std::string_view parameter);

[[nodiscard]] bool is_change(const ValueUse& use);

}  // namespace hasten
