#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/setups.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
pytest-benchmark measures in every run of the suite. A measured test calls its target until about a second is full, for each of its
cases, however fast the target is; and next to other work the figures say little.

## Flagged

```python
# file: requirements.txt
pytest-benchmark==5.1.0

# file: tests/test_speed.py
import pytest

from shop import total


@pytest.mark.parametrize("size", [10, 100, 1000, 10000])
def test_total(benchmark, size):  # expect: HS211 "3 tests are measured by pytest-benchmark in every run, 6 cases"
    benchmark(total, list(range(size)))


def test_empty(benchmark):
    benchmark(total, [])


class TestSpeed:
    def test_one(self, benchmark):
        benchmark(total, [1])

    def test_none(self):
        assert total([]) == 0
```

Where a file holds nothing else, CI may well leave it out by its path, so the confidence is low:

```python
# file: requirements.txt
pytest-benchmark==5.1.0

# file: benchmarks/test_speed.py
import pytest

from shop import total


@pytest.mark.parametrize("size", range(1000, 9000, 1000))
def test_total(benchmark, size):  # expect: HS211 low "1 test is measured by pytest-benchmark in every run, 8 cases"
    benchmark(total, list(range(size)))
```

## Not flagged

A test without the fixture, one that is skipped, and a project's own fixture of that name:

```python
# file: requirements.txt
pytest-benchmark==5.1.0

# file: tests/test_shop.py
import pytest

from shop import total


def test_total():
    assert total([1]) == 1


@pytest.mark.skip(reason="measured elsewhere")
def test_skipped(benchmark):
    benchmark(total, [])

# file: tests/own/conftest.py
import pytest


@pytest.fixture
def benchmark():
    return lambda function, *arguments: function(*arguments)

# file: tests/own/test_own.py
from shop import total


def test_own(benchmark):
    benchmark(total, [])
```

A hook that asks for an option of its own:

```python
# file: requirements.txt
pytest-benchmark==5.1.0

# file: tests/conftest.py
def pytest_addoption(parser):
    parser.addoption("--benchmark", action="store_true")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--benchmark"):
        items[:] = [item for item in items if "benchmark" not in item.keywords]

# file: tests/test_shop.py
import pytest


@pytest.mark.benchmark
@pytest.mark.parametrize("size", [1, 10, 100, 1000, 10000])
def test_total(benchmark, size):
    benchmark(sum, range(size))


def test_nothing(): ...
```

## Instead

`addopts = --benchmark-disable` runs the same tests once each, as tests; `--benchmark-skip` leaves them out. A job of its own measures
with `pytest --benchmark-only -p no:xdist`.

## Limits

Only what `addopts` says is seen: a command of CI that has `--benchmark-disable` is not. With `-m` or `-k` in `addopts` nothing is said.
Under pytest-xdist the plugin switches itself off, so the time is lost in serial runs alone. The second of each case is the plugin's
default (`--benchmark-max-time`).

## References

* [pytest-benchmark: command-line options](https://pytest-benchmark.readthedocs.io/en/latest/usage.html#commandline-options)
)page";

/// Not one of the project's own that has the name.
bool is_measured(const Project& project, const Test& test) {
  return !test.is_skipped && std::ranges::any_of(test.closure, [&](const ClosureEntry& entry) {
    if (!entry.fixture || project.name(entry.name) != "benchmark") return false;
    return project->fixtures[entry.fixture].origin == FixtureOrigin::plugin;
  });
}

/// Has a file with measured tests others as well, so that no command can leave out the measured ones by their path?
bool are_mixed(const Project& project, const std::vector<TestId>& measured) {
  return std::ranges::any_of(project->tests, [&](const Test& other) {
    return !is_measured(project, other) &&
           std::ranges::any_of(measured, [&](TestId id) { return project->tests[id].file == other.file; });
  });
}

void check_benchmarks(Check& check) {
  const Project& project = check.project();
  if (!project->collection.times_benchmarks) return;
  std::vector<TestId> measured;
  for (const TestId id : project->tests.ids()) {
    if (is_measured(project, project->tests[id])) measured.push_back(id);
  }
  constexpr float second_each = 1;  // --benchmark-max-time
  constexpr std::uint32_t few = 5;  // seconds that nobody misses
  const std::uint32_t runs = cases(project, measured);
  if (runs < few) return;
  const Test& first = project->tests[measured.front()];
  if (!first.function) return;
  const Place place{first.function.file, project.function(first.function).name_range};
  const bool are_many = runs > measured.size();
  Finding& finding =
      check.report(place, fmt::format("{} measured by pytest-benchmark in every run{}",
                                      measured.size() == 1 ? "1 test is" : fmt::format("{} tests are", measured.size()),
                                      are_many ? fmt::format(", {} cases", runs) : std::string()));
  finding.symbol = project.name(first.qualified_name);
  finding.cost = {second_each * static_cast<float>(runs)};
  finding.tests = measured;
  if (!are_mixed(project, measured)) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule benchmark_in_default_run = {
    .code = "HS211",
    .name = "benchmark-in-default-run",
    .summary = "pytest-benchmark measures in every run of the suite",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_benchmarks},
    .help = "put --benchmark-disable into addopts and measure in a job of its own",
    .page = page,
};

}  // namespace hasten::rules
