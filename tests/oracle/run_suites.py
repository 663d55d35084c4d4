#!/usr/bin/env python3
"""Runs collect_oracle over the real suites of suites.toml and prints one table; with --set-ups, setups_oracle.

    run_suites.py --hasten BINARY [--set-ups] [--install] [--sources FOLDER] [--pythonpath FOLDER]...
                  [--keep FOLDER] [--show N] [NAME...]

--install fetches the Debian packages that the suites come from (needs root). Every --pythonpath is one more pytest to
hold hasten against, beside the python's own; see collect_oracle.py. Suites that are not installed are left out.
"""

import argparse
import glob
import os
import subprocess
import sys
import tomllib

import collect_oracle
import setups_oracle
from collect_oracle import HERE, Pytest

COLUMNS = [
    ("recall", "recall"),
    ("precision", "precision"),
    ("closures as sets", "sets"),
    ("closures in order", "in order"),
    ("closures unknown", "unknown"),
    ("definitions", "definitions"),
    ("fixtures found", "fixtures"),
    ("scope, autouse, params", "scope etc."),
    ("cases given", "cases given"),
    ("cases by condition", "by condition"),
    ("cases right", "cases right"),
    ("item order", "item order"),
]
SET_UP_COLUMNS = ["fixtures in use", "put aside", "out of reach", "exact", "wrong", "unknown", "exact of those within reach"]


def suites(names):
    with open(os.path.join(HERE, "suites.toml"), "rb") as file:
        rows = tomllib.load(file)["suite"]
    return [row for row in rows if not names or row["name"] in names]


def install(rows):
    for row in rows:
        packages = [row[key] for key in ("package",) if key in row] + row.get("needs", [])
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], check=False)


def download_sources(rows, folder):
    os.makedirs(folder, exist_ok=True)
    for row in rows:
        if "source" in row and not folder_of(row, folder):
            subprocess.run(["apt-get", "source", "-q", row["source"]], check=False, cwd=folder)


def folder_of(row, sources):
    """Where the suite stands; nothing when it is not there."""
    if "source" in row:
        found = glob.glob(os.path.join(sources or "", f"{row['source']}-[0-9]*", row["folder"]))
    else:
        found = glob.glob(os.path.join("/usr/lib/python3/dist-packages", row["folder"]))
    return next((path for path in sorted(found) if os.path.isdir(path)), None)


def percent(pair):
    part, whole = pair
    if not whole:
        return "-"
    return "100" if part == whole else f"{100 * part / whole:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hasten", required=True)
    parser.add_argument("--set-ups", action="store_true", help="numbers of set-ups in place of collection")
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--pythonpath", action="append", default=[], help="a folder with another pytest")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--sources", help="a folder for unpacked source packages")
    parser.add_argument("--keep", help="a folder in which pytest's answers stay for the next run")
    parser.add_argument("--show", type=int, default=0, help="differences of each kind")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    rows = suites(options.names)
    if options.install:
        install(rows)
    if options.sources:
        download_sources(rows, options.sources)
    for pythonpath in [None, *options.pythonpath]:
        table(options, rows, pythonpath)


def table(options, rows, pythonpath):
    version = Pytest(options.python, pythonpath).version
    titles = SET_UP_COLUMNS if options.set_ups else ["tests", *(title for _, title in COLUMNS)]
    print(f"\npytest {version}\n\n| suite | {' | '.join(titles)} |")
    print("|---" * (len(titles) + 1) + "|")
    details = []
    oracle = setups_oracle if options.set_ups else collect_oracle
    for row in rows:
        folder = folder_of(row, options.sources)
        if not folder:
            continue
        pytest = Pytest(options.python, pythonpath, row.get("plugins", {}))
        hasten = os.path.abspath(options.hasten)
        try:
            report, _ = oracle.compare_suite(hasten, pytest, folder, options.keep, row.get("arguments", []))
        except (RuntimeError, subprocess.SubprocessError) as error:
            print(f"{row['name']}: {str(error)[:300]}", file=sys.stderr)
            continue
        numbers = set_up_numbers(report) if options.set_ups else collection_numbers(report)
        print(f"| {row['name']} | {' | '.join(map(str, numbers))} |", flush=True)
        details.append((row["name"], report))
    for name, report in details if options.show else ():
        print(f"\n{name}")
        report.print(options.show)


def collection_numbers(report):
    return [report.ratios["recall"][1], *(percent(report.ratios[topic]) for topic, _ in COLUMNS)]


def set_up_numbers(found):
    return [
        found.used,
        found.aside(),
        found.out_of_reach(),
        found.equal,
        found.wrong(),
        found.unknown(),
        percent((found.equal, found.reachable())),
    ]


if __name__ == "__main__":
    main()
