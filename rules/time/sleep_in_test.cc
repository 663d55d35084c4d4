#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/polls.h"
#include "analyzer/check/surroundings.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test, a fixture or a helper waits for a fixed time. The suite pays for the wait on every run and for every test that
reaches it, and on a slow machine the wait is still too short.

## Flagged

```python
import time


def test_upload_is_listed():
    start_upload()
    time.sleep(2)  # expect: HS201 "2 s in test `test_upload_is_listed`"
    assert "report.pdf" in listing()
```

A wait in a function-scoped fixture counts once for every test that requests it:

```python
import subprocess
import time

import pytest


@pytest.fixture
def server():
    process = subprocess.Popen(["my-server"])
    time.sleep(1)  # expect: HS201 "1 s in fixture `server`, set up for 3 tests"
    yield process
    process.terminate()


def test_root(server): ...


def test_health(server): ...


def test_metrics(server): ...
```

Helpers are followed, and so is the project's own code; there the call in the test is shown:

```python
# file: shop.py
import time


def settle(order):
    time.sleep(0.5)  # the provider books in the background
    return order

# file: tests/test_shop.py
from shop import settle


def test_an_order_is_settled():
    assert settle("mug")  # expect: HS201 "behind `settle`"
```

How long a helper waits is what its caller says:

```python
import time


def settle(seconds=1):
    time.sleep(seconds)  # expect: HS201 "1 s in helper `settle`"


def test_order():
    settle(3)  # expect: HS201 "3 s behind `settle`"


def test_order_by_default():
    settle()


def test_no_time():
    settle(0.001)
```

Some APIs count milliseconds:

```python
from PySide6.QtTest import QTest


def test_window_is_shown():
    QTest.qWait(10)
    QTest.qWait(250)  # expect: HS201 "0.25 s"
```

What a test module waits for while it is imported delays every run:

```python
import time

time.sleep(0.5)  # expect: HS201 "whenever `test_example.py` is imported"


def test_listing(): ...
```

## Not flagged

Waits of 10 ms or less, a yield to other threads, a question that is asked again in short steps, and a clock that is
replaced:

```python
import time
from unittest import mock

import pytest


def test_yields():
    time.sleep(0)


def test_tiny():
    time.sleep(0.01)


def test_short_steps():
    deadline = time.monotonic() + 5
    while not upload_is_done() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_asks_again():
    for _ in range(30):
        if upload_is_done():
            break
        time.sleep(0.1)


@mock.patch("time.sleep")
def test_back_off(sleep):
    time.sleep(30)
    sleep.assert_called_once_with(30)


@pytest.fixture
def sleepless(request):
    module = request.node.get_closest_marker("sleepless").args[0]
    old_sleep, module.sleep = module.sleep, lambda seconds: None
    yield
    module.sleep = old_sleep


@pytest.mark.sleepless(time)
def test_replaced_by_a_fixture(sleepless):
    time.sleep(30)


def test_back_off_too(monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    time.sleep(30)
```

What a thread does meanwhile:

```python
import os
import signal
import threading
import time


def interrupt(seconds):
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGINT)


def test_interrupted():
    threading.Thread(target=lambda: interrupt(0.5), daemon=True).start()
    threading.Thread(target=lambda: time.sleep(5), daemon=True).start()
    serve_until_interrupted()
```

## Instead

Wait for the thing itself: `Event.wait(timeout=5)`, `thread.join(timeout=5)`, `queue.get(timeout=5)` and
`process.wait(timeout=5)` return as soon as it happens. Where there is nothing to wait on, ask again in short steps until a
deadline (HS208 speaks of loops that do). Replace the clock where the code under test only counts time, and make the pauses of retries a parameter.

```python
import threading


def test_the_callback_runs():
    called = threading.Event()
    threading.Timer(0, called.set).start()
    assert called.wait(timeout=5)
```

## Limits

Freezing the clock (freezegun, time-machine) does not shorten `time.sleep`, so it does not silence this rule. How many
rounds a loop takes is counted only when the code says so; otherwise the estimate is for one round. A wait whose length is
not written in the code is reported without seconds and with less confidence, with low confidence behind a call. A pause after a failure (in an `except`) and
one in a loop of the project's own code, which a test mostly does not need, have low confidence and are shown with
`--min-confidence low`.

