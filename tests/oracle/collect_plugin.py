"""A pytest plugin that writes down what was collected: tests with their closures, fixtures, numbers of items.

Used by collect_oracle.py with -p; the file to write is named in HASTEN_ORACLE_OUT.
"""

import inspect
import json
import os


def _place(function, root):
    try:
        function = inspect.unwrap(function, stop=lambda f: hasattr(f, "__signature__"))
        function = getattr(function, "__func__", function)
        function = getattr(function, "func", function)
        code = function.__code__
    except Exception:
        return None, 0
    path = os.path.realpath(code.co_filename)
    return os.path.relpath(path, root), code.co_firstlineno


def _test(item):
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
        "kind": type(item).__name__,
    }


def _fixtures(session, root):
    manager = session._fixturemanager
    autouse = {name for names in manager._nodeid_autousenames.values() for name in names}
    for names in getattr(manager, "_node_autousenames", {}).values():
        autouse.update(names)
    for name, definitions in manager._arg2fixturedefs.items():
        for definition in definitions:
            file, line = _place(definition.func, root)
            yield {
                "name": name,
                "file": file,
                "line": line,
                "scope": definition.scope,
                "autouse": name in autouse,
                "params": len(definition.params) if definition.params is not None else 0,
                "baseid": definition.baseid,
            }


def pytest_collection_finish(session):
    root = os.path.realpath(str(session.config.rootpath))
    tests = {}
    for item in session.items:
        test = _test(item)
        key = (test["file"], test["class"], test["name"])
        tests.setdefault(key, {**test, "cases": 0})["cases"] += 1
    out = {"root": root, "tests": list(tests.values()), "fixtures": list(_fixtures(session, root))}
    with open(os.environ["HASTEN_ORACLE_OUT"], "w") as file:
        json.dump(out, file)
