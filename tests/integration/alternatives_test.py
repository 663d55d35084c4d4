"""Effects behind calls that may lead to several functions: what collections hold, what callers pass, what subclasses
put in the place of an abstract method, what a computed import can mean. And none behind what merely has the same name.
"""

import json

import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/__init__.py": "",
    "src/shop/adapters.py": """\
import sqlite3
import time
from abc import ABC, abstractmethod


class Adapter:
    def send(self, order):
        raise NotImplementedError


class Post(Adapter):
    def send(self, order):
        time.sleep(1)


class Pigeon(Adapter):
    def send(self, order):
        time.sleep(2)


class Session:
    def __init__(self):
        self.adapters = {}
        self.steps = []
        self.mount("post", Post())
        self.steps.append(Pigeon())

    def mount(self, prefix, adapter):
        self.adapters[prefix] = adapter

    def adapter_for(self, order):
        for prefix, adapter in self.adapters.items():
            if order.startswith(prefix):
                return adapter
        raise KeyError(order)

    def send(self, order):
        return self.adapter_for(order).send(order)

    def send_by_key(self, order):
        self.adapters[order].send(order)

    def send_default(self, order):
        self.adapters.get(order).send(order)

    def send_each(self, order):
        for step in self.steps:
            step.send(order)


class Database(ABC):
    def connect(self):
        self._connect()

    @abstractmethod
    def _connect(self):
        \"\"\"Opens it.\"\"\"


class Lite(Database):
    def _connect(self):
        time.sleep(3)


class Heavy(Database):
    def _connect(self):
        time.sleep(8)


class Store(ABC):
    def __init__(self, name):
        self.name = name

    def open(self):
        return self._open()

    @abstractmethod
    def _open(self):
        \"\"\"Opens it.\"\"\"


class FileStore(Store):
    def _open(self):
        return sqlite3.connect(self.name)


class NoStore(Store):
    def _open(self):
        return None


def open_any(store: Store):
    return store.open()


class Deferred(Adapter):
    def send(self, order):
        super().send(order)


class Mixin:
    def refresh(self):
        self.fetch()


class Page(Mixin):
    def fetch(self):
        time.sleep(4)


class Unrelated:
    def send(self, order):
        time.sleep(5)

    def fetch(self):
        time.sleep(6)


def deliver(order, adapter):
    adapter.send(order)


def deliver_all(orders):
    for order in orders:
        deliver(order, Post())


class Stamp:
    def press(self):
        time.sleep(9)


class Seal(Stamp):
    def press(self):
        time.sleep(10)


def press(thing):
    thing.press()


def press_once():
    press(Stamp())


def press_both():
    for each in (Stamp(), Seal()):
        press(each)


def close(thing):
    thing.fetch()


def close_page():
    close(Page())


def close_what_comes(things):
    for thing in things:
        close(thing)


def unknown(thing):
    thing.send(1)


def choose(kind):
    backend = BACKENDS_BY_NAME.pick(kind)
    if issubclass(backend, Lite):
        kind = ":memory:"
    return backend(kind)


def connect(kind):
    choose(kind).connect()


TABLE = {}


def register(thing):
    TABLE["key"] = thing


def look_up(name):
    TABLE[name].send(1)
""",
    "src/shop/locks.py": """\
import sys
import time


class Lock:
    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *details):
        pass

    def acquire(self):
        raise NotImplementedError


class HardLock(Lock):
    def acquire(self):
        time.sleep(11)


class SoftLock(Lock):
    def acquire(self):
        time.sleep(12)


class Silent(Lock):
    def acquire(self):
        pass


class Safe:
    default = HardLock

    def __init__(self, **options):
        kind = options.pop("lock", self.default)
        self.lock = kind()

    def open(self):
        self.lock.acquire()
""",
    "src/shop/backends/__init__.py": "",
    "src/shop/backends/slow.py": """\
import time


def wait():
    time.sleep(7)
""",
    "src/shop/backends/quick.py": """\
def wait():
    pass
""",
    "src/shop/loop.py": """\
import sys
from importlib import import_module

from shop.backends import quick, slow


def backend(name):
    full = "shop.backends." + name
    try:
        return sys.modules[full]
    except KeyError:
        return import_module(full)


def wait(name):
    backend(name).wait()


def wait_formatted(name):
    import_module(f"..backends.{name}", package=__name__).wait()


def wait_elsewhere(name):
    import_module(f"other.{name}").wait()
""",
    "tests/test_ways.py": """\
from unittest import mock

import pytest

from shop import adapters, locks, loop

KINDS = [(locks.HardLock, 1), (locks.Silent, 2)]


@pytest.mark.parametrize("kind", [locks.HardLock, pytest.param(locks.SoftLock, id="soft")])
def test_parametrized(kind):
    with kind():
        pass


@pytest.mark.parametrize("kind, number", KINDS)
def test_parametrized_by_pairs(kind, number):
    lock = kind()
    lock.acquire()


@pytest.fixture(params=[locks.SoftLock, locks.Silent])
def lock(request):
    lock = request.param()
    lock.acquire()
    return lock


def test_fixture_with_parameters(lock):
    pass


def test_default_of_keywords():
    locks.Safe().open()


def test_keyword():
    locks.Safe(lock=locks.SoftLock)


def test_items():
    adapters.Session().send("post")


def test_key():
    adapters.Session().send_by_key("post")


def test_get():
    adapters.Session().send_default("post")


def test_each():
    adapters.Session().send_each("post")


def test_abstract():
    adapters.Lite().connect()


def test_store():
    adapters.open_any(object())


def test_own_store():
    adapters.FileStore("orders.db").open()


def test_super():
    adapters.Deferred().send("post")


def test_asked_type():
    adapters.connect("lite")


def test_mixin():
    adapters.Page().refresh()


def test_argument():
    adapters.deliver_all(["a"])


def test_one_of_two_arguments():
    adapters.press_once()


def test_caller_that_passes_what_nobody_knows():
    adapters.close_page()


def test_backend():
    loop.wait("slow")


def test_relative_backend():
    loop.wait_formatted("slow")


def test_replaced():
    with mock.patch.object(adapters.Post, "send"):
        adapters.Session().send("post")


def test_other_module():
    loop.wait_elsewhere("slow")


def test_nobody_says_what():
    adapters.unknown(object)


def test_nothing_is_stored():
    adapters.look_up("key")
""",
}
SECONDS = {
    "test_items": {"1 s"}, "test_key": {"1 s"}, "test_get": {"1 s"}, "test_each": {"2 s"}, "test_abstract": {"3 s"}, "test_super": set(), "test_asked_type": {"3 s", "8 s"},
    "test_mixin": {"4 s"}, "test_argument": {"1 s"},
    "test_one_of_two_arguments": {"9 s", "10 s"}, "test_caller_that_passes_what_nobody_knows": {"4 s"}, "test_backend": {"7 s"}, "test_relative_backend": {"7 s"},
    "test_parametrized": {"11 s", "12 s"}, "test_parametrized_by_pairs": {"11 s"}, "test_fixture_with_parameters": {"12 s"},
    "test_default_of_keywords": {"11 s", "12 s"}, "test_keyword": set(),
    "test_replaced": set(), "test_other_module": set(), "test_nobody_says_what": set(), "test_nothing_is_stored": set(),
}
# Each caller passes the same; of an object whose class is known the method is known too.
SURE = {f"tests/test_ways.py::{test}" for test in ("test_argument", "test_abstract", "test_own_store", "test_mixin")}


