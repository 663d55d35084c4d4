#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/polls.h"
#include "analyzer/check/surroundings.h"
#include "analyzer/check/time_limits.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test asks again and again whether something has happened. With long pauses it goes on waiting when that is long done; without a limit
it never ends when that does not happen, and CI stops the whole run after an hour without a word which test it was.

## Flagged

```python
import asyncio
import time

import pytest

from shop import is_listed, start_upload


def test_upload():
    start_upload()
    for _ in range(10):
        if is_listed("report.pdf"):
            break
        time.sleep(1)  # expect: HS208 "the loop around `time.sleep` looks only every 1 s in test `test_upload`"


def wait_until_listed(name):
    deadline = time.monotonic() + 10
    while not is_listed(name):
        assert time.monotonic() < deadline
        time.sleep(0.5)  # expect: HS208 "looks only every 0.5 s in helper `wait_until_listed`"


def test_upload_with_deadline():
    start_upload()
    wait_until_listed("report.pdf")


def test_upload_without_limit():
    start_upload()
    while not is_listed("report.pdf"):
        time.sleep(0.05)  # expect: HS208 "nothing limits the loop around `time.sleep`"


async def test_upload_in_a_task():
    start_upload()
    while not is_listed("report.pdf"):
        await asyncio.sleep(1)  # expect: HS208 "looks only every 1 s and has no limit"


@pytest.fixture
def uploaded():
    start_upload()
    while not is_listed("report.pdf"):
        time.sleep(0.01)  # expect: HS208 "in fixture `uploaded`, set up for 2 tests"


def test_size(uploaded): ...


def test_name(uploaded): ...
```

## Not flagged

Short steps with a limit of any kind, and what ends when a thread or a process does:

```python
import asyncio
import subprocess
import time

import pytest

from shop import is_listed, start_upload


def test_deadline():
    deadline = time.monotonic() + 5
    while not is_listed("report.pdf") and time.monotonic() < deadline:
        time.sleep(0.05)


def test_asserted_deadline():
    start = time.time()
    while not is_listed("report.pdf"):
        assert time.time() < start + 5
        time.sleep(0.05)


def test_count():
    looks = 0
    while not is_listed("report.pdf"):
        looks += 1
        if looks > 100:
            break
        time.sleep(0.05)


def test_range():
    for _ in range(100):
        if is_listed("report.pdf"):
            return
        time.sleep(0.05)


async def test_timeout():
    async with asyncio.timeout(5):
        while not is_listed("report.pdf"):
            await asyncio.sleep(0.01)


@pytest.mark.timeout(5)
def test_mark():
    while not is_listed("report.pdf"):
        time.sleep(0.01)


def test_process():
    process = subprocess.Popen(["upload", "report.pdf"])
    while process.poll() is None:
        time.sleep(0.01)
    process.wait()


def test_tried_again():
    while True:
        try:
            start_upload()
            time.sleep(1)  # hasten: ignore[HS201] the server needs it
            assert is_listed("report.pdf")
            break
        except OSError:
            pass


async def test_beside():
    async def tick():
        while not is_listed("report.pdf"):
            await asyncio.sleep(0.01)

    task = asyncio.create_task(tick())
    start_upload()
    await asyncio.wait_for(task, 5)
```

A project that has pytest-timeout:

```python
# file: pytest.ini
[pytest]
timeout = 60

# file: tests/test_upload.py
import time

from shop import is_listed


def test_upload():
    while not is_listed("report.pdf"):
        time.sleep(0.05)
```

## Instead

Wait for the thing itself where it has an event, a future or a `join` with a timeout. Where there is only a question to ask, ask it in short
steps until a deadline:

```python
import time

from shop import is_listed, start_upload


def wait_for(is_true, seconds=5.0, step=0.02):
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(step)


def test_upload():
    start_upload()
    wait_for(lambda: is_listed("report.pdf"))
```

pytest-timeout sets a limit for all tests at once.

## Limits

Steps below 0.25 s are short. A loop that only counts or runs for some time is a plain wait, of which HS201 speaks. A clock, a count, an
assertion, an exception, a second way out and everything called a timeout, a deadline or a limit is taken for a limit; so is
pytest-timeout. Helpers that are coroutines and functions within functions may be limited by whoever waits for them, so for them only long
steps are reported; the project's own loops are left to HS201.

## References

* [threading.Event.wait](https://docs.python.org/3/library/threading.html#threading.Event.wait)
* [pytest-timeout](https://pypi.org/project/pytest-timeout/)
)page";

constexpr float longest_step = 0.25F;  // seconds; in shorter steps a loop hardly waits longer than it must
constexpr float forever = 600;         // nobody waits that long: the sleeper is cancelled

bool is_long_step(const Effect& effect) {
  return effect.seconds.known() && effect.seconds.value >= longest_step && effect.seconds.value < forever;
}

/// Is it the test that waits, and not a task or thread that it starts?
bool waits_itself(const Project& project, const Cause& cause) {
  if (project->paths[cause.path].length == 1) return true;
  const Effect& effect = project->effects[cause.effect];
  if (!effect.function) return false;
  const Function& function = project.model(effect.place.file).functions[effect.function];
  return function.is_async == 0 && !function.parent;
}

/// The tests for which nothing ends the loop but what it waits for.
std::vector<Reach> unlimited_reaches(const Project& project, EffectId id, const Poll& poll) {
  if (!poll.may_never_end || project->collection.limits_time) return {};
  if (stands_in_limit(project.model(project->effects[id].place.file), poll.loop)) return {};
  std::vector<Reach> reaches = live_reaches(project, id);
  std::erase_if(reaches, [&](const Reach& reach) { return is_limited_in_time(project, reach.test); });
  return reaches;
}

void check_poll(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (!project.is_test_code(effect.place.file) || effect.seconds == without_end) return;
  const std::optional<Poll> poll = poll_around(project, effect.place);
  if (!poll) return;
  std::optional<Cause> cause = cause_of(project, id, unlimited_reaches(project, id, *poll));
  const bool has_no_limit = cause && waits_itself(project, *cause);
  const bool is_long = is_long_step(effect);
  if (is_long) cause = cause_of(project, id);
  if (!cause || !(has_no_limit || is_long)) return;

  const std::string_view api = project.name(effect.api);
  const std::string deed = is_long ? fmt::format("the loop around `{}` looks only every {:.3g} s{}", api,
                                                 effect.seconds.value, has_no_limit ? " and has no limit" : "")
                                   : fmt::format("nothing limits the loop around `{}`", api);
  Finding& finding = report_cause(check, *cause, deed);
  if (!is_long) finding.cost = {};
  if (cause->is_guarded || stands_in(project, effect.place, BlockKind::except)) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule slow_poll = {
    .code = "HS208",
    .name = "slow-poll",
    .summary = "a test asks again in long steps, or without a limit, whether something has happened",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::sleep},
    .hooks = {.on_effect = check_poll},
    .help = "wait for the event itself with a timeout, or ask again in short steps until a deadline",
    .page = page,
};

}  // namespace hasten::rules
