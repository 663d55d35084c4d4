#!/usr/bin/env python3
"""Holds hasten's set-up counts against those of `pytest --setup-plan`, suite by suite.

    setups_oracle.py --hasten BINARY [--python PYTHON] [--pythonpath FOLDER] [--show N] [--keep FOLDER]
                     [--plugin MODULE=DISTRIBUTION]... [--pytest-argument ARGUMENT]... SUITE...

Compared are the fixtures that the suite defines, hidden ones included, by name and place. Files from which pytest gets no
item are taken away from hasten too. Conditional skip marks count as not met on both sides. What is asked for at run time
only (getfixturevalue) is no part of a plan, so fixtures that hasten counts for that are put aside.

Numbers that hasten calls unknown are told apart by the reason it gives: what no reading of the code can tell (OUT_OF_REACH)
is no part of the percentage, everything else counts as missed.
"""

import argparse
import collections
import functools
import json
import os
import re
import subprocess
import sys

from collect_oracle import BY_CONDITION, Pytest, hasten_says, ratio, remembered


# Kinds of `setups_unknown` that no reading of the code can tell: conditions of the machine, hooks that go by them, tests
# and base classes that are made at run time.
OUT_OF_REACH = ("condition", "class-skip", "hook", "module-hooks", "made-tests", "computed-base")


def is_out_of_reach(doubt):
    return doubt["kind"] in OUT_OF_REACH or (doubt["kind"] == "cases" and BY_CONDITION.search(doubt["reason"]))


def relocated(path, ours, theirs):
    return os.path.relpath(os.path.join(ours["root"], path), theirs["root"])


def test_key(test, ours, theirs):
    return "::".join(filter(None, [relocated(test["file"], ours, theirs), test["class"], test["name"]]))


def is_below(test, nodes):
    """Whether it stands in one of the modules or classes, which pytest could not import or make."""
    parts = test.split("::")
    return any("::".join(parts[:depth]) in nodes for depth in range(1, len(parts)))


def cause(by, theirs_by, tests, theirs):
    """Why a count differs, by the first test that sets the fixture up a different number of times."""
    for test in sorted(set(by) | set(theirs_by)):
        if by.get(test, 0) == theirs_by.get(test, 0):
            continue
        if test not in theirs["tests"]:
            return "set-up fails" if is_below(test, theirs["errors"]) else "test invented", test
        if test in theirs["failing"]:
            return "set-up fails", test
        if test not in tests:
            return "test missed", test
        if tests[test]["skipped"]:
            return "skipped by a mark that always holds", test  # skipif(True): no mark with a condition holds here
        if set(tests[test]["fixtures"]) != set(theirs["tests"][test]["fixtures"]):
            return "closure differs", test
        if tests[test]["cases"] != theirs["tests"][test]["cases"]:
            return "cases differ", test
        if test in theirs["unrun"]:
            return "skipped by the suite's own hook", test
    return "replay", next((t for t in sorted(set(by) | set(theirs_by)) if by.get(t, 0) != theirs_by.get(t, 0)), "?")


class Ours:
    """hasten's fixtures that the suite defines, hidden ones included, by the key that pytest's have too."""

    def __init__(self, command, suite, lists, theirs):
        self.command = command
        self.suite = suite  # paths are told from where the lists were made: the root directory depends on it (A2)
        self.tests = {test_key(test, lists, theirs): test for test in lists["tests"]}
        self.keys = {test["id"]: key for key, test in zip(self.tests, lists["tests"])}
        asked = {name for test in lists["tests"] for name in test["dynamic_fixtures"]}
        self.counts, self.ids, self.dynamic, self.doubts = {}, collections.defaultdict(list), set(), {}
        self.open_files = {relocated(row["file"], lists, theirs) for row in lists["uncertain"]}
        for row in lists["fixtures"]:
            if not (row["hidden"] or row.get("file")):
                continue
            place = (None, 0) if row["hidden"] else (relocated(row["file"], lists, theirs), row["line"])
            key = (row["name"], *place)
            self.ids[key].append(row["id"])
            if row["name"] in asked:
                self.dynamic.add(key)
            if row["setups_unknown"]:
                self.doubts.setdefault(key, row["setups_unknown"])
            is_known = row["setups"] is not None and self.counts.get(key, 0) is not None
            self.counts[key] = self.counts.get(key, 0) + row["setups"] if is_known else None

    def is_open(self, key):
        """Whether hasten says of a test of pytest's that it, or what it uses, is known to a run only."""
        test = self.tests.get(key)
        if test:
            return test["has_unknown_fixtures"] or test["conditional"]
        return key.split("::")[0] in self.open_files

    @functools.lru_cache(maxsize=None)
    def by_test(self, key):
        """Set-ups by the test that causes them, from `hasten show`."""
        by = {}
        for name in self.ids.get(key, ()):
            show = [self.command[0], "show", name, *self.command[1:]]
            run = subprocess.run(show, cwd=self.suite, capture_output=True, check=False)
            if run.returncode != 0:
                raise RuntimeError(f"{name}: {run.stderr.decode(errors='replace')[-500:]}")
            for row in json.loads(run.stdout)["fixture"]["set_up_by"]:
                test = self.keys[row["test"]]
                by[test] = by.get(test, 0) + row["times"]
        return by


