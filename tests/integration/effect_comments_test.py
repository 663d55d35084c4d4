"""The suite in tests/effects says in comments which effects each line has, and what masks them:

    remote.fetch()  # reveal: network via requests.get masked by responses.activate
    remote.wait()  # reveal: sleep via time.sleep

Kinds and names are those of `hasten list effects`; a line is that of the test, fixture or hook where the chain begins.
`restored` stands behind changes that are taken back, `possible` behind what a call may lead to besides. An effect
without a comment fails, and so does a comment without an effect.

    python3 effect_comments_test.py HASTEN BUILD_FOLDER --write

puts what hasten says now into the comments, to be read in the diff.
"""

import json
import re
import sys

import harness
from harness import expect, hasten

SUITE = harness.ROOT / "tests" / "effects"
COMMENT = re.compile(r"  # reveal: ([^#]*[^#\s])")


def text_of(row):
    text = f"{row['kind']} via {row['api']}"
    if row["masked_by"]:
        text += f" masked by {row['masked_by']}"
    if row["restored"]:
        text += " restored"
    return text + (" possible" if row["possible"] else "")


def effects():
    """What hasten says: the texts by path and line."""
    found = {}
    output = hasten("list", "effects", "--output-format", "json", cwd=SUITE).stdout
    for row in json.loads(output)["effects"]:
        begin = row["chain"][0]
        found.setdefault((begin["file"], begin["line"]), set()).add(text_of(row))
    return found


def comments():
    """What the files say, in the same form."""
    said = {}
    for path in sorted(SUITE.rglob("*.py")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            texts = COMMENT.findall(line)
            if texts:
                said[(path.relative_to(SUITE).as_posix(), number)] = set(texts)
                expect(len(texts) == len(set(texts)), f"{path.name}:{number}: the same effect twice")
    return said


def write(found):
    for path in sorted(SUITE.rglob("*.py")):
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines, 1):
            texts = sorted(found.get((path.relative_to(SUITE).as_posix(), number), ()))
            lines[number - 1] = COMMENT.sub("", line) + "".join(f"  # reveal: {text}" for text in texts)
        path.write_text("".join(line + "\n" for line in lines))


def main():
    found = effects()
    if "--write" in sys.argv:
        write(found)
    said = comments()
    for place in sorted(found.keys() | said.keys()):
        for text in sorted(found.get(place, set()) - said.get(place, set())):
            expect(False, f"{place[0]}:{place[1]}: no comment for {text}")
        for text in sorted(said.get(place, set()) - found.get(place, set())):
            expect(False, f"{place[0]}:{place[1]}: no effect {text}")
    count = sum(map(len, said.values()))
    expect(count >= 250, f"only {count} comments")
    harness.finish()


main()
