#pragma once

// How often a fixture is set up when pytest-xdist spreads the suite over workers (C18): what holds for any timing, so
// an upper bound. Every worker has its own session and runs what it gets in its own order.

#include <cstdint>
#include <string_view>

#include "analyzer/model/project.h"

namespace hasten {

/// What `--dist` can be (F8).
enum class Distribution : std::uint8_t { load, loadscope, loadfile, loadgroup, worksteal, each };
inline constexpr Distribution all_distributions[] = {Distribution::load,      Distribution::loadscope,
                                                     Distribution::loadfile,  Distribution::loadgroup,
                                                     Distribution::worksteal, Distribution::each};
[[nodiscard]] std::string_view to_string(Distribution distribution);

/// No run with `workers` workers (at least 1) sets the fixture up more often. Unknown when the number of a serial run
/// is.
///
/// load:              a worker runs a part of the serial order, so no owner needs more set-ups in it than serially
/// loadscope/file:    a class, the functions of a module, or a module runs on one worker in one go
/// loadgroup,
/// worksteal:         any item may come after one of another owner; only what belongs to the session is shared for sure
/// each:              every worker runs everything
[[nodiscard]] Count most_set_ups(const Project& project, FixtureId fixture, Distribution distribution,
                                 std::uint32_t workers);

}  // namespace hasten
