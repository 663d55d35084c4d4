"""list effects, and the verdicts of list tests and show, on small projects with every kind of access."""

import json

import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\n",
    "src/shop.py": """\
import os
import subprocess
import time

import requests

CARTS = {}


def push(url):
    time.sleep(1.5)
    return requests.post(url)


def keep(name):
    CARTS[name] = 1


def kept():
    return len(CARTS)


def run():
    subprocess.run(["true"])


def level():
    return os.environ.get("SHOP_LEVEL", "low")
""",
    "tests/conftest.py": """\
import os
import socket

import pytest

sys.path.insert(0, "src")


@pytest.fixture
def settings():
    before = os.environ.copy()
    os.environ["SHOP"] = "1"
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def server():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 9898))
    yield listener
    listener.close()
""",
    "tests/test_effects.py": """\
import os
import time
from unittest import mock

import responses

import shop


@responses.activate
def test_push():
    shop.push("https://example.org/api")


@mock.patch("shop.time.sleep")
def test_masked(sleep):
    shop.push("https://example.org/api")


class TestOwn:
    def test_own_folder(self, tmp_path):
        (tmp_path / "report.csv").write_text("a,b")

    def test_settings(self, settings):
        shop.run()


def test_directory():
    os.chdir("/")
""",
    "src/deep/__init__.py": "",
    "src/deep/clock.py": """\
import subprocess
import threading
import time


def wait():
    time.sleep(3)


def make():
    return wait, Port()


def run(steps, last):
    for step in steps:
        step()
    last()


class Port(threading.Thread):
    def run(self):
        time.sleep(4)
        subprocess.run(["true"])
""",
    "tests/test_ways.py": """\
import subprocess
import sys
import threading

import deep.clock


def test_full_path():
    deep.clock.wait()


def test_pair():
    pause, port = deep.clock.make()
    pause()


def test_passed():
    deep.clock.run((deep.clock.wait,), last=print)


def test_passed_by_name():
    deep.clock.run([], last=deep.clock.wait)


def test_thread():
    port = deep.clock.Port()
    port.start()


def test_target():
    threading.Thread(target=deep.clock.wait).start()


def test_child():
    subprocess.Popen([sys.executable, "-m", "http.server"])


def test_child_at_port():
    subprocess.Popen("uvicorn shop:app --port 9001", shell=True)


ADDRESS = ("localhost", 9002)


def test_constant():
    import socket

    socket.create_server(ADDRESS)


def test_socket_file(tmp_path):
    import socket

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket"))


def test_free_port():
    import socket

    socket.create_server(("", 0))
""",
    "tests/test_verdicts.py": """\
import os
import sqlite3
import tempfile
import time

import pytest

import shop


def test_port(server):
    pass


def test_same_port(server):
    pass


@pytest.mark.parametrize("n", [1, 2])
def test_meets_itself(n):
    open("/tmp/shop-itself.txt", "w").close()


def test_alone_at_its_path():
    open("/tmp/shop-alone.txt", "w").close()


def test_writes_shared():
    with open(os.path.join(tempfile.gettempdir(), "shop.lock"), "w") as lock:
        lock.write("x")


def test_writes_shared_too():
    with open("/tmp/shop.lock", "w") as lock:
        lock.write("y")


def test_leaks_level():
    os.environ["SHOP_LEVEL"] = "high"


def test_reads_level():
    assert shop.level() == "low"


def test_keeps():
    shop.keep("a")


def test_counts():
    assert shop.kept() == 0


def test_restores(monkeypatch):
    monkeypatch.setenv("SHOP_LEVEL", "high")


@pytest.mark.serial
def test_marked():
    time.sleep(0.01)


def test_memory():
    sqlite3.connect(":memory:").close()


def test_computed_database(request):
    sqlite3.connect(request.config.getoption("db")).close()


def test_pure():
    assert 1 + 1 == 2
""",
}


def main():
    with harness.project(FILES) as folder:
        effects(folder)
        effects_as_text(folder)
        verdicts(folder)
        shown(folder)
        same_bytes(folder)
    harness.finish()


def rows_of(folder):
    listed = json.loads(hasten("list", "effects", "--output-format", "json", cwd=folder).stdout)
    expect(listed["version"] == 1 and listed["root"] == str(folder), "effects: version and root")
    return listed["effects"]


def line_of(name, text):
    return 1 + FILES[name][: FILES[name].index(text)].count("\n")


