#pragma once

// Suites that nobody writes by hand, as texts: large ones to measure how linking grows, and shapes that would hang or
// blow up an analyzer that follows them without a bound. Deterministic; `size` is what the name says there are many of.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hasten {

struct GeneratedFile {
  std::string path;
  std::string text;
};
using GeneratedFiles = std::vector<GeneratedFile>;

/// `tests` tests in files of 50 and folders of 20 files, each folder with a conftest; `fixtures` fixtures over the
/// conftests, a third of which request others; some sleep, change the environment or write files through helpers.
[[nodiscard]] GeneratedFiles large_suite(std::size_t tests, std::size_t fixtures);

/// `functions` functions that call two others each, effects at one in fifty, and a test for one in ten.
[[nodiscard]] GeneratedFiles call_graph(std::size_t functions);

/// What is generated for each shape is told by its name.
struct HostileShape {
  std::string_view name;
  GeneratedFiles (*generate)(std::size_t size);
  std::size_t size;  // that tests use
};
[[nodiscard]] std::span<const HostileShape> hostile_shapes();

}  // namespace hasten
