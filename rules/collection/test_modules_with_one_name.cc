#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/fixture_rows.h"
#include "analyzer/text/folder.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Two test files are imported under the same module name. In pytest's default import mode the second one stops collection with
"import file mismatch": Python already has a module of that name, from another file.

## Flagged

```python
# file: tests/api/test_users.py
def test_api(): ...

# file: tests/db/test_users.py
def test_db(): ...  # expect: HS502 "`tests/db/test_users.py` and `tests/api/test_users.py` are both the module `test_users`"
```

## Not flagged

Different names, and packages, which make the names different:

```python
# file: tests/api/__init__.py

# file: tests/api/test_users.py
def test_api(): ...

# file: tests/db/test_users.py
def test_db(): ...

# file: tests/db/test_tables.py
def test_tables(): ...
```

```python
# file: pytest.ini
[pytest]
addopts = --import-mode=importlib

# file: tests/api/test_users.py
def test_api(): ...

# file: tests/db/test_users.py
def test_db(): ...
```

## Instead

Give the files different names, put an `__init__.py` into their folders, or set `--import-mode=importlib` in `addopts`.

## Limits

Files that are only ever collected in separate runs do no harm together; hasten sees what one run of pytest in the root directory
collects. Where the two lie in different test folders (`shop/tests`, `bank/tests`), the confidence is low.

## References

* [pytest import mechanisms](https://docs.pytest.org/en/stable/explanation/pythonpath.html#import-modes)
)page";

/// The name under which `--import-mode=prepend` and `append` import a file: with all packages around it.
std::string module_name(const Project& project, const std::string& path) {
  const std::vector<std::string>& packages = project->collection.packages;
  std::string_view top = folder_of(path);
  while (!top.empty() && std::ranges::binary_search(packages, top)) top = folder_of(top);
  std::string name = path.substr(top.empty() ? 0 : top.size() + 1);
  name.resize(name.size() - std::string_view(".py").size());
  std::ranges::replace(name, '/', '.');
  return name;
}

/// Test modules that have tests, ascending.
std::vector<FileId> collected_files(const Project& project) {
  std::vector<FileId> files;
  for (const Test& test : project->tests) files.push_back(test.file);
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

/// `tests` of `tests/api/test_users.py`, `shop/tests` of `shop/tests/test_users.py`.
std::string_view test_root(std::string_view path) {
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = path.find('/', at);
    if (end == std::string_view::npos) return {};
    const std::string_view folder = path.substr(at, end - at);
    if (folder.starts_with("test") || folder.ends_with("test") || folder.ends_with("tests")) return path.substr(0, end);
    at = end + 1;
  }
  return {};
}

void check_names(Check& check) {
  const Project& project = check.project();
  if (project->collection.imports_by_path) return;
  std::map<std::string, FileId> first_of;
  for (const FileId file : collected_files(project)) {
    const std::string& path = project.path(file);
    if (!path.ends_with(".py") || path.starts_with("../")) continue;
    const std::string name = module_name(project, path);
    const auto [first, is_new] = first_of.try_emplace(name, file);
    if (is_new) continue;
    Finding& finding =
        check.report({file, {0, 1}}, fmt::format("`{}` and `{}` are both the module `{}`, so pytest cannot import both",
                                                 path, project.path(first->second), name));
    finding.symbol = path;
    // The tests of two parts of a repository are often run one part at a time.
    if (test_root(path) != test_root(project.path(first->second))) finding.confidence = Confidence::low;
    finding.related.push_back({{first->second, {0, 1}}, "the other one"});
  }
}

}  // namespace

extern const Rule test_modules_with_one_name = {
    .code = "HS502",
    .name = "test-modules-with-one-name",
    .summary = "two test files are imported under one module name",
    .severity = Severity::error,
    .confidence = Confidence::high,
    .fix = FixKind::none,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_names},
    .help = "rename one, add __init__.py files, or use --import-mode=importlib",
    .page = page,
};

}  // namespace hasten::rules
