#pragma once

// Durations of the analysed suite and of hasten itself. Seconds is its own type so that a count is never taken for one.

#include <chrono>
#include <compare>
#include <limits>

namespace hasten {

/// A duration in seconds; negative means that it is not known.
struct Seconds {
  float value = -1;

  [[nodiscard]] constexpr bool known() const { return value >= 0; }
  friend constexpr auto operator<=>(Seconds, Seconds) = default;
};

/// Of a wait that no limit ends.
inline constexpr Seconds without_end{std::numeric_limits<float>::infinity()};

/// Wall time since construction.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace hasten
