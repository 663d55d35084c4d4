#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/setups.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A module imports a test class or function from another test module, most often to derive from it or to call it. pytest collects
what a module's namespace holds, so the imported tests run once more.

## Flagged

```python
# file: tests/test_base.py
class TestStore:
    def test_put(self): ...

    def test_get(self): ...


def test_format(): ...

# file: tests/test_disk.py
from test_base import TestStore  # expect: HS503 "`TestStore` is collected again: its 2 tests run in `tests/test_base.py` as well"


class TestDiskStore(TestStore):
    def test_sync(self): ...

# file: tests/test_text.py
from test_base import test_format  # expect: HS503 "`test_format` is collected again"


def test_text():
    test_format()
```

## Not flagged

Deriving by way of the module, a base that is no test module, helpers:

```python
# file: tests/test_base.py
class TestStore:
    def test_put(self): ...


def make(): ...

# file: tests/stores.py
class StoreTests:
    def test_get(self): ...

# file: tests/test_disk.py
import test_base
from stores import StoreTests
from test_base import make


class TestDiskStore(test_base.TestStore): ...


class TestMemory(StoreTests): ...
```

```python
# file: pytest.ini
[pytest]
collect_imported_tests = false

# file: tests/test_base.py
class TestStore:
    def test_put(self): ...

# file: tests/test_disk.py
from test_base import TestStore


class TestDiskStore(TestStore): ...
```

## Instead

Import the module instead of the name (`import test_base`), move what is shared into a module that is no test module, or set
`collect_imported_tests = false` (pytest 8.4).

## Limits

A module that consists of imports runs the tests of others on purpose, for example with other fixtures, and is left alone.

## References

* [collect_imported_tests](https://docs.pytest.org/en/stable/reference/reference.html#confval-collect_imported_tests)
)page";

/// Tests that a module collects because it imports them, by what brings them in.
struct Imported {
  FileId file;    // that imports
  FileId origin;  // that defines
  TextRange place;
  friend auto operator<=>(const Imported&, const Imported&) = default;
};

FileId origin_of(const Test& test) { return test.classes.empty() ? test.function.file : test.classes.front().file; }

std::string_view bound_name(const Project& project, const Test& test) {
  if (test.classes.empty()) return project.name(test.name);
  const ClassRef ref = test.classes.front();
  const FileModel& model = project.model(ref.file);
  return model.word(model.classes[ref.id].name);
}

/// The import of exactly this name at module level. A star import takes everything, which nobody does by accident.
const Import* import_of(const FileModel& model, std::string_view name) {
  const auto found = std::ranges::find_if(model.imports, [&](const Import& import) {
    return import.is_from && !import.is_star && model.word(import.imported) == name;
  });
  return found == model.imports.end() ? nullptr : &*found;
}

/// A test without the module that it was collected in.
using Code = std::pair<ClassRef, FunctionRef>;

Code code_of(const Test& test) { return {test.classes.empty() ? ClassRef() : test.classes.front(), test.function}; }

/// What the modules that define tests collect themselves.
class HomeTests {
 public:
  explicit HomeTests(const Project& project) {
    for (const Test& test : project->tests) {
      if (!test.function || origin_of(test) != test.file) continue;
      code_.insert(code_of(test));
      files_.insert(test.file);
    }
  }

  [[nodiscard]] bool has(const Test& test) const { return code_.contains(code_of(test)); }
  /// Does the module define tests? Otherwise it exists to run those of others.
  [[nodiscard]] bool are_in(FileId file) const { return files_.contains(file); }

 private:
  std::set<Code> code_;
  std::set<FileId> files_;
};

std::map<Imported, std::vector<TestId>> imported_tests(const Project& project) {
  const HomeTests home(project);
  std::map<Imported, std::vector<TestId>> found;
  for (const TestId id : project->tests.ids()) {
    const Test& test = project->tests[id];
    if (!test.function || origin_of(test) == test.file || !home.has(test) || !home.are_in(test.file)) continue;
    const Import* import = import_of(project.model(test.file), bound_name(project, test));
    if (import != nullptr) found[{test.file, origin_of(test), import->range}].push_back(id);
  }
  return found;
}

void check_imports(Check& check) {
  const Project& project = check.project();
  for (const auto& [key, tests] : imported_tests(project)) {
    const Test& first = project->tests[tests.front()];
    const std::uint32_t count = cases(project, tests);
    const std::string what = first.classes.empty() && count == 1 ? "it runs"
                             : count == 1                        ? "its test runs"
                                                                 : fmt::format("its {} tests run", count);
    Finding& finding =
        check.report({key.file, key.place}, fmt::format("`{}` is collected again: {} in `{}` as well",
                                                        bound_name(project, first), what, project.path(key.origin)));
    finding.symbol = project.path(key.file);
    finding.tests = tests;
  }
}

}  // namespace

extern const Rule tests_collected_twice = {
    .code = "HS503",
    .name = "tests-collected-twice",
    .summary = "an import makes pytest run another module's tests again",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .fix = FixKind::none,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_imports},
    .help = "import the module instead of the name, or set collect_imported_tests = false",
    .page = page,
};

}  // namespace hasten::rules
