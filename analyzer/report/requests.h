#pragma once

// Who requests what in one test: the test itself (arguments, marks, autouse, getfixturevalue) and the fixtures that it
// uses, each resolved for this test (C4).

#include <compare>
#include <cstdint>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct RequestEdge {
  FixtureId from;  // none: the test
  NameId name;
  FixtureId to;                 // none: `request`, a parametrized name, or nothing that is known
  std::uint8_t is_dynamic = 0;  // by request.getfixturevalue
  friend auto operator<=>(const RequestEdge&, const RequestEdge&) = default;
};

/// The test's own requests first, in the order of its closure; then those of each fixture in signature order.
[[nodiscard]] std::vector<RequestEdge> requests_of(const Project& project, const Test& test);

/// The test has it set up: in its closure, behind an override, or dynamically.
[[nodiscard]] bool uses(const Test& test, FixtureId fixture);

}  // namespace hasten
