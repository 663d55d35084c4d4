#!/usr/bin/env python3
"""Small suites and what pytest makes of them: closures, cases, fixtures, set-ups, by version.

Every expectation was seen with the real pytest of that version; where the pytest that is installed has it, the whole
answer is held against it once more (tests/oracle).
"""

import json
import os
import subprocess
import sys

import harness
from harness import expect, hasten

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle"))

import collect_oracle  # noqa: E402
from small_suites import SUITES  # noqa: E402


def main():
    try:
        pytest = collect_oracle.Pytest(sys.executable)
    except (OSError, subprocess.CalledProcessError):
        pytest = None
    with harness.temporary_folder() as scratch:
        for number, suite in enumerate(SUITES):
            folder = scratch / f"suite_{number}"
            for path, text in {"pytest.ini": "[pytest]\n", **suite["files"]}.items():
                harness.write(folder / path, text)
            for version in suite.get("versions", ["7.2.1", "8.4.2", "9.1.1"]):
                check(folder, suite, version)
                if pytest and pytest.version == version and suite.get("is_importable", True):
                    hold_against(pytest, folder, suite)
    harness.finish()


def check(folder, suite, version):
    arguments = ["--output-format", "json", "--pytest-version", version, "--plugins", "none"]
    found = json.loads(hasten("list", "tests", *arguments, folder, codes=[0]).stdout)
    tests = {"::".join(filter(None, [row["class"], row["name"]])): row for row in found["tests"]}
    fixtures = {row["name"]: row for row in found["fixtures"]}
    uncertain = sorted(found["uncertain"], key=lambda row: row["line"])
    expect(uncertain == suite.get("uncertain", []), f"{suite['about']} (pytest {version}): uncertain {uncertain}")
    for rows, wanted in [(tests, suite.get("tests", {})), (fixtures, suite.get("fixtures", {}))]:
        for name, fields in wanted.items():
            row = rows.get(name)
            seen = row and {key: row.get(key) for key in fields or row}
            expect(seen == fields, f"{suite['about']} (pytest {version}): {name} is {seen}, expected {fields}")


def hold_against(pytest, folder, suite):
    theirs = pytest.collect(str(folder))
    ours, _ = collect_oracle.hasten_says(harness.HASTEN, str(folder), pytest.version, [])
    report = collect_oracle.compare(collect_oracle.relative(ours, theirs), theirs)
    doubted = ("unknown", "condition")
    wrong = {topic: texts for topic, texts in report.differences.items() if not any(word in topic for word in doubted)}
    expect(not wrong, f"{suite['about']}: pytest {pytest.version} disagrees: {wrong}")


main()
