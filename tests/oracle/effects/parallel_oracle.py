#!/usr/bin/env python3
"""Do the verdicts hold? Runs a suite serially, then under xdist in several modes, reversed and shuffled.

    parallel_oracle.py HASTEN ROOT [--tests PATH ...] [--path DIR ...] [-n 4] [--rounds 2] [--keep FILE]
                       [-- pytest arguments]

Prints the tests that pass serially and fail otherwise, with hasten's verdict for each, and for each verdict how many
tests have it and how many failed. A test that is called parallel and fails is a wrong claim; one that is called
something else and does not fail may only have been lucky.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ORDERS = {
    "reversed": "def pytest_collection_modifyitems(items):\n    items.reverse()\n",
    "shuffled": "import random\n\n\ndef pytest_collection_modifyitems(items):\n    random.Random(7).shuffle(items)\n",
}


def main():
    arguments = sys.argv[1:]
    at = arguments.index("--") if "--" in arguments else len(arguments)
    own, rest = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("hasten")
    parser.add_argument("root")
    parser.add_argument("--tests", nargs="*", default=[])
    parser.add_argument("--path", nargs="*", default=[], help="put on PYTHONPATH")
    parser.add_argument("-n", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keep", help="leave the outcomes in this file, and use what is there already")
    options = parser.parse_args(own)
    root = Path(options.root).resolve()
    verdicts = verdicts_of(options.hasten, root)
    kept = Path(options.keep) if options.keep else None
    if kept and kept.exists():
        serial, failed = json.loads(kept.read_text(encoding="utf-8"))
    else:
        serial, failed = run_all(root, options, rest)
    if kept:
        kept.write_text(json.dumps([serial, {test: sorted(modes) for test, modes in failed.items()}]), encoding="utf-8")
    report(serial, failed, verdicts)


def run_all(root, options, rest):
    """Outcomes of the serial run, and for each test that passes there the modes in which it fails."""
    serial = run(root, options, rest, [])
    failed = collections.defaultdict(set)
    for number in range(options.rounds):
        for mode in ("load", "worksteal", "loadfile"):
            note(failed, serial, run(root, options, rest, ["-n", str(options.n), "--dist", mode]), mode)
    for order in ORDERS:
        note(failed, serial, run(root, options, rest, ["-p", f"{order}_plugin"]), order)
    return serial, failed


def verdicts_of(hasten, root):
    done = subprocess.run([hasten, "list", "tests", "--output-format", "json", "-q"], cwd=root, capture_output=True,
                          check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return {test["id"]: test for test in json.loads(done.stdout)["tests"]}


def run(root, options, rest, mode):
    """Outcome of each test: passed unless one of its cases failed."""
    with tempfile.TemporaryDirectory() as folder:
        for order, plugin in ORDERS.items():
            Path(folder, f"{order}_plugin.py").write_text(plugin, encoding="utf-8")
        env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1",
                   PYTHONPATH=os.pathsep.join([folder, *[str(root / path) for path in options.path]]))
        out = Path(folder, "junit.xml")
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", f"--rootdir={root}",
                   f"--junit-xml={out}", "-o", "junit_family=xunit1", *mode, *rest, *options.tests]
        subprocess.run(command, cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return outcomes(out)


def outcomes(path):
    found = {}
    if not path.exists():
        return found
    for case in ElementTree.parse(path).iter("testcase"):
        file, name = case.get("file") or "", case.get("name").split("[")[0].split("@")[0]
        module = file[:-3].replace("/", ".")
        classes = [part for part in case.get("classname")[len(module) + 1:].split(".") if part]
        test = "::".join([file, *classes, name])
        bad = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        worst = found.get(test, "skipped")
        found[test] = "failed" if bad or worst == "failed" else worst if skipped else "passed"
    return found


def note(failed, serial, other, mode):
    for test, outcome in other.items():
        if outcome == "failed" and serial.get(test) == "passed":
            failed[test].add(mode)


def report(serial, failed, verdicts):
    passed = [test for test, outcome in serial.items() if outcome == "passed"]
    print(f"{len(passed)} tests pass serially, {len(failed)} of them fail otherwise")
    known = [test for test in failed if test in verdicts]
    warned = [test for test in known if verdicts[test]["verdict"] != "parallel"]
    if known:
        print(f"warned of: {len(warned)} of {len(known)}, {100 * len(warned) / len(known):.0f} %")
    for verdict in ("parallel", "grouped", "serial", "unknown"):
        all_of = [test for test in passed if test in verdicts and verdicts[test]["verdict"] == verdict]
        print(f"{verdict:9} {len(all_of):5} tests, {len([test for test in all_of if test in failed]):4} fail otherwise")
    for test in sorted(failed):
        verdict = verdicts.get(test, {}).get("verdict", "not listed")
        print(f"  {verdict:9} {test} ({', '.join(sorted(failed[test]))})")


if __name__ == "__main__":
    main()
