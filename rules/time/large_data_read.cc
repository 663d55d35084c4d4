#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Tests read a large data file of the repository again and again: the time goes into parsing the same bytes, not into what is tested.

## Flagged

A test reads a file of 40 MB for each of its cases, and a function-scoped fixture one for each test:

```python
# file: tests/data/orders.csv, 40 MB

# file: tests/conftest.py
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture
def orders():
    return pd.read_csv(DATA / "orders.csv")  # expect: HS209 "`pandas.read_csv` reads `data/orders.csv`, about 0.8 s, in fixture `orders`, set up for 3 tests"

# file: tests/test_orders.py
import os

import numpy as np
import pytest


def test_total(orders): ...


def test_mean(orders): ...


def test_longest(orders): ...


@pytest.mark.parametrize("column", range(4))
def test_column(column):
    path = os.path.join(os.path.dirname(__file__), "data", "orders.csv")
    np.loadtxt(path, usecols=column)  # expect: HS209 "about 1.3 s, in test `test_column`, run for 4 cases"
```

## Not flagged

Read once, small, or cheap to read:

```python
# file: tests/data/orders.csv, 40 MB

# file: tests/data/week.csv, 1 MB

# file: tests/data/orders.npy, 40 MB

# file: tests/conftest.py
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def orders():
    return pd.read_csv(DATA / "orders.csv")


@pytest.fixture
def array():
    return np.load(DATA / "orders.npy")

# file: tests/test_orders.py
from pathlib import Path

import pandas as pd


def test_total(orders, array): ...


def test_mean(orders, array): ...


def test_week():
    pd.read_csv(Path(__file__).parent / "data" / "week.csv")
```

## Instead

Keep in the repository only as many rows as the tests need. Where it must be the whole file, read it in a session-scoped fixture and
give each test a copy (`orders.copy()`), or keep it in a format that needs no parsing (`.npy`, Parquet, Feather).

```python
# file: tests/data/orders.csv, 40 MB

# file: tests/test_orders.py
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def all_orders():
    return pd.read_csv(Path(__file__).parent / "data" / "orders.csv")


@pytest.fixture
def orders(all_orders):
    return all_orders.copy()


def test_total(orders): ...


def test_mean(orders): ...
```

## Limits

Only files of the project whose path is written in the code are known; what is read in part (`nrows=`, `usecols=`) is taken for the
whole. The seconds are estimates from the size of the file and what a usual machine reads in a second. Reads that take less than a
second in one run are not reported.

## References

* [pandas: IO tools](https://pandas.pydata.org/docs/user_guide/io.html)
* [pytest: fixture scopes](https://docs.pytest.org/en/stable/how-to/fixtures.html#scope-sharing-fixtures-across-classes-modules-packages-or-session)
)page";

void check_read(Check& check, EffectId id) {
  constexpr float least = 1;  // second of one run: below that nobody acts
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (!effect.seconds.known() || effect.seconds == without_end) return;
  const std::optional<Cause> cause = cause_of(project, id);
  if (!cause || cause->executions < 2 || cause->site == CauseSite::import) return;  // HS204 tells of work at import
  if (effect.seconds.value * static_cast<float>(cause->executions) < least) return;
  const std::string deed = fmt::format("`{}` reads `{}`, about {:.2g} s,", project.name(effect.api),
                                       project.name(effect.resource), effect.seconds.value);
  Finding& finding = report_cause(check, *cause, deed);
  if (cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule large_data_read = {
    .code = "HS209",
    .name = "large-data-read",
    .summary = "tests read a large data file again and again",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::file_read},
    .hooks = {.on_effect = check_read},
    .help = "keep fewer rows, or read the file once and give each test a copy",
    .page = page,
};

}  // namespace hasten::rules
