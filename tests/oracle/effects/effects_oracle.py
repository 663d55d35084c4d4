#!/usr/bin/env python3
"""Compares what the tests of a suite really do with `hasten list effects`.

    effects_oracle.py HASTEN ROOT [--tests PATH ...] [--path DIR ...] [--keep FOLDER] [--classes N] [-- pytest arguments]

Runs the suite once with effects_plugin.py and prints, per kind: (test, kind) pairs that really happened and have a frame
below ROOT, how many hasten lists unmasked (recall), and of the rows on lines that the test executed how many really
happened (precision). Then the most frequent classes of misses and of false alarms. Lines are compared where both know
one: changes of globals are only seen as a difference.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Of the many ways to change the interpreter, those that the plugin wraps.
OBSERVED_STATE = ("logging.Logger.setLevel", "logging.Logger.addHandler", "logging.Logger.removeHandler",
                  "logging.disable", "locale.setlocale", "signal.signal", "socket.setdefaulttimeout", "os.umask",
                  "unittest.TestCase.assertLogs", "random.seed", "warnings.simplefilter", "warnings.filterwarnings",
                  "warnings.resetwarnings")
KINDS = "network sleep env global cwd process-state file-write subprocess db port".split()


def main():
    own, _, rest = split(sys.argv[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("hasten")
    parser.add_argument("root")
    parser.add_argument("--tests", nargs="*", default=[])
    parser.add_argument("--path", nargs="*", default=[], help="put on PYTHONPATH")
    parser.add_argument("--keep", help="leave what was recorded here, and use what is here already")
    parser.add_argument("--classes", type=int, default=12)
    parser.add_argument("--json", help="write the numbers here")
    options = parser.parse_args(own)
    root = Path(options.root).resolve()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="effects-"))
    folder.mkdir(parents=True, exist_ok=True)

    predicted = listed(options.hasten, root)
    tests = options.tests
    if not (folder / "real.jsonl").exists():
        record(root, tests, options.path, predicted, folder, rest)
    real, outer, executed, ran = read(folder / "real.jsonl")
    predicted = [row for row in predicted if row["test"] in ran]
    report((real, outer), executed, predicted, ran, options)


def split(arguments):
    if "--" not in arguments:
        return arguments, "", []
    at = arguments.index("--")
    return arguments[:at], "--", arguments[at + 1:]


def listed(hasten, root):
    done = subprocess.run([hasten, "list", "effects", "--output-format", "json", "-q"], cwd=root, capture_output=True,
                          check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return json.loads(done.stdout)["effects"]


def record(root, tests, paths, predicted, folder, rest):
    lines = collections.defaultdict(set)
    for row in predicted:
        lines[row["file"]].add(row["line"])
    (folder / "lines.json").write_text(json.dumps({file: sorted(found) for file, found in lines.items()}))
    env = dict(os.environ, EFFECTS_ROOT=str(root), EFFECTS_OUT=str(folder / "real.jsonl"),
               EFFECTS_LINES=str(folder / "lines.json"), PYTHONDONTWRITEBYTECODE="1",
               PYTHONPATH=os.pathsep.join([str(HERE), *[str(root / path) for path in paths]]))
    command = [sys.executable, "-m", "pytest", "-p", "effects_plugin", "-p", "no:cacheprovider", "-q", "--no-header",
               "--tb=no", f"--rootdir={root}", *rest, *tests]
    with open(folder / "pytest.log", "w", encoding="utf-8") as log:
        subprocess.run(command, cwd=root, env=env, stdout=log, stderr=log, check=False)
    print((folder / "pytest.log").read_text(encoding="utf-8").rstrip().rsplit("\n", 1)[-1])


def read(path):
    real, outer, executed, ran = [], [], set(), set()
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if "ran" in row:
                ran.add(row["ran"])
            elif "outer" in row:
                outer.append({**row, "kind": row["outer"]})
            elif "executed" in row:
                executed.add((row["test"], row["executed"], row["line"]))
            else:
                real.append(row)
    return real, outer, executed, ran


def report(recorded, executed, predicted, ran, options):
    real, outer = recorded
    # What an event loop does in a task of its own, or pytest in a clean-up, has no frame of the project: no pair to find,
    # but it did happen.
    elsewhere = {(row["test"], row["kind"], row["file"]) for row in real if row["line"] < 0}
    real = [row for row in real if row["line"] >= 0]
    happened = [row for row in predicted if not row["masked_by"]]
    real_pairs = {(row["test"], row["kind"]) for row in real}
    listed_pairs = {(row["test"], row["kind"]) for row in happened}
    by_place = collections.defaultdict(list)
    for row in [*real, *outer]:
        by_place[row["test"], row["kind"], row["file"]].append((row["line"], row["end"]))

    def is_true(row):
        spans = by_place.get((row["test"], row["kind"], row["file"]), [])
        event = "" if row["kind"] in ("network", "port") else row["api"]
        return (any(begin <= row["line"] <= end for begin, end in spans)
                or (row["test"], row["kind"], event) in elsewhere)

    def is_observed(row):
        if ".__main__" in row["api"]:
            return False  # a port that a child takes is seen by nobody here
        return row["kind"] != "global" and (row["kind"] != "process-state" or row["api"] in OBSERVED_STATE)

    checked = [row for row in happened if is_observed(row) and (row["test"], row["file"], row["line"]) in executed]
    false = [row for row in checked if not is_true(row)]
    lines = {(row["kind"], row["file"], row["line"]) for row in happened}
    numbers = {"tests": len(ran)}
    print(f"{'kind':14}{'pairs':>7}{'listed':>8}{'recall':>8}{'lines':>7}{'listed':>8}{'rows run':>10}{'true':>7}{'precision':>11}")
    for kind in [*KINDS, "all"]:
        of_kind = {pair for pair in real_pairs if kind in ("all", pair[1])}
        hit = of_kind & listed_pairs
        real_lines = {(row["kind"], row["file"], row["line"], row["end"]) for row in real
                      if kind in ("all", row["kind"]) and row["file"]}
        hit_lines = [one for one in real_lines if any((one[0], one[1], at) in lines for at in range(one[2], one[3] + 1))]
        run = [row for row in checked if kind in ("all", row["kind"])]
        wrong = [row for row in false if kind in ("all", row["kind"])]
        print(f"{kind:14}{len(of_kind):7}{len(hit):8}{share(len(hit), len(of_kind)):>8}{len(real_lines):7}"
              f"{len(hit_lines):8}{len(run):10}{len(run) - len(wrong):7}{share(len(run) - len(wrong), len(run)):>11}")
        numbers[kind] = {"pairs": len(of_kind), "listed": len(hit), "lines": len(real_lines),
                         "listed_lines": len(hit_lines), "run": len(run), "true": len(run) - len(wrong)}
    restored = [row for row in predicted if row["kind"] in ("env", "cwd") and not row["restored"] and not row["masked_by"]]
    print(f"env and cwd rows listed as not restored: {len(restored)}")

    misses = collections.Counter()
    for pair in real_pairs - listed_pairs:
        rows = [row for row in real if (row["test"], row["kind"]) == pair]
        row = rows[0]
        masked = next((r for r in predicted if (r["test"], r["kind"]) == pair), None)
        why = f"masked by {masked['masked_by']}" if masked else row["detail"][:50] if pair[1] == "global" else ""
        misses[pair[1], row["file"], row["line"], why] += 1
    show("misses (pairs)", misses, options.classes)
    show("false alarms (rows run)", collections.Counter((r["kind"], r["file"], r["line"], r["api"]) for r in false),
         options.classes)
    if options.json:
        Path(options.json).write_text(json.dumps(numbers))


def share(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def show(title, counter, most):
    print(f"{title}: {sum(counter.values())} in {len(counter)} classes")
    for (kind, file, line, why), count in counter.most_common(most):
        print(f"  {count:5} {kind:13} {file}:{line} {why}")


if __name__ == "__main__":
    main()
