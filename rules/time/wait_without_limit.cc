#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/surroundings.h"
#include "analyzer/check/time_limits.h"
#include "analyzer/model/said_words.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test waits until another thread, process or task says so, for as long as that takes. When the other one fails before it does, the
test never ends: CI stops the whole run after an hour, and nothing says which test it was.

## Flagged

```python
import queue
import threading

import pytest

from shop import Worker


def test_the_worker_starts():
    started = threading.Event()
    threading.Thread(target=Worker(on_start=started.set).run, daemon=True).start()
    started.wait()  # expect: HS205 "`threading.Event.wait` has no limit"


def test_results_come_back():
    results = queue.Queue()
    Worker(results).start()
    assert results.get() == "mug"  # expect: HS205 "`queue.Queue.get` has no limit in test `test_results_come_back`"


@pytest.fixture
def worker():
    ready = threading.Event()
    worker = Worker(on_start=ready.set)
    worker.start()
    ready.wait(timeout=None)  # expect: HS205 "in fixture `worker`, set up for 2 tests"
    yield worker
    worker.stop()


def test_name(worker): ...


def test_age(worker): ...
```

```python
import asyncio

from shop import Worker


async def test_the_task_starts():
    started = asyncio.Event()
    task = asyncio.create_task(Worker(started).run())
    await started.wait()  # expect: HS205
    await task
```

## Not flagged

A limit, what does not wait, what the test itself has put there, and what is said whatever happens:

```python
import asyncio
import queue
import threading

import pytest

from shop import Worker


def test_limit():
    started = threading.Event()
    Worker(on_start=started.set).start()
    assert started.wait(5)


def test_no_wait():
    results = queue.Queue()
    Worker(results).start()
    with pytest.raises(queue.Empty):
        results.get(False)


def test_own():
    results = queue.Queue()
    results.put("mug")
    assert results.get() == "mug"


def test_own_by_way_of_a_method():
    pool = Pool()
    pool.give_back(42)
    assert pool.free.get() == 42


class Pool:
    def __init__(self):
        self.free = queue.Queue()

    def give_back(self, number):
        self.free.put(number)


def test_said_whatever_happens():
    done = threading.Event()

    def run():
        try:
            Worker().run()
        finally:
            done.set()

    threading.Thread(target=run).start()
    done.wait()


def test_in_the_thread():
    go = threading.Event()

    def run():
        go.wait()

    thread = threading.Thread(target=run)
    thread.start()
    go.set()
    thread.join()


async def test_task_with_limit():
    started = asyncio.Event()
    task = asyncio.create_task(Worker(started).run())
    await asyncio.wait_for(started.wait(), 5)
    async with asyncio.timeout(5):
        await started.wait()
    await task


@pytest.mark.timeout(10)
def test_marked():
    results = queue.Queue()
    Worker(results).start()
    assert results.get() == "mug"
```

A decorator of the suite's own that sets a limit:

```python
# file: tests/support.py
import asyncio
from functools import wraps


def async_test(test):
    @wraps(test)
    def run(self):
        return asyncio.run(asyncio.wait_for(test(self), 5))

    return run

# file: tests/test_worker.py
import asyncio
import unittest

from shop import Worker
from support import async_test


class TestWorker(unittest.TestCase):
    @async_test
    async def test_the_task_starts(self):
        started = asyncio.Event()
        task = asyncio.create_task(Worker(started).run())
        await started.wait()
        await task
```

A metaclass or a base class that does so for every test:

```python
# file: tests/support.py
import asyncio
import unittest


class LimitingMeta(type(unittest.TestCase)):
    def __new__(meta, name, bases, members):
        for key, member in list(members.items()):
            if key.startswith("test_"):
                members[key] = lambda self, member=member: asyncio.run(asyncio.wait_for(member(self), 5))
        return super().__new__(meta, name, bases, members)


class LimitedCase(unittest.TestCase, metaclass=LimitingMeta):
    pass


class TimedCase(unittest.TestCase):
    def run(self, result=None):
        with timeout_after(5):
            return super().run(result)

# file: tests/test_worker.py
import asyncio
import queue

from shop import Worker
from support import LimitedCase, TimedCase


class TestWorker(LimitedCase):
    async def test_the_task_starts(self):
        started = asyncio.Event()
        task = asyncio.create_task(Worker(started).run())
        await started.wait()
        await task


class TestResults(TimedCase):
    def test_results_come_back(self):
        results = queue.Queue()
        Worker(results).start()
        assert results.get() == "mug"
```

A project that has pytest-timeout:

