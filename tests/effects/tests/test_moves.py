"""Who changes the working directory and comes back moves only what is written in between."""

import contextlib
import os

import pytest
from shop import remote


def there_and_back(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        remote.save("between.csv")
    finally:
        os.chdir(before)


def test_comes_back(tmp_path):
    there_and_back(tmp_path)  # reveal: cwd via os.chdir restored
    remote.save("after.csv")  # reveal: file-write via builtins.open


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_inside(tmp_path):
    with inside(tmp_path):  # reveal: cwd via os.chdir restored
        remote.save("inside.csv")  # reveal: file-write via builtins.open


def test_behind(tmp_path):
    with inside(tmp_path):  # reveal: cwd via os.chdir restored
        pass
    remote.save("behind.csv")  # reveal: file-write via builtins.open


class Folder:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.before = os.getcwd()
        os.chdir(self.path)
        return self

    def __exit__(self, *error):
        os.chdir(self.before)


def test_in_a_folder(tmp_path):
    with Folder(tmp_path):  # reveal: cwd via os.chdir restored
        remote.save("folder.csv")  # reveal: file-write via builtins.open


def test_behind_a_folder(tmp_path):
    with Folder(tmp_path):  # reveal: cwd via os.chdir restored
        pass
    remote.save("left.csv")  # reveal: file-write via builtins.open


@pytest.fixture
def elsewhere(tmp_path):
    with inside(tmp_path):  # reveal: cwd via os.chdir restored
        yield tmp_path


def test_elsewhere(elsewhere):
    remote.save("elsewhere.csv")  # reveal: file-write via builtins.open


def test_stays_away(tmp_path):
    os.chdir(tmp_path)  # reveal: cwd via os.chdir
    remote.save("away.csv")  # reveal: file-write via builtins.open
