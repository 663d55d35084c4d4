"""Holds the generated parts of README.md to what the binary prints.

    readme_test.py HASTEN            fails when they differ
    readme_test.py --write HASTEN    writes them

A part stands between `<!-- rules -->` or `<!-- run: hasten ... -->` and `<!-- end -->`. Commands run in the root of the
repository; what they print becomes a fence.
"""

import json
import re
import shlex
import subprocess
import sys

import repository

PART = re.compile(r"<!-- (?P<what>rules|run: hasten [^\n]*?) -->\n.*?<!-- end -->", re.DOTALL)


def output_of(hasten, *arguments):
    done = subprocess.run([hasten, *arguments], cwd=repository.ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        repository.finish([f"hasten {shlex.join(arguments)} ended with {done.returncode} and printed:\n{done.stderr}"])
    return done.stdout


def rules_table(hasten):
    rows = ["| code | name | what it finds |", "|---|---|---|"]
    for rule in json.loads(output_of(hasten, "rules", "--output-format", "json")):
        summary = rule["summary"].replace("|", "\\|")
        rows.append(f"| {rule['code']} | `{rule['name']}` | {summary} |")
    return "\n".join(rows)


def generated(hasten, what):
    if what == "rules":
        body = rules_table(hasten)
    else:
        command = what.removeprefix("run: ")
        printed = output_of(hasten, *shlex.split(command)[1:]).rstrip()
        body = f"```\n$ {command}\n{printed}\n```"
    return f"<!-- {what} -->\n{body}\n<!-- end -->"


def main():
    hasten = sys.argv[-1]
    page = repository.ROOT / "README.md"
    before = page.read_text()
    after, parts = PART.subn(lambda part: generated(hasten, part["what"]), before)
    if parts == 0:
        repository.finish(["README.md has no generated part, so this test looks at nothing"])
    if sys.argv[1] == "--write":
        page.write_text(after)
    elif after != before:
        repository.finish(["README.md is not what hasten prints; run: python3 tests/readme_test.py --write HASTEN"])
    repository.finish([])


if __name__ == "__main__":
    main()
