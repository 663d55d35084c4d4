#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test module or conftest does something expensive while it is imported. pytest imports all of them to collect,
so every run pays for it, also `pytest -k one_test` and every xdist worker, whether a test needs the result or not.

## Flagged

```python
import subprocess

import pandas as pd
import pytest

REVISION = subprocess.check_output(["git", "rev-parse", "HEAD"])  # expect: HS204 "`subprocess.check_output` runs"
READINGS = pd.read_csv("readings.csv")  # expect: HS204 low "`pandas.read_csv` runs whenever `test_example.py` is imported"


@pytest.mark.skipif(subprocess.call(["which", "docker"]) != 0, reason="needs docker")  # expect: HS204 "subprocess.call"
def test_image(): ...


class TestReport:
    expected = pd.read_parquet("report.parquet")  # expect: HS204

    def test_rows(self):
        assert len(self.expected) == 3
```

## Not flagged

What runs in a test or fixture, behind a condition, or only when the file is run as a script:

```python
import functools
import shutil
import subprocess
import sys

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def readings():
    return pd.read_csv("readings.csv")


@functools.lru_cache
def revision():
    return subprocess.check_output(["git", "rev-parse", "HEAD"])


needs_docker = pytest.mark.skipif(shutil.which("docker") is None, reason="needs docker")
load = lambda: pd.read_csv("readings.csv")

if sys.platform == "darwin":
    VERSION = subprocess.check_output(["sw_vers"])


@needs_docker
def test_rows(readings):
    assert len(readings)


if __name__ == "__main__":
    subprocess.run(["pytest", __file__])
```

## Instead

Do it in a fixture of the scope that needs it, or in a cached function that the tests call: then it happens once, and only
where a test asks for it. For a `skipif`, look for the program with `shutil.which` instead of starting it.

```python
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def readings():
    return pd.read_csv("readings.csv")


def test_rows(readings):
    assert len(readings)
```

## Limits

Calls of the project's own functions are not followed here, and modules that tests import are not looked at. Waits and
requests at import are HS201's and HS202's. Files without tests are left alone. Reading data has low
confidence, since nobody knows here how much there is.

## References

* [How pytest collects](https://docs.pytest.org/en/stable/explanation/pythonpath.html)
* [Fixture scopes](https://docs.pytest.org/en/stable/how-to/fixtures.html#scope-sharing-fixtures-across-classes-modules-packages-or-session)
)page";

void check_work(Check& check, EffectId id) {
  const Effect& effect = check.project()->effects[id];
  if (effect.function || effect.cost == CostClass::trivial || effect.cost == CostClass::cheap) return;
  const std::optional<Cause> cause = cause_of(check.project(), id);
  if (!cause || cause->site != CauseSite::import) return;
  Finding& finding = report_cause(check, *cause, fmt::format("`{}` runs", check.project().name(effect.api)));
  // How large a file is nobody knows here.
  if (effect.kind == EffectKind::file_read) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule work_at_import = {
    .code = "HS204",
    .name = "work-at-import",
    .summary = "expensive work is done whenever pytest imports a test file",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::subprocess, EffectKind::database, EffectKind::file_read, EffectKind::heavy_construction,
              EffectKind::password_hash},
    .hooks = {.on_effect = check_work},
    .help = "do it in a fixture, or in a cached function that the tests call",
    .page = page,
};

}  // namespace hasten::rules
