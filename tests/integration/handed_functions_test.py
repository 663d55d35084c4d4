"""Effects of methods that a function calls on what it is given, where it is given that by a function that it was handed
to: `def push(client): client.send()` in `with_client(push)`. And none of what only looks like that.
"""


import harness
from harness import expect

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/clients.py": """\
import time


class Client:
    def send(self):
        time.sleep(1)


class Printer:
    def send(self):
        open("/srv/shop/printed", "w").close()


def with_client(action):
    action(Client())


def with_another_client(action):
    action(Client())


def with_each(first, *, then):
    then(Printer())


def through(action):
    with_client(action)


def decorated_by(action):
    def decorate(function):
        def wrapper(*args):
            action(Client())
            return function(*args)

        return wrapper

    return decorate


def described(action):
    return action.__name__


def shadowed(action):
    action = describe
    action(Client())


def describe(client):
    return repr(client)


class Runner:
    def __init__(self, action):
        self.action = action
        action(Client(), 1)


class Circles:
    def in_circles(self, action, depth):
        if depth:
            self.in_circles(action, depth - 1)
        action(Printer())
""",
    "tests/test_ways.py": """\
import threading

from shop.clients import *


def push(client):
    client.send()


def push_again(client):
    client.send()


def push_through(client):
    client.send()


def push_wrapped(client):
    client.send()


def push_nothing(client):
    client.send()


def push_shadowed(client):
    client.send()


def push_and_count(client, count):
    client.send()


def push_in_circles(client):
    client.send()


def push_in_thread(client, printer):
    printer.send()


def send_twice(client):
    client.send()


class Pusher:
    def push_bound(self, client):
        client.send()


def test_handed_over():
    with_client(push)


def test_by_keyword():
    with_each(None, then=push_again)


def test_handed_on():
    through(push_through)


@decorated_by(push_wrapped)
def test_called_by_a_wrapper():
    pass


def test_described():
    described(push_nothing)


def test_another_of_its_name():
    shadowed(push_shadowed)


def test_class():
    Runner(push_and_count)


def test_circles():
    Circles().in_circles(push_in_circles, 3)


def test_thread():
    threading.Thread(target=push_in_thread, args=(Client(), Printer())).start()


def test_method():
    with_client(Pusher().push_bound)


def test_several():
    with_another_client(send_twice)
    send_twice(Printer())
""",
}
ROWS = {
    "test_handed_over": {"sleep 1 s"},
    "test_by_keyword": {"file-write /srv/shop/printed"},
    "test_handed_on": {"sleep 1 s"},
    "test_called_by_a_wrapper": {"sleep 1 s"},
    "test_described": set(),
    "test_another_of_its_name": set(),
    "test_class": {"sleep 1 s"},
    "test_circles": {"file-write /srv/shop/printed"},
    "test_thread": {"file-write /srv/shop/printed"},
    "test_method": {"sleep 1 s"},
    "test_several": {"sleep 1 s", "file-write /srv/shop/printed"},
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
        rows = harness.effect_rows(folder)
        sure = {row["test"] for row in rows if not row["possible"]}
        expect(not sure, f"what is handed over may be called with something else as well: {sure}")
    harness.finish()


main()
