"""Verdicts of tests that meet what an earlier test of the same process has left behind: a running event loop, and what
the methods of a module's only object change in it.
"""

import json

import harness
from harness import expect, hasten

LOOPS = {
    "test_loops.py": """\
import asyncio


def test_leaves_a_loop():
    asyncio._set_running_loop(asyncio.new_event_loop())


def test_takes_it_back():
    asyncio._set_running_loop(None)


def test_runs():
    asyncio.run(asyncio.sleep(0))


async def test_async():
    pass


def test_other():
    pass
""",
}

VERDICTS_OF_LOOPS = {"test_leaves_a_loop": "grouped", "test_takes_it_back": "parallel", "test_runs": "grouped",
                     "test_async": "grouped", "test_other": "parallel"}

SINGLETONS = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/registry.py": """\
class Registry:
    def __init__(self):
        self._items = {}
        self.default = None

    def register(self, name, item):
        self._items[name] = item

    def choose(self, name):
        self.default = name

    def find(self, name):
        return self._items.get(name or self.default)

    def size(self):
        return 0


registry = Registry()
register = registry.register
find = registry.find


class Cart:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)

    def count(self):
        return len(self.items)


cart = Cart()


def new_cart():
    return Cart()
""",
    "tests/test_registry.py": """\
from shop.registry import cart, find, new_cart, register, registry


def test_register():
    register("mug", 1)


def test_find():
    assert find("cup") is None


def test_choose():
    registry.choose("mug")


def test_size():
    assert registry.size() == 0


def test_cart():
    new_cart().add("mug")


def test_count():
    assert cart.count() == 0
""",
}

VERDICTS_OF_SINGLETONS = {"test_register": "grouped", "test_find": "grouped", "test_choose": "grouped",
                          "test_size": "parallel", "test_cart": "parallel", "test_count": "parallel"}


def check_verdicts(files, expected):
    with harness.project(files) as folder:
        result = hasten("list", "tests", "--output-format", "json", cwd=folder)
        verdicts = {test["name"]: test["verdict"] for test in json.loads(result.stdout)["tests"]}
        expect(verdicts == expected, f"{verdicts}, expected {expected}")


def main():
    check_verdicts(LOOPS, VERDICTS_OF_LOOPS)
    check_verdicts(SINGLETONS, VERDICTS_OF_SINGLETONS)
    harness.finish()


main()
