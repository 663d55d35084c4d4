#!/usr/bin/env python3
"""Holds what hasten links against what pytest collects, suite by suite.

    collect_oracle.py --dump BUILD/tests/hasten_collect_dump [--python PYTHON] [--show N] [--plugin NAME]... SUITE...

A suite is a folder that this machine can import. Files that pytest could not import are left out of the comparison.
Prints precision and recall of tests, closures that are equal as sets and in order, fixtures, numbers of items.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def pytest_says(python, suite, plugins, extra):
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "pytest.json")
        env = {**os.environ, "HASTEN_ORACLE_OUT": out, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [HERE, os.environ.get("PYTHONPATH", "")]))
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [python, "-m", "pytest", "-p", "collect_plugin", "-o", f"cache_dir={scratch}"]
        command += ["--collect-only", "-q"]
        for plugin in plugins:
            command += ["-p", plugin]
        command += ["--continue-on-collection-errors", "--color=no", *extra, suite]
        # From elsewhere: `-m` puts the working directory in front of sys.path, and a suite may hold a typing.py.
        run = subprocess.run(command, env=env, cwd="/", capture_output=True, text=True, timeout=1800)
        errors = set(re.findall(r"^ERROR (\S+?)(?:::\S+)?(?: - .*)?$", run.stdout, re.M))
        if not os.path.exists(out):
            sys.exit(f"{suite}: pytest collected nothing\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        with open(out) as file:
            return json.load(file), errors


def remembered(folder, name, ask):
    """pytest's answer from an earlier run, if `folder` is given and has one."""
    if not folder:
        return ask()
    path = os.path.join(folder, name.strip("/").replace("/", "-") + ".json")
    if not os.path.exists(path):
        answer, errors = ask()
        with open(path, "w") as file:
            json.dump([answer, sorted(errors)], file)
    with open(path) as file:
        answer, errors = json.load(file)
        return answer, set(errors)


def hasten_says(dump, suite, version, plugins):
    names = ",".join(sorted(plugins)) or "none"
    run = subprocess.run(
        [dump, "--pytest-version", version, "--plugins", names, suite], cwd=suite, capture_output=True, text=True, timeout=600
    )
    if run.returncode != 0:
        sys.exit(f"{suite}: {run.stderr}")
    return json.loads(run.stdout), run.stderr.strip()


def key(test):
    return test["file"], test["class"], test["name"]


def relative(ours, theirs):
    """Our paths, relative to pytest's root directory."""
    for row in ours["tests"] + ours["fixtures"]:
        if row["file"]:
            row["file"] = os.path.relpath(os.path.join(ours["root"], row["file"]), theirs["root"])
    return ours


class Report:
    def __init__(self, show):
        self.show = show
        self.differences = collections.defaultdict(list)

    def note(self, topic, text):
        self.differences[topic].append(text)

    def print(self):
        for topic, texts in self.differences.items():
            print(f"    {topic}: {len(texts)}")
            for text in texts[: self.show]:
                print(f"        {text}")


def ratio(part, whole):
    return f"{part}/{whole} ({100 * part / whole:.2f} %)" if whole else "0/0"


def compare(ours, theirs, errors, report):
    """Returns one line of numbers."""
    theirs_tests = {key(t): t for t in theirs["tests"] if t["kind"] in ("Function", "TestCaseFunction", "Coroutine")}
    imported = {t["file"] for t in theirs["tests"]}
    ours_tests = {key(t): t for t in ours["tests"] if t["file"] not in errors}
    both = [k for k in theirs_tests if k in ours_tests]
    for k in theirs_tests.keys() - ours_tests.keys():
        report.note("missed", k)
    for k in ours_tests.keys() - theirs_tests.keys():
        report.note("invented" if k[0] in imported else "invented, in files without any item", k)
    invented = sum(1 for k in ours_tests if k not in theirs_tests and k[0] in imported)

    sets = orders = lines = counted = right = 0
    for k in both:
        a, b = ours_tests[k], theirs_tests[k]
        sets += set(a["fixtures"]) == set(b["fixtures"])
        orders += a["fixtures"] == b["fixtures"]
        lines += a["line"] == b["line"]
        if a["fixtures"] != b["fixtures"]:
            kind = "order" if set(a["fixtures"]) == set(b["fixtures"]) else "closure"
            report.note(kind, f"{k}: ours {a['fixtures']} pytest {b['fixtures']}{' (unknown)' if a['unknown'] else ''}")
        if a["line"] != b["line"]:
            report.note("line", f"{k}: ours {a['line']} pytest {b['line']}")
        if a["cases"] is None:
            report.note("cases unknown", f"{k}: {a['why']} (pytest {b['cases']})")
            continue
        counted += 1
        right += a["cases"] == b["cases"]
        if a["cases"] != b["cases"]:
            report.note("cases", f"{k}: ours {a['cases']} pytest {b['cases']}")

    position = {k: i for i, k in enumerate(ours_tests)}
    places = [position[k] for k in both]
    in_order = sum(1 for a, b in zip(places, places[1:]) if a < b)

    def definition(fixture):
        return fixture["name"], fixture["file"], fixture["line"]

    def is_own(fixture):
        return fixture["file"] and not fixture["file"].startswith("..") and not fixture.get("hidden", False)

    hidden = re.compile(r"_xunit_|_unittest_")
    pytests = {definition(f): f for f in theirs["fixtures"] if is_own(f) and not hidden.match(f["name"])}
    mine = {definition(f): f for f in ours["fixtures"] if is_own(f) and f["file"] not in errors}
    same = [k for k in pytests if k in mine]
    for k in pytests.keys() - mine.keys():
        report.note("fixture missed", k)
    for k in mine.keys() - pytests.keys():
        report.note("fixture invented", k)
    agree = 0
    for k in same:
        fields = ("scope", "autouse", "params")
        differ = [f for f in fields if mine[k][f] != pytests[k][f] and mine[k][f] is not None]
        agree += not differ
        for field in differ:
            report.note("fixture", f"{k} {field}: ours {mine[k][field]} pytest {pytests[k][field]}")
    found = len(both)
    return (
        f"tests found {ratio(found, len(theirs_tests))}, invented {invented}, lines {ratio(lines, found)}; closures as sets "
        f"{ratio(sets, found)}, in order {ratio(orders, found)}; cases given {ratio(counted, found)}, right "
        f"{ratio(right, counted)}; item order {ratio(in_order, max(found - 1, 0))}; fixtures {ratio(len(same), len(pytests))}, "
        f"invented {len(mine.keys() - pytests.keys())}, with equal scope, autouse and params {ratio(agree, len(same))}"
    )


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
    for suite in options.suites:
        suite = os.path.realpath(suite)
        theirs, errors = remembered(
            options.keep,
            f"{version}{suite}",
            lambda suite=suite: pytest_says(options.python, suite, plugins, options.pytest_argument),
        )
        ours, speed = hasten_says(os.path.abspath(options.dump), suite, version, plugins.values())
        report = Report(options.show)
        line = compare(relative(ours, theirs), theirs, errors, report)
        print(f"{suite}\n    {speed}; {len(errors)} files not importable\n    {line}")
        report.print()


if __name__ == "__main__":
    main()
