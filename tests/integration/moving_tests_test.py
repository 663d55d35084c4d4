"""Relative paths of tests that change directory: what happens meanwhile may happen elsewhere, what a test and its other
fixtures write is told.
"""

import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/build.py": """\
import contextlib
import os


@contextlib.contextmanager
def work_in(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def build(folder):
    with work_in(folder):
        open("built.txt", "w").close()
""",
    "tests/test_ways.py": """\
import os

import pytest

from shop.build import build


@pytest.fixture
def template():
    os.makedirs("template-folder")


def test_builds(template, tmp_path):
    build(tmp_path)


def test_writes_before(tmp_path):
    open("before.txt", "w").close()
    build(tmp_path)


def test_goes_elsewhere_first(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    open("elsewhere.txt", "w").close()
""",
}


def main():
    with harness.project(FILES) as folder:
        found = hasten("check", "--select", "HS401", "--output-format", "concise", cwd=folder).stdout.decode()
        for path, is_told in {"template-folder": True, "before.txt": True, "built.txt": False,
                              "elsewhere.txt": False}.items():
            expect((path in found) == is_told, f"{path} is {'' if is_told else 'not '}told: {found}")
        effects = hasten("list", "effects", cwd=folder).stdout.decode()
        moved = [line for line in effects.splitlines() if "elsewhere.txt" in line]
        expect(moved and "moved by" in moved[0], f"it does happen, in another folder: {effects}")
        harness.expect_effects(folder, {"test_goes_elsewhere_first": {"cwd None", "file-write elsewhere.txt"}})
    harness.finish()


main()
