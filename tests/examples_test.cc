// Every rule's page is true: below *Flagged* the findings are those of the comments, everywhere else there are none.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/check/rule.h"
#include "tests/support/expectations.h"
#include "tests/support/page.h"
#include "tests/support/temporary_folder.h"

namespace hasten {
namespace {

class Examples : public testing::TestWithParam<const Rule*> {};

std::vector<std::string> mismatches_of(const Fence& fence, const Rule& rule) {
  const TemporaryFolder folder;
  folder.write("pytest.ini", "[pytest]\npythonpath = .\n");
  for (const FencedFile& file : fence.files) {
    folder.write(file.path, file.text);
    constexpr std::uintmax_t megabyte = 1000000;
    if (file.megabytes != 0) std::filesystem::resize_file(folder.path() + "/" + file.path, file.megabytes * megabyte);
  }
  return mismatches(folder.path(), analyze_folder(folder.path(), {std::string(rule.code)}, Pool(1)));
}

bool expects_findings(const Fence& fence) {
  return std::ranges::any_of(fence.files,
                             [](const FencedFile& file) { return !parse_expectations(file.text).findings.empty(); });
}

std::string source_of(const Fence& fence) {
  std::string text;
  for (const FencedFile& file : fence.files) text += fmt::format("# file: {}\n{}", file.path, file.text);
  return text;
}

TEST_P(Examples, agree_with_the_page) {
  for (const Fence& fence : parse_page(GetParam()->page).fences) {
    const std::vector<std::string> found = mismatches_of(fence, *GetParam());
    EXPECT_TRUE(found.empty()) << GetParam()->code << ", " << fence.heading << " " << fence.number << ":\n"
                               << fmt::format("{}", fmt::join(found, "\n")) << "\n\n"
                               << source_of(fence);
  }
}

TEST_P(Examples, show_findings_below_flagged_and_nowhere_else) {
  for (const Fence& fence : parse_page(GetParam()->page).fences) {
    EXPECT_EQ(fence.heading == "Flagged", expects_findings(fence)) << fence.heading << " " << fence.number;
  }
}

/// Design: a page has these headings in this order, "Fixed" when the rule fixes.
std::vector<std::string> prescribed_headings(const Rule& rule) {
  if (rule.fix == FixKind::none) return {"Flagged", "Not flagged", "Instead", "Limits", "References"};
  return {"Flagged", "Not flagged", "Fixed", "Instead", "Limits", "References"};
}

TEST_P(Examples, stand_on_a_page_with_the_prescribed_headings) {
  const Page page = parse_page(GetParam()->page);
  EXPECT_FALSE(page.lead.empty());
  EXPECT_EQ(page.headings, prescribed_headings(*GetParam()));
  EXPECT_EQ(page.errors, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Page, Examples, testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const auto& rule) { return std::string(rule.param->code); });

}  // namespace
}  // namespace hasten
