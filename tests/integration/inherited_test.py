"""Effects of what classes inherit: constructors from outside the project, `super()` of a mixin. And of functions that
stand in for others. And none where a condition on what the caller passes keeps a call from being made.
"""


import harness
from harness import expect

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/servers.py": """\
import http.server
import threading
import time


class Plain(http.server.HTTPServer):
    allow_reuse_address = True


class BySuper(http.server.HTTPServer):
    def __init__(self, address, root):
        super().__init__(address, None)
        self.root = root


class ByName(http.server.HTTPServer):
    def __init__(self, address):
        http.server.HTTPServer.__init__(self, address, None)


class Fake(http.server.HTTPServer):
    def __init__(self, address):
        self.address = address


nap = time.sleep


def nap_by_name(seconds):
    time.sleep(seconds)


def serve(port):
    http.server.HTTPServer(("", port), None)


class Client:
    def send(self):
        return self._connect()

    def _connect(self):
        return None


def load(path, mode="rb", make=False):
    if "a" in mode:
        raise ValueError(mode)
    if mode == "wb":
        return Locked(path)
    return open(path, mode)


class Locked:
    def __init__(self, path):
        time.sleep(8)


def save(path, dry=False):
    if not dry:
        open(path, "w").close()


def leave(path, mode):
    if mode is None:
        return None
    else:
        return open(path, mode)
""",
    "tests/mixins.py": """\
import time
import unittest


class Slow(unittest.TestCase):
    def setUp(self):
        super().setUp()
        time.sleep(1)


class Other(unittest.TestCase):
    def setUp(self):
        time.sleep(2)


class Mixin:
    def setUp(self):
        super().setUp()
        self.client = None


class Quiet:
    def tearDown(self):
        super().tearDown()


class Alone:
    def prepare(self):
        super().prepare()
""",
    "tests/test_ways.py": """\
import time
from unittest import TestCase, mock

from mixins import Alone, Mixin, Other, Quiet, Slow
from shop import servers
from shop.servers import BySuper, ByName, Client, Fake, Plain, leave, load, save


def test_inherited():
    Plain(("", 8101), None)


def test_by_super():
    BySuper(("", 8102), "/srv")


def test_by_name():
    ByName(("", 8103))


def test_not_called():
    Fake(("", 8104))


class TestMixin(Mixin, Slow):
    def test_mixed_in(self):
        pass


class TestNextButOne(Quiet, Other):
    def setUp(self):
        super().setUp()

    def test_next_but_one(self):
        pass


class TestKept(TestCase):
    save = staticmethod(save)

    def test_static(self):
        self.save("/srv/shop/static")


class KindCase:
    kind = None

    def make(self):
        return self.kind("/srv/shop/made")


class TestFirstKind(KindCase):
    kind = servers.Locked

    def test_first_kind(self):
        self.make()


class TestMixinNowhere(Alone, TestCase):
    def test_nothing_behind(self):
        self.prepare()


def slow_connect():
    time.sleep(3)


def test_assigned():
    client = Client()
    client._connect = slow_connect
    client.send()


def test_patched(monkeypatch):
    def slower():
        time.sleep(4)

    monkeypatch.setattr(servers, "load", slower)
    with mock.patch("shop.servers.save", side_effect=slow_connect):
        pass


class FakeServer:
    def __init__(self, address, handler):
        self.address = address


def test_class_in_its_place():
    real = servers.http.server.HTTPServer
    servers.http.server.HTTPServer = FakeServer
    servers.serve(8105)
    servers.http.server.HTTPServer = real


def test_alias_from_before(monkeypatch):
    monkeypatch.setattr(time, "sleep", print)
    servers.nap(5)
    servers.nap_by_name(6)


def test_put_back():
    saved = servers.load
    servers.load = saved


def test_other_branch():
    load("/srv/shop/data", "wb")


def test_reading():
    load("/srv/shop/data")


def test_this_branch():
    load("/srv/shop/data", "w+b")


def test_dry():
    save("/srv/shop/saved", dry=True)


def test_not_dry():
    save("/srv/shop/saved")


def test_none():
    leave("/srv/shop/left", None)


def test_left():
    leave("/srv/shop/left", "w")
""",
}
ROWS = {
    "test_inherited": {"port 8101"},
    "test_by_super": {"port 8102"},
    "test_by_name": {"port 8103"},
    "test_not_called": set(),
    "test_mixed_in": {"sleep 1 s"},
    "test_next_but_one": {"sleep 2 s"},
    "test_static": {"file-write /srv/shop/static"},
    "test_first_kind": {"sleep 8 s"},
    "test_nothing_behind": set(),
    "test_assigned": {"sleep 3 s"},
    "test_patched": {"sleep 3 s", "sleep 4 s"},
    "test_class_in_its_place": set(),
    "test_alias_from_before": {"sleep 5 s"},
    "test_put_back": {"global shop.servers.load"},
    "test_other_branch": {"sleep 8 s"},
    "test_reading": {"sleep 8 s"},
    "test_this_branch": {"sleep 8 s", "file-write /srv/shop/data"},
    "test_dry": set(),
    "test_not_dry": {"file-write /srv/shop/saved"},
    "test_none": set(),
    "test_left": {"file-write /srv/shop/left"},
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
        rows = harness.effect_rows(folder)
        unsure = {row["test"].split("::")[-1] for row in rows if row["possible"]}
        expected = {"test_assigned", "test_patched"}
        expect(unsure == expected, f"whether somebody calls what stands in is open: {unsure}")
    harness.finish()


main()
