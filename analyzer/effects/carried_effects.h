#pragma once

// `def write(path): open(path, "w")` writes where its callers say: `write("report.csv")` is a write to report.csv. What
// the parameters of a function leave open about its effects is looked up at each call that passes them, over several
// calls if need be; the effect then is the caller's own, with the calls that lead to the API.
//
// Only paths, databases, ports, addresses and seconds; changes of state name what they change where they stand.
// Bounded: `max_hops` calls between who says it and the API, `max_callers` callers of one function, `max_carried`
// effects of one caller, and `max_questions` calls in all.

#include <cstddef>

#include "analyzer/effects/bodies.h"

namespace hasten {

inline constexpr std::size_t max_hops = 4;
inline constexpr std::size_t max_callers = 512;
inline constexpr std::size_t max_carried = 64;
inline constexpr std::size_t max_questions = 100'000;

void add_carried_effects(Table<BodyTag, Body>& bodies, ProjectTables& tables, Values& values, Calls& calls,
                         Receivers& receivers, EffectDetail detail);

}  // namespace hasten
