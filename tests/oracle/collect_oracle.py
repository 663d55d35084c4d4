#!/usr/bin/env python3
"""Holds what hasten links against what pytest collects, suite by suite.

    collect_oracle.py --hasten BINARY [--python PYTHON] [--pythonpath FOLDER] [--show N]
                      [--plugin MODULE=DISTRIBUTION]... [--keep FOLDER] SUITE...

A suite is a folder that this machine can import. --pythonpath puts another pytest in front: a folder with pytest,
_pytest, pluggy and iniconfig. Files that pytest could not import are left out of the comparison.

Prints precision and recall of tests, closures that are equal as sets and in order, the definition behind every name of a
closure, fixtures with scope and autouse, numbers of items, item order before pytest regroups by parameters. What hasten
calls unknown is counted on its own: it is neither right nor wrong.
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
TESTS = ("Function", "TestCaseFunction", "Coroutine", "AsyncFunction", "PytestAsyncioFunction")
# Reasons for unknown numbers that only the machine decides: what is installed, how it is set up.
BY_CONDITION = re.compile("(under|depends on) a condition|in a loop or try|defined in several ways")
HIDDEN = re.compile(r"_?_?_xunit_|_unittest_|_[A-Za-z]*__pytest_")


class Pytest:
    """One installation of pytest and the plugins it is run with."""

    def __init__(self, python="/usr/bin/python3", pythonpath=None, plugins=None):
        self.python = python
        self.pythonpath = pythonpath
        self.plugins = plugins or {}  # module -> distribution
        show = "import pytest; print(pytest.__version__)"
        self.version = subprocess.run(
            [python, "-c", show], capture_output=True, text=True, check=True, env=self.environment(), cwd="/"
        ).stdout.strip()

    def environment(self, **more):
        env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}
        folders = [self.pythonpath, HERE, os.environ.get("PYTHONPATH")]
        env["PYTHONPATH"] = os.pathsep.join(filter(None, folders))
        return env

    def answer(self, plugin, suite, arguments=(), timeout=1800):
        """What the plugin of this folder wrote down in a run over the suite."""
        with tempfile.TemporaryDirectory() as scratch:
            out = os.path.join(scratch, "pytest.json")
            command = [self.python, "-m", "pytest", "-p", plugin, "-o", f"cache_dir={scratch}", "-q", "--color=no"]
            for module in self.plugins:
                command += ["-p", module]
            # From elsewhere: `-m` puts the working directory in front of sys.path, and a suite may hold a typing.py.
            run = subprocess.run(
                [*command, "--continue-on-collection-errors", *arguments, suite],
                env=self.environment(HASTEN_ORACLE_OUT=out),
                cwd="/",
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
            )
            if not os.path.exists(out):
                raise RuntimeError(f"{suite}: pytest gave no answer\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
            with open(out) as file:
                return json.load(file)

    def collect(self, suite, arguments=()):
        return self.answer("collect_plugin", suite, ["--collect-only", *arguments])

    def set_ups(self, suite, arguments=()):
        return self.answer("setups_plugin", suite, ["--setup-plan", "-p", "no:warnings", *arguments])

    def name(self):
        """The same for what would answer the same."""
        return "-".join([self.version, *sorted(self.plugins)])


def remembered(folder, name, ask):
    """pytest's answer from an earlier run, if `folder` is given and has one."""
    if not folder:
        return ask()
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name.strip("/").replace("/", "-") + ".json")
    if not os.path.exists(path):
        answer = ask()
        with open(path, "w") as file:
            json.dump(answer, file)
    with open(path) as file:
        return json.load(file)


def hasten_says(hasten, suite, version, plugins, paths=()):
    """`hasten list`, with [file, line, scope] for the definitions, and its own words on speed."""
    command = [hasten, "list", "tests", "--verbose", "--output-format", "json", "--pytest-version", version]
    command += ["--plugins", ",".join(sorted(plugins)) or "none", *(paths or [suite])]
    run = subprocess.run(command, cwd=suite, capture_output=True, text=True, timeout=600)
    if not run.stdout:
        raise RuntimeError(f"{suite}: {run.stderr}")
    ours = json.loads(run.stdout)
    by_id = {row["id"]: row for row in ours["fixtures"]}
    for test in ours["tests"]:
        rows = [by_id.get(name, {}) for name in test["definitions"]]
        test["definitions"] = ["file" in row and [row["file"], row["line"], row["scope"]] or None for row in rows]
    return ours, run.stderr.strip().splitlines()[-1]


