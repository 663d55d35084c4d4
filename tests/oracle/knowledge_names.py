#!/usr/bin/env python3
"""Holds the knowledge files against real packages: every name exists, every argument is where they say.

    knowledge_names.py RULES/KNOWLEDGE [PACKAGE...]

Checks the standard library of the Python that runs it, or instead the packages that are named, where they are installed.
Exit 0: all true, 1: something is not (one line each), 77: this Python cannot read the files (tomllib, 3.11).
"""

import importlib
import importlib.util
import inspect
import sys
from pathlib import Path

try:
    import tomllib
except ImportError:
    sys.exit(77)

# Standard library names that some supported Python or platform has and another has not.
ELSEWHERE = {
    "os.startfile": "Windows",
    "os.lchmod": "BSD, macOS, Windows 3.13",
    "os.chflags": "BSD, macOS",
    "os.lchflags": "BSD, macOS",
    "pathlib.Path.link_to": "up to 3.11",
    "pathlib.Path.lchmod": "not everywhere",
    "telnetlib": "up to 3.12",
    "nntplib": "up to 3.12",
    "locale.resetlocale": "up to 3.12",
    "asyncio.set_child_watcher": "up to 3.13",
    "http.server.test": "its arguments differ between versions",
}
ARGUMENTS = ("seconds", "path", "mode", "url", "port", "key", "target", "timeout", "runs")


def entries(folder):
    """(file, kind, name, entry) of every described name."""
    for file in sorted(Path(folder).glob("*.toml")):
        for kind, rows in tomllib.loads(file.read_text()).items():
            for row in rows:
                names = row.get("names", []) + ([row["name"]] if "name" in row else [])
                for name in names:
                    yield file.name, kind, f"{row['in']}.{name}" if "in" in row else name, row


def is_elsewhere(name):
    return any(name == known or name.startswith(known + ".") for known in ELSEWHERE)


def resolve_program(module):
    """What `python -m module` runs: the module itself, or the package's `__main__`; importing that would run it."""
    try:
        spec = importlib.util.find_spec(module)
        if spec is not None and spec.submodule_search_locations:
            spec = importlib.util.find_spec(module + ".__main__")
    except Exception:
        return None, None, False
    return spec, None, importlib.util.find_spec(module.split(".")[0]) is not None


def resolve(name):
    """The object, its owner, and whether the top-level package could be imported at all."""
    parts = name.split(".")
    if parts[-1] == "__main__":
        return resolve_program(".".join(parts[:-1]))
    try:
        owner = found = importlib.import_module(parts[0])
    except Exception:
        return None, None, False
    for depth, part in enumerate(parts[1:], 2):
        owner = found
        if not hasattr(found, part) and inspect.ismodule(found):
            try:
                importlib.import_module(".".join(parts[:depth]))
            except Exception:
                pass
        found = getattr(found, part, None)
        if found is None and not (inspect.ismodule(owner) and part in vars(owner)):
            return None, owner, True
    return found, owner, True


def parameters(function, owner):
    """Names of the parameters without self, or None where Python does not say."""
    try:
        signature = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    is_plain_method = inspect.isclass(owner) and inspect.isfunction(inspect.getattr_static(owner, function.__name__, None))
    return signature[1:] if is_plain_method else signature


def argument_problem(reference, signature):
    position, keyword = -1, None
    for part in reference if isinstance(reference, list) else [reference]:
        if isinstance(part, int):
            position = part
        else:
            keyword = part
    if keyword == "self":
        return None
    positional = [p for p in signature if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    takes_any = any(p.kind == p.VAR_POSITIONAL for p in signature)
    takes_any_keyword = any(p.kind == p.VAR_KEYWORD for p in signature)
    if keyword is not None and all(p.name != keyword for p in signature) and not takes_any_keyword:
        return f"no parameter {keyword}, there is {[p.name for p in signature]}"
    if position >= len(positional) and not takes_any:
        return f"no argument {position}, there is {[p.name for p in signature]}"
    if keyword is not None and 0 <= position < len(positional) and positional[position].name != keyword:
        if any(p.name == keyword for p in signature):
            return f"argument {position} is {positional[position].name}, not {keyword}"
    return None


def check(kind, name, row):
    found, owner, is_imported = resolve(name)
    if not is_imported:
        return []
    if found is None and not is_elsewhere(name):
        return [f"{name} does not exist"]
    if kind != "api" or not callable(found) or is_elsewhere(name):
        return []
    signature = parameters(found, owner)
    if signature is None:
        return []
    problems = ((key, argument_problem(row[key], signature)) for key in ARGUMENTS if key in row)
    return [f"{name}: {key}: {problem}" for key, problem in problems if problem]


def main(folder, *packages):
    checked, problems = 0, []
    for file, kind, name, row in entries(folder):
        package = name.split(".")[0]
        if kind not in ("api", "class", "alias") or name.startswith("pytest.mark."):
            continue
        if package not in (packages or sys.stdlib_module_names):
            continue
        checked += 1
        problems += [f"{file}: {problem}" for problem in check(kind, name, row)]
    print(f"{checked} names checked, {len(problems)} problems")
    print("\n".join(problems))
    return 1 if problems or not checked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
