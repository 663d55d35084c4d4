#!/usr/bin/env python3
"""Makes small random suites and holds hasten's set-up counts against what pytest really sets up.

    random_setups.py HASTEN [--seeds FIRST:LAST] [--keep FOLDER] [--show N]

Runs the pytest that this Python imports, one forked process per suite. Exits with 1 when a count differs. The suites mix
parametrized fixtures of all scopes, direct and indirect parametrization, classes, overrides, autouse, usefixtures, packages,
xunit hooks, TestCases, skips and getfixturevalue.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
SCOPES = ["session", "package", "module", "class", "function"]
NAMES = "abcdefgh"
VALUES = ["1", "2", "'x'", "'y z'", "None", "(1, 2)", "3.5", "[1]", "1000", "True"]


class Suite:
    """One random suite; `files` are its texts by path."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        # A name has a usual scope, so that most requests are allowed.
        self.scope_of = dict(zip(NAMES, sorted((self.random.choice(SCOPES) for _ in NAMES), key=SCOPES.index)))
        self.files = {}
        # Who asks for a parametrized fixture in a body fails, and so does a TestCase that gets one.
        self.parametrized = set(self.random.sample(NAMES, 4))
        self.has_cases = self.random.random() < 0.3
        self.folders = [""]
        for name in ("p", "q"):
            if self.random.random() < 0.6:
                self.folders.append(name)
                if self.random.random() < 0.4:
                    self.folders.append(name + "/s")
        for folder in self.folders:
            self.add_folder(folder)

    def chance(self, probability):
        return self.random.random() < probability

    def add_folder(self, folder):
        prefix = folder + "/" if folder else ""
        if self.chance(0.6):
            self.files[prefix + "__init__.py"] = ""
        if not folder:
            self.files["conftest.py"] = self.module_of([self.fixture(n, "", base=True) for n in NAMES])
        elif self.chance(0.5):
            self.files[prefix + "conftest.py"] = self.module_of(self.overrides(""))
        for number in range(self.random.randint(0 if folder else 1, 2)):
            stem = f"test_{prefix.replace('/', '_')}{number}"
            self.files[f"{prefix}{stem}.py"] = self.module()

    def module_of(self, parts):
        return "import pytest\nimport unittest\n\n" + "\n".join(parts)

    def module(self):
        parts = self.overrides("") if self.chance(0.5) else []
        if self.chance(0.1):
            parts.append(f"pytestmark = pytest.mark.usefixtures({self.random.choice(NAMES)!r})\n")
        if self.chance(0.15):
            parts.append("def setup_module(): pass\n")
        if self.chance(0.1):
            parts.append("def setup_function(): pass\n")
        for number in range(self.random.randint(1, 4)):
            kind = self.random.random()
            if kind < 0.65 or (kind >= 0.92 and not self.has_cases):
                parts.append(self.test(f"test_{number}", ""))
            elif kind < 0.92:
                parts.append(self.class_(f"Test{number}", "", 0))
            else:
                parts.append(self.test_case(f"Case{number}"))
        return self.module_of(parts)

    def overrides(self, indent):
        chosen = self.random.sample(NAMES, self.random.randint(1, 2))
        return [self.fixture(name, indent) for name in sorted(chosen)]

    def fixture(self, name, indent, base=False):
        scope = self.scope_of[name]
        if not base and self.chance(0.08):
            scope = self.random.choice(SCOPES)
        options = [f"scope={scope!r}"]
        has_params = name in self.parametrized and self.chance(0.6)
        if has_params:
            options.append(f"params={self.values()}")
        if self.chance(0.12) and not (self.has_cases and has_params):
            options.append("autouse=True")
        wider = [n for n in NAMES if n < name and SCOPES.index(self.scope_of[n]) <= SCOPES.index(scope)]
        arguments = self.random.sample(wider, min(len(wider), self.random.choice([0, 0, 1, 1, 2])))
        if not base and self.chance(0.5):
            arguments.append(name)
        asked = [n for n in wider if n not in arguments and n not in self.parametrized]
        body = "pass"
        if asked and self.chance(0.12):
            arguments.append("request")
            body = f"request.getfixturevalue({self.random.choice(asked)!r})"
        elif has_params:
            arguments.append("request")
        first = ["self"] if indent else []
        return (
            f"{indent}@pytest.fixture({', '.join(options)})\n"
            f"{indent}def {name}({', '.join(first + arguments)}): {body}\n"
        )

    def values(self):
        values = self.random.choices(VALUES, k=self.random.randint(1, 3))
        if self.chance(0.15):
            values[0] = f"pytest.param({values[0]}, marks=pytest.mark.skip)"
        return "[" + ", ".join(values) + "]"

    def parametrize(self, indent, arguments):
        """A mark; direct names are added to `arguments`."""
        free = [n for n in NAMES if n not in arguments]
        kind = self.random.random()
        scopes = SCOPES if kind >= 0.55 and self.chance(0.2) else [s for s in SCOPES if s != "package"]
        scope = f", scope={self.random.choice(scopes)!r}" if self.chance(0.3 if kind < 0.4 else 0.1) else ""
        if kind < 0.4 or not free:
            name = self.random.choice([n for n in "xyz" if n not in arguments] or ["w"])
            arguments.append(name)
            return f"{indent}@pytest.mark.parametrize({name!r}, {self.values()}{scope})\n"
        name = self.random.choice(free)
        arguments.append(name)
        if kind < 0.55:
            return f"{indent}@pytest.mark.parametrize({name!r}, {self.values()}{scope})\n"
        if kind < 0.9 or len(free) < 2:
            return f"{indent}@pytest.mark.parametrize({name!r}, {self.values()}, indirect=True{scope})\n"
        other = self.random.choice([n for n in free if n != name])
        arguments.append(other)
        sets = ", ".join(f"({a}, {b})" for a, b in zip(self.random.choices(VALUES, k=2), self.random.choices(VALUES, k=2)))
        indirect = self.random.choice([f"[{name!r}]", "True"])
        return f"{indent}@pytest.mark.parametrize('{name},{other}', [{sets}], indirect={indirect}{scope})\n"

    def test(self, name, indent):
        arguments, marks = [], ""
        while self.chance(0.3) and len(arguments) < 3:
            marks += self.parametrize(indent, arguments)
        free = [n for n in NAMES if n not in arguments]
        arguments += self.random.sample(free, min(len(free), self.random.randint(0, 2)))
        if self.chance(0.1):
            marks += f"{indent}@pytest.mark.usefixtures({self.random.choice(NAMES)!r})\n"
        if self.chance(0.06):
            marks += self.random.choice([f"{indent}@pytest.mark.skip\n", f"{indent}@pytest.mark.xfail(run=False)\n"])
        body = "pass"
        if self.chance(0.1):
            arguments.append("request")
            asked = self.random.choice([n for n in NAMES if n not in self.parametrized])
            body = f"request.getfixturevalue({asked!r})"
        first = ["self"] if indent else []
        return f"{marks}{indent}def {name}({', '.join(first + arguments)}): {body}\n"

    def class_(self, name, indent, depth):
        inner = indent + "    "
        mark = ""
        if self.chance(0.1):
            mark = f"{indent}@pytest.mark.usefixtures({self.random.choice(NAMES)!r})\n"
        parts = [f"{mark}{indent}class {name}:\n"]
        if self.chance(0.3):
            parts += self.overrides(inner)
        if self.chance(0.1):
            parts.append(f"{inner}def setup_method(self): pass\n")
        if self.chance(0.1):
            parts.append(f"{inner}@classmethod\n{inner}def setup_class(cls): pass\n")
        for number in range(self.random.randint(1, 3)):
            if depth == 0 and self.chance(0.2):
                parts.append(self.class_(f"TestInner{number}", inner, 1))
            else:
                parts.append(self.test(f"test_{number}", inner))
        return "\n".join(parts)

    def test_case(self, name):
        mark = f"@pytest.mark.usefixtures({self.random.choice(NAMES)!r})\n" if self.chance(0.4) else ""
        return f"{mark}class {name}(unittest.TestCase):\n    def test_1(self): pass\n    def test_2(self): pass\n"


