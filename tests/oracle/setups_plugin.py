"""A pytest plugin that counts set-ups: per fixture definition, by the test that causes them.

Used by setups_oracle.py and random_setups.py with -p, in a real run or under --setup-plan; the file to write is named in
HASTEN_ORACLE_OUT. Skip and xfail marks with a condition are taken as not met, as hasten takes them.
"""

import json
import os

import pytest
from collect_plugin import Places, _test

_places = Places(None)  # its root is known once pytest is configured
_tests = {}
_set_ups = {}
_failures = []
_errors = []
_skipped = []  # at set-up, by something other than a mark: a hook or fixture of the suite


def _key(item):
    test = _test(item, _places)
    return "::".join(filter(None, [test["file"], test["class"], test["name"]]))


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    _places.root = os.path.realpath(str(config.rootpath))
    config.pluginmanager.unregister(name="skipping")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for mark in item.iter_markers():
        has_condition = bool(mark.args) or "condition" in mark.kwargs
        if mark.name == "skip" or (mark.name == "xfail" and not has_condition and mark.kwargs.get("run") is False):
            pytest.skip("by its mark")


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    outcome = yield
    if outcome.excinfo is not None:
        return
    if fixturedef.func.__name__ == "get_direct_param_fixture_func":
        return
    file, line = _places.of(fixturedef.func)
    key = fixturedef.argname, file, line
    by_test = _set_ups.setdefault(key, {})
    test = _key(request._pyfuncitem)
    by_test[test] = by_test.get(test, 0) + 1


def pytest_runtest_logreport(report):
    if report.failed:
        _failures.append(report.nodeid)
    if report.when == "setup" and report.skipped and "by its mark" not in str(report.longrepr):
        _skipped.append(report.nodeid)


def pytest_collectreport(report):
    if report.failed:
        _errors.append(report.nodeid)


def pytest_collection_finish(session):
    for item in session.items:
        test = _test(item, _places)
        _tests.setdefault(_key(item), {**test, "cases": 0})["cases"] += 1


def pytest_sessionfinish(session):
    rows = [{"name": n, "file": f, "line": l, "by": by} for (n, f, l), by in _set_ups.items()]
    root = os.path.realpath(str(session.config.rootpath))
    answer = {"root": root, "tests": _tests, "set_ups": rows}
    answer.update(failures=_failures, errors=_errors, skipped=_skipped)
    with open(os.environ["HASTEN_ORACLE_OUT"], "w") as file:
        json.dump(answer, file)
