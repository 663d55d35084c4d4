"""Holds every #include to the tables of analyzer/README.md.

    layers_test.py [ROOT]

The tables are the only place where the layers are written down; this test reads them from the page.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import repository

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
LONG = 400  # lines; past it look for the second idea


def main():
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else repository.ROOT
    sources = [path for path in repository.files(root, {".h", ".cc"}) if path.parts[0] in ("analyzer", "rules", "tests")]
    page = (root / "analyzer/README.md").read_text()
    layers = layer_table(page)
    libraries = library_table(page)
    if not layers or not libraries:
        repository.finish(["analyzer/README.md: the layer tables are not where this test looks for them"])

    complaints = []
    users = Counter()  # library row -> files that make use of it
    for path in sources:
        text = (root / path).read_text()
        lines = text.splitlines()
        complaints += file_complaints(path, lines)
        included = [(number, *match.groups()) for number, line in enumerate(lines, 1) if (match := INCLUDE.match(line))]
        for number, ours, foreign in included:
            where = f"{path}:{number}"
            if ours is not None:
                complaints += own_complaints(root, path, where, ours, layers)
            else:
                complaints += library_complaints(path, where, foreign, libraries)
        users.update({row_of(path, foreign, libraries) for _, _, foreign in included if foreign} - {None})

    for row, count in users.items():
        allowed = row[2].split()[0]
        if allowed.isdigit() and count > int(allowed):
            complaints.append(f"{row[1]}: {count} files include <{row[0]}>, at most {allowed} may")
    for path in sources:
        length = (root / path).read_text().count("\n")
        if length > LONG:
            print(f"note: {path} has {length} lines; past {LONG} look for the second idea")
    repository.finish(complaints)


def table_rows(page, first_heading):
    """The rows of the Markdown table whose header line starts with `first_heading`, as lists of bare cells."""
    lines = iter(page.splitlines())
    for line in lines:
        if line.startswith(first_heading):
            next(lines)
            break
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]


def layer_table(page):
    """folder -> the folders it may include, itself among them; None for everything."""
    layers = {}
    for folder, allowed, *_ in table_rows(page, "| folder | may include |"):
        layers[folder] = None if allowed == "everything" else {folder, *allowed.replace("-", "").split()}
    for folder, allowed in layers.items():
        unknown = (allowed or set()) - set(layers)
        if unknown:
            repository.finish([f"analyzer/README.md: {folder} may include {sorted(unknown)}, which has no row"])
    return layers


def library_table(page):
    """Rows of (header prefix, folder, files)."""
    return [tuple(row) for row in table_rows(page, "| header | folder | files |")]


def layer_of(path):
    """analyzer/link/x.cc -> link, rules/time/x.cc -> rules, analyzer/main.cc -> main, tests/... -> None."""
    path = Path(path)
    if path.parts[0] == "rules":
        return "rules"
    if path.parts[0] != "analyzer":
        return None
    return path.parts[1] if len(path.parts) > 2 else path.stem


def file_complaints(path, lines):
    complaints = []
    if path.suffix == ".h" and "#pragma once" not in lines:
        complaints.append(f"{path}:1: a header without #pragma once")
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*using\s+namespace\b", line):
            complaints.append(f"{path}:{number}: using namespace")
    return complaints


def own_complaints(root, path, where, included, layers):
    generated = included.startswith("generated/")
    if not generated and not (root / included).is_file():
        return [f'{where}: "{included}" is no file; includes are written in full from the root']
    user, used = layer_of(path), layer_of(included)
    if user is None or generated:
        return []
    if user not in layers:
        return [f"{where}: folder {user} has no row in the layer table of analyzer/README.md"]
    if used is None:
        return [f"{where}: {user} includes {included}, which is no part of the engine"]
    if layers[user] is not None and used not in layers[user]:
        return [f"{where}: {user} may not include {used} ({included})"]
    return []


def names(pattern, header):
    """`boost/` names every header below it, `regex` only itself."""
    return header.startswith(pattern) if pattern.endswith("/") else header == pattern


def row_of(path, header, libraries):
    """The row that allows `path` to include `header`; None when there is none."""
    rows = [row for row in libraries if names(row[0], header) and path.as_posix().startswith(row[1] + "/")]
    return max(rows, key=lambda row: len(row[1]), default=None)


def library_complaints(path, where, header, libraries):
    if not any(names(row[0], header) for row in libraries):
        return []
    row = row_of(path, header, libraries)
    if row is None:
        return [f"{where}: <{header}> may not be included here; see the tables of analyzer/README.md"]
    if row[2] != "any" and path.suffix != ".cc":
        return [f"{where}: <{header}> may only be included by .cc files"]
    return []


if __name__ == "__main__":
    main()
