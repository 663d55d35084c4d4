"""list, show and graph, on a small project with every kind of thing in it and on the samples."""

import json
import re
import shutil
import subprocess

import harness
from harness import expect, hasten

FILES = {
    "pytest.ini": "[pytest]\n",
    "tests/conftest.py": """\
import pytest


@pytest.fixture(scope="session")
def db():
    yield 1


@pytest.fixture(params=["a", "b"])
def client(db, request):
    return request.param
""",
    "tests/api/conftest.py": """\
import pytest


@pytest.fixture
def client(client):
    return client


@pytest.fixture(autouse=True)
def clock():
    pass
""",
    "tests/api/test_api.py": """\
import pytest


@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2, 3])
def test_get(client, n):
    pass


class TestOuter:
    pytestmark = pytest.mark.api

    class TestInner:
        def test_deep(self, db, mocker):
            pass


@pytest.mark.parametrize("n", values())
def test_open(n, request):
    request.getfixturevalue("db")
""",
    "tests/test_top.py": "def test_top(tmp_path):\n    pass\n\n\ndef test_get():\n    pass\n",
}


def main():
    with harness.project(FILES) as folder:
        lists(folder)
        texts(folder)
        bad_usage(folder)
        shown_tests(folder)
        shown_fixtures(folder)
        words(folder)
        graphs(folder)
        versions_and_plugins(folder)
        settings(folder)
        same_bytes(folder)
    samples()
    harness.finish()


def read(*arguments, cwd=None):
    return json.loads(hasten(*arguments, cwd=cwd, codes=[0]).stdout)


def lists(folder):
    found = read("list", "tests", "--output-format", "json", cwd=folder)
    expect(found == read("list", "fixtures", "--output-format", "json", cwd=folder), "both lists are in both")
    keys = ["file", "line", "name", "class", "fixtures", "cases"]
    tests = [[test[key] for key in keys] for test in found["tests"]]
    api = "tests/api/test_api.py"
    expect(tests == [
        [api, 4, "test_get", None, ["db", "clock", "client", "request", "n"], 6],
        [api, 14, "test_deep", "TestOuter::TestInner", ["db", "pytestconfig", "clock", "mocker", "request"], 1],
        [api, 18, "test_open", None, ["clock", "n", "request"], None],
        ["tests/test_top.py", 1, "test_top", None, ["tmp_path_factory", "tmp_path", "request"], 1],
        ["tests/test_top.py", 5, "test_get", None, [], 1],
    ], f"tests: {tests}")
    unknown = found["tests"][2]
    expect(unknown["why"], f"why: {unknown}")
    expect(unknown["dynamic_fixtures"] == ["db"], f"getfixturevalue: {unknown}")
    keys = ["name", "scope", "autouse", "params", "setups", "users"]
    fixtures = {(f.get("file"), f.get("line"), *(f[key] for key in keys)) for f in found["fixtures"]}
    for wanted in [
        ("tests/conftest.py", 4, "db", "session", False, 0, 1, 3),
        ("tests/api/conftest.py", 4, "client", "function", False, 0, 6, 1),
        ("tests/conftest.py", 9, "client", "function", False, 2, 6, 1),
    ]:
        expect(wanted in fixtures, f"fixture {wanted} is not among {fixtures}")
    for fixture in found["fixtures"]:
        if fixture["name"] in ("mocker", "tmp_path"):
            expect("file" not in fixture and "line" not in fixture, f"a plugin's fixture has no file: {fixture}")
    expect(any(f["name"] == "mocker" for f in found["fixtures"]), "fixtures of plugins")
    only = read("list", "tests", "tests/test_top.py", "--output-format", "json", cwd=folder)
    expect([test["name"] for test in only["tests"]] == ["test_top", "test_get"], f"a path: {only['tests']}")


