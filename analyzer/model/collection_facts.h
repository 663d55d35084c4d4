#pragma once

// What pytest decides while it collects, beyond which tests there are: which fixture asks for which, what a test's
// cases are the product of, which parameters are not the same in every run, and the settings that all this depends on.

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/model/ids.h"

namespace hasten {

/// A fixture that asks for another one, as both are resolved for at least one test (C4); plugin fixtures included. Rows
/// are sorted by requester, then requested, each pair once.
struct FixtureRequest {
  FixtureId requester;
  FixtureId requested;
  TestId test;                // the first for which it is so
  std::uint8_t is_cycle = 0;  // the last request of a chain that comes back to a fixture that is being set up
};
static_assert(sizeof(FixtureRequest) == 16);

/// One source of a test's cases (B14): a parametrize mark or a fixture with params. Rows are sorted by test, in
/// pytest's order; only tests with two or more sources of known size have rows.
struct CaseFactor {
  TestId test;
  NameId name;  // `width,height` or the fixture's name
  std::uint32_t count = 0;
};
static_assert(sizeof(CaseFactor) == 12);

/// Why the parameters of a test are not the same in every process.
enum class Unsteady : std::uint8_t {
  set_order,  // of texts (PYTHONHASHSEED) or of objects that are hashed by their address
  clock,
  randomness,
  directory_order,  // differs from machine to machine, not from process to process
};

/// Argument values whose order or ids are not the same in every process. Rows are sorted by `parametrize`.
struct UnsteadyParameters {
  Unsteady why{};
  Place place;           // what brings it in: the set, the call
  NameId source;         // `os.listdir`, `set`
  Place parametrize;     // the mark, fixture decorator or metafunc call that the values go to
  FunctionRef function;  // the test or fixture that is parametrized, or the pytest_generate_tests that does it
  ClassRef class_;       // for a mark of a class; a mark of a module has neither
};

/// Where tests may come from that only a run can tell. Rows are in collection order.
struct UncertainTests {
  enum class Why : std::uint8_t {
    made_names,     // module-level code makes names: `globals()[name] = ...`, `exec(...)`
    outside_base,   // a test class has a base outside the project, which may bring tests
    computed_base,  // ... or one that is made by a call
  };
  Why why{};
  Place place;
  NameId base;  // outside_base: its dotted name
};

/// Why only a run can tell how often a fixture is set up. Rows are sorted by fixture, one for each whose number is
/// unknown: of several causes the first that was met.
struct SetUpDoubt {
  enum class Why : std::uint8_t {
    condition,         // whether `subject` is there
    class_skip,        // whether unittest skips the class `subject`
    hook,              // whether a hook of the suite skips `subject`
    computed_request,  // `subject` asks for a fixture whose name is computed
    choice,            // `subject` asks for the fixture under a condition
    arguments,         // a decorator changes what `subject` asks for
    computed_mark,     // a mark of `subject` has names that are computed
    imported,          // `detail`, which `subject` asks for, comes from outside the project
    module_hooks,      // what the module of `subject` holds under the name of a hook
    cases,             // of `subject`, unknown for the reason `detail`
    parameters,        // of `subject`, by pytest_generate_tests or a decorator, or how long they last
    scope,             // of the fixture itself
    outside_base,      // `subject` may inherit tests from `detail`, which lies outside the project
    computed_base,     // `subject` has a base class that is computed
    made_tests,        // `subject` may be given tests at run time
    size,              // the session has too many items to be followed
  };
  Why why{};
  FixtureId fixture;
  Place place;     // what leaves it open; file none where that stands nowhere
  NameId subject;  // a test by its qualified name, a class by its own
  NameId detail;
};

/// pytest's settings and the bounds of this run, as far as rules depend on them.
struct CollectionScope {
  bool imports_by_path = false;   // import-mode importlib: two modules may have one name
  bool collects_imported = true;  // B9
  bool runs_doctests = false;     // B12; they may ask for fixtures in prose
  bool limits_time = false;       // pytest-timeout is there, which ends a test that takes too long
  bool times_benchmarks = true;   // nothing in the configuration keeps pytest-benchmark from measuring (spec D)
  /// Test modules and conftests below the root directory that this run does not look at, relative to it; sorted.
  std::vector<std::string> left_out;
  /// Folders that hold an __init__.py, relative to the root directory; sorted.
  std::vector<std::string> packages;
};

}  // namespace hasten
