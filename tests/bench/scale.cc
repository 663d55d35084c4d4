// How linking grows: generated suites of several sizes, lowered and linked in memory on one thread.
//
//     bench_scale [SHAPE...]        without a shape: a large suite, a large call graph, every hostile shape
//
// Prints CPU seconds of lowering and of linking and their ratio, for a quarter, a half and all of each shape's size.

#include <functional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/support/link_times.h"

namespace {

using hasten::GeneratedFiles;

void print_row(std::string_view name, std::size_t size, const GeneratedFiles& files) {
  const hasten::LinkTimes times = hasten::link_times(files);
  fmt::print(
      "{:<32} {:>7} {:>6.2f} MB  lower {:>6.3f} s  link {:>6.3f} s  ratio {:>6.3f}  {:>6} tests {:>6} fixtures "
      "{:>7} calls {:>8} reaches\n",
      name, size, times.megabytes, times.lowering, times.linking, times.ratio(), times.tests, times.fixtures,
      times.calls, times.reaches);
  std::fflush(stdout);
}

void print_growth(std::string_view name, std::size_t size, const std::function<GeneratedFiles(std::size_t)>& generate) {
  for (std::size_t part : {4, 2, 1}) print_row(name, size / part, generate(size / part));
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string_view> wanted(arguments + 1, arguments + count);
  const auto is_wanted = [&](std::string_view name) {
    return wanted.empty() || std::ranges::find(wanted, name) != wanted.end();
  };
  if (is_wanted("large_suite")) {
    print_growth("large_suite", 20'000, [](std::size_t tests) { return hasten::large_suite(tests, tests / 10); });
  }
  if (is_wanted("call_graph")) print_growth("call_graph", 100'000, hasten::call_graph);
  for (const hasten::HostileShape& shape : hasten::hostile_shapes()) {
    if (is_wanted(shape.name)) print_growth(shape.name, shape.size, shape.generate);
  }
}