def texts(folder):
    lines = hasten("list", "tests", cwd=folder, codes=[0]).stdout.decode().splitlines()
    expect(lines[0] == "tests/api/test_api.py:4: test_get (6 cases): db, clock, client, request, n", f"{lines[0]}")
    expect(lines[1].startswith("tests/api/test_api.py:14: TestOuter::TestInner::test_deep: "), f"{lines[1]}")
    expect(lines[2].startswith("tests/api/test_api.py:18: test_open (cases unknown: "), f"{lines[2]}")
    expect(lines[-1] == "5 tests in 2 files, at least 10 cases.", f"{lines[-1]}")
    fixtures = hasten("list", "fixtures", cwd=folder, codes=[0]).stdout.decode().splitlines()
    expect("tests/conftest.py:4: db (session): 3 tests, 1 set-up" in fixtures, f"{fixtures}")
    inside = hasten("list", "tests", cwd=folder / "tests" / "api", codes=[0]).stdout.decode()
    expect(inside.startswith("test_api.py:4: test_get (6 cases)"), f"from a sub-folder: {inside}")
    quiet = hasten("list", "tests", "-q", cwd=folder, codes=[0]).stdout.decode().splitlines()
    expect(quiet == lines[:-1], f"-q: {quiet}")
    verbose = hasten("list", "tests", "-v", cwd=folder, codes=[0])
    expect(re.match(rb"4 files, 5 tests, \d+ fixtures in ", verbose.stderr), f"-v: {verbose.stderr}")
    out = folder / "out.json"
    done = hasten("list", "tests", "--output-format", "json", "-o", out, cwd=folder, codes=[0])
    expect(done.stdout == b"" and json.loads(out.read_text())["version"] == 1, "-o")
    out.unlink()


def bad_usage(folder):
    for arguments, advice in [
        (["list"], b"WHAT"), (["list", "test"], b"did you mean `tests`?"), (["list", "tests", "absent"], b"absent"),
        (["list", "tests", "--output-format", "yaml"], b"concise"), (["show"], b"WHAT"),
        (["show", "clint"], b"did you mean `client`?"), (["show", "tests/api/test_api.py::test_gte"], b"`test_get`"),
        (["show", "client"], b"may be one of 2"), (["show", "test_get"], b"tests/test_top.py::test_get"),
        (["graph", "--of", "clint"], b"did you mean `client`?"), (["check", "--pytest-version", "new"], b"`new`"),
    ]:
        done = hasten(*arguments, cwd=folder, codes=[2])
        expect(advice in done.stderr, f"{arguments}: {done.stderr}")
        expect(done.stdout == b"", f"{arguments}: printed on standard output")
    number = hasten("list", "tests", "--config", "pytest-version = 8", cwd=folder, codes=[2])
    expect(b"'pytest-version' is an integer, expected a version such as" in number.stderr, f"{number.stderr}")
    for command in ["list", "show", "graph"]:
        text = hasten(command, "--help", codes=[0]).stdout.decode()
        expect("--plugins" in text and "--pytest-version" in text, f"{command} --help: {text}")


def shown_tests(folder):
    shown = read("show", "test_api.py::test_get", "--output-format", "json", cwd=folder)["test"]
    tree = [(row["depth"], row["name"], row["id"]) for row in shown["tree"]]
    expect(tree == [
        (0, "clock", "fixture:tests/api/conftest.py::clock"),
        (0, "client", "fixture:tests/api/conftest.py::client"),
        (1, "client", "fixture:tests/conftest.py::client"),
        (2, "db", "fixture:tests/conftest.py::db"),
        (2, "request", None),
        (0, "n", None),
    ], f"tree: {tree}")
    expect([mark["line"] for mark in shown["marks"]] == [4, 5], f"marks: {shown['marks']}")
    expect(shown["overridden"] == ["fixture:tests/conftest.py::client"], f"overridden: {shown['overridden']}")
    deep = read("show", "TestInner::test_deep", "--output-format", "json", cwd=folder)["test"]
    expect([mark["text"] for mark in deep["marks"]] == ["pytest.mark.api"], f"marks of classes: {deep['marks']}")
    text = hasten("show", "test_api.py::test_get[1-a]", cwd=folder, codes=[0]).stdout.decode()
    for part in ["test tests/api/test_api.py::test_get\n", "  cases: 6\n", "pytest.mark.slow",
                 "      client (function, 2 params) tests/conftest.py:9, 6 set-ups, overridden by the one above\n",
                 "        db (session) tests/conftest.py:4, 1 set-up\n", "    n (parametrized by a mark)\n"]:
        expect(part in text, f"{part!r} is not in {text}")
    unknown = hasten("show", "test_open", cwd=folder, codes=[0]).stdout.decode()
    expect("cases: unknown, because of " in unknown and "by request.getfixturevalue" in unknown, f"{unknown}")


