#pragma once

// Where versions of pytest differ in what they collect and how they order it, as data: one row per version from which
// on something is different. Nobody else asks for a version.

#include <cstdint>
#include <string_view>

namespace hasten {

enum class Traversal : std::uint8_t {
  files_first,  // B1, 7.x: the files of a folder before its subfolders
  by_name,      // 8.0: files and folders together
};

/// C7: where the arguments of a fixture enter the closure.
enum class ClosureOrder : std::uint8_t {
  breadth_first,       // appended in rounds
  initial_then_depth,  // 9.0: the initial names stay in front
  depth_first,         // 9.1: right behind the fixture
};

/// B19: what tells the values of a direct parameter apart when items are reordered.
enum class DirectKey : std::uint8_t {
  item,  // its position among the items of the function
  set,   // 8.0 to 8.3: that of its set in the mark
};

/// B19: what a package-scoped parameter belongs to.
enum class PackageKey : std::uint8_t { folder, module };

/// C15: which conftest's folder owns a package-scoped fixture.
enum class PackageOwner : std::uint8_t {
  own_folder,  // 7.x: that of the test itself, packages not being nested
  above,       // 8.0: that of any package above, but for the root directory
  any_above,   // 9.1: that too
};

struct PytestRules {
  std::string_view since;
  Traversal traversal{};
  ClosureOrder closure_order{};
  std::uint8_t follows_override_chain = 0;      // C7: a fixture that requests its own name brings in what it overrides
  std::uint8_t repeats_autouse_names = 0;       // an autouse fixture that overrides another one is listed twice
  std::uint8_t has_nose_hooks = 0;              // C10: plain setup and teardown of a module
  std::uint8_t scans_test_cases_once = 0;       // an imported TestCase loses its class-level fixtures
  std::uint8_t hooks_are_attributes = 0;        // xunit fixtures are found on their holder, so lost with its others
  std::uint8_t marks_nearest_base_first = 0;    // the order of marks over the MRO
  std::uint8_t mixed_indirect_is_indirect = 0;  // a mark that is partly indirect shields none of its names
  std::uint8_t collects_yield_tests = 0;        // B6
  std::uint8_t collects_class_methods = 0;      // B6
  std::uint8_t skips_abstract_test_cases = 0;
  std::uint8_t has_unittest_skip_fixture = 0;
  PackageOwner package_owner{};
  DirectKey direct_key{};
  PackageKey package_key{};
  std::uint8_t sorts_parameter_keys = 0;           // B19: by name; later by application
  std::uint8_t farthest_gives_indirect_scope = 0;  // B19: of an overridden fixture
  std::uint8_t registers_every_use = 0;            // C15: every user ends a fixture, not only who set it up
  std::uint8_t compares_parameters_by_value = 0;   // C13
  std::uint8_t unparametrized_is_zero = 0;         // C13: what a fixture without parameter is cached under
  std::uint8_t checks_repeated_requests = 0;       // C11: getfixturevalue of what the item has already
  std::uint8_t checks_parametrized_scope = 0;      // C11: a scope that parametrize gives counts as the fixture's
};

/// The rules of `version` ("7.2.1"); of the newest known version when it is empty or no version at all.
[[nodiscard]] const PytestRules& pytest_rules(std::string_view version = {});

/// Compares dotted numbers; what is no number counts as 0.
[[nodiscard]] bool is_older(std::string_view left, std::string_view right);

}  // namespace hasten
