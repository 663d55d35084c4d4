#pragma once

// How suites call the mark of a test that must run alone. No plugin gives it that meaning (spec H1), its author does.

#include <array>
#include <string_view>

namespace hasten {

inline constexpr std::array<std::string_view, 6> alone_marks = {"no_parallel", "noparallel", "not_parallel",
                                                                "run_alone",   "sequential", "serial"};

}  // namespace hasten