def set_ups_of(theirs):
    """pytest's set-ups by fixture, then test."""
    its = {}
    for row in theirs["set_ups"]:
        hidden = re.match(r"_(xunit|unittest)_", row["name"])
        if not hidden and (row["file"] is None or row["file"].startswith("..")):
            continue
        by = its.setdefault((row["name"], None, 0) if hidden else (row["name"], row["file"], row["line"]), {})
        for test, times in row["by"].items():
            by[test] = by.get(test, 0) + times
    return its


class Comparison:
    """Numbers over the fixtures in use, and what differs by cause."""

    UNKNOWN = "unknown, within reach"
    OUT = "unknown, out of reach"
    MADE = "of tests that are made at run time"
    ASIDE = ("asked for at run time", "set-up fails", "skipped by a mark that always holds")

    def __init__(self):
        self.used = self.equal = 0
        self.notes = collections.defaultdict(list)

    def number(self, *topics):
        return sum(len(self.notes[topic]) for topic in topics)

    def out_of_reach(self):
        return self.number(self.OUT, self.MADE)

    def unknown(self):
        return self.number(self.UNKNOWN)

    def aside(self):
        return self.number(*self.ASIDE)

    def wrong(self):
        return self.used - self.equal - self.out_of_reach() - self.unknown() - self.aside()

    def reachable(self):
        return self.equal + self.wrong() + self.unknown()

    def print(self, show):
        print(
            f"    {self.used} fixtures in use; equal {ratio(self.equal, self.reachable())} of those within reach; "
            f"{self.wrong()} wrong"
        )
        for topic, texts in self.notes.items():
            if texts:
                print(f"    {topic}: {len(texts)}")
            for text in texts[:show]:
                print(f"        {text}")


def compare(ours, theirs):
    for group, nodes in (("failing", "failures"), ("unrun", "skipped")):
        theirs[group] = {re.sub(r"\[.*$", "", node) for node in theirs[nodes]}
    its = set_ups_of(theirs)
    found = Comparison()
    for key in sorted(set(ours.counts) | set(its), key=str):
        mine, theirs_by = ours.counts.get(key, 0), its.get(key, {})
        if mine == 0 and not theirs_by:
            continue  # used by nobody
        found.used += 1
        total = sum(theirs_by.values())
        numbers = f"{key}: ours {mine} pytest {total}"
        if mine is None and key in ours.dynamic and not total:
            found.notes["asked for at run time"].append(numbers)
        elif mine is None:
            doubt = ours.doubts[key]
            topic = found.OUT if is_out_of_reach(doubt) else found.UNKNOWN
            found.notes[topic].append("{}: {kind}: {reason} ({file}:{line})".format(numbers, **doubt))
        elif mine == total:
            found.equal += 1
        elif key in ours.dynamic:
            found.notes["asked for at run time"].append(numbers)
        elif key not in ours.counts and all(map(ours.is_open, theirs_by)):
            found.notes[found.MADE].append(f"{numbers} at {min(theirs_by)}")
        elif key not in ours.counts:
            found.notes["fixture missed"].append(f"{numbers} at {min(theirs_by)}")
        else:
            reason, test = cause(ours.by_test(key), theirs_by, ours.tests, theirs)
            found.notes[reason].append(f"{numbers} at {test}")
    return found


def compare_suite(hasten, pytest, suite, keep=None, arguments=()):
    """(comparison, what hasten says of its own speed). Files without an item of pytest's are kept from hasten."""
    suite = os.path.realpath(suite)
    theirs = remembered(keep, f"{pytest.name()}-setups{suite}", lambda: pytest.set_ups(suite, arguments))
    ours, speed = hasten_says(hasten, suite, pytest.version, pytest.plugins.values())
    if not theirs["tests"]:
        raise RuntimeError(f"{suite}: pytest collects nothing")
    collected = {test["file"] for test in theirs["tests"].values()}
    paths = {row["file"] for row in ours["tests"] + ours["uncertain"]}
    kept = sorted(path for path in paths if relocated(path, ours, theirs) in collected)
    command = [hasten, "--output-format", "json", "--pytest-version", pytest.version]
    command += ["--plugins", ",".join(sorted(pytest.plugins.values())) or "none"]
    if len(kept) < len(paths):
        kept = [os.path.join(ours["root"], path) for path in kept]
        ours, speed = hasten_says(hasten, suite, pytest.version, pytest.plugins.values(), kept)
        command += kept
    else:
        command.append(suite)
    return compare(Ours(command, suite, ours, theirs), theirs), f"{speed}; {len(paths) - len(kept)} files without items"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hasten", required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--pythonpath", help="a folder with another pytest")
    parser.add_argument("--plugin", action="append", default=[], help="MODULE=DISTRIBUTION, as xdist.plugin=pytest-xdist")
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--keep", help="a folder in which pytest's answers stay for the next run")
    parser.add_argument("--pytest-argument", action="append", default=[])
    parser.add_argument("suites", nargs="+")
    options = parser.parse_args()
    pytest = Pytest(options.python, options.pythonpath, dict(text.split("=") for text in options.plugin))
    print(f"pytest {pytest.version}")
    reachable = equal = wrong = 0
    for suite in options.suites:
        try:
            found, speed = compare_suite(
                os.path.abspath(options.hasten), pytest, suite, options.keep, options.pytest_argument
            )
        except RuntimeError as error:
            sys.exit(str(error))
        print(f"{suite}\n    {speed}")
        found.print(options.show)
        reachable, equal, wrong = reachable + found.reachable(), equal + found.equal, wrong + found.wrong()
    print(f"all: {ratio(equal, reachable)} of those within reach equal, {wrong} wrong")


if __name__ == "__main__":
    main()
