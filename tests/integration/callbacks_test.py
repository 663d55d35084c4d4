"""Effects of functions that are passed to what calls them: the project's own code, directly or by passing them on, and
APIs that knowledge describes. And none of functions that are passed to what does something else with them.
"""


import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "pyproject.toml": """\
[[tool.hasten.api]]
name = "acme.jobs.run"
runs = [0, "job"]

[[tool.hasten.api]]
name = "acme.jobs.leave"
runs = [0, "job"]
beside = true
""",
    "src/shop/jobs.py": """\
import asyncio
import inspect
import threading
import time


def slow():
    time.sleep(1)


def write():
    open("/srv/shop/log.txt", "w").close()


def call(job):
    job()


def call_each(jobs):
    for job in jobs:
        job()


class Group:
    def start_soon(self, job, *args, name=None):
        self._spawn(job, args, name)

    def _spawn(self, job, args, name):
        job(*args)

    def in_thread(self, job):
        threading.Thread(target=job).start()

    def in_task(self, job, *args):
        if inspect.iscoroutinefunction(job):
            return asyncio.create_task(job(*args))
        return threading.Thread(target=job, args=args).start()

    def loop(self, job, depth):
        if depth:
            self.loop(job, depth - 1)
        else:
            job()


def describe(job):
    return job.__name__


def store(job, registry):
    registry.append(job)
""",
    "tests/test_ways.py": """\
import asyncio
import contextvars
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from unittest import TestCase, mock

import acme
import anyio
import pytest
import trio

from shop.jobs import Group, call, call_each, describe, slow, store, write


def test_called():
    call(slow)


def test_each():
    call_each([slow])


def test_passed_on():
    Group().start_soon(slow)


def test_partial_passed_on():
    Group().start_soon(partial(slow))


def test_partial_called():
    later = partial(time.sleep, 2)
    later()


def test_recursion():
    Group().loop(slow, 3)


def test_described():
    describe(slow)


def test_stored():
    store(slow, [])


async def test_to_thread():
    await asyncio.to_thread(slow)


async def test_to_thread_of_an_api():
    await asyncio.to_thread(time.sleep, 2)


async def test_executor():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, time.sleep, 3)


async def test_partial_is_followed():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, partial(slow))


def test_nobody_waits_for_a_thread():
    threading.Thread(target=time.sleep, args=(2,)).start()
    threading.Thread(target=slow).start()
    ThreadPoolExecutor().submit(slow)
    Group().in_thread(slow)


def test_a_thread_writes():
    threading.Thread(target=write).start()


def test_passed_on_to_a_thread():
    Group().in_thread(write)


async def test_nobody_waits_for_a_task():
    async def later():
        await asyncio.sleep(2)

    Group().in_task(later)
    asyncio.create_task(later())


async def test_task_group():
    async with anyio.create_task_group() as group:
        group.start_soon(write)


async def test_nursery():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(write)


def test_context():
    contextvars.copy_context().run(slow)


def test_raises():
    pytest.raises(ValueError, slow)


def test_raises_context():
    with pytest.raises(ValueError, match="slow"):
        pass


def test_patched():
    with mock.patch("time.sleep"):
        call(slow)
        pytest.raises(ValueError, time.sleep, 4)


def test_own_knowledge():
    acme.jobs.run(slow)
    acme.jobs.leave(write)


class Case(TestCase):
    def test_method(self):
        self.assertRaises(ValueError, time.sleep, 5)
""",
}
ROWS = {
    "test_called": {"sleep 1 s"},
    "test_each": {"sleep 1 s"},
    "test_passed_on": {"sleep 1 s"},
    "test_partial_passed_on": {"sleep 1 s"},
    "test_partial_called": {"sleep None"},
    "test_recursion": {"sleep 1 s"},
    "test_described": set(),
    "test_stored": set(),
    "test_to_thread": {"sleep 1 s"},
    "test_to_thread_of_an_api": {"sleep 2 s"},
    "test_executor": {"sleep 3 s"},
    "test_partial_is_followed": {"sleep 1 s"},
    "test_nobody_waits_for_a_thread": set(),
    "test_a_thread_writes": {"file-write /srv/shop/log.txt"},
    "test_passed_on_to_a_thread": {"file-write /srv/shop/log.txt"},
    "test_nobody_waits_for_a_task": set(),
    "test_task_group": {"file-write /srv/shop/log.txt"},
    "test_nursery": {"file-write /srv/shop/log.txt"},
    "test_context": {"sleep 1 s"},
    "test_raises": {"sleep 1 s"},
    "test_raises_context": set(),
    "test_patched": set(),
    "test_own_knowledge": {"sleep 1 s", "file-write /srv/shop/log.txt"},
    "test_method": {"sleep 5 s"},
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
        rows = harness.effect_rows(folder)
        unsure = {row["test"] for row in rows if row["possible"]}
        expect(not unsure, f"nothing else can run in {unsure}")
        known = hasten("api", "asyncio.to_thread", cwd=folder).stdout.decode()
        expect("runs" in known, f"what it calls is shown: {known}")
        harness.write(folder / "pyproject.toml", '[[tool.hasten.api]]\nname = "acme.run"\nbeside = true\n')
        wrong = hasten("check", cwd=folder, codes=(2,)).stderr.decode()
        expect("pyproject.toml:1:1: problem: beside what, expected runs" in wrong, wrong)
    harness.finish()


main()
