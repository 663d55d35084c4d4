#pragma once

// How often code runs in one serial run of the suite: fixtures per the scope they are cached for (C17), test bodies per
// case.

#include <span>

#include "analyzer/model/project.h"

namespace hasten {

/// How often `fixture` is set up for `tests` (ascending, each of which uses it): once per case of each test for
/// function scope, else once per class, module, package or session that the tests lie in, times its own parameters. A
/// test with an unknown number of cases counts as one, so this is a lower bound.
[[nodiscard]] std::uint32_t set_ups(const Project& project, FixtureId fixture, std::span<const TestId> tests);

/// Cases of all of `tests`; unknown counts as one.
[[nodiscard]] std::uint32_t cases(const Project& project, std::span<const TestId> tests);

}  // namespace hasten