## References

* [How to monkeypatch/mock modules and environments](https://docs.pytest.org/en/stable/how-to/monkeypatch.html)
* [threading.Event.wait](https://docs.python.org/3/library/threading.html#threading.Event.wait)
)page";

constexpr float shortest = 0.011F;      // seconds; shorter sleeps only yield to others
constexpr float forever = 600;          // nobody waits that long: the sleeper is cancelled
constexpr float shortest_poll = 0.25F;  // a loop that asks again in shorter steps hardly waits longer than it must

/// "2 s", "0.5 s": up to three digits, none of them needless.
std::string seconds(float value) { return fmt::format("{:.3g} s", value); }

/// `for _ in range(30): if is_done(): break; time.sleep(1)`: a loop with a condition in it mostly asks whether it is
/// done.
bool asks_in_loop(const FileModel& model, BlockId block) {
  for (; block && model.blocks[block].kind != BlockKind::function; block = model.blocks[block].parent) {
    if (model.blocks[block].kind != BlockKind::for_) continue;
    return std::ranges::any_of(model.blocks[block].statements, [&](StatementId id) {
      const StatementKind kind = model.statements[id].kind;
      return kind == StatementKind::if_ || kind == StatementKind::return_ || kind == StatementKind::try_;
    });
  }
  return false;
}

bool is_poll(const Project& project, const Effect& effect) {
  if (stands_in(project, effect.place, BlockKind::while_)) return true;
  const FileModel& model = project.model(effect.place.file);
  const StatementId statement = statement_at(model, effect.place.range);
  return statement && asks_in_loop(model, model.statements[statement].block);
}

/// Back-off of the project's own code: between two tries, of which a test mostly needs one.
bool is_retry(const Project& project, const Effect& effect) {
  if (project.is_test_code(effect.place.file)) return false;
  return stands_in(project, effect.place, BlockKind::except) || stands_in(project, effect.place, BlockKind::while_) ||
         stands_in(project, effect.place, BlockKind::for_);
}

bool is_negligible(const Project& project, const Effect& effect) {
  if (!effect.seconds.known()) return is_poll(project, effect);
  if (effect.seconds.value >= forever) return true;
  if (effect.seconds.value * static_cast<float>(effect.repeats) < shortest) return true;
  return effect.seconds.value < shortest_poll && is_poll(project, effect);
}

std::string deed(const Project& project, const Effect& effect) {
  const std::string_view api = project.name(effect.api);
  const std::string_view per_round = is_poll(project, effect) ? " per round" : "";
  if (!effect.seconds.known()) return fmt::format("`{}` waits{}", api, per_round);
  const std::string rounds = effect.repeats > 1 ? fmt::format("{} x ", effect.repeats) : "";
  return fmt::format("`{}` waits {}{}{}", api, rounds, seconds(effect.seconds.value), per_round);
}

/// How sure it is that the wait really happens, and as often as the code says.
Confidence confidence(const Project& project, const Effect& effect, const Cause& cause) {
  if (is_retry(project, effect) || stands_in(project, effect.place, BlockKind::except)) return Confidence::low;
  if (!effect.seconds.known() && !cause.behind.empty()) return Confidence::low;  // the test may well pass 0.001
  const bool is_plain = effect.seconds.known() && cause.behind.empty() && !is_poll(project, effect);
  return is_plain ? Confidence::high : Confidence::medium;
}

void check_sleep(Check& check, EffectId id) {
  const Effect& effect = check.project()->effects[id];
  if (is_negligible(check.project(), effect)) return;
  // What HS208 speaks of.
  if (check.project().is_test_code(effect.place.file) && poll_around(check.project(), effect.place)) return;
  const std::optional<Cause> cause = cause_of(check.project(), id);
  if (!cause) return;
  Finding& finding = report_cause(check, *cause, deed(check.project(), effect));
  finding.confidence = confidence(check.project(), effect, *cause);
  if (cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule sleep_in_test = {
    .code = "HS201",
    .name = "sleep-in-test",
    .summary = "a test, fixture or helper waits for a fixed time",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::sleep},
    .hooks = {.on_effect = check_sleep},
    .help = "wait for the event itself with a timeout, or replace the pause where only its length matters",
    .page = page,
};

}  // namespace hasten::rules