```python
# file: setup.py
from setuptools import setup

setup(name="shop", extras_require={"tests": ["pytest", "pytest-timeout"]})

# file: tests/test_worker.py
import queue

from shop import Worker


def test_results_come_back():
    results = queue.Queue()
    Worker(results).start()
    assert results.get() == "mug"
```

Its settings say as much:

```python
# file: pytest.ini
[pytest]
timeout = 60

# file: tests/test_worker.py
import queue

from shop import Worker


def test_results_come_back():
    results = queue.Queue()
    Worker(results).start()
    assert results.get() == "mug"
```

```python
# file: pytest.ini
[pytest]
addopts = --timeout 60

# file: tests/test_worker.py
import queue

from shop import Worker


def test_results_come_back():
    results = queue.Queue()
    Worker(results).start()
    assert results.get() == "mug"
```

## Instead

Say how long it may take at most, and look at the answer: `assert started.wait(timeout=5)`, `results.get(timeout=5)`,
`await asyncio.wait_for(started.wait(), 5)`. The limit costs nothing while the test passes. pytest-timeout sets one for all
tests at once.

```python
import threading

from shop import Worker


def test_the_worker_starts():
    started = threading.Event()
    threading.Thread(target=Worker(on_start=started.set).run, daemon=True).start()
    assert started.wait(timeout=5)
```

## Limits

Only `Event.wait` and `Queue.get` of threading, queue, multiprocessing, asyncio, anyio and trio are looked at: whoever waits for a
thread or a process itself (`join`, `communicate`) is at least told when that one fails. Requests are the affair of
HS202. Waits of the project's own code, of helpers that are coroutines and of functions within functions are left out, since
nobody here knows who waits for them. pytest-timeout counts wherever a project asks for it, by requirement, setting or mark; a limit that only
CI has does not.

## References

* [threading.Event.wait](https://docs.python.org/3/library/threading.html#threading.Event.wait)
* [queue.Queue.get](https://docs.python.org/3/library/queue.html#queue.Queue.get)
* [pytest-timeout](https://pypi.org/project/pytest-timeout/)
)page";

using std::string_view;

const Call* call_at(const FileModel& model, TextRange callee) {
  const auto found = std::ranges::find_if(
      model.calls, [&](const Call& call) { return model.exprs[model.first_child(call.expr)].range == callee; });
  return found == model.calls.end() ? nullptr : &*found;
}

bool is_coroutine(string_view api) {
  return api.starts_with("asyncio.") || api.starts_with("anyio.") || api.starts_with("trio.");
}

/// Is it the test that waits, and not a task or thread that it starts?
bool is_waited_for(const Project& project, const Cause& cause, const Call& call) {
  const Effect& effect = project->effects[cause.effect];
  if (is_coroutine(project.name(effect.api)) && call.is_awaited == 0) return false;
  if (project->paths[cause.path].length == 1) return true;
  const Function& function = project.model(effect.place.file).functions[effect.function];
  return function.is_async == 0 && !function.parent;
}

/// Somebody says in a `finally` what this call waits for.
bool is_said_in_the_end(const Project& project, FileId file, const Call& wait) {
  const FileModel& model = project.model(file);
  const std::string receiver = model.dotted(model.first_child(model.first_child(wait.expr)));
  return !receiver.empty() && std::ranges::any_of(model.calls, [&](const Call& call) {
    return says_word(model, call, receiver) &&
           stands_in(project, {file, model.exprs[call.expr].range}, BlockKind::finally);
  });
}

void check_wait(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (project->collection.limits_time || effect.seconds != without_end) return;
  const FileModel& model = project.model(effect.place.file);
  const Call* call = call_at(model, effect.place.range);
  if (call == nullptr || stands_in_limit(model, call->statement)) return;
  if (is_said_in_the_end(project, effect.place.file, *call)) return;
  std::vector<Reach> reaches = live_reaches(project, id);
  std::erase_if(reaches, [&](const Reach& reach) { return is_limited_in_time(project, reach.test); });
  const std::optional<Cause> cause = cause_of(project, id, std::move(reaches));
  if (!cause || !is_waited_for(project, *cause, *call)) return;

  Finding& finding = report_cause(check, *cause, fmt::format("`{}` has no limit", project.name(effect.api)));
  finding.cost = {};
  if (cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule wait_without_limit = {
    .code = "HS205",
    .name = "wait-without-limit",
    .summary = "a test waits for another thread or task without a limit, and may never end",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::sleep},
    .hooks = {.on_effect = check_wait},
    .help = "pass a timeout and assert the answer, or set one for all tests with pytest-timeout",
    .page = page,
};

}  // namespace hasten::rules
