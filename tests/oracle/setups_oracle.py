#!/usr/bin/env python3
"""Holds hasten's set-up counts against those of `pytest --setup-plan`, suite by suite.

    setups_oracle.py --dump BUILD/tests/hasten_collect_dump [--python PYTHON] [--show N] [--keep FOLDER]
                     [--plugin MODULE=DISTRIBUTION]... [--pytest-argument ARGUMENT]... SUITE...

Compared are the fixtures that the suite defines, hidden ones included, by name and place. Files from which pytest gets no
item are taken away from hasten too. Conditional skip marks count as not met on both sides. What is asked for at run time
only (getfixturevalue) is no part of a plan, so fixtures that hasten counts for that are put aside.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

from collect_oracle import HERE, ratio, remembered


def pytest_says(python, suite, plugins, extra):
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "pytest.json")
        env = {**os.environ, "HASTEN_ORACLE_OUT": out, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [HERE, os.environ.get("PYTHONPATH", "")]))
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [python, "-m", "pytest", "-p", "setups_plugin", "-o", f"cache_dir={scratch}", "--setup-plan", "-q"]
        for plugin in plugins:
            command += ["-p", plugin]
        command += ["--continue-on-collection-errors", "--color=no", "-p", "no:warnings", *extra, suite]
        run = subprocess.run(command, env=env, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if not os.path.exists(out):
            sys.exit(f"{suite}: pytest gave no answer\n{run.stderr[-2000:]}")
        with open(out) as file:
            return json.load(file), []


def hasten_says(dump, suite, version, plugins, without):
    command = [dump, "--pytest-version", version, "--plugins", ",".join(sorted(plugins)) or "none"]
    if without:
        command += ["--without", ",".join(without)]
    run = subprocess.run([*command, suite], cwd=suite, capture_output=True, text=True, timeout=600)
    if run.returncode != 0:
        sys.exit(f"{suite}: {run.stderr}")
    return json.loads(run.stdout), run.stderr.strip()


def relocated(path, ours, theirs):
    return os.path.relpath(os.path.join(ours["root"], path), theirs["root"])


def test_key(test, ours, theirs):
    return "::".join(filter(None, [relocated(test["file"], ours, theirs), test["class"], test["name"]]))


def cause(key, by, theirs_by, tests, theirs):
    """Why a count differs, by the first test that sets the fixture up a different number of times."""
    for test in sorted(set(by) | set(theirs_by)):
        if by.get(test, 0) == theirs_by.get(test, 0):
            continue
        if test not in theirs["tests"]:
            return "test invented", test
        if test not in tests:
            return "test missed", test
        if set(tests[test]["fixtures"]) != set(theirs["tests"][test]["fixtures"]):
            return "closure differs", test
        if tests[test]["cases"] != theirs["tests"][test]["cases"]:
            return "cases differ", test
        if test in theirs["failing"]:
            return "set-up fails", test
        if test in theirs["unrun"]:
            return "skipped by the suite's own hook", test
    return "replay", next((t for t in sorted(set(by) | set(theirs_by)) if by.get(t, 0) != theirs_by.get(t, 0)), "?")


def compare(ours, theirs, show):
    for group, nodes in (("failing", "failures"), ("unrun", "skipped")):
        theirs[group] = {re.sub(r"\[.*$", "", node) for node in theirs[nodes]}
    tests = {test_key(t, ours, theirs): t for t in ours["tests"]}
    names = list(tests)
    mine, unknown, dynamic, is_known = {}, set(), set(), set()
    for row in ours["fixtures"]:
        is_call_hook = row["hidden"] and row["name"] == "setUp"
        if is_call_hook or not (row["hidden"] or row["file"]):
            continue
        place = (None, 0) if row["hidden"] else (relocated(row["file"], ours, theirs), row["line"])
        key = (row["name"], *place)
        is_known.add(key)
        if row["setups"] is None:
            unknown.add(key)
        if row["dynamic"]:
            dynamic.add(key)
        by = mine.setdefault(key, {})
        for test, times in row["causes"]:
            by[names[test]] = by.get(names[test], 0) + times
    its = {}
    for row in theirs["set_ups"]:
        hidden = re.match(r"_(xunit|unittest)_", row["name"])
        if not hidden and (row["file"] is None or row["file"].startswith("..")):
            continue
        key = (row["name"], None, 0) if hidden else (row["name"], row["file"], row["line"])
        by = its.setdefault(key, {})
        for test, times in row["by"].items():
            by[test] = by.get(test, 0) + times

    notes = collections.defaultdict(list)
    used = equal = 0
    for key in sorted(set(mine) | set(its), key=str):
        by, theirs_by = mine.get(key, {}), its.get(key, {})
        if not by and not theirs_by and key not in unknown:
            continue  # used by nobody
        used += 1
        numbers = f"{key}: ours {sum(by.values())} pytest {sum(theirs_by.values())}"
        if key in unknown:
            notes["unknown"].append(f"{key}: pytest {sum(theirs_by.values())}")
        elif sum(by.values()) == sum(theirs_by.values()):
            equal += 1
        elif key in dynamic:
            notes["asked for at run time"].append(numbers)
        elif key not in is_known:
            notes["fixture missed"].append(numbers)
        else:
            reason, test = cause(key, by, theirs_by, tests, theirs)
            notes[reason].append(f"{numbers} at {test}")
    aside = len(notes["unknown"]) + len(notes["asked for at run time"]) + len(notes["set-up fails"])
    print(
        f"    {used} fixtures in use; equal {ratio(equal, used)}; without unknown ones, run-time requests and failing set-ups "
        f"{ratio(equal, used - aside)}"
    )
    for topic, texts in notes.items():
        if texts:
            print(f"    {topic}: {len(texts)}")
        for text in texts[:show]:
            print(f"        {text}")
    return used, equal, aside


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--plugin", action="append", default=[], help="MODULE=DISTRIBUTION, as xdist.plugin=pytest-xdist")
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--keep", help="a folder in which pytest's answers stay for the next run")
    parser.add_argument("--pytest-argument", action="append", default=[])
    parser.add_argument("suites", nargs="+")
    options = parser.parse_args()
    plugins = dict(text.split("=") for text in options.plugin)
    version = subprocess.run(
        [options.python, "-c", "import pytest; print(pytest.__version__)"], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"pytest {version}")
    total = [0, 0, 0]
    for suite in options.suites:
        suite = os.path.realpath(suite)
        theirs, _ = remembered(
            options.keep,
            f"{version}{suite}",
            lambda suite=suite: pytest_says(options.python, suite, plugins, options.pytest_argument),
        )
        dump = os.path.abspath(options.dump)
        ours, _ = hasten_says(dump, suite, version, plugins.values(), [])
        collected = {test["file"] for test in theirs["tests"].values()}
        files = {test["file"] for test in ours["tests"]}
        without = sorted(file for file in files if relocated(file, ours, theirs) not in collected)
        ours, speed = hasten_says(dump, suite, version, plugins.values(), without)
        print(f"{suite}\n    {speed}; {len(without)} files without items")
        total = [a + b for a, b in zip(total, compare(ours, theirs, options.show))]
    used, equal, aside = total
    print(f"all: {used} fixtures in use, {aside} put aside, of the rest {ratio(equal, used - aside)} equal")


if __name__ == "__main__":
    main()
