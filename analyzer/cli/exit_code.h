#pragma once

// What the shell and CI learn.

#include <cstdint>

namespace hasten {

enum class ExitCode : std::uint8_t {
  clean = 0,
  findings = 1,
  could_not_work = 2,  // bad usage, bad configuration, nothing to analyse, nowhere to write
};

}  // namespace hasten
