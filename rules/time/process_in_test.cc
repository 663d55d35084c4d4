#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Tests start processes. Each costs what the program needs to start: a Python interpreter with its imports takes a tenth of a
second and more, where a call of the same function in the process takes a millisecond.

## Flagged

A helper, fixture or test that starts one five times or more in a run:

```python
import subprocess
import sys

import pytest


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "shop", *arguments])  # expect: HS203 "in helper `run`, reached by 6 tests"


def test_help():
    assert run("--help").returncode == 0


def test_version():
    assert run("--version").returncode == 0


def test_add():
    assert run("add", "mug").returncode == 0


def test_list():
    assert run("list").returncode == 0


def test_drop():
    assert run("drop", "mug").returncode == 0


def test_pay():
    assert run("pay", "mug").returncode == 0


@pytest.mark.parametrize("word", ["a", "b", "c", "d", "e"])
def test_search(word):
    subprocess.check_call(["shop", "search", word])  # expect: HS203 "run for 5 cases"
```

## Not flagged

A process here and there, one for many tests, and one that is replaced:

```python
import subprocess
from unittest import mock

import pytest


@pytest.fixture(scope="session")
def image():
    return subprocess.check_output(["docker", "build", "-q", "."])


def test_once(image):
    assert subprocess.call(["shop", "--version"]) == 0


@pytest.mark.parametrize("word", ["a", "b", "c", "d", "e", "f"])
def test_replaced(word, image):
    with mock.patch("subprocess.check_call") as call:
        subprocess.check_call(["shop", "search", word])
    call.assert_called_once()
```

## Instead

Call the entry point in the process: `main(["--help"])` with `capsys`, click's and typer's `CliRunner`, `runpy`. Keep one or
two tests that start the real program, to see that it starts. Work that many tests need from a program, such as a build, belongs in a
fixture of a wider scope.

```python
from shop.cli import main


def test_help(capsys):
    assert main(["--help"]) == 0
    assert "usage" in capsys.readouterr().out
```

## Limits

Programs differ: the estimate is that of a small one. What the project's own code starts, or a condition may leave out, has
low confidence, since mocks that cannot be followed are usual there.

## References

* [Capturing output](https://docs.pytest.org/en/stable/how-to/capture-stdout-stderr.html)
* [click.testing.CliRunner](https://click.palletsprojects.com/en/stable/testing/)
)page";

constexpr std::uint32_t few = 5;  // processes in one run that nobody waits for

void check_process(Check& check, EffectId id) {
  const std::optional<Cause> cause = cause_of(check.project(), id);
  if (!cause || cause->site == CauseSite::import || cause->executions < few) return;
  const Effect& effect = check.project()->effects[id];
  if (effect.cost == CostClass::trivial || effect.cost == CostClass::cheap)
    return;  // remembers what the first one said
  const std::string_view api = check.project().name(effect.api);
  Finding& finding = report_cause(check, *cause, fmt::format("`{}` starts a process", api));
  if (!cause->behind.empty() || cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule process_in_test = {
    .code = "HS203",
    .name = "process-in-test",
    .summary = "tests start a process each",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::subprocess},
    .hooks = {.on_effect = check_process},
    .help = "call the entry point in the process, and start the real program in a test or two",
    .page = page,
};

}  // namespace hasten::rules
