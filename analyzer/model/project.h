#pragma once

// Everything known about the analysed project once linking is done. A Draft is filled by link/ stage by stage; freezing
// consumes it; a Project has no mutators, so rules can run side by side. Rows refer to each other by id only.

#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/interner.h"
#include "analyzer/base/table.h"
#include "analyzer/model/access.h"
#include "analyzer/model/collection_facts.h"
#include "analyzer/model/effect.h"
#include "analyzer/model/file_model.h"
#include "analyzer/model/ids.h"
#include "analyzer/model/patch_facts.h"
#include "analyzer/text/source.h"

namespace hasten {

/// A number that may not be knowable without running the code.
struct Count {
  static constexpr std::int32_t unknown_value = -1;
  std::int32_t value = unknown_value;
  [[nodiscard]] bool known() const { return value >= 0; }
  friend bool operator==(Count, Count) = default;
};

enum class FileRole : std::uint8_t {
  test_module,  // pytest collects it
  conftest,
  test_support,  // other modules inside the test tree: helpers, data builders
  first_party,   // the project's own code that tests import
};

struct File {
  FileRole role{};
  NameId module;  // dotted name under which tests import it; none when it cannot be imported
  Source source;  // empty for a file read from a cache
  FileModel model;
};

enum class Scope : std::uint8_t { function, class_, module, package, session };
[[nodiscard]] std::string_view to_string(Scope scope);

/// Where a fixture is visible from (C2, C3).
enum class HolderKind : std::uint8_t { plugin, conftest, module, class_ };

/// How a hidden fixture came to be (C10).
enum class FixtureOrigin : std::uint8_t {
  definition,  // @pytest.fixture
  plugin,      // known from knowledge, no source
  xunit,       // setup_module, setup_method, setUpClass, ...
  unittest,    // TestCase.setUp and tearDown: run inside the call phase, so in no closure; see Test::call_hook
};

struct Fixture {
  NameId name;  // as requested
  HolderKind holder{};
  FixtureOrigin origin{};
  Scope scope{};
  std::uint8_t scope_is_known = 1;
  std::uint8_t is_autouse = 0;
  std::uint8_t is_async = 0;
  std::uint8_t has_teardown = 0;           // code after a yield, or an xunit tear-down
  std::uint8_t is_named_like_plugins = 0;  // pytest or a known plugin, installed or not, has one of this name
  FileId file;            // whose namespace holds it (the importing module for an imported one); none for plugins
  ClassRef holder_class;  // for HolderKind::class_
  FunctionRef function;   // the code; may stand in another file than `file`; none for plugins and lambdas
  Place lambda;           // the code of `db = pytest.fixture(lambda: ...)`
  FunctionRef teardown;   // xunit: the function that tears down
  Count params;           // 0 without params=
  std::uint32_t plugin = 0xFFFFFFFF;  // row in the knowledge's plugin fixtures
  std::vector<NameId> arguments;      // fixtures it requests, in signature order
  std::uint32_t users = 0;            // tests whose closure or dynamic requests reach this definition, skipped ones too
  Count setups;                       // in one serial run of the whole suite (C17); the sum over its `set_ups`
};

/// One name in a test's closure, in pytest's set-up order (C6-C9).
struct ClosureEntry {
  NameId name;
  FixtureId fixture;                 // none: `request`, a directly parametrized name, or not found
  std::uint8_t is_parametrized = 0;  // by a mark on the test
  std::uint8_t is_possible = 0;      // of dynamic_uses: asked for under a condition, or as one of several
};

enum class TestKind : std::uint8_t { function, method, unittest_method, doctest };

/// A mark of a test, its classes or its module, but for those that say which fixtures and cases it has.
struct TestMark {
  NameId name;   // `serial`
  ExprRef call;  // none for a bare mark
};

struct Test {
  TestKind kind{};
  std::uint8_t is_skipped = 0;           // always, by a mark without condition
  std::uint8_t is_conditional = 0;       // whether it is there, or has its class's hooks, only a run can tell
  std::uint8_t has_unknown_closure = 0;  // getfixturevalue of a computed name, pytest_generate_tests, ...
  FileId file;                           // where it is collected
  FunctionRef function;                  // where it is defined
  NameId name;
  NameId qualified_name;          // path::Class::name, pytest's node id without parameters
  std::vector<ClassRef> classes;  // outermost first; the class it is collected in last
  std::vector<ClosureEntry> closure;
  // Farther definitions that are set up as well, because a nearer one requests its own name (C4).
  std::vector<ClosureEntry> overridden;
  // What request.getfixturevalue asks for by literal name, with all that brings in; not part of pytest's closure (C12).
  std::vector<ClosureEntry> dynamic_uses;
  FixtureId call_hook;          // a TestCase's setUp and tearDown
  Count cases;                  // product of all parameter sources (B14)
  NameId unknown_cases;         // why cases is unknown
  std::vector<TestMark> marks;  // nearest first (C6)
};

/// A test that makes pytest set a fixture up in a serial run of the whole suite. Rows are sorted by fixture, test and
/// parameter. A fixture whose number of set-ups is unknown has no rows.
struct SetUp {
  static constexpr std::uint32_t no_parameter = 0xFFFFFFFF;
  FixtureId fixture;
  TestId test;                             // the user that comes first; those after it find the value cached
  std::uint32_t parameter = no_parameter;  // index of the fixture's own value, in params= or in an indirect mark
  std::uint32_t times = 0;
};
static_assert(sizeof(SetUp) == 16);

/// A call of project code by project code. Rows are sorted by caller, then call.
struct CallEdge {
  FunctionRef caller;  // function none: module level
  FunctionRef callee;
  CallId call;  // in the caller's file; none for an implicit one (`with x:` -> __enter__)
};

/// One step of a witness: at `place`, in the body of `in`, `calls` is called (or, for a change of state, changed).
struct Step {
  Place place;   // of the call that leads on, or of the effect itself for the last step
  NameId in;     // test, fixture or function
  NameId calls;  // the function called; the api for the last step
};

enum class Phase : std::uint8_t { setup, call, teardown };
[[nodiscard]] std::string_view to_string(Phase phase);

/// How one piece of code reaches an effect: the shortest chain of calls, kept once for all tests that share it.
struct Path {
  EffectId effect;
  FunctionRef root;          // test function, fixture function or xunit hook
  std::uint32_t first = 0;   // in path_steps: from the root's body to the effect; Project::steps gives them
  std::uint16_t length = 0;  // at least 1
  Phase phase{};             // teardown: after the root's yield or in a tear-down hook
  bool is_possible = false;  // a call on the way may lead elsewhere: an abstract method, an element of a collection
};

/// A test that an effect reaches. Rows are sorted by effect, then test.
struct Reach {
  EffectId effect;
  TestId test;
  FixtureId fixture;  // through whose set-up or tear-down; none: the test's own body
  PathId path;
  NameId masked_by;  // what keeps the effect from happening (`responses`, `mock.patch("time.sleep")`); none: it happens
  std::uint8_t is_put_back = 0;  // it does happen, and what `masked_by` says takes the change of state back
  std::uint8_t is_moved = 0;     // it does happen, in another folder: `masked_by` changes directory
  std::uint8_t reserved[2] = {};
};

/// All that linking fills in. Public because it is plain data; nobody outside linking ever holds one that can change.
struct ProjectTables {
  std::string root;  // root directory as given or found, absolute
  Interner<NameTag> names;
  Table<FileTag, File> files;  // in path order
  Table<FixtureTag, Fixture> fixtures;
  Table<TestTag, Test> tests;  // in collection order
  std::vector<SetUp> set_ups;
  std::vector<SetUpDoubt> set_up_doubts;
  std::vector<FixtureRequest> fixture_requests;
  std::vector<CaseFactor> case_factors;
  std::vector<UnsteadyParameters> unsteady_parameters;
  std::vector<UncertainTests> uncertain_tests;
  CollectionScope collection;
  std::vector<CallEdge> calls;
  Table<EffectTag, Effect> effects;  // by file, then place; those of no function behind all others
  Table<PathTag, Path> paths;
  Table<StepTag, Step> steps;  // each once, however many paths lead over it
  std::vector<StepId> path_steps;
  std::vector<Reach> reaches;
  std::vector<PatchFact> patches;  // by place
  // What follows is filled for those who ask for it (LinkDepth::accesses).
  Table<ResourceTag, Resource> resources;
  std::vector<Access> accesses;
  Table<GroupTag, Group> groups;
  Table<TestTag, Verdict> verdicts;
  std::vector<Reason> reasons;
};

class Project {
 public:
  const ProjectTables* operator->() const { return &tables_; }
  const ProjectTables& operator*() const { return tables_; }