def key(test):
    return test["file"], test["class"], test["name"]


def relative(ours, theirs):
    """Our paths, relative to pytest's root directory."""
    known = {}

    def moved(path):
        if path not in known:
            known[path] = os.path.relpath(os.path.realpath(os.path.join(ours["root"], path)), theirs["root"])
        return known[path]

    for row in ours["tests"] + ours["fixtures"]:
        for field in ("file", "holder"):
            if row.get(field):
                row[field] = moved(row[field])
    for test in ours["tests"]:
        test["definitions"] = [d and [moved(d[0]), *d[1:]] for d in test["definitions"]]
    return ours


class Uncollected:
    """Modules and classes that pytest could not import or make, or that skipped themselves at import."""

    def __init__(self, theirs):
        self.nodes = set(theirs["failed"]) | set(theirs["skipped"])
        self.failed_files = {node.split("::")[0] for node in theirs["failed"]}

    def has_file(self, file):
        return file in self.nodes

    def has(self, test):
        names = (test["class"] or "").split("::")
        return self._any_of([test["file"], *names])

    def has_fixture(self, fixture):
        """A class is scanned for fixtures before it is collected: what fails keeps its own, not those of classes in it."""
        classes = fixture["id"].split("::")[1:-1]
        return self.has_file(fixture["holder"]) or self._any_of([fixture["holder"], *classes[:-1]])

    def _any_of(self, names):
        return any("::".join(names[: depth + 1]) in self.nodes for depth in range(len(names)))


class Report:
    """Numbers as part and whole, and what differs, by topic."""

    def __init__(self):
        self.ratios = {}
        self.differences = collections.defaultdict(list)

    def note(self, topic, text):
        self.differences[topic].append(text)

    def count(self, topic, part, whole):
        self.ratios[topic] = (part, whole)

    def line(self):
        return "; ".join(f"{topic} {ratio(*pair)}" for topic, pair in self.ratios.items())

    def print(self, show):
        for topic, texts in self.differences.items():
            print(f"    {topic}: {len(texts)}")
            for text in texts[:show]:
                print(f"        {text}")


def ratio(part, whole):
    return f"{part}/{whole} ({100 * part / whole:.2f} %)" if whole else "0/0"


def compare(ours, theirs):
    report = Report()
    uncollected = Uncollected(theirs)
    report.failed_files = len(uncollected.failed_files)
    theirs_tests = {key(t): t for t in theirs["tests"] if t["kind"] in TESTS}
    imported = {t["file"] for t in theirs["tests"]}
    ours_tests = {key(t): t for t in ours["tests"] if not uncollected.has(t)}
    both = [k for k in theirs_tests if k in ours_tests]
    for k in theirs_tests.keys() - ours_tests.keys():
        report.note("missed", k)
    invented = [k for k in ours_tests if k not in theirs_tests]
    for k in invented:
        topic = "invented" if k[0] in imported else "invented, in files without any item"
        report.note(topic + " under a condition" if ours_tests[k].get("conditional") else topic, k)
    in_imported = sum(1 for k in invented if k[0] in imported and not ours_tests[k].get("conditional"))
    report.count("recall", len(both), len(theirs_tests))
    report.count("precision", len(both), len(both) + in_imported)
    compare_closures(both, ours_tests, theirs_tests, report)
    compare_cases(both, ours_tests, theirs_tests, report)
    position = {k: i for i, k in enumerate(ours_tests)}
    steps = list(zip(both, both[1:]))
    disordered = [(a, b) for a, b in steps if position[a] > position[b]]
    for pair in disordered:
        report.note("item order", pair)
    report.count("item order", len(steps) - len(disordered), len(steps))
    compare_fixtures(ours, theirs, uncollected, report)
    return report


