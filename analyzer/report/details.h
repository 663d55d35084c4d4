#pragma once

// What there is to say about one test or one fixture, before it becomes text or JSON.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// One line of a closure drawn as a tree: who requests it is the nearest row above with a smaller depth.
struct ClosureRow {
  std::size_t depth = 0;
  NameId name;
  FixtureId fixture;                 // none: `request`, a parametrized name, or nothing that is known
  std::uint8_t is_repeated = 0;      // drawn above with all that it requests
  std::uint8_t is_overridden = 0;    // requested under its own name by the definition above it
  std::uint8_t is_dynamic = 0;       // by request.getfixturevalue
  std::uint8_t is_parametrized = 0;  // by a mark on the test
};

[[nodiscard]] std::vector<ClosureRow> closure_rows(const Project& project, const Test& test);

/// A mark as it is written: `pytest.mark.slow`.
struct WrittenMark {
  std::string text;
  Place place;
};

/// Of the function, its classes from the innermost out, and its module (C6).
[[nodiscard]] std::vector<WrittenMark> marks_of(const Project& project, const Test& test);

struct Neighbour {
  FixtureId fixture;
  std::size_t tests = 0;  // in how many tests the request is made
};

struct FixtureSurroundings {
  std::vector<TestId> users;             // ascending
  std::size_t direct_users = 0;          // those that request it themselves
  std::vector<Neighbour> requests;       // the definitions that it gets, ascending
  std::vector<Neighbour> requested_by;   // ascending
  std::vector<FixtureId> overrides;      // farther definitions that are seen where it stands, nearest first
  std::vector<FixtureId> overridden_by;  // definitions that hide it for some places
};

[[nodiscard]] FixtureSurroundings surroundings_of(const Project& project, FixtureId fixture);

}  // namespace hasten
