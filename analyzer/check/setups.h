#pragma once

// How often code runs in one serial run of the suite: fixtures per set-up (collect/set_ups.h counts them), test bodies
// per case.

#include <span>

#include "analyzer/model/project.h"

namespace hasten {

/// How many set-ups of `fixture` are caused by one of `tests` (ascending, each of which uses it): what another test has
/// set up already is not counted again. A lower bound, at least one: exact unless the number is not known.
[[nodiscard]] std::uint32_t set_ups(const Project& project, FixtureId fixture, std::span<const TestId> tests);

/// Cases of all of `tests`; unknown counts as one.
[[nodiscard]] std::uint32_t cases(const Project& project, std::span<const TestId> tests);

}  // namespace hasten