def write(files, folder):
    for path, text in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text)
    with open(os.path.join(folder, "pytest.ini"), "w") as file:
        file.write("[pytest]\n")


def pytest_counts(folder, out):
    """In a process of its own: what pytest sets up, as (name, file, line) -> number; hidden fixtures by name."""
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(HASTEN_ORACLE_OUT=out, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        import pytest

        pytest.main(["-p", "setups_plugin", "-p", "no:cacheprovider", "-q", "--continue-on-collection-errors"])
        os._exit(0)
    os.waitpid(child, 0)
    if not os.path.exists(out):
        return None
    with open(out) as file:
        answer = json.load(file)
    counts = {}
    for row in answer["set_ups"]:
        hidden = row["name"].startswith("_")
        key = (row["name"], None, 0) if hidden else (row["name"], row["file"], row["line"])
        counts[key] = counts.get(key, 0) + sum(row["by"].values())
    return counts, answer


def hasten_counts(hasten, folder, version):
    command = [hasten, "list", "fixtures", "--output-format", "json", "--pytest-version", version, "--plugins", "none", folder]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    if run.returncode != 0:
        sys.exit(f"{folder}: {run.stderr}")
    counts = {}
    for row in json.loads(run.stdout)["fixtures"]:
        if not (row["hidden"] or row.get("file")):
            continue
        key = (row["name"], None, 0) if row["hidden"] else (row["name"], row["file"], row["line"])
        if row["setups"] is None or counts.get(key, 0) is None:
            counts[key] = None
        else:
            counts[key] = counts.get(key, 0) + row["setups"]
    return counts


def different_counts(hasten, seeds, keep=None, show=10):
    """Prints what differs and the totals; returns how many suites differ, none at all being one difference."""
    import pytest

    suites = fixtures = unknown = broken = failing = 0
    bad = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as scratch:
            folder = os.path.join(os.path.realpath(scratch), "suite")
            write(Suite(seed).files, folder)
            theirs = pytest_counts(folder, os.path.join(scratch, "out.json"))
            if theirs is None or theirs[1]["errors"]:  # something that pytest refuses to collect
                broken += 1
                continue
            counts, answer = theirs
            if answer["failures"]:  # C14; a set-up that fails is out of what is counted
                failing += 1
                continue
            ours = hasten_counts(hasten, folder, pytest.__version__)
            keys = sorted(set(counts) | set(ours), key=str)
            differences = [k for k in keys if ours.get(k, 0) is not None and ours.get(k, 0) != counts.get(k, 0)]
            suites += 1
            fixtures += len(keys)
            unknown += sum(1 for k in keys if ours.get(k, 0) is None)
            if not differences:
                continue
            bad.append(seed)
            for key in differences if len(bad) <= show else []:
                print(f"seed {seed}: {key} ours {ours.get(key, 0)} pytest {counts.get(key, 0)}")
            if keep:
                shutil.copytree(folder, os.path.join(keep, str(seed)), dirs_exist_ok=True)
    print(
        f"pytest {pytest.__version__}: {suites} suites, {fixtures} fixtures, {unknown} unknown; {broken} suites not "
        f"collected, {failing} with a test that fails; {len(bad)} suites differ{': ' if bad else ''}{' '.join(map(str, bad[:30]))}"
    )
    return len(bad) if fixtures else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hasten")
    parser.add_argument("--seeds", default="0:200")
    parser.add_argument("--keep", help="a folder for the suites that differ")
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    different = different_counts(os.path.abspath(options.hasten), range(first, last), options.keep, options.show)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
