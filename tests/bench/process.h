#pragma once

// One run of a program, measured from outside.

#include <string>
#include <vector>

namespace hasten::bench {

struct Measured {
  double wall = 0;      // seconds
  double cpu = 0;       // seconds, user and system, all threads
  double peak_rss = 0;  // bytes
  int exit_code = 0;    // 128 + signal when killed by one; 127 when it could not be started
};

/// Waits for `command` (a program and its arguments); its output goes nowhere.
[[nodiscard]] Measured run(const std::vector<std::string>& command);

[[nodiscard]] double median(std::vector<double> values);

}  // namespace hasten::bench
