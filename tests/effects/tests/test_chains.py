"""Effects behind calls: properties, iteration, callbacks, subclasses, defaults, fixtures of fixtures."""

import asyncio
import contextlib
import functools
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from shop import remote


class Stock:
    def __init__(self, client=None):
        self.client = client or remote.Client()

    @property
    def total(self):
        return remote.fetch()

    def __len__(self):
        remote.wait()
        return 1

    def __iter__(self):
        remote.save("stock.csv")
        return iter(())

    def __getitem__(self, name):
        return remote.fetch_by_httpx()

    def __enter__(self):
        remote.build()
        return self

    def __exit__(self, *error):
        remote.wait()


def test_property():
    Stock().total  # reveal: network via requests.get


def test_length():
    len(Stock())  # reveal: sleep via time.sleep


def test_iteration():
    for _ in Stock():  # reveal: file-write via builtins.open
        pass


def test_item():
    Stock()["orders"]  # reveal: network via httpx.get


def test_context():
    with Stock():  # reveal: sleep via time.sleep  # reveal: subprocess via subprocess.run
        pass


def test_attribute():
    Stock().client.push()  # reveal: network via requests.Session.post


class Quiet(remote.Client):
    def send(self, path):
        return None


def test_inherited_method():
    Quiet().pause()  # reveal: sleep via time.sleep


def retry(action, times=3):
    for _ in range(times):
        action()


def test_callback():
    retry(remote.fetch)  # reveal: network via requests.get


def test_partial():
    functools.partial(remote.save, "part.csv")()  # reveal: file-write via builtins.open


def test_table_of_functions():
    {"fetch": remote.fetch}["fetch"]()  # reveal: network via requests.get possible


def test_thread():
    threading.Thread(target=remote.build).start()  # reveal: subprocess via subprocess.run
    threading.Thread(target=remote.wait).start()


def test_pool():
    with ThreadPoolExecutor() as pool:
        pool.submit(remote.build)  # reveal: subprocess via subprocess.run


async def test_task():
    task = asyncio.create_task(nap())
    task.cancel()


async def nap():
    await asyncio.sleep(3)


async def test_awaited():
    await nap()  # reveal: sleep via asyncio.sleep


async def test_gathered():
    await asyncio.gather(nap())  # reveal: sleep via asyncio.sleep


def pause(seconds=0.5):
    time.sleep(seconds)


def test_default():
    pause()  # reveal: sleep via time.sleep


def test_argument():
    pause(4)  # reveal: sleep via time.sleep


def test_no_wait():
    pause(0)


@contextlib.contextmanager
def folder(name):
    os.makedirs(name)
    yield
    os.rmdir(name)


def test_context_manager():
    with folder("orders"):  # reveal: file-write via os.makedirs  # reveal: file-write via os.rmdir
        pass


@pytest.fixture
def client():
    made = remote.Client()
    made.push()  # reveal: network via requests.Session.post
    return made


@pytest.fixture
def stock(client):
    yield Stock(client)
    remote.save("left.csv")  # reveal: file-write via builtins.open


def test_fixture_of_a_fixture(stock):
    stock.client.pause()  # reveal: sleep via time.sleep


@pytest.fixture(params=[1, 2])
def seconds(request):
    time.sleep(request.param)  # reveal: sleep via time.sleep


def test_parametrized_fixture(seconds):
    pass


@pytest.mark.parametrize("action", [remote.fetch, remote.wait])
def test_parametrized_action(action):
    action()  # reveal: network via requests.get possible  # reveal: sleep via time.sleep possible


def test_dynamic_fixture(request):
    request.getfixturevalue("client")


@pytest.mark.usefixtures("client")
class TestUsed:
    def test_nothing(self):
        pass


def act(client, action):
    getattr(client, action)()


def test_computed_attribute():
    act(remote.Client(), "pause")  # reveal: sleep via time.sleep possible


def act_as(client, action):
    getattr(client, action)()


def test_other_computed_attribute():
    act_as(Quiet(), "send")


def test_attribute_that_is_not_known():
    getattr(remote.Client(), input())()


def rest(seconds):
    remote.wait()


class Repeat:
    """Decorates by a method, and leaves it to subclasses how."""

    def __init__(self, pause=rest):
        self.pause = pause

    def __call__(self, function):
        raise NotImplementedError

    def around(self, function):
        def repeated():
            return self(function)

        return repeated


class Twice(Repeat):
    def __call__(self, function):
        function()
        self.pause(1)
        return function()


class Once(Repeat):
    def __init__(self):
        super().__init__(pause=print)

    def __call__(self, function):
        return function()


def repeat(times):
    def decorate(function):
        if times == 1:
            repeater = Once()
        else:
            repeater = Twice()
        return repeater.around(function)

    return decorate


@repeat(times=2)
def load():
    pass


def test_decorated_by_a_method():
    load()  # reveal: sleep via time.sleep possible


def test_default_of_an_inherited_constructor():
    Twice()(len)  # reveal: sleep via time.sleep possible


def test_constructor_that_passes_something_else():
    Once()(len)
