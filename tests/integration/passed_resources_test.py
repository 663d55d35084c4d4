"""Effects of a function on what its callers pass to it: paths, ports, addresses, databases and seconds, over several
calls, with defaults, from test code and from the project's own. Clean-ups are run when the test is over.
"""


import harness
from harness import expect

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/files.py": """\
import os
import shutil
import socket
import sqlite3
import time


def save(path, text="", mode="w"):
    with open(path, mode) as file:
        file.write(text)


def save_report(name, folder="reports"):
    save(os.path.join("out", folder, name))


def remove(path):
    shutil.rmtree(path)


def pause(seconds=5):
    time.sleep(seconds)


def pause_twice(seconds):
    for _ in range(2):
        pause(seconds)


def listen(port):
    socket.socket().bind(("", port))


def connect(name):
    return sqlite3.connect(name)


def numbered(path, depth):
    if depth:
        numbered(path, depth - 1)
    else:
        save(path)


class Store:
    def __init__(self, url):
        self.connection = connect(url)

    @staticmethod
    def keep(path):
        save(path)
""",
    "tests/test_passed.py": """\
import os
import shutil
import unittest
from unittest import mock

import pytest
from shop import files


def touch(name, *, where="."):
    files.save(f"{where}/{name}")


def test_in_test_code():
    touch("a.txt")


def test_by_keyword():
    touch(name="b.txt", where="/srv/shop")


def test_over_two_calls():
    files.save_report("report.csv")


def test_own_folder(tmp_path):
    files.save(tmp_path / "report.csv")


def test_read_only():
    files.save("a.txt", mode="r")


def test_computed(name_of):
    files.save(name_of())


def test_unpacked():
    files.save(*["a.txt"])


def test_pause():
    files.pause(0.5)


def test_pause_by_default():
    files.pause()


def test_no_pause():
    files.pause(0)


def test_pause_twice():
    files.pause_twice(1.5)


def test_port():
    files.listen(9898)


def test_free_port():
    files.listen(0)


def test_database():
    files.Store("shop.db")


def test_database_in_memory():
    files.Store(":memory:")


def test_static_method():
    files.Store.keep("kept.txt")


def test_recursion():
    files.numbered("n.txt", 3)


@mock.patch("shop.files.save")
def test_helper_is_replaced(save):
    files.save_report("report.csv")


@mock.patch("builtins.open")
def test_api_is_replaced(opened):
    files.save_report("report.csv")


@mock.patch("shop.files.time.sleep")
def test_pause_is_replaced(sleep):
    files.pause(3)


@pytest.fixture
def folder(request):
    def remove_folder():
        files.remove("fake-project")

    request.addfinalizer(remove_folder)


def test_finalizer(folder):
    pass


def test_finalizer_without_effect(request):
    request.addfinalizer(lambda: None)


def change_environment(testcase, mapping, env=os.environ):
    saved = env.copy()

    def put_back(target, source):
        target.clear()
        target.update(source)

    testcase.addCleanup(put_back, env, saved)
    env.update(mapping)


class ShopTest(unittest.TestCase):
    def test_cleanup_with_arguments(self):
        change_environment(self, {"SHOP": "1"})

    def test_cleanup(self):
        self.addCleanup(shutil.rmtree, "shop-folder")

    def test_cleanup_goes_back(self):
        self.addCleanup(os.chdir, os.getcwd())
""",
}

EXPECTED = {
    "test_in_test_code": {("file-write", "call", "./a.txt")},
    "test_by_keyword": {("file-write", "call", "/srv/shop/b.txt")},
    "test_over_two_calls": {("file-write", "call", "out/reports/report.csv")},
    "test_own_folder": {("file-write", "call", "<tmp>/report.csv")},
    "test_read_only": set(),
    "test_computed": {("file-write", "call", None)},
    "test_unpacked": set(),
    "test_pause": {("sleep", "call", "0.5 s")},
    "test_pause_by_default": {("sleep", "call", "5 s")},
    "test_no_pause": set(),
    "test_pause_twice": {("sleep", "call", "1.5 s")},
    "test_port": {("port", "call", "9898")},
    "test_free_port": {("port", "call", "0")},
    "test_database": {("db", "call", "shop.db")},
    "test_database_in_memory": {("db", "call", None)},
    "test_static_method": {("file-write", "call", "kept.txt")},
    "test_recursion": {("file-write", "call", "n.txt")},
    "test_helper_is_replaced": set(),
    "test_api_is_replaced": set(),
    "test_pause_is_replaced": set(),
    "test_finalizer": {("file-write", "teardown", "fake-project")},
    "test_finalizer_without_effect": set(),
    "test_cleanup": {("file-write", "teardown", "shop-folder")},
    "test_cleanup_goes_back": set(),
}

def main():
    with harness.project(FILES) as folder:
        rows = harness.effect_rows(folder)
        for test, expected in EXPECTED.items():
            of_test = [row for row in rows if row["test"].endswith(f"::{test}") and not row["masked_by"]]
            found = {(row["kind"], row["phase"], row["resource"]) for row in of_test}
            expect(found == expected, f"{test}: {found}, expected {expected}")
        [row] = [row for row in rows if row["test"].endswith("::test_cleanup_with_arguments")]
        expect(row["kind"] == "env" and row["restored"], f"the clean-up puts the environment back: {row}")
        [row] = [row for row in rows if row["test"].endswith("::test_over_two_calls")]
        expect((row["file"], row["line"]) == ("src/shop/files.py", 9), f"at {row['file']}:{row['line']}")
        names = [step["name"] for step in row["chain"]]
        expect(names == ["test_over_two_calls", "save_report", "save"], f"chain {names}")
    harness.finish()


main()
