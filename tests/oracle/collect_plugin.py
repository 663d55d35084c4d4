"""A pytest plugin that writes down what was collected: tests with their closures, who defines each name of a closure,
fixtures, numbers of items, order.

Used by collect_oracle.py with -p; the file to write is named in HASTEN_ORACLE_OUT. Works with pytest 7.0 and later.
"""

import collections
import inspect
import json
import os

import pytest

ORDER = pytest.StashKey()
REPORTS = {"failed": [], "skipped": []}  # node ids whose collection failed or was skipped at import


def _code_of(function):
    function = inspect.unwrap(function, stop=lambda f: hasattr(f, "__signature__"))
    function = getattr(function, "__func__", function)
    function = getattr(function, "func", function)
    return function.__code__


class Places:
    """Where functions are defined, relative to the root directory; remembered by function."""

    def __init__(self, root):
        self.root = root
        self.known = {}

    def of(self, function):
        key = id(function)
        if key not in self.known:
            self.known[key] = (self._find(function), function)
        return self.known[key][0]

    def _find(self, function):
        try:
            code = _code_of(function)
        except Exception:
            return None, 0
        return os.path.relpath(os.path.realpath(code.co_filename), self.root), code.co_firstlineno


def _closure(item, places):
    """One row for each name of the closure: who is set up for it; null for what no fixture function stands behind."""
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    rows = []
    for name in getattr(item, "fixturenames", []):
        definitions = known.get(name)
        is_parameter = name in getattr(getattr(item, "callspec", None), "funcargs", {})
        if not definitions or is_parameter or "get_direct_param" in getattr(definitions[-1].func, "__name__", ""):
            rows.append(None)
        else:
            definition = definitions[-1]
            rows.append([*places.of(definition.func), definition.scope])
    return rows


def _test(item, places):
    parts = item.nodeid.split("::")
    original = getattr(item, "originalname", None) or item.name.split("[")[0]
    classes, node = [], item.parent
    while node is not None and type(node).__name__ in ("Class", "UnitTestCase"):
        classes.insert(0, node.name)
        node = node.parent
    return {
        "file": parts[0],
        "class": "::".join(classes) or None,
        "name": original,
        "line": (item.location[1] or 0) + 1,
        "fixtures": list(getattr(item, "fixturenames", [])),
        "definitions": _closure(item, places),
        "kind": type(item).__name__,
    }


def _autouse(manager):
    """(name, node id) of every autouse fixture."""
    pairs = {(name, base) for base, names in manager._nodeid_autousenames.items() for name in names}
    for node, names in getattr(manager, "_node_autousenames", {}).items():
        pairs.update((name, node.nodeid) for name in names)
    return pairs


def _fixtures(session, places):
    manager = session._fixturemanager
    autouse = _autouse(manager)
    from_ini = set(session.config.getini("usefixtures"))  # one list with the autouse names
    holders = collections.Counter((d.argname, d.baseid) for all_ in manager._arg2fixturedefs.values() for d in all_)
    for name, definitions in manager._arg2fixturedefs.items():
        for definition in definitions:
            file, line = places.of(definition.func)
            yield {
                "name": name,
                "file": file,
                "line": line,
                "scope": definition.scope,
                # Of several in one holder, pytest does not say which of them is.
                "autouse": (name, definition.baseid) in autouse
                if holders[name, definition.baseid] == 1 and (definition.baseid or name not in from_ini)
                else None,
                # Without argument sets there is one item, skipped.
                "params": max(len(definition.params), 1) if definition.params is not None else 0,
                "baseid": definition.baseid,
            }


def pytest_collectreport(report):
    if report.outcome in REPORTS:
        REPORTS[report.outcome].append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session, items):
    # Before pytest regroups them by parameters of wide scope.
    session.config.stash[ORDER] = list(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    root = os.path.realpath(str(session.config.rootpath))
    places = Places(root)
    tests = {}
    for item in session.config.stash.get(ORDER, session.items):
        test = _test(item, places)
        key = (test["file"], test["class"], test["name"])
        tests.setdefault(key, {**test, "cases": 0})["cases"] += 1
    out = {"root": root, "tests": list(tests.values()), "fixtures": list(_fixtures(session, places)), **REPORTS}
    with open(os.environ["HASTEN_ORACLE_OUT"], "w") as file:
        json.dump(out, file)
