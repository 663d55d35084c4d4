#pragma once

// Which tests a module yields (B6-B11): its namespace in order, functions and classes by configured names, TestCase
// classes whatever their name, inherited and imported ones included. Knows nothing of fixtures but that they are no
// tests.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/fixture_definitions.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/config/config.h"

namespace hasten {

/// A node of pytest's collection tree below the files' folders: a module, or a class in it.
struct Collector {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  FileId file;
  std::uint32_t parent = none;
  ClassRef class_;   // none for the module itself
  std::string name;  // of a class, as bound where it is found
  bool is_test_case = false;
  bool is_skipped_test_case = false;  // @unittest.skip
  bool may_be_skipped = false;        // as a TestCase: only a run can tell
  bool is_conditional = false;        // whether it is there, only a run can tell
  bool has_open_base = false;         // which class one of its bases is, only a run can tell
  Place decided_at{};                 // what a run tells the one or the other by; file none when neither is open
  std::vector<std::string> outside_test_cases = {};  // of a module: classes of unittest's kind that it imports
};

struct CollectedTest {
  TestKind kind{};
  std::uint32_t collector = 0;
  FunctionRef function;
  std::string_view name;
  Site partial;  // the functools.partial call around the function, if any
  bool is_conditional = false;
  Place decided_at{};  // what a run tells by whether it is there; file none when that is known
};

/// Everything that pytest collects, in its order (B18, before reordering).
struct Collection {
  std::vector<Collector> collectors;
  std::vector<CollectedTest> tests;
  std::vector<std::uint8_t> is_ignored;  // by file: left out by collect_ignore
};

struct CollectionSettings {
  const PytestConfig& config;
  const PytestRules& rules;
};

[[nodiscard]] Collection collect_tests(const Literals& literals, const FixtureDefinitions& fixtures,
                                       const CollectionSettings& settings);

}  // namespace hasten
