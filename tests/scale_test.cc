// Linking grows with what there is to link, whatever its shape: large suites, and shapes that would hang an analyzer
// which follows them without a bound. What is compared is CPU time of one thread with itself, at two sizes.

#include <gtest/gtest.h>

#include "tests/support/expectations.h"
#include "tests/support/link_times.h"
#include "tests/support/temporary_folder.h"

namespace hasten {
namespace {

/// Seconds that no ratio is taken of: clocks and caches are noise below it.
constexpr double noise = 0.25;
/// Seconds that the bounds on effects, chains and masks leave to a project of any shape, in a build without
/// optimisation.
constexpr double bound = 15;

TEST(Scale, twenty_thousand_tests_with_two_thousand_fixtures_link_faster_than_they_are_lowered) {
  const LinkTimes times = link_times(large_suite(20'000, 2'000));
  EXPECT_EQ(times.tests, 20'000U);
  EXPECT_GE(times.fixtures, 2'000U);
  EXPECT_GT(times.reaches, 5'000U);
  EXPECT_LT(times.linking, times.lowering + noise);
}

TEST(Scale, a_call_graph_of_fifty_thousand_functions_links_in_about_the_time_that_lowering_takes) {
  const LinkTimes times = link_times(call_graph(50'000));
  EXPECT_GE(times.calls, 50'000U);
  EXPECT_GT(times.reaches, 1'000U);
  EXPECT_LT(times.linking, times.lowering * 2 + noise);
}

class Hostile : public testing::TestWithParam<HostileShape> {};

/// Twice the size: twice the time when linking is linear, four times when it is quadratic.
TEST_P(Hostile, shapes_of_twice_the_size_take_no_more_than_three_times_as_long) {
  const auto [name, generate, size] = GetParam();
  const LinkTimes half = link_times(generate(size / 4));
  const LinkTimes whole = link_times(generate(size / 2));
  EXPECT_LT(whole.linking, half.linking * 3 + noise);
  EXPECT_LT(whole.linking, whole.lowering * 10 + bound);
}

TEST_P(Hostile, shapes_are_analysed_to_the_end) {
  const TemporaryFolder folder;
  folder.write("pytest.ini", "[pytest]\npythonpath = .\n");
  for (const GeneratedFile& file : GetParam().generate(GetParam().size / 8)) folder.write(file.path, file.text);
  const Outcome outcome = analyze_folder(folder.path(), {}, Pool(2));
  EXPECT_FALSE(outcome.project->tests.empty());
}

INSTANTIATE_TEST_SUITE_P(Shape, Hostile, testing::ValuesIn(hostile_shapes().begin(), hostile_shapes().end()),
                         [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace hasten