def effects(folder):
    rows = rows_of(folder)
    keys = {"test", "kind", "file", "line", "phase", "resource", "restored", "masked_by", "chain"}
    expect(rows and all(keys <= set(row) for row in rows), "effects: a key is missing")
    expect(len({(row["test"], row["kind"], row["file"], row["line"]) for row in rows}) == len(rows),
           "effects: one row per test, kind and place")

    def one(test, kind):
        found = [row for row in rows if row["test"] == f"tests/{test}" and row["kind"] == kind]
        expect(len(found) == 1, f"effects: {len(found)} rows of {kind} in {test}")
        return found[0] if found else dict.fromkeys(keys)

    sleep = one("test_effects.py::test_push", "sleep")
    expect(sleep["file"] == "src/shop.py" and sleep["line"] == line_of("src/shop.py", "    time.sleep"),
           f"sleep is at {sleep['file']}:{sleep['line']}")
    expect(sleep["phase"] == "call" and sleep["resource"] == "1.5 s" and sleep["masked_by"] is None, f"{sleep}")
    expect([step["name"] for step in sleep["chain"] or []] == ["test_push", "push"], f"{sleep['chain']}")
    expect(one("test_effects.py::test_push", "network")["masked_by"] == "responses.activate",
           "responses masks requests")
    expect("mock.patch" in (one("test_effects.py::test_masked", "sleep")["masked_by"] or ""), "patch masks the sleep")
    expect(one("test_effects.py::test_masked", "network")["masked_by"] is None, "and not the network")

    own = one("test_effects.py::TestOwn::test_own_folder", "file-write")
    expect(own["resource"] == "<tmp>/report.csv" and own["private"], f"{own}")
    settings = [row for row in rows if row["test"].endswith("test_settings") and row["kind"] == "env"]
    expect(settings and all(row["restored"] for row in settings), f"the fixture restores: {settings}")
    expect({row["phase"] for row in settings} <= {"setup", "teardown"}, f"{settings}")
    expect(one("test_effects.py::TestOwn::test_settings", "subprocess")["phase"] == "call", "subprocess")
    expect(one("test_effects.py::test_directory", "cwd")["restored"] is False, "the directory is not restored")
    expect(one("test_verdicts.py::test_port", "port")["resource"] == "9898", "the port")
    expect(one("test_verdicts.py::test_keeps", "global")["resource"].endswith("shop.CARTS"), "the global")
    for test in ("test_full_path", "test_pair", "test_passed", "test_passed_by_name"):
        expect(one(f"test_ways.py::{test}", "sleep")["file"] == "src/deep/clock.py", test)
    expect(one("test_ways.py::test_thread", "subprocess")["file"] == "src/deep/clock.py", "run of a thread")
    in_threads = [row for row in rows if row["kind"] == "sleep" and row["test"].endswith(("test_thread", "test_target"))]
    expect(not in_threads, f"nobody waits for a thread: {in_threads}")
    for test, port in [("child", "8000"), ("child_at_port", "9001"), ("constant", "9002"), ("free_port", "0")]:
        row = one(f"test_ways.py::test_{test}", "port")
        expect(row["resource"] == port and row["private"] == (port == "0"), f"{test}: {row}")
    files = [row for row in rows if row["test"].endswith("test_socket_file")]
    expect(not files, f"a socket in the file system has no port: {files}")
    order = [row["test"] for row in rows]
    expect(order == sorted(order, key=order.index), "rows of one test stand together")


def effects_as_text(folder):
    text = hasten("list", "effects", cwd=folder).stdout.decode()
    expect("src/shop.py:11: sleep time.sleep `1.5 s` in tests/test_effects.py::test_push (call)" in text, text)
    expect("masked by responses" in text and "restored" in text, text)
    out = folder / "effects.json"
    hasten("list", "effects", "--output-format", "json", "-o", out, cwd=folder)
    expect(json.loads(out.read_text())["effects"] == rows_of(folder), "-o writes the same rows")
    out.unlink()


def verdicts(folder):
    listed = json.loads(hasten("list", "tests", "--output-format", "json", cwd=folder).stdout)
    tests = {test["name"]: test for test in listed["tests"]}
    expected = {
        "test_port": "grouped", "test_same_port": "grouped", "test_meets_itself": "grouped",
        "test_alone_at_its_path": "parallel", "test_writes_shared": "grouped", "test_writes_shared_too": "grouped",
        "test_leaks_level": "grouped", "test_reads_level": "grouped", "test_keeps": "grouped",
        "test_counts": "grouped", "test_restores": "parallel", "test_marked": "serial", "test_memory": "parallel",
        "test_computed_database": "unknown", "test_pure": "parallel", "test_own_folder": "parallel",
    }
    for name, verdict in expected.items():
        expect(tests[name]["verdict"] == verdict, f"{name} is {tests[name]['verdict']}: {tests[name]['reasons']}")
        expect(verdict == "parallel" or tests[name]["reasons"], f"{name} has no reason")
    for one, other in [("test_port", "test_same_port"), ("test_writes_shared", "test_writes_shared_too"),
                       ("test_leaks_level", "test_reads_level"), ("test_keeps", "test_counts")]:
        expect(tests[one]["group"] == tests[other]["group"] is not None, f"{one} and {other} share a group")
    groups = {test["group"] for test in listed["tests"] if test["group"]}
    expect(len(groups) == 5, f"groups: {groups}")
    expect(tests["test_port"]["group"] == "port-9898", tests["test_port"]["group"])
    reason = tests["test_port"]["reasons"][0]
    expect(reason["kind"] == "meets" and reason["with"] == "tests/test_verdicts.py::test_same_port", f"{reason}")

    text = hasten("list", "tests", cwd=folder).stdout.decode()
    expect("test_port: server [grouped port-9898]\n" in text and "[serial]" in text, text)
    expect("test_pure\n" in text, "what can run anywhere has no word")


def shown(folder):
    text = hasten("show", "test_reads_level", cwd=folder).stdout.decode()
    expect("verdict: grouped" in text and "reads environment variable SHOP_LEVEL" in text, text)
    expect("tests/test_verdicts.py:" in text and "src/shop.py:" in text, "the chain is printed")
    test = json.loads(hasten("show", "test_port", "--output-format", "json", cwd=folder).stdout)["test"]
    expect(test["verdict"] == "grouped" and test["accesses"][0]["resource"] == "port 9898", f"{test}")
    expect(test["accesses"][0]["phase"] == "setup" and test["accesses"][0]["chain"], f"{test['accesses']}")


def same_bytes(folder):
    for what in ("effects", "tests"):
        one, eight = [hasten("list", what, "--output-format", "json", "-j", n, cwd=folder).stdout for n in (1, 8)]
        expect(one == eight, f"list {what} depends on the number of workers")


main()
