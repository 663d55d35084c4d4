#include "analyzer/report/line_hash.h"

#include <cstdint>
#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace hasten {
namespace {

/// The naive twin: for each line, the polynomial over the 100 characters from its first one, spelled out.
std::vector<std::string> naive_hashes(std::string_view ascii) {
  std::vector<std::uint64_t> units;
  std::vector<std::size_t> starts;
  bool at_start = true;
  for (std::size_t i = 0; i <= ascii.size(); ++i) {
    std::uint64_t unit = i < ascii.size() ? static_cast<unsigned char>(ascii[i]) : 65535;
    const bool is_second_of_crlf = unit == '\n' && i > 0 && ascii[i - 1] == '\r';
    if (unit == ' ' || unit == '\t' || is_second_of_crlf) continue;
    if (unit == '\r') unit = '\n';
    if (at_start) starts.push_back(units.size());
    at_start = unit == '\n';
    units.push_back(unit);
  }
  units.resize(units.size() + 100, 0);

  std::map<std::uint64_t, int> seen;
  std::vector<std::string> hashes;
  for (const std::size_t start : starts) {
    std::uint64_t hash = 0;
    for (std::size_t i = start; i < start + 100; ++i) hash = hash * 37 + units[i];
    hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
  }
  return hashes;
}

TEST(LineHashTest, AgreesWithTheNaiveTwinOnRandomText) {
  std::mt19937 random(7);
  constexpr std::string_view alphabet = "ab  \t\n\n\r\r\nxyz()";
  for (int round = 0; round < 200; ++round) {
    std::string text;
    const std::size_t size = random() % 700;
    for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
    EXPECT_EQ(primary_line_hashes(text), naive_hashes(text));
  }
}

TEST(LineHashTest, AnEmptyFileHasOneLine) { EXPECT_EQ(primary_line_hashes("").size(), 1U); }

TEST(LineHashTest, BlanksDoNotCount) {
  EXPECT_EQ(primary_line_hashes("a = 1\nb = 2\n"), primary_line_hashes("\ta=1\r\n  b  =2\n"));
}

TEST(LineHashTest, EqualLinesAreNumbered) {
  const std::vector<std::string> hashes = primary_line_hashes(std::string(300, '\n'));
  EXPECT_TRUE(hashes[0].ends_with(":1"));
  EXPECT_TRUE(hashes[1].ends_with(":2"));
}

TEST(LineHashTest, CharactersBeyondTheBasicPlaneAreTwoUnits) {
  EXPECT_NE(primary_line_hashes("😀"), primary_line_hashes("\uFFFD"));
}

}  // namespace
}  // namespace hasten
