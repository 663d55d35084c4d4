#pragma once

// Whether several tests may share what is now set up for each of them: the proof that a wider scope is safe, or the
// link that stands in its way. Advice to widen is given only with a proof, since a value that one test changes and the
// next one reads makes results depend on their order.
//
// A proof needs all of: what the fixture asks for lives as long; it knows nothing of the single test (request.node, its
// instance, parameters of its marks); it changes no state of the process for the time of one test; nothing that must be
// set up first is set up for each test; and no test or fixture that gets the value changes it or hands it to code that
// cannot be followed.

#include <span>
#include <string>

#include "analyzer/model/project.h"

namespace hasten {

struct WiderScope {
  enum class Verdict : std::uint8_t {
    safe,       // up to `widest`
    blocked,    // by `link`
    unsettled,  // `link` would have to be looked at
  };
  Verdict verdict{};
  Scope widest = Scope::function;
  std::string link;  // a clause: "its function-scoped `tmp_path` keeps it from a wider scope"
  Place place;       // of the link; none where there is none to show
};

/// May `fixture` (of function or class scope, with code) be set up once for all of `tests`?
[[nodiscard]] WiderScope wider_scope(const Project& project, FixtureId fixture, std::span<const TestId> tests);

}  // namespace hasten
