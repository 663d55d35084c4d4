"""What annotations say of values: of parameters, results and attributes, in all their spellings. And nothing where they
say several things, or anything.
"""

import harness

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/__init__.py": "",
    "src/shop/other.py": """\
import time


class Slow:
    def wait(self):
        time.sleep(2)
""",
    "src/shop/client.py": """\
from __future__ import annotations

import time
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Callable, Iterator, Optional, Union

if TYPE_CHECKING:
    import shop.other
    from . import other
    from .other import Slow


class Client:
    def wait(self):
        time.sleep(1)


@dataclass
class Holder:
    client: Client
    spare: Optional["Slow"] = None

    def run(self):
        self.client.wait()


class Keeper:
    def __init__(self, run):
        self.run = run


def press():
    time.sleep(3)


KEEPER = Keeper(press)


def plain(client: Client): client.wait()
def optional(client: Optional[Client]): client.wait()
def optional_attribute(client: typing.Optional[Client]): client.wait()
def text(client: "Client"): client.wait()
def text_optional(client: "Optional[Client]"): client.wait()
def text_or_none(client: "Client | None"): client.wait()
def or_none(client: Client | None): client.wait()
def none_or(client: None | Client): client.wait()
def union(client: Union[None, Client]): client.wait()
def annotated(client: Annotated[Client, "paid"]): client.wait()
def type_checkers(client: Slow): client.wait()
def type_checkers_module(client: other.Slow): client.wait()
def type_checkers_import(client: shop.other.Slow): client.wait()
def anything(client: Any): client.wait()
def several(client: Union[Client, Holder]): client.wait()
def several_bars(client: Client | Holder): client.wait()
def called(client: Callable[[], Client]): client.wait()
def kept(keeper: Keeper): keeper.run()
def result(x) -> Client: return x.client
def known_result(x) -> Client: return Holder(x)


def stream(x) -> Iterator[Client]:
    yield x.client
""",
    "tests/test_ways.py": "".join([
        "import pytest\n\nfrom shop import client\n\n\n",
        "@pytest.fixture\ndef x():\n    return object\n\n\n",
        *(
            f"def test_{name}(x):\n    client.{name}(x)\n\n\n"
            for name in ("plain", "optional", "optional_attribute", "text", "text_optional", "text_or_none", "or_none",
                         "none_or", "union", "annotated", "type_checkers", "type_checkers_module",
                         "type_checkers_import", "anything", "several", "several_bars", "called", "kept")
        ),
        "def test_result(x):\n    client.result(x).wait()\n\n\n",
        "def test_known_result(x):\n    client.known_result(x).wait()\n\n\n",
        "def test_stream(x):\n    with client.stream(x) as one:\n        one.wait()\n\n\n",
        "def test_attribute(x):\n    client.Holder(x).run()\n\n\n",
        "def test_optional_attribute_of_an_object(x):\n    client.Holder(x).spare.wait()\n",
    ]),
}
ONE, TWO, NONE = {"sleep 1 s"}, {"sleep 2 s"}, set()
ROWS = {
    "test_plain": ONE,
    "test_optional": ONE,
    "test_optional_attribute": ONE,
    "test_text": ONE,
    "test_text_optional": ONE,
    "test_text_or_none": ONE,
    "test_or_none": ONE,
    "test_none_or": ONE,
    "test_union": ONE,
    "test_annotated": ONE,
    "test_type_checkers": TWO,
    "test_type_checkers_module": TWO,
    "test_type_checkers_import": TWO,
    "test_anything": NONE,
    "test_several": NONE,
    "test_several_bars": NONE,
    "test_called": NONE,
    "test_kept": {"sleep 3 s"},
    "test_result": ONE,
    "test_known_result": NONE,
    "test_stream": ONE,
    "test_attribute": ONE,
    "test_optional_attribute_of_an_object": NONE,
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
    harness.finish()


main()
