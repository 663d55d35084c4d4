"""Effects of code that runs without a call being written: properties, subscripts, `in`, loops, `len`, `await`, and
what decorators put around a function.
"""

import harness

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/store.py": """\
import functools
import sqlite3
import time


class Base:
    limit = 3

    @property
    def connection(self):
        return sqlite3.connect("/srv/shop/shop.db")


class Store(Base):
    def __init__(self):
        self._delay = 0

    @functools.cached_property
    def index(self):
        return open("/srv/shop/index", "w")

    @property
    def delay(self):
        return self._delay

    @delay.setter
    def delay(self, seconds):
        time.sleep(1)
        self._delay = seconds

    def __getitem__(self, key):
        return self.connection.execute("SELECT value FROM items WHERE key = ?", [key])

    def __setitem__(self, key, value):
        open("/srv/shop/log", "w").close()

    def __delitem__(self, key):
        open("/srv/shop/deleted", "w").close()

    def __contains__(self, key):
        time.sleep(2)
        return True

    def __len__(self):
        time.sleep(3)
        return 0

    def __iter__(self):
        time.sleep(4)
        yield 1


class Quiet(Store):
    connection = None
    index = None

    def __getitem__(self, key):
        return key
""",
    "src/shop/requests.py": """\
import sqlite3
import time


class Request:
    def __await__(self):
        time.sleep(7)
        return self.send().__await__()

    async def send(self):
        open("/srv/shop/sent", "w").close()

    async def __aenter__(self):
        return await self

    async def __aexit__(self, *error):
        pass


class Kept:
    def __await__(self):
        open("/srv/shop/kept", "w").close()
        yield


def request():
    return Request()


async def kept():
    return Kept()
""",
    "src/shop/around.py": """\
import functools
import time

REGISTRY = []


def slow(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        time.sleep(5)
        return function(*args, **kwargs)

    return wrapper


def pausing(seconds):
    def decorate(function):
        def wrapper(*args, **kwargs):
            open("/srv/shop/pauses", "w").close()
            return function(*args, **kwargs)

        return wrapper

    return decorate


def registered(function):
    REGISTRY.append(lambda: time.sleep(6))
    return function


@slow
def pay():
    pass
""",
    "tests/test_ways.py": """\
import pytest

from shop.around import pausing, pay, registered, slow
from shop.requests import Request, kept, request
from shop.store import Quiet, Store


@pytest.fixture
def store():
    return Store()


def test_property(store):
    assert store.connection


def test_cached_property(store):
    store.index.write("x")


def test_getter(store):
    assert store.delay == 0


def test_setter(store):
    store.delay = 5


def test_subscript(store):
    assert store["a"]


def test_set_item(store):
    store["a"] = store.limit


def test_delete_item(store):
    del store["a"]


def test_in(store):
    assert "a" in store


def test_len(store):
    assert len(store) == 0


def test_loop(store):
    for item in store:
        assert item


def test_comprehension():
    assert [item for item in Store()]


def test_list(store):
    assert list(store)


async def test_await():
    await Request()


async def test_await_of_a_variable():
    sent = request()
    await sent


async def test_async_with():
    async with Request():
        pass


async def test_not_awaited():
    Request()


async def test_await_of_a_coroutine():
    later = kept()
    await later
    await kept()


@slow
def test_decorated():
    pass


@pausing(3)
def test_decorated_by_what_a_call_returns():
    pass


def test_decorated_function():
    pay()


@registered
def test_not_wrapped():
    pass


def test_plain(store):
    items = {"a": 1}
    items["b"] = items["a"]
    assert "b" in items and len(items) == 2 and store.limit


def test_replaced():
    quiet = Quiet()
    assert quiet.connection is None and quiet.index is None and quiet["a"]
""",
}
DATABASE = "db /srv/shop/shop.db"
ROWS = {
    "test_property": {DATABASE},
    "test_cached_property": {"file-write /srv/shop/index"},
    "test_getter": set(),
    "test_setter": {"sleep 1 s"},
    "test_subscript": {DATABASE},
    "test_set_item": {"file-write /srv/shop/log"},
    "test_delete_item": {"file-write /srv/shop/deleted"},
    "test_in": {"sleep 2 s"},
    "test_len": {"sleep 3 s"},
    "test_loop": {"sleep 4 s"},
    "test_comprehension": {"sleep 4 s"},
    "test_list": {"sleep 4 s"},
    "test_await": {"sleep 7 s", "file-write /srv/shop/sent"},
    "test_await_of_a_variable": {"sleep 7 s", "file-write /srv/shop/sent"},
    "test_async_with": {"sleep 7 s", "file-write /srv/shop/sent"},
    "test_not_awaited": set(),
    "test_await_of_a_coroutine": set(),
    "test_decorated": {"sleep 5 s"},
    "test_decorated_by_what_a_call_returns": {"file-write /srv/shop/pauses"},
    "test_decorated_function": {"sleep 5 s"},
    "test_not_wrapped": set(),
    "test_plain": set(),
    "test_replaced": set(),
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
    harness.finish()


main()
