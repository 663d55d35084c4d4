#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/collect/collect.h"
#include "tests/support/small_project.h"

namespace hasten {
namespace {

using testing::small_project;
using testing::SmallFile;
using testing::SmallProject;

constexpr std::string_view header = "import pytest\n";

/// "a > b" for each request, in order; a cycle ends with "!". A conftest's fixture is written with a star.
std::string requests(std::vector<SmallFile> files) {
  for (SmallFile& file : files) file.text.insert(0, header);
  SmallProject project = small_project(std::move(files));
  link_collection(project.tables, *project.names, project.config, {});
  const auto name = [&](FixtureId id) {
    const Fixture& fixture = project.tables.fixtures[id];
    return std::string(project.tables.names[fixture.name]) + (fixture.holder == HolderKind::conftest ? "*" : "");
  };
  std::vector<std::string> rows;
  for (const FixtureRequest& row : project.tables.fixture_requests) {
    rows.push_back(name(row.requester) + " > " + name(row.requested) + (row.is_cycle ? "!" : ""));
  }
  std::ranges::sort(rows);
  std::string text;
  for (const std::string& row : rows) text += (text.empty() ? "" : ", ") + row;
  return text;
}

constexpr std::string_view base = "@pytest.fixture\ndef a(): ...\n";

TEST(FixtureRequests, are_those_of_fixtures_that_tests_need) {
  EXPECT_EQ(requests({{"test_a.py",
                       "@pytest.fixture\ndef a(b): ...\n@pytest.fixture\ndef b(): ...\n@pytest.fixture\ndef c(b): ...\n"
                       "def test_1(a): ...\ndef test_2(a): ...\n"}}),
            "a > b");
}

/// C4: the own name is the farther definition, also by way of another fixture.
TEST(FixtureRequests, of_the_own_name_lead_outwards) {
  EXPECT_EQ(requests({{"conftest.py", std::string(base)},
                      {"test_a.py", "@pytest.fixture\ndef a(a): ...\ndef test_1(a): ...\n"}}),
            "a > a*");
  EXPECT_EQ(
      requests({{"conftest.py", std::string(base)},
                {"test_a.py", "@pytest.fixture\ndef b(a): ...\n@pytest.fixture\ndef a(b): ...\ndef test_1(a): ...\n"}}),
      "a > b, b > a*");
}

TEST(FixtureRequests, that_come_back_are_marked) {
  EXPECT_EQ(requests({{"test_a.py",
                       "@pytest.fixture\ndef b(a): ...\n@pytest.fixture\ndef a(b): ...\n"
                       "def test_1(a): ...\n"}}),
            "a > b, b > a!");
}

/// A parametrize mark gives the value: nobody is asked.
TEST(FixtureRequests, end_where_a_mark_gives_the_value) {
  EXPECT_EQ(requests({{"test_a.py",
                       "@pytest.fixture\ndef b(): ...\n@pytest.fixture\ndef a(b): ...\n"
                       "@pytest.mark.parametrize('b', [1])\ndef test_1(a): ...\n"}}),
            "");
}

}  // namespace
}  // namespace hasten
