#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture changes an environment variable and nothing changes it back. Whatever runs next in the same process sees
the change, so results depend on the order of the tests and on which of them share a worker.

## Flagged

```python
import os


def test_debug_mode():
    os.environ["APP_DEBUG"] = "1"  # expect: HS301 "APP_DEBUG"
    assert debug_is_on()
```

A fixture without a tear-down leaks for every test that follows the first one to use it:

```python
import os

import pytest


@pytest.fixture
def credentials():
    os.environ["API_TOKEN"] = "secret"  # expect: HS301 "fixture `credentials`, set up for 2 tests"
    return "secret"


def test_sign(credentials): ...


def test_verify(credentials): ...
```

## Not flagged

```python
import os
from unittest import mock

import pytest


def test_monkeypatch(monkeypatch):
    monkeypatch.setenv("APP_DEBUG", "1")


@mock.patch.dict(os.environ, {"APP_DEBUG": "1"})
def test_patch_dict():
    os.environ["APP_LEVEL"] = "2"


@pytest.fixture
def clean_environment():
    saved = os.environ.copy()
    os.environ["APP_DEBUG"] = "1"
    yield
    os.environ.clear()
    os.environ.update(saved)


def test_restored(clean_environment): ...


def test_try_finally():
    os.environ["APP_DEBUG"] = "1"
    try:
        pass
    finally:
        del os.environ["APP_DEBUG"]
```

What a module sets while it is imported is the same for every test and every worker:

```python
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")


def test_settings(): ...
```

## Instead

Use pytest's `monkeypatch`, which takes the change back when the test or fixture ends:

```python
import pytest


@pytest.fixture
def credentials(monkeypatch):
    monkeypatch.setenv("API_TOKEN", "secret")
    return "secret"


def test_sign(credentials): ...
```

Outside pytest's fixtures, `unittest.mock.patch.dict(os.environ, ...)` does the same. For a wider scope write the pair
yourself around a `yield`, or use `pytest.MonkeyPatch.context()`.

## Limits

Processes are separate: tests on different xdist workers do not see each other's environment. A change that is restored
by code that cannot be followed is taken as restored.

## References

* [Monkeypatching environment variables](https://docs.pytest.org/en/stable/how-to/monkeypatch.html#monkeypatching-environment-variables)
* [unittest.mock.patch.dict](https://docs.python.org/3/library/unittest.mock.html#patch-dict)
)page";

std::string deed(const Project& project, const Effect& effect) {
  if (effect.resource) {
    return fmt::format("environment variable `{}` is changed and not restored", project.name(effect.resource));
  }
  return fmt::format("`{}` changes the environment and nothing restores it", project.name(effect.api));
}

void check_environment(Check& check, EffectId id) {
  const Effect& effect = check.project()->effects[id];
  if (effect.restored != Restored::no || !effect.function) return;
  const std::optional<Cause> cause = cause_of(check.project(), id, lasting_reaches(check.project(), id));
  if (!cause) return;
  Finding& finding = report_cause(check, *cause, deed(check.project(), effect));
  // What the project's own code sets for itself is the same for every test.
  if (!cause->behind.empty() || cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule environment_not_restored = {
    .code = "HS301",
    .name = "environment-not-restored",
    .summary = "an environment variable is changed and not changed back",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::environment},
    .hooks = {.on_effect = check_environment},
    .help = "set it with monkeypatch.setenv, which takes the change back",
    .page = page,
};

}  // namespace hasten::rules