def shown_fixtures(folder):
    shown = read("show", "tests/conftest.py::client", "--output-format", "json", cwd=folder)["fixture"]
    expect(shown["overridden_by"] == ["fixture:tests/api/conftest.py::client"], f"{shown}")
    expect(shown["requested_by"] == [{"id": "fixture:tests/api/conftest.py::client", "tests": 1}], f"{shown}")
    expect(shown["gets"] == [{"id": "fixture:tests/conftest.py::db", "tests": 1}], f"{shown}")
    expect(shown["direct_users"] == 0 and shown["tests"] == ["tests/api/test_api.py::test_get"], f"{shown}")
    expect(sum(row["times"] for row in shown["set_up_by"]) == shown["setups"] == 6, f"{shown}")
    nearer = read("show", "fixture:tests/api/conftest.py::client", "--output-format", "json", cwd=folder)["fixture"]
    expect(nearer["overrides"] == ["fixture:tests/conftest.py::client"], f"{nearer}")
    text = hasten("show", "db", cwd=folder, codes=[0]).stdout.decode()
    for part in ["fixture db\n", "  defined: tests/conftest.py:4\n", "  set up: 1 time in one serial run\n",
                 "  used by: 3 tests, 2 of them by name\n",
                 "  with xdist -n 4: at most 4 times (load, loadscope, loadfile, loadgroup, worksteal, each)\n"]:
        expect(part in text, f"{part!r} is not in {text}")
    bounds = read("show", "db", "--output-format", "json", cwd=folder)["fixture"]["with_xdist"]
    expect([row["workers"] for row in bounds] == [2, 4, 8], f"{bounds}")
    expect(bounds[0] == {"workers": 2, "load": 2, "loadscope": 2, "loadfile": 2, "loadgroup": 2, "worksteal": 2,
                         "each": 2}, f"{bounds}")


def words(folder):
    """Whatever a report calls a test or a fixture, show understands."""
    found = read("list", "tests", "--output-format", "json", cwd=folder)
    for test in found["tests"]:
        hasten("show", test["id"], cwd=folder, codes=[0])
    for fixture in found["fixtures"]:
        shown = read("show", fixture["id"], "--output-format", "json", cwd=folder)["fixture"]
        expect(all(shown[key] == value for key, value in fixture.items()), f"{fixture} is shown as {shown}")
    inside = hasten("show", "test_api.py::test_open", cwd=folder / "tests" / "api", codes=[0]).stdout.decode()
    expect("defined: test_api.py:18" in inside, f"from a sub-folder: {inside}")


def graphs(folder):
    def ids(*arguments):
        drawn = read("graph", "--format", "json", *arguments, cwd=folder)
        names = {node["id"] for node in drawn["nodes"]}
        expect(all(edge["from"] in names and edge["to"] in names for edge in drawn["edges"]), f"{drawn}")
        for style in ["dot", "mermaid"]:
            hasten("graph", "--format", style, *arguments, cwd=folder, codes=[0])
        check_dot(hasten("graph", *arguments, cwd=folder, codes=[0]).stdout)
        return names

    expect(ids("--of", "test_deep") == {
        "test:tests/api/test_api.py::TestOuter::TestInner::test_deep", "fixture:tests/api/conftest.py::clock",
        "fixture:tests/conftest.py::db", "fixture:plugin::mocker", "fixture:plugin::pytestconfig"}, "the graph of a test")
    expect(ids("--of", "tests/conftest.py::client") == {
        "tests:tests/api/test_api.py", "fixture:tests/api/conftest.py::client", "fixture:tests/conftest.py::client",
        "fixture:tests/conftest.py::db"}, "the graph of a fixture")
    expect(ids("--of", "tests/test_top.py") == {
        "tests:tests/test_top.py", "fixture:plugin::tmp_path", "fixture:plugin::tmp_path_factory"}, "of a file")
    expect(ids("--of", ".") == ids(), "of the root directory")
    (folder / "db").mkdir()
    expect("fixture:tests/conftest.py::client" in ids("--of", "db"), "a fixture called like a folder")
    (folder / "db").rmdir()
    drawn = read("graph", "--format", "json", cwd=folder)
    setups = {node["id"]: node["setups"] for node in drawn["nodes"] if node["type"] == "fixture"}
    expect(setups["fixture:tests/conftest.py::db"] == 1, f"set-ups: {setups}")


    # 26 files of tests that request 20 fixtures each: Mermaid has a limit of its own.
    names = [f"f{i}" for i in range(20)]
    fixtures = "".join(f"\n\n@pytest.fixture\ndef {name}():\n    pass\n" for name in names)
    harness.write(folder / "wide" / "pytest.ini", "[pytest]\n")
    harness.write(folder / "wide" / "conftest.py", "import pytest\n" + fixtures)
    for i in range(26):
        harness.write(folder / "wide" / f"test_{i}.py", f"def test_x({', '.join(names)}):\n    pass\n")
    wide = hasten("graph", "--format", "mermaid", cwd=folder / "wide", codes=[0])
    expect(b"--of draws a part" in wide.stderr and wide.stdout.count(b" --> ") == 520, f"a wide graph: {wide.stderr}")
    part = hasten("graph", "--format", "mermaid", "--of", "f1", cwd=folder / "wide", codes=[0])
    expect(part.stderr == b"", f"a part of a wide graph: {part.stderr}")
    shutil.rmtree(folder / "wide")