def main():
    with harness.project(FILES) as folder:
        listed = hasten("list", "effects", "--output-format", "json", cwd=folder).stdout
        rows = json.loads(listed)["effects"]
        for test, seconds in SECONDS.items():
            found = {row["resource"] for row in rows
                     if row["test"].endswith(f"::{test}") and row["kind"] == "sleep" and not row["masked_by"]}
            expect(found == seconds, f"{test} waits {found}, expected {seconds}")
        sure = {row["test"] for row in rows if not row["possible"]}
        expect(sure == SURE, f"another method might run: {sure}, expected {SURE}")
        verdicts = {row["id"]: row for row in json.loads(
            hasten("list", "tests", "--output-format", "json", cwd=folder).stdout)["tests"]}
        store = verdicts["tests/test_ways.py::test_store"]
        expect(store["verdict"] == "unknown", f"a database that may be opened leaves it open: {store}")
        expect("it may run `sqlite3.connect`, which takes a database" in json.dumps(store["reasons"]), store["reasons"])
        expect(verdicts["tests/test_ways.py::test_abstract"]["verdict"] == "parallel", "a pause meets nobody")
        text = hasten("list", "effects", cwd=folder).stdout.decode()
        expect("sleep time.sleep `1 s` in tests/test_ways.py::test_items (call, possible)" in text, text)
        again = hasten("list", "effects", "--output-format", "json", "-j", 8, cwd=folder).stdout
        expect(listed == again, "the rows depend on the number of workers")
        unsure = hasten("check", "--output-format", "concise", cwd=folder).stdout.decode()
        expect("test_items" not in unsure and "adapters.py:31" not in unsure, f"what may lead elsewhere is no sure finding: {unsure}")
        low = hasten("check", "--min-confidence", "low", "--output-format", "concise", cwd=folder).stdout.decode()
        expect("HS201" in low, f"it is one of low confidence: {low}")
    harness.finish()


main()
