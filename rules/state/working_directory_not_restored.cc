#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture changes the working directory and does not go back. Every relative path that a later test in the same
process opens then leads somewhere else; when the directory is a temporary one it may be gone by then.

## Flagged

```python
import os


def test_build(tmp_path):
    os.chdir(tmp_path)  # expect: HS303 "os.chdir"
    assert build() == 0


def test_old_build(tmpdir):
    tmpdir.chdir()  # expect: HS303 "py.path.local.chdir"
    assert build() == 0
```

A helper leaks for all its callers:

```python
# file: tests/workspace.py
import os


def enter(folder):
    os.chdir(folder)  # expect: HS303 "helper `enter`, reached by 2 tests"

# file: tests/test_build.py
from workspace import enter


def test_build(tmp_path):
    enter(tmp_path)


def test_clean(tmp_path):
    enter(tmp_path)
```

## Not flagged

```python
import contextlib
import functools
import os

import pytest


def test_as_cwd(tmpdir):
    with tmpdir.as_cwd():
        pass


@pytest.fixture
def elsewhere(tmp_path):
    before = os.getcwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


def test_taken_back_by_a_fixture(elsewhere, tmp_path):
    os.chdir(tmp_path.parent)


def test_monkeypatch(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def test_context(tmp_path):
    with contextlib.chdir(tmp_path):
        pass


@pytest.fixture
def workspace(tmp_path):
    before = os.getcwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def test_fixture(workspace): ...


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir(folder)
    yield
    os.chdir(before)


@pytest.fixture
def own_folder(tmp_path):
    with inside(tmp_path):
        yield


def test_goes_on_from_there(own_folder):
    os.chdir("..")


@pytest.fixture
def patched_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def test_goes_on_from_a_patched_folder(patched_folder):
    os.chdir("..")


@pytest.fixture
def go_to(request):
    def go(folder):
        go_back = functools.partial(os.chdir, os.getcwd())
        request.addfinalizer(go_back)
        os.chdir(folder)

    return go


def test_finalizer(go_to, tmp_path):
    go_to(tmp_path)


def test_try_finally(tmp_path):
    before = os.getcwd()
    os.chdir(tmp_path)
    try:
        pass
    finally:
        os.chdir(before)
```

## Instead

`monkeypatch.chdir(tmp_path)` goes back by itself. Better still, pass absolute paths and leave the working directory
alone.

```python
def test_build(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
```

## Limits

A change that is undone by code that cannot be followed is taken as undone.

## References

* [monkeypatch.chdir](https://docs.pytest.org/en/stable/reference/reference.html#pytest.MonkeyPatch.chdir)
* [contextlib.chdir](https://docs.python.org/3/library/contextlib.html#contextlib.chdir)
)page";

/// A fixture that goes somewhere and back again takes back whatever its tests do in between. Ascending.
std::vector<TestId> tests_taken_back(const Project& project) {
  std::vector<TestId> tests;
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (effect.kind != EffectKind::working_directory || effect.restored != Restored::yes) continue;
    for (const Reach& reach : live_reaches(project, id)) {
      if (reach.fixture) tests.push_back(reach.test);
    }
  }
  std::ranges::sort(tests);
  return tests;
}

void check_change(Check& check, EffectId id, const std::vector<TestId>& taken_back) {
  const Effect& effect = check.project()->effects[id];
  std::vector<Reach> reaches = lasting_reaches(check.project(), id);
  std::erase_if(reaches, [&](const Reach& reach) { return std::ranges::binary_search(taken_back, reach.test); });
  const std::optional<Cause> cause = cause_of(check.project(), id, std::move(reaches));
  if (!cause) return;
  const std::string_view api = check.project().name(effect.api);
  Finding& finding =
      report_cause(check, *cause, fmt::format("`{}` changes the working directory and nothing goes back", api));
  if (!cause->behind.empty()) finding.confidence = Confidence::medium;
  if (cause->is_guarded) finding.confidence = Confidence::low;
}

void check_changes(Check& check) {
  const Project& project = check.project();
  const std::vector<TestId> taken_back = tests_taken_back(project);
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    const bool changes = effect.kind == EffectKind::working_directory && effect.restored == Restored::no;
    if (changes && effect.function) check_change(check, id, taken_back);
  }
}

}  // namespace

extern const Rule working_directory_not_restored = {
    .code = "HS303",
    .name = "working-directory-not-restored",
    .summary = "the working directory is changed and not changed back",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::working_directory},
    .hooks = {.on_suite = check_changes},
    .help = "use monkeypatch.chdir, which goes back by itself",
    .page = page,
};

}  // namespace hasten::rules
