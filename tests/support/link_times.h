#pragma once

// How long lowering and linking take for files in memory, in CPU time of this thread: load on the machine changes both
// alike, so their ratio holds still.

#include "tests/support/generated_suites.h"

namespace hasten {

struct LinkTimes {
  double megabytes = 0;
  double lowering = 0;  // seconds
  double linking = 0;
  std::size_t tests = 0, fixtures = 0, calls = 0, reaches = 0;  // rows that linking made

  [[nodiscard]] double ratio() const { return linking / lowering; }
};

[[nodiscard]] LinkTimes link_times(const GeneratedFiles& files);

/// CPU seconds that this thread has used.
[[nodiscard]] double thread_seconds();

}  // namespace hasten
