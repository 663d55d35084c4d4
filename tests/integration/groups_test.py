"""groups: the patch applies with git and with patch, marks what must share a worker, and leaves nothing to do."""

import importlib.util
import shutil
import subprocess
import sys

import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\n",
    "conftest.py": '''\
import socket

import pytest


@pytest.fixture
def server():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 9898))
    yield listener
    listener.close()
''',
    # A whole module; it has a docstring, a future import and no pytest.
    "test_module.py": '''\
"""Everything here writes one file."""

from __future__ import annotations

import os


def test_one():
    open("/tmp/hasten-module.txt", "w").close()


def test_two():
    os.remove("/tmp/hasten-module.txt")
''',
    # One class of two, and a function with a decorator; pytest has another name.
    "test_parts.py": '''\
import pytest as pt


class TestServer:
    def test_get(self, server):
        pass

    def test_post(self, server):
        pass


class TestOther:
    def test_plain(self):
        pass

    @pt.mark.parametrize("n", [1, 2])
    def test_port(self, n, server):
        pass


@pt.mark.slow
def test_function(server):
    pass


async def test_nothing():
    pass
''',
    # Marks that are there already name the group, and stay.
    "test_marked.py": '''\
import pytest


@pytest.mark.xdist_group(name="cache")
def test_marked():
    open("/tmp/hasten-cache.txt", "w").close()


def test_not_marked():
    open("/tmp/hasten-cache.txt", "w").close()


@pytest.mark.xdist_group("other")
def test_marked_otherwise():
    open("/tmp/hasten-cache.txt", "w").close()
''',
    # Tests that several classes inherit, Windows line ends, no line end at the end, and the line is the first.
    "test_inherited.py": (
        'class Base:\r\n    def test_shared(self, server):\r\n        pass\r\n\r\n\r\n'
        'class TestA(Base):\r\n    pass\r\n\r\n\r\nclass TestB(Base):\r\n    def test_shared(self):\r\n        pass'
    ),
    # Containers of one name are of one daemon, whatever starts them.
    "test_container.py": '''\
import subprocess

import pytest

docker = pytest.importorskip("docker")


def test_command():
    subprocess.run(["docker", "run", "--rm", "--name=orders-db", "postgres:16"], check=True)


def test_client():
    docker.from_env().containers.run("postgres:16", name="orders-db")
''',
    "test_own.py": "def test_own(tmp_path):\n    (tmp_path / 'x').write_text('x')\n",
}

GROUPED = {
    "test_module.py::test_one", "test_module.py::test_two", "test_parts.py::TestServer::test_get",
    "test_parts.py::TestServer::test_post", "test_parts.py::TestOther::test_port[1]",
    "test_parts.py::TestOther::test_port[2]", "test_parts.py::test_function", "test_marked.py::test_marked",
    "test_marked.py::test_not_marked", "test_marked.py::test_marked_otherwise",
    "test_inherited.py::TestA::test_shared",
}
# pytest collects them where there is a docker to import.
if importlib.util.find_spec("docker"):
    GROUPED |= {"test_container.py::test_command", "test_container.py::test_client"}


def main():
    harness.require("git", "git")
    harness.require("patch", "patch")
    for apply in (["git", "apply"], ["patch", "-p1", "-i"]):
        with harness.temporary_folder() as folder:
            for name, text in FILES.items():
                (folder / name).write_bytes(text.encode())
            patched(folder, apply)
    harness.finish()


def patched(folder, apply):
    done = hasten("groups", cwd=folder)
    patch = done.stdout
    expect(patch.count(b"\n+++ b/") == 5, patch.decode())
    expect(b"test_marked_otherwise has another xdist_group" in done.stderr, done.stderr.decode())
    expect(done.stdout == hasten("groups", "-j", "1", cwd=folder).stdout, "the patch depends on the number of workers")
    added = [line[1:].strip() for line in patch.decode().splitlines() if line.startswith("+") and line[1] != "+"]
    expect(sorted(added) == sorted([
        'pytestmark = pytest.mark.xdist_group("named-object-container-orders-db")',
        "import pytest", 'pytestmark = pytest.mark.xdist_group("path-tmp-hasten-module-txt")',
        '@pt.mark.xdist_group("port-9898")', '@pt.mark.xdist_group("port-9898")', '@pt.mark.xdist_group("port-9898")',
        '@pytest.mark.xdist_group("cache")', "import pytest", '@pytest.mark.xdist_group("port-9898")',
    ]), f"{added}")

    (folder / "groups.patch").write_bytes(patch)
    applied = subprocess.run([*apply, "groups.patch"], cwd=folder, capture_output=True, check=False)
    expect(applied.returncode == 0, f"{apply}: {applied.stdout.decode()}{applied.stderr.decode()}")
    expect(hasten("groups", cwd=folder).stdout == b"", "after the patch there is nothing left to mark")
    for name, text in FILES.items():
        kept = (folder / name).read_bytes()
        expect(text.count("\r\n") == 0 or kept.count(b"\n") == kept.count(b"\r\n"), f"line ends of {name}")
    collected = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "--collect-only", "-q", "-m", "xdist_group", "-p", "no:cacheprovider"],
        cwd=folder, capture_output=True, text=True, check=False)
    if "No module named pytest" in collected.stderr:
        return
    found = {line for line in collected.stdout.splitlines() if "::" in line}
    expect(found == GROUPED, f"marked: {sorted(found ^ GROUPED)}\n{collected.stdout}{collected.stderr}")
    shutil.rmtree(folder / ".git", ignore_errors=True)


main()
