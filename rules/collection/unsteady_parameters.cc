#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/symbol.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
The parameters of a test come out of a set, a clock, a random number or a directory listing. Every pytest-xdist worker collects
for itself and compares: when the ids or their order differ, the run stops with "Different tests were collected". Where only the
machines differ, shards run some cases twice and others never, and recorded durations fit no test.

## Flagged

Texts are hashed with a seed of the process (`PYTHONHASHSEED`), so a set of them has another order in each worker:

```python
import time
import uuid

import pytest

COLORS = {"red", "green", "blue"}


@pytest.mark.parametrize("color", COLORS)  # expect: HS501 "`test_paint` are taken from a set"
def test_paint(color): ...


@pytest.mark.parametrize("name", [n.strip() for n in set(["a ", "b "])])  # expect: HS501
def test_name(name): ...


@pytest.fixture(params=list({int, str}))  # expect: HS501 "`kind` are taken from a set"
def kind(request):
    return request.param


def test_kind(kind): ...


@pytest.mark.parametrize("stamp", [time.time(), 0])  # expect: HS501 "`time.time`"
def test_stamp(stamp): ...


@pytest.mark.parametrize(
    "key",
    [
        "fixed",
        f"key-{uuid.uuid4()}",  # expect: HS501 "`uuid.uuid4`"
    ],
)
def test_key(key): ...
```

A listing comes in the order of the file system:

```python
# file: tests/cases.py
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def all_cases():
    return [path.stem for path in CASES.glob("*.json")]

# file: tests/test_cases.py
import os

import pytest

from cases import all_cases


@pytest.mark.parametrize("case", all_cases())  # expect: HS501 "differs from machine to machine"
def test_case(case): ...


def pytest_generate_tests(metafunc):
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", os.listdir("data"))  # expect: HS501 "`pytest_generate_tests`"


def test_data(name): ...
```

## Not flagged

What is sorted, sets of numbers, dicts, objects (pytest numbers them), explicit ids:

```python
import datetime
import random
from pathlib import Path

import pytest

COLORS = {"red", "green", "blue"}
TABLE = {"a": 1, "b": 2}
RANDOM = random.Random(7)


@pytest.mark.parametrize("color", sorted(COLORS))
def test_sorted(color): ...


@pytest.mark.parametrize("number", {1, 2, 3})
def test_numbers(number): ...


@pytest.mark.parametrize("key", TABLE)
@pytest.mark.parametrize("value", TABLE.values())
def test_table(key, value): ...


@pytest.mark.parametrize("when", [datetime.datetime.now()])
def test_object(when): ...


@pytest.mark.parametrize("day", [datetime.date.today().isoformat()])
def test_day(day): ...


@pytest.mark.parametrize("color", list(COLORS), ids=["one", "two", "three"])
def test_ids(color): ...


@pytest.mark.parametrize("path", sorted(Path("data").glob("*.json")))
def test_path(path): ...


@pytest.mark.parametrize("count", [len(COLORS), len(list(Path("data").iterdir()))])
def test_count(count): ...


@pytest.mark.parametrize("make", [lambda: random.random()])
def test_make(make): ...


@pytest.mark.parametrize("known", [c in {"red", "green"} for c in ["red"]])
def test_member(known): ...
```

## Instead

Sort what has no order, draw random numbers in the test (or from a generator with a fixed seed), and read clocks there too.

```python
from pathlib import Path

import pytest


@pytest.mark.parametrize("path", sorted(Path("data").glob("*.json")), ids=lambda path: path.stem)
def test_case(path): ...
```

## Limits

Followed are constants, the usual ways to build a list, and functions of the project that return one. A set counts when it is seen
to hold texts, classes or functions; a set of enumeration members or of values that are not seen does not. pytest-randomly brings the
cases of all workers into one order, so with it only ids that differ do harm.

## References

* [pytest-xdist: order and amount of test must be consistent](https://pytest-xdist.readthedocs.io/en/stable/known-limitations.html#order-and-amount-of-test-must-be-consistent)
* [PYTHONHASHSEED](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED)
)page";

/// The tests whose cases come from these values.
std::vector<TestId> tests_with(const Project& project, const UnsteadyParameters& row) {
  const auto is_parametrized = [&](const Test& test) {
    if (row.function) {
      return test.function == row.function || std::ranges::any_of(test.closure, [&](const ClosureEntry& entry) {
               return entry.fixture && project->fixtures[entry.fixture].function == row.function;
             });
    }
    if (row.class_) return std::ranges::find(test.classes, row.class_) != test.classes.end();
    return test.file == row.parametrize.file;
  };
  std::vector<TestId> tests;
  for (const TestId id : project->tests.ids()) {
    if (is_parametrized(project->tests[id])) tests.push_back(id);
  }
  return tests;
}

std::string whose(const Project& project, const UnsteadyParameters& row) {
  if (row.function) return std::string(project.function_name(row.function));
  if (!row.class_) return project.path(row.parametrize.file);
  const FileModel& model = project.model(row.class_.file);
  return std::string(model.word(model.classes[row.class_.id].name));
}

std::string message(const Project& project, const UnsteadyParameters& row) {
  const std::string name = whose(project, row);
  const std::string_view source = project.name(row.source);
  switch (row.why) {
    case Unsteady::set_order:
      return fmt::format("parameters of `{}` are taken from a set, which has another order in every process", name);
    case Unsteady::clock:
    case Unsteady::randomness:
      return fmt::format("parameters of `{}` come from `{}`, so their ids differ in every process", name, source);
    case Unsteady::directory_order:
      return fmt::format("parameters of `{}` are in the order of `{}`, which differs from machine to machine", name,
                         source);
  }
  return {};
}

void check_parameters(Check& check) {
  const Project& project = check.project();
  for (const UnsteadyParameters& row : project->unsteady_parameters) {
    const bool is_hook = row.function && project.function_name(row.function) == "pytest_generate_tests";
    std::vector<TestId> tests = is_hook ? std::vector<TestId>() : tests_with(project, row);
    if (tests.empty() && !is_hook) continue;
    // The cause is shown where the values are written out; elsewhere, where they become parameters: that is the place
    // to sort them.
    const bool is_near = row.place.file == row.parametrize.file && row.parametrize.range.contains(row.place.range);
    Finding& finding = check.report(is_near ? row.place : row.parametrize, message(project, row));
    finding.symbol = symbol_at(project, finding.place);
    finding.tests = std::move(tests);
    if (!is_near) finding.related.push_back({row.place, fmt::format("`{}` is here", project.name(row.source))});
  }
}

}  // namespace

extern const Rule unsteady_parameters = {
    .code = "HS501",
    .name = "unsteady-parameters",
    .summary = "parameters come from a set, a clock, random numbers or a directory listing",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .fix = FixKind::none,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_parameters},
    .help = "sort what has no order; draw random numbers and read clocks in the test",
    .page = page,
};

}  // namespace hasten::rules
