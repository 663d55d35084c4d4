#!/usr/bin/env python3
"""Makes little test suites at random, lets pytest collect them and compares with what hasten links.

    random_suites.py --hasten BINARY [--seed N] [--count N] [--pythonpath FOLDER] [--keep FOLDER]

Prints every difference with the seed of its suite; --count 1 --seed N --keep FOLDER leaves that one suite on disk to
look at. Exit 0: all agree; 1: differences; 77: pytest is not installed.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

from collect_oracle import HERE, Pytest, compare, hasten_says, relative
from suite_maker import make_suite

# Differences in these topics count; what hasten calls unknown does not.
WRONG = ("missed", "invented", "closure", "order", "definition", "cases", "fixture missed", "fixture invented", "fixture")


def write(suite, folder):
    for path, text in suite.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text)


def collect_all(pytest, folders):
    """pytest's answer for every folder, by one interpreter that forks for each."""
    run = subprocess.run(
        [pytest.python, "-B", os.path.join(HERE, "forking_pytest.py"), *folders],
        env=pytest.environment(),
        capture_output=True,
        text=True,
        timeout=3600,
    )
    answers = {}
    for folder in folders:
        path = folder + ".json"
        if os.path.exists(path):
            with open(path) as file:
                answers[folder] = json.load(file)
    if not answers:
        sys.exit(f"pytest collected nothing: {run.stdout}{run.stderr}")
    return answers


def differences(hasten, pytest, folder, theirs):
    ours, _ = hasten_says(hasten, folder, pytest.version, [])
    report = compare(relative(ours, theirs), theirs)
    found = {topic: texts for topic, texts in report.differences.items() if topic in WRONG or topic == "item order"}
    if any("::" not in node for node in theirs["failed"]) and "closure" in found:
        # A TestCase of helpers.py is scanned where it is met first, but not in a module that cannot be imported.
        found["closure"] = [text for text in found["closure"] if "CaseBase" not in text]
    return {topic: texts for topic, texts in found.items() if texts}, report


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hasten", required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--pythonpath", help="a folder with another pytest")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--keep", help="a folder in which the suites stay")
    parser.add_argument("--show", type=int, default=2, help="differences of one topic and suite")
    options = parser.parse_args()
    try:
        pytest = Pytest(options.python, options.pythonpath)
    except (OSError, subprocess.CalledProcessError):
        print("pytest is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        base = os.path.realpath(options.keep or scratch)
        seeds = range(options.seed, options.seed + options.count)
        folders = {seed: os.path.join(base, f"suite_{seed}") for seed in seeds}
        for seed, folder in folders.items():
            write(make_suite(random.Random(seed), pytest.version), folder)
        answers = collect_all(pytest, list(folders.values()))
        print(f"pytest {pytest.version}, seeds {seeds[0]} to {seeds[-1]}, {len(answers)} suites")
        sys.exit(compare_all(options, pytest, folders, answers))


def compare_all(options, pytest, folders, answers):
    totals, wrong = collections.Counter(), collections.Counter()
    for seed, folder in folders.items():
        if folder not in answers:
            continue
        found, report = differences(os.path.abspath(options.hasten), pytest, folder, answers[folder])
        totals["tests"] += report.ratios["recall"][1]
        totals["not importable"] += report.failed_files
        for topic in ("closure unknown", "cases unknown"):
            totals[topic] += len(report.differences.get(topic, ()))
        for topic, texts in found.items():
            wrong[topic] += len(texts)
            for text in texts[: options.show]:
                print(f"seed {seed} {topic}: {text}")
    print("; ".join(f"{topic} {count}" for topic, count in totals.items()))
    print("; ".join(f"{topic} {count}" for topic, count in wrong.items()) or "no differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