def check_dot(text):
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, check=False)
        expect(done.returncode == 0 and b"</svg>" in done.stdout and not done.stderr, f"dot: {done.stderr}")


def versions_and_plugins(folder):
    def names(*arguments):
        return {f["name"] for f in read("list", "fixtures", "--output-format", "json", *arguments, cwd=folder)["fixtures"]}

    expect("mocker" in names(), "what nobody defines may come from a plugin that is not seen")
    expect("mocker" not in names("--plugins", "none"), "--plugins none")
    expect("mocker" in names("--plugins", "pytest_mock,pytest-xdist"), "--plugins")
    lock = '[[package]]\nname = "pytest"\nversion = "8.3.4"\n'
    harness.write(folder / "uv.lock", lock)
    expect("mocker" not in names(), "a lock file without the plugin")
    harness.write(folder / "uv.lock", lock + '[[package]]\nname = "pytest-mock"\nversion = "3.14.0"\n')
    expect("mocker" in names(), "a lock file with the plugin")
    (folder / "uv.lock").unlink()
    for version in ["7.2", "8.4.1", "9.1"]:
        found = read("list", "tests", "--output-format", "json", "--pytest-version", version, cwd=folder)
        first = found["tests"][0]["name"]
        # B1: before 8.0 the files of a folder come before its sub-folders.
        expect(first == ("test_top" if version == "7.2" else "test_get"), f"pytest {version} begins with {first}")


def settings(folder):
    harness.write(folder / "requirements.txt", "pytest>=7,<8\npytest-mock\nrequests\n")
    text = hasten("check", "--show-settings", cwd=folder, codes=[0]).stdout.decode()
    for line in ["pytest-version: 7.4 (requirements.txt:1)", "plugin: pytest-mock (requirements.txt:2)",
                 "python_files: test_*.py *_test.py (default)", "other plugins: those that the project imports"]:
        expect(line in text.splitlines(), f"{line} is not in {text}")
    expect("requests" not in text, f"no plugin: {text}")
    given = hasten("check", "--show-settings", "--pytest-version", "8.0", "--plugins", "none", cwd=folder, codes=[0])
    expect(b"pytest-version: 8.0 (command line)\nother plugins: none\n" in given.stdout, f"{given.stdout}")
    harness.write(folder / "requirements.txt", "pytest>=\n")
    broken = hasten("list", "tests", cwd=folder, codes=[0])
    expect(broken.stderr.startswith(b"requirements.txt:1: problem: `pytest>=` is no requirement"), f"{broken.stderr}")
    (folder / "requirements.txt").unlink()


def same_bytes(folder):
    for arguments in [["list", "tests", "--output-format", "json"], ["show", "db"], ["graph"]]:
        texts_ = {hasten(*arguments, "-j", workers, cwd=folder, codes=[0]).stdout for workers in [1, 2, 8]}
        expect(len(texts_) == 1, f"{arguments}: other bytes with other numbers of workers")


def samples():
    for sample in sorted(path for path in (harness.ROOT / "samples").iterdir() if (path / "tests").is_dir()):
        found = read("list", "tests", "--output-format", "json", sample)
        expect(found["tests"], f"{sample.name}: no test")
        for row in found["tests"] + [f for f in found["fixtures"] if "file" in f]:
            place = row.get("defined_in") or row
            lines = (sample / place["file"]).read_text().splitlines()
            expect(re.match(r"\s*(@|(async )?def )", lines[place["line"] - 1]), f"{sample.name}: {row}")
        uses = sum(len(test["fixtures"]) for test in found["tests"])
        expect(uses >= sum(1 for fixture in found["fixtures"] if fixture["users"]), f"{sample.name}: users")


main()
