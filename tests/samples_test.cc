// Every project under samples/ gives exactly the findings that its comments name, in the same bytes for any number of
// workers.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/check/select.h"
#include "analyzer/report/report.h"
#include "tests/support/expectations.h"

namespace hasten {
namespace {

namespace fs = std::filesystem;

bool configures_pytest(const fs::path& folder) {
  return std::ranges::any_of(std::vector<std::string>{"pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"},
                             [&](const std::string& file) { return fs::exists(folder / file); });
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(HASTEN_SAMPLES)) {
    if (entry.is_directory() && configures_pytest(entry.path())) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

class Samples : public testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] static std::string folder() { return (fs::canonical(HASTEN_SAMPLES) / GetParam()).string(); }
};

std::string printed(const Outcome& outcome) {
  const ReportInput input{outcome.project, outcome.findings, outcome.problems, all_rules()};
  return report_concise(input) + report_json(input);
}

TEST_P(Samples, agree_with_their_comments) {
  const std::vector<std::string> found = mismatches(folder(), analyze_folder(folder(), {}, Pool(2)));
  EXPECT_TRUE(found.empty()) << fmt::format("{}", fmt::join(found, "\n"));
}

TEST_P(Samples, print_the_same_bytes_for_any_number_of_workers) {
  const std::string alone = printed(analyze_folder(folder(), {}, Pool(1)));
  EXPECT_FALSE(alone.empty());
  EXPECT_EQ(alone, printed(analyze_folder(folder(), {}, Pool(2))));
  EXPECT_EQ(alone, printed(analyze_folder(folder(), {}, Pool(8))));
}

INSTANTIATE_TEST_SUITE_P(Project, Samples, testing::ValuesIn(sample_names()),
                         [](const auto& name) { return name.param; });

TEST(SampleFolder, holds_at_least_four_projects) { EXPECT_GE(sample_names().size(), 4U); }

}  // namespace
}  // namespace hasten