def compare_closures(both, ours, theirs, report):
    lines = sets = orders = unknown = same = names = 0
    for k in both:
        a, b = ours[k], theirs[k]
        lines += a["line"] == b["line"]
        if a["line"] != b["line"]:
            report.note("line", f"{k}: ours {a['line']} pytest {b['line']}")
        if a["fixtures"] != b["fixtures"] and (a["has_unknown_fixtures"] or a["conditional"]):
            unknown += 1
            report.note("closure unknown", f"{k}: ours {a['fixtures']} pytest {b['fixtures']}")
            continue
        sets += set(a["fixtures"]) == set(b["fixtures"])
        orders += a["fixtures"] == b["fixtures"]
        if a["fixtures"] != b["fixtures"]:
            kind = "order" if set(a["fixtures"]) == set(b["fixtures"]) else "closure"
            report.note(kind, f"{k}: ours {a['fixtures']} pytest {b['fixtures']}")
        mine = dict(zip(a["fixtures"], a["definitions"]))
        for name, definition in zip(b["fixtures"], b["definitions"]):
            # Only what the suite itself defines: plugins have no file of ours, hidden fixtures no line.
            if name not in mine or HIDDEN.match(name) or (definition is None and mine[name] is None):
                continue
            if mine[name] is None and definition[0] and definition[0].startswith(".."):
                continue
            names += 1
            same += mine[name] == definition
            if mine[name] != definition:
                report.note("definition", f"{k} {name}: ours {mine[name]} pytest {definition}")
    report.count("lines", lines, len(both))
    report.count("closures as sets", sets, len(both) - unknown)
    report.count("closures in order", orders, len(both) - unknown)
    report.count("closures unknown", unknown, len(both))
    report.count("definitions", same, names)


def compare_cases(both, ours, theirs, report):
    counted = right = conditional = 0
    for k in both:
        a, b = ours[k], theirs[k]
        if a["cases"] is None:
            is_conditional = bool(BY_CONDITION.search(a["why"]))
            conditional += is_conditional
            report.note("cases unknown, by a condition of the machine" if is_conditional else "cases unknown", f"{k}: {a['why']} (pytest {b['cases']})")
            continue
        counted += 1
        right += a["cases"] == b["cases"]
        if a["cases"] != b["cases"]:
            report.note("cases", f"{k}: ours {a['cases']} pytest {b['cases']}")
    report.count("cases given", counted, len(both) - conditional)
    report.count("cases by condition", conditional, len(both))
    report.count("cases right", right, counted)


def compare_fixtures(ours, theirs, uncollected, report):
    def definition(fixture):
        return fixture["name"], fixture["file"], fixture["line"]

    def is_own(fixture):
        return fixture.get("file") and not fixture["file"].startswith("..") and not fixture.get("hidden", False)

    def is_collected(fixture):
        return not uncollected.has_file(fixture["baseid"].split("::")[0])

    pytests = {
        definition(f): f for f in theirs["fixtures"] if is_own(f) and is_collected(f) and not HIDDEN.match(f["name"])
    }
    mine = {definition(f): f for f in ours["fixtures"] if is_own(f) and not uncollected.has_fixture(f)}
    for k in pytests.keys() - mine.keys():
        report.note("fixture missed", k)
    for k in mine.keys() - pytests.keys():
        report.note("fixture invented", k)
    same = [k for k in pytests if k in mine]
    agree = 0
    for k in same:
        fields = ("scope", "autouse", "params")
        known = [f for f in fields if mine[k][f] is not None and pytests[k][f] is not None]
        differ = [f for f in known if mine[k][f] != pytests[k][f]]
        agree += not differ
        for field in differ:
            report.note("fixture", f"{k} {field}: ours {mine[k][field]} pytest {pytests[k][field]}")
    report.count("fixtures found", len(same), len(pytests))
    report.count("fixtures not invented", len(same), len(mine))
    report.count("scope, autouse, params", agree, len(same))


def compare_suite(hasten, pytest, suite, keep=None, arguments=()):
    """(report, what hasten says of its own speed)."""
    suite = os.path.realpath(suite)
    theirs = remembered(keep, f"{pytest.name()}-collect{suite}", lambda: pytest.collect(suite, arguments))
    ours, speed = hasten_says(os.path.abspath(hasten), suite, pytest.version, pytest.plugins.values())
    return compare(relative(ours, theirs), theirs), speed


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
    plugins = dict(text.split("=") for text in options.plugin)
    pytest = Pytest(options.python, options.pythonpath, plugins)
    print(f"pytest {pytest.version}")
    for suite in options.suites:
        try:
            report, speed = compare_suite(options.hasten, pytest, suite, options.keep, options.pytest_argument)
        except RuntimeError as error:
            sys.exit(str(error))
        print(f"{suite}\n    {speed}; {report.failed_files} files not importable\n    {report.line()}")
        report.print(options.show)


if __name__ == "__main__":
    main()