  [[nodiscard]] std::string_view name(NameId id) const { return tables_.names[id]; }
  [[nodiscard]] const File& file(FileId id) const { return tables_.files[id]; }
  [[nodiscard]] const FileModel& model(FileId id) const { return tables_.files[id].model; }
  [[nodiscard]] const std::string& path(FileId id) const { return tables_.files[id].source.path(); }
  /// The function's own row; the reference must name one.
  [[nodiscard]] const Function& function(FunctionRef ref) const { return model(ref.file).functions[ref.id]; }
  [[nodiscard]] std::string_view function_name(FunctionRef ref) const {
    return model(ref.file).word(function(ref).name);
  }
  /// Test code as opposed to the project's own: test modules, conftests, their helpers.
  [[nodiscard]] bool is_test_code(FileId id) const { return tables_.files[id].role != FileRole::first_party; }
  /// The tests that `effect` reaches, masked or not; consecutive in `reaches`.
  [[nodiscard]] std::vector<Reach> reaches_of(EffectId effect) const;
  /// What leads along `path`, from the root's body to the effect: a range of `const Step&` that can be indexed.
  [[nodiscard]] auto steps(PathId path) const {
    const Path& row = tables_.paths[path];
    return std::span(tables_.path_steps).subspan(row.first, row.length) |
           std::views::transform([this](StepId id) -> const Step& { return tables_.steps[id]; });
  }
  /// The tests that cause set-ups of `fixture`; consecutive in `set_ups`.
  [[nodiscard]] std::span<const SetUp> set_ups_of(FixtureId fixture) const;
  /// Why the number of set-ups of `fixture` is unknown; none when it is known.
  [[nodiscard]] const SetUpDoubt* set_up_doubt_of(FixtureId fixture) const;
  /// What `fixture` asks for; consecutive in `fixture_requests`.
  [[nodiscard]] std::span<const FixtureRequest> requests_of(FixtureId fixture) const;
  [[nodiscard]] std::span<const CaseFactor> case_factors_of(TestId test) const;
  /// A fixture's code, from the first decorator; its file is none for what has no code in the project.
  [[nodiscard]] Place code_of(const Fixture& fixture) const;
  [[nodiscard]] std::span<const Reason> reasons_of(TestId test) const;
  /// "path:line".
  [[nodiscard]] std::string location(Place place) const;

 private:
  friend class Draft;
  explicit Project(ProjectTables tables) : tables_(std::move(tables)) {}
  ProjectTables tables_;
};

class Draft {
 public:
  explicit Draft(ProjectTables tables) : tables_(std::move(tables)) {}
  ProjectTables* operator->() { return &tables_; }
  const ProjectTables* operator->() const { return &tables_; }
  ProjectTables& operator*() { return tables_; }
  const ProjectTables& operator*() const { return tables_; }
  [[nodiscard]] Project freeze() && { return Project(std::move(tables_)); }

 private:
  ProjectTables tables_;
};

}  // namespace hasten
