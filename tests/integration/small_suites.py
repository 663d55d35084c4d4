"""The suites of small_suites_test.py: what each is about, its files, and what pytest makes of it.

`tests` by name (Class::name) and `fixtures` by name hold fields of `hasten list --output-format json`; `versions` says
for which pytest they hold, all three when it is missing; `is_importable` that a real pytest can be asked from elsewhere.
"""

SUITES = [
    {
        "about": "a fixture made of a lambda stands where the lambda does",
        "files": {
            "conftest.py": """\
import pytest

db = pytest.fixture(scope="session")(lambda: 1)
make = pytest.fixture(
    lambda db: 2
)
""",
            "test_a.py": "def test_it(make):\n    pass\n",
        },
        "tests": {"test_it": {"fixtures": ["db", "make"]}},
        "fixtures": {
            "db": {"file": "conftest.py", "line": 3, "scope": "session", "setups": 1},
            "make": {"file": "conftest.py", "line": 5, "scope": "function", "setups": 1},
        },
    },
    {
        "about": "an autouse fixture that overrides another one is listed twice in 7.x, unless items are made with parameters",
        "files": {
            "conftest.py": "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef clean():\n    pass\n",
            "test_a.py": """\
import pytest


@pytest.fixture(autouse=True)
def clean():
    pass


@pytest.fixture(params=[1, 2])
def many(request):
    pass


def test_plain():
    pass


@pytest.mark.parametrize("n", [1, 2])
def test_mark(n):
    pass


def test_params(many):
    pass
""",
        },
        "versions": ["7.2.1"],
        "tests": {
            "test_plain": {"fixtures": ["clean", "clean"], "cases": 1},
            "test_mark": {"fixtures": ["clean", "n"], "cases": 2},
            "test_params": {"fixtures": ["clean", "many", "request"], "cases": 2},
        },
    },
    {
        "about": "a module that -p names is read though nothing imports it",
        "is_importable": False,  # from elsewhere, before pythonpath counts
        "files": {
            "pytest.ini": "[pytest]\naddopts = -p more_plugins\n",
            "more_plugins.py": "import pytest\n\n\n@pytest.fixture\ndef more():\n    pass\n",
            "test_a.py": "def test_it(more):\n    pass\n",
        },
        "fixtures": {"more": {"file": "more_plugins.py", "line": 4, "users": 1}},
    },
    {
        "about": "modules named in pytest_plugins are read though nothing imports them",
        "files": {
            "pytest.ini": "[pytest]\npythonpath = .\n",
            "conftest.py": 'pytest_plugins = ["own.fixtures"]\n',
            "own/__init__.py": "",
            "own/fixtures.py": (
                'import pytest\n\npytest_plugins = "own.further"\n\n\n@pytest.fixture\ndef first(further):\n    pass\n'
            ),
            "own/further.py": "import pytest\n\n\n@pytest.fixture\ndef further():\n    pass\n",
            "test_a.py": "def test_it(first):\n    pass\n",
        },
        "tests": {"test_it": {"cases": 1}},
        "fixtures": {
            "first": {"file": "own/fixtures.py", "line": 6, "users": 1},
            "further": {"file": "own/further.py", "line": 4, "users": 1},
        },
    },
    {
        "about": "pytest_generate_tests with literal names and values",
        "files": {
            "conftest.py": """\
SIZES = [1, 2, 3]


def pytest_generate_tests(metafunc):
    if "size" in metafunc.fixturenames:
        metafunc.parametrize("size", SIZES)
    if "width" in metafunc.fixturenames and "height" in metafunc.fixturenames:
        metafunc.parametrize("width, height", [(1, 2), (3, 4)])
""",
            "test_a.py": """\
import pytest


@pytest.fixture
def base():
    pass


@pytest.fixture
def number(base):
    pass


@pytest.fixture(scope="module")
def wide(request):
    return request.param


def pytest_generate_tests(metafunc):
    if "number" in metafunc.fixturenames:
        metafunc.parametrize("number", ["a", "b"])
    if "wide" in metafunc.fixturenames:
        metafunc.parametrize("wide", range(4), indirect=True)
    if metafunc.function.__name__ == "test_named":
        metafunc.parametrize("n", [1, 2])


def test_size(size):
    pass


def test_pair(width, height, size):
    pass


def test_number(number):
    pass


def test_wide(wide):
    pass


def test_plain(base):
    pass


def test_named(n):
    pass


class TestIt:
    def pytest_generate_tests(self, metafunc):
        metafunc.parametrize("own", [1, 2, 3, 4, 5])

    def test_own(self, own):
        pass
""",
        },
        "tests": {
            "test_size": {"cases": 3, "fixtures": ["size"]},
            "test_pair": {"cases": 6},
            "test_number": {"cases": 2, "fixtures": ["number"]},
            "test_wide": {"cases": 4, "fixtures": ["wide", "request"]},
            "test_plain": {"cases": 1, "fixtures": ["base"]},
            "test_named": {"cases": 2},
            "TestIt::test_own": {"cases": 5},
        },
        "fixtures": {"wide": {"setups": 4}, "base": {"setups": 1}, "number": {"setups": 0}},
    },
    {
        "about": "pytest_generate_tests with values from the marks of the test",
        "files": {
            "pytest.ini": "[pytest]\nmarkers =\n    browser\n    country\n    engine\n    size\n",
            "hooks.py": """\
import pytest


def give_browsers(metafunc):
    browsers = []
    for marker in metafunc.definition.iter_markers(name="browser"):
        names = marker.args
        for name in names:
            browsers.append(pytest.param((name, marker.kwargs)))
    if browsers:
        metafunc.parametrize("browser", browsers, indirect=True)
""",
            "conftest.py": """\
import pytest
from hooks import give_browsers


@pytest.fixture
def folder():
    pass


@pytest.fixture
def browser(request, folder):
    return request.param


@pytest.fixture(scope="module")
def engine(request):
    return request.param


def pytest_generate_tests(metafunc):
    give_browsers(metafunc)
    countries = []
    for marker in metafunc.definition.iter_markers("country"):
        countries.append(marker)
    if "country" in metafunc.fixturenames:
        metafunc.parametrize("country", countries)
    engines = []
    for marker in metafunc.definition.iter_markers("engine"):
        for name in marker.args:
            engines.append(name)
    if engines:
        metafunc.parametrize("engine", engines, indirect=True)
    sizes = []
    for marker in metafunc.definition.iter_markers("size"):
        sizes.extend(marker.args)
    if "size" in metafunc.fixturenames:
        metafunc.parametrize("size", sizes)
""",
            "test_a.py": """\
import pytest


@pytest.mark.browser("firefox", "chrome")
@pytest.mark.browser("safari")
def test_browsers(browser):
    pass


@pytest.mark.browser("firefox", headless=True)
class TestIt:
    @pytest.mark.browser("chrome")
    def test_browsers(self, browser):
        pass

    def test_inherited(self, browser, folder):
        pass


@pytest.mark.country("fr", "de")
@pytest.mark.country("it")
def test_countries(country):
    pass


def test_no_country(country):
    pass


@pytest.mark.engine("v8", "gecko")
def test_engines(engine):
    pass


@pytest.mark.size(1, 2)
def test_sizes(size):
    pass
""",
        },
        "tests": {
            "test_browsers": {"cases": 3, "fixtures": ["browser", "request", "folder"]},
            "TestIt::test_browsers": {"cases": 2},
            "TestIt::test_inherited": {"cases": 1},
            "test_countries": {"cases": 2},
            "test_no_country": {"cases": 1},
            "test_engines": {"cases": None},  # whose values are equal counts for what outlives the test
            "test_sizes": {"cases": None},
        },
        "fixtures": {"folder": {"setups": 6}, "browser": {"setups": 6}, "engine": {"setups": None}},
    },
    {
        "about": "an iterator is used up by the first test that is made of it",
        "files": {
            "test_a.py": """\
import itertools

import pytest

PAIRS = zip([1, 2, 3], "abc")
LISTED = list(zip([1, 2], "ab"))


class Base:
    @pytest.mark.parametrize("n", itertools.chain([1], [2]))
    def test_chain(self, n):
        pass

    @pytest.mark.parametrize("n", (x for x in range(3)))
    def test_generator(self, n):
        pass

    @pytest.mark.parametrize("n", [x for x in range(3)])
    def test_list(self, n):
        pass


class TestA(Base):
    pass


class TestB(Base):
    pass


@pytest.mark.parametrize("n", range(2))
class TestRange:
    def test_one(self, n):
        pass

    def test_two(self, n):
        pass


@pytest.mark.parametrize("n", enumerate("ab"))
class TestClass:
    def test_one(self, n):
        pass

    def test_two(self, n):
        pass


@pytest.mark.parametrize("a, b", PAIRS)
def test_first(a, b):
    pass


@pytest.mark.parametrize("a, b", PAIRS)
def test_second(a, b):
    pass


@pytest.mark.parametrize("a, b", LISTED)
def test_third(a, b):
    pass


@pytest.mark.parametrize("a, b", LISTED)
def test_fourth(a, b):
    pass
""",
        },
        "tests": {
            "TestA::test_chain": {"cases": 2},
            "TestA::test_generator": {"cases": 3},
            "TestA::test_list": {"cases": 3},
            "TestB::test_chain": {"cases": 1},
            "TestB::test_generator": {"cases": 1},
            "TestB::test_list": {"cases": 3},
            "TestRange::test_one": {"cases": 2},
            "TestRange::test_two": {"cases": 2},
            "TestClass::test_one": {"cases": 2},
            "TestClass::test_two": {"cases": 1},
            "test_first": {"cases": 3},
            "test_second": {"cases": 1},
            "test_third": {"cases": 2},
            "test_fourth": {"cases": 2},
        },
    },
    {
        "about": "getfixturevalue of an f-string whose parts are known asks for what fits",
        "files": {
            "test_a.py": """\
import pytest


@pytest.fixture
def db_small():
    pass


@pytest.fixture
def db_large():
    pass


@pytest.fixture
def other():
    pass


@pytest.mark.parametrize("size", ["small", "large"])
def test_by_parameter(request, size):
    request.getfixturevalue(f"db_{size}")


PREFIX = "db"


def test_by_constant(request):
    request.getfixturevalue(f"{PREFIX}_small")


def test_fits(request):
    request.getfixturevalue(f"db_{compute()}")


@pytest.mark.parametrize("name", ["db_small", "other"])
def test_by_name(request, name):
    request.getfixturevalue(name)


@pytest.fixture(params=["db_small", "db_large"])
def any_db(request):
    return request.getfixturevalue(request.param)


def test_any(any_db):
    pass
""",
        },
        "tests": {
            "test_by_parameter": {"dynamic_fixtures": ["db_small", "db_large"], "has_unknown_fixtures": False},
            "test_by_constant": {"dynamic_fixtures": ["db_small"], "has_unknown_fixtures": False},
            "test_fits": {"dynamic_fixtures": ["db_large", "db_small"], "has_unknown_fixtures": True},
            "test_by_name": {"dynamic_fixtures": ["db_small", "other"], "has_unknown_fixtures": False},
            "test_any": {"dynamic_fixtures": ["db_small", "db_large"], "has_unknown_fixtures": False},
        },
    },
    {
        "about": "tests under a condition that is not known before the run are marked",
        "files": {
            "test_a.py": """\
import os
import sys
import unittest

import pytest

try:
    import numpy
except ImportError:
    numpy = None


if os.environ.get("SLOW"):

    def test_if():
        pass


if sys.platform == "linux":

    def test_platform():
        pass


try:
    import absent_module

    def test_try():
        pass
except ImportError:
    pass


if numpy is not None:

    class TestNumpy:
        def test_method(self):
            pass


@unittest.skipIf(numpy is None, "no numpy")
class SkippedCase(unittest.TestCase):
    def test_case(self):
        pass


@pytest.mark.skipif(numpy is None, reason="no numpy")
def test_marked():
    pass


def test_plain():
    pass
""",
        },
        "tests": {
            "test_if": {"conditional": True},
            "test_platform": {"conditional": False},
            "test_try": {"conditional": True},
            "TestNumpy::test_method": {"conditional": True},
            "SkippedCase::test_case": {"conditional": True},
            "test_marked": {"conditional": False},
            "test_plain": {"conditional": False},
        },
    },
    {
        "about": "numbers of cases follow what the code does to its constants",
        "files": {
            "test_a.py": """\
import pickle

import pytest

try:
    import zoneinfo
except ImportError:
    zoneinfo = None

try:
    import absent_module

    HAS_ABSENT = True
except ImportError:
    HAS_ABSENT = False

ZONES = ["UTC", "CET"]
if zoneinfo is not None:
    ZONES.append("EET")

MAYBE = [1, 2]
if HAS_ABSENT:
    MAYBE.append(3)

LOOPED = []
for number in range(3):
    LOOPED.append(number)

TABLE = {"a": 1, "b": 2}
ALL = dict()
ALL.update(TABLE)
ALL.update({"b": 3, "c": 4})
ALL["d"] = 5

SETS = {"few": [1], "many": [1, 2, 3]}
PICKED = ([1, 2], [3])


def cases(values=("x", "y")):
    return pytest.mark.parametrize("n", values)


@pytest.mark.parametrize("n", ZONES)
def test_zones(n):
    pass


@pytest.mark.parametrize("n", MAYBE)
def test_maybe(n):
    pass


@pytest.mark.parametrize("n", LOOPED)
def test_looped(n):
    pass


@pytest.mark.parametrize("n", ALL.items())
def test_all(n):
    pass


@pytest.mark.parametrize("n", SETS["many"])
def test_key(n):
    pass


@pytest.mark.parametrize("n", PICKED[-1])
def test_index(n):
    pass


@pytest.mark.parametrize("n", range(len(ZONES) + 1))
def test_length(n):
    pass


@pytest.mark.parametrize("n", range(pickle.HIGHEST_PROTOCOL + 1))
def test_protocol(n):
    pass


@cases()
def test_default(n):
    pass


@cases([1, 2, 3])
def test_given(n):
    pass


@cases(values=[1])
def test_named(n):
    pass


class TestA:
    own = []
    own.append(1)
    own.append(2)

    @pytest.mark.parametrize("n", own)
    def test_own(self, n):
        pass


class TestB:
    own = [1]

    @pytest.mark.parametrize("n", own)
    def test_own(self, n):
        pass
""",
        },
        "tests": {
            "test_zones": {"cases": 3},
            "test_maybe": {"cases": None, "why": "argument values: MAYBE is changed, under a condition"},
            "test_looped": {"cases": 3},
            "test_all": {"cases": 4},
            "test_key": {"cases": 3},
            "test_index": {"cases": 1},
            "test_length": {"cases": 4},
            "test_protocol": {"cases": 6},
            "test_default": {"cases": 2},
            "test_given": {"cases": 3},
            "test_named": {"cases": 1},
            "TestA::test_own": {"cases": 2},
            "TestB::test_own": {"cases": 1},
        },
    },
    {
        "about": "a blocked plugin has no fixtures",
        "files": {
            "pytest.ini": "[pytest]\naddopts = -p no:recwarn\n",
            "test_a.py": "def test_it(recwarn, tmp_path):\n    pass\n",
        },
        "tests": {"test_it": {"fixtures": ["tmp_path_factory", "recwarn", "tmp_path", "request"]}},
        "fixtures": {"tmp_path": {"users": 1}, "recwarn": None},
    },
    {
        "about": "a decorator that may be called without arguments takes the function first",
        "files": {
            "deco.py": """\
import functools


def timed(function=None, timeout=None):
    def wrap(f):
        @functools.wraps(f)
        def inner(self, *args, **kwargs):
            return f(self, timeout, *args, **kwargs)

        return inner

    if function is not None:
        return wrap(function)
    return wrap
""",
            "test_a.py": """\
from deco import timed


class TestIt:
    @timed
    def test_bare(self):
        pass

    @timed(timeout=3)
    def test_called(self, tmp_path):
        pass
""",
        },
        "tests": {
            "TestIt::test_bare": {"fixtures": []},
            "TestIt::test_called": {"fixtures": ["tmp_path_factory", "tmp_path", "request"]},
        },
    },
    {
        "about": "what may bring more tests is said",
        "is_importable": False,
        "files": {
            "test_a.py": """\
from outside.testing import Battery


def made():
    return object


class TestOutside(Battery):
    def test_own(self):
        pass


class TestComputed(made()):
    def test_own(self):
        pass


for name in ("TestX", "TestY"):
    globals()[name] = type(name, (), {"test_it": lambda self: None})

KNOWN = globals().get("KNOWN")
""",
        },
        "tests": {"TestOutside::test_own": {"cases": 1}, "TestComputed::test_own": {"cases": 1}},
        "uncertain": [
            {"file": "test_a.py", "line": 8, "why": "the base class outside.testing.Battery lies outside the project"},
            {"file": "test_a.py", "line": 13, "why": "a base class is computed"},
            {"file": "test_a.py", "line": 19, "why": "names are made at run time"},
        ],
    },
    {
        "about": "a method under a condition that is not met leaves that of the base",
        "files": {
            "platforms.py": 'import os\n\nWINDOWS = os.name == "nt"\n',
            "test_a.py": """\
import unittest

from platforms import WINDOWS


class TestBase(unittest.TestCase):
    def test_it(self):
        pass


class TestOwn(TestBase):
    if WINDOWS:

        def test_it(self):
            pass

        def test_windows(self):
            pass


if not WINDOWS:

    def test_here():
        pass


if WINDOWS:

    def test_there():
        pass


@unittest.skipIf(WINDOWS, "not there")
class RunCase(unittest.TestCase):
    def test_it(self):
        pass


@unittest.skipUnless(WINDOWS, "only there")
class SkippedCase(unittest.TestCase):
    def test_it(self):
        pass
""",
        },
        "tests": {
            "TestOwn::test_it": {"line": 7, "conditional": False},
            "TestOwn::test_windows": None,
            "test_here": {"conditional": False},
            "test_there": None,
            "RunCase::test_it": {"conditional": False},
            "SkippedCase::test_it": {"conditional": False},
        },
    },
    {
        "about": "the arguments of parametrize may be spread from a constant",
        "files": {
            "test_a.py": """\
import pytest

ARGUMENTS = ("first, second", [(1, 2), (3, 4), (5, 6)])


@pytest.mark.parametrize(*ARGUMENTS)
def test_it(first, second, tmp_path):
    pass
""",
        },
        "tests": {"test_it": {"cases": 3, "has_unknown_fixtures": False}},
        "fixtures": {"tmp_path": {"setups": 3}},
    },
    {
        "about": "sets are counted by what is in them",
        "files": {
            "helpers.py": """\
STANDARD = {"standard", "gregorian"}
""",
            "test_a.py": """\
import os

import pytest

import helpers

OTHERS = {"noleap", "standard"}
ALL = sorted(OTHERS.union(helpers.STANDARD))
METRICS = dict(a=1, b=2)
METRICS.update({"c": 3, "a": 4})
GROWN = {"a"}
GROWN.add("d")


def computed():
    return {os.getenv("CALENDAR")}


@pytest.mark.parametrize("x", ALL)
def test_union(x):
    pass


@pytest.mark.parametrize("x", sorted(set(METRICS) - GROWN))
def test_difference(x):
    pass


@pytest.mark.parametrize("x", sorted(set(METRICS) & {"a", "z"}) + sorted(OTHERS | {"x"}))
def test_others(x):
    pass


@pytest.mark.parametrize("x", sorted(set(["a", "b", "a"])))
def test_repeated(x):
    pass


@pytest.mark.parametrize("x", sorted(OTHERS - computed()))
def test_computed(x):
    pass
""",
        },
        "tests": {
            "test_union": {"cases": 3},
            "test_difference": {"cases": 2},
            "test_others": {"cases": 4},
            "test_repeated": {"cases": 2},
            "test_computed": {"cases": None},
        },
    },
    {
        "about": "names that are unpacked from zip(*rows), and one of several results of a function, hold what is counted",
        "files": {
            "test_a.py": """\
import pytest

ROWS = [("a", 1), ("b", 2), ("c", 3)]
ids, values = zip(*ROWS)


def tables():
    first = [1, 2]
    second = [(first[0], 1), (first[1], 2), (0, 0), (0, 1)]
    return first, second


class TestTable:
    rows = [("x", [1]), ("y", [2])]
    names, data = zip(*rows)

    @pytest.mark.parametrize("x", data, ids=names)
    def test_class(self, x):
        pass


@pytest.mark.parametrize("x", values, ids=ids)
def test_module(x):
    pass


@pytest.mark.parametrize("a, b", tables()[1])
def test_result(a, b):
    pass
""",
        },
        "tests": {
            "TestTable::test_class": {"cases": 2},
            "test_module": {"cases": 3},
            "test_result": {"cases": 4},
        },
    },
    {
        "about": "a name that is asked for at run time is one of those that lists of names, put together, hold",
        "files": {
            "test_a.py": """\
import pytest

POSTGRES = ["pg_conn"]
ALL = [*POSTGRES, "lite"] + ["my_conn"]


@pytest.fixture
def pg_conn():
    return 1


@pytest.fixture
def my_conn():
    return 1


@pytest.fixture
def lite():
    return 1


@pytest.fixture
def other():
    return 1


@pytest.mark.parametrize("conn", ALL)
def test_conn(conn, request):
    conn = request.getfixturevalue(conn)
    assert conn


def test_other(other):
    pass
""",
        },
        "fixtures": {"other": {"setups": 1}, "pg_conn": {"setups": None}},
    },
    {
        "about": "a list that is empty at first has as many cases as are put in, and none of them is skipped",
        "files": {
            "test_a.py": """\
import pytest

CASES = []
CASES.append(1)
CASES.append(2)
CASES.append(3)
ONE = []
ONE.append(1)


@pytest.fixture
def db():
    pass


@pytest.fixture
def other():
    pass


@pytest.mark.parametrize("x", CASES)
def test_many(x, db):
    pass


@pytest.mark.parametrize("x", ONE)
def test_one(x, db):
    pass


@pytest.mark.parametrize("x", [])
def test_none(x, other):
    pass
""",
        },
        "tests": {"test_many": {"cases": 3}, "test_one": {"cases": 1}, "test_none": {"cases": 1}},
        "fixtures": {"db": {"setups": 4}, "other": {"setups": 0}},
    },
    {
        "about": "a hook of a conftest skips what is marked slow unless an option is given",
        "files": {
            "conftest.py": """\
import pytest


def pytest_addoption(parser):
    parser.addoption("--run-slow", action="store_true", default=False)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--run-slow"):
        return
    skip_slow = pytest.mark.skip(reason="slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip_slow)


@pytest.fixture
def db():
    return 1
""",
            "test_a.py": """\
import pytest


@pytest.mark.slow
def test_slow(db):
    pass


def test_fast(db):
    pass
""",
        },
        "tests": {"test_slow": {"fixtures": ["db"]}, "test_fast": {"fixtures": ["db"]}},
        "fixtures": {"db": {"setups": 1}},
    },
    {
        "about": "a hook that may skip leaves open how often the fixtures of the tests it asks for are set up",
        "files": {
            "conftest.py": """\
import os

import pytest

has_index = os.path.exists("/somewhere")


def pytest_runtest_setup(item):
    needs_index = any(mark for mark in item.iter_markers(name="needs_index"))
    if needs_index and not has_index:
        pytest.skip("no index")


@pytest.fixture
def indexed():
    return 1


@pytest.fixture
def plain():
    return 1
""",
            "test_a.py": """\
import pytest


@pytest.mark.needs_index
def test_indexed(indexed):
    pass


def test_plain(plain):
    pass
""",
        },
        "fixtures": {"indexed": {"setups": None}, "plain": {"setups": 1}},
    },
    {
        "about": "a decorator that is defined in two ways leaves arguments and cases open where they differ",
        "files": {
            "test_a.py": """\
import pytest

try:
    import a_profiler_that_nobody_has

    def with_profiler(function):
        return function

except ImportError:

    def with_profiler(function):
        def skipped():
            pytest.skip("no profiler")

        return skipped


@with_profiler
@pytest.mark.parametrize("x", [1, 2])
def test_memory(tmp_path, x):
    pass
""",
        },
        "tests": {"test_memory": {"has_unknown_fixtures": True, "cases": None}},
        "is_importable": False,  # which definition counts, and so the line, is the machine's
    },
    {
        "about": "a lambda may make the parametrize mark",
        "files": {
            "test_a.py": """\
import pytest

remote = lambda values: pytest.mark.parametrize("path", values)


@remote(["a", "b", "c"])
def test_remote(path):
    pass
""",
        },
        "tests": {"test_remote": {"cases": 3}},
    },
    {
        "about": "whether a module has a set-up hook is open when the name holds what a call returned",
        "files": {
            "test_a.py": """\
def optional(name):
    def skip():
        pass

    return None, False, skip


h5py, have_h5py, setup_module = optional("h5py")


def test_a(tmp_path):
    pass
""",
        },
        "tests": {"test_a": {"has_unknown_fixtures": True}},
    },
    {
        "about": "a class whose `__test__` is computed may be collected or not",
        "files": {
            "test_a.py": """\
import unittest


class of_class:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(owner)


class Base(unittest.TestCase):
    @of_class
    def __test__(cls):
        return not cls.__name__.startswith("_")


class _Common(Base):
    def test_a(self):
        pass
""",
        },
        "tests": {"_Common::test_a": {"conditional": True}},
    },
    {
        "about": "a class of two definitions may be either of them",
        "files": {
            "test_a.py": """\
import unittest
import os


class Plain(unittest.TestCase):
    def test_plain(self):
        pass


if os.path.exists("/somewhere/else"):
    Driver = Plain
else:

    class Driver(unittest.TestCase):
        def test_other(self):
            pass
""",
        },
        "tests": {"Plain::test_plain": {"conditional": False}, "Driver::test_plain": {"conditional": True}},
        "is_importable": False,  # pytest may have either class
    },
    {
        "about": "a name that is bound again holds what it held where the mark stands",
        "files": {
            "test_a.py": """\
import pytest

cases = [1, 2, 3]


@pytest.mark.parametrize("x", cases)
def test_before(x):
    pass


cases = [1, 2, 3, 4]


@pytest.mark.parametrize("x", cases)
def test_after(x):
    pass
""",
        },
        "tests": {"test_before": {"cases": 3}, "test_after": {"cases": 4}},
    },
    {
        "about": "a mark that is called with a class alone marks that class and makes the test an instance of it",
        "files": {
            "test_a.py": """\
import pytest


class Outdated(UserWarning):
    pass


@pytest.mark.filterwarnings(Outdated)
def test_gone():
    pass


@pytest.mark.filterwarnings("ignore")
def test_there():
    pass


class TestClass:
    @pytest.mark.filterwarnings(Outdated)
    def test_gone(self):
        pass

    def test_there(self):
        pass
""",
        },
        "tests": {
            "test_gone": None,
            "test_there": {"cases": 1},
            "TestClass::test_gone": None,
            "TestClass::test_there": {"cases": 1},
        },
    },
    {
        "about": "hooks of a TestCase that may be skipped are open, and those of its base when it would inherit them",
        "files": {
            "test_a.py": """\
import unittest

import elsewhere


class BaseCase(unittest.TestCase):
    def test_base(self):
        pass


@unittest.skipIf(elsewhere.version < "1", "too old")
class VersionCase(BaseCase):
    def test_version(self):
        pass


if elsewhere.is_fast:

    class FastCase(BaseCase):
        pass
""",
        },
        "tests": {
            "VersionCase::test_version": {"conditional": True},
            "FastCase::test_base": {"conditional": True},
        },
        "versions": ["7.2.1"],
        "fixtures": {
            "_unittest_setUpClass_fixture_BaseCase": {"setups": None},
            "_unittest_setUpClass_fixture_VersionCase": {"setups": None},
            "_unittest_setUpClass_fixture_FastCase": {"setups": None},
        },
        "is_importable": False,
    },
    {
        "about": "a TestCase under an if leaves the hooks of its base alone",
        "files": {
            "test_a.py": """\
import unittest

import elsewhere


def setUpModule():
    pass


class BaseCase(unittest.TestCase):
    def test_base(self):
        pass


if elsewhere.is_fast:

    class FastCase(BaseCase):
        pass
""",
        },
        "fixtures": {
            "_xunit_setup_module_fixture_test_a": {"setups": 1},
            "_unittest_setUpClass_fixture_BaseCase": {"setups": 1},
            "_unittest_setUpClass_fixture_FastCase": {"setups": None},
        },
        "is_importable": False,
    },
    {
        "about": "a test under a condition leaves the hooks of its class alone",
        "files": {
            "test_a.py": """\
import elsewhere


class TestBoth:
    def setup_class(cls):
        pass

    def test_always(self):
        pass

    if elsewhere.is_fast:

        def test_fast(self):
            pass
""",
        },
        "tests": {"TestBoth::test_always": {"conditional": False}, "TestBoth::test_fast": {"conditional": True}},
        "fixtures": {"_xunit_setup_class_fixture_TestBoth": {"setups": 1}},
        "is_importable": False,
    },
    {
        "about": "a wide parameter of unknown size leaves open what depends on it, and no more",
        "files": {
            "conftest.py": """\
import pytest


@pytest.fixture(scope="module")
def server():
    pass
""",
            "test_a.py": """\
import pytest
from elsewhere import all_names


class TestParams:
    @pytest.fixture(scope="class", params=all_names())
    def name(self, request):
        return request.param

    @pytest.fixture(scope="class")
    def dependent(self, name):
        pass

    @pytest.fixture(scope="class")
    def beside(self):
        pass

    def test_one(self, server, beside, dependent):
        pass

    def test_other(self, server, beside, dependent):
        pass
""",
            "test_b.py": """\
import pytest
from elsewhere import all_ports


@pytest.fixture(scope="session", params=all_ports())
def port(request):
    return request.param


@pytest.fixture(scope="module")
def local(server):
    pass


def test_port(port, local):
    pass


def test_local(local):
    pass
""",
            "test_c.py": "def test_server(server):\n    pass\n",
        },
        "fixtures": {
            "name": {"setups": None},
            "dependent": {"setups": None},
            "beside": {"setups": 1},
            "server": {"setups": 3},
            "port": {"setups": None},
            "local": {"setups": 1},
        },
        "is_importable": False,
    },
    {
        "about": "what has no parameters keeps its one case whichever way its decorator is defined",
        "files": {
            "test_a.py": """\
import pytest

try:
    import a_package_that_nobody_has

    def with_package(function):
        return function

except ImportError:

    def with_package(function):
        def skipped():
            pytest.skip("no package")

        return skipped


@pytest.fixture
def data():
    pass


@with_package
def test_data(data):
    pass


@with_package
@pytest.mark.parametrize("x", [1, 2])
def test_many(data, x):
    pass
""",
        },
        "tests": {
            "test_data": {"has_unknown_fixtures": True, "cases": 1},
            "test_many": {"has_unknown_fixtures": True, "cases": None},
        },
        "is_importable": False,
    },
    {
        "about": "names of parameters may be put together of several tuples",
        "files": {
            "test_a.py": """\
import pytest

NAMES = ("a", "b")


@pytest.mark.parametrize(NAMES + ("c",), [(1, 2, 3), (4, 5, 6)])
def test_sum(a, b, c):
    pass


@pytest.mark.parametrize("a," + "b", [(1, 2)])
def test_text(a, b):
    pass
""",
        },
        "tests": {
            "test_sum": {"fixtures": ["a", "b", "c"], "cases": 2, "has_unknown_fixtures": False},
            "test_text": {"fixtures": ["a", "b"]},
        },
    },
    {
        "about": "conditions on the platform are told through constants and functions of the project",
        "files": {
            "machine.py": """\
import os
import platform
import sys

SYSTEM = platform.system().lower()
IS_PYPY = "__pypy__" in sys.builtin_module_names
IS_CPYTHON = sys.implementation.name == "cpython"
IS_RECENT = sys.hexversion >= 0x03080000
IS_FROZEN = getattr(sys, "frozen", False)


def is_windows():
    return sys.platform in ("win32", "cygwin")


def can_fork():
    if is_windows() or IS_PYPY:
        return False
    return hasattr(os, "fork")


def is_slow():
    return bool(os.environ.get("SLOW"))
""",
            "test_a.py": """\
import unittest

import machine
from machine import IS_CPYTHON, IS_FROZEN, IS_PYPY, IS_RECENT, SYSTEM

if SYSTEM == "linux" and IS_CPYTHON:

    def test_there():
        pass


if IS_PYPY or IS_FROZEN or not IS_RECENT:

    def test_absent():
        pass


if machine.is_slow():

    def test_slow():
        pass


@unittest.skipIf(machine.is_windows(), "not there")
class ThereCase(unittest.TestCase):
    def test_it(self):
        pass


@unittest.skipUnless(machine.is_windows(), "there only")
class SkippedCase(unittest.TestCase):
    def test_it(self):
        pass


@unittest.skipUnless(machine.can_fork(), "no fork")
class ForkCase(unittest.TestCase):
    def test_it(self):
        pass
""",
        },
        "tests": {
            "test_there": {"conditional": False},
            "test_absent": None,
            "test_slow": {"conditional": True},
            "ThereCase::test_it": {"conditional": False},
            "SkippedCase::test_it": {"conditional": False},
            "ForkCase::test_it": {"conditional": False},
        },
        "fixtures": {
            "_unittest_setUpClass_fixture_ThereCase": {"setups": 1},
            "_unittest_setUpClass_fixture_SkippedCase": None,
            "_unittest_setUpClass_fixture_ForkCase": {"setups": 1},
        },
    },
    {
        "about": "what a class inherits is under a condition when its base is",
        "files": {
            "test_a.py": """\
import elsewhere


class Full:
    def test_full(self):
        pass


class Empty:
    pass


if elsewhere.is_fast:
    Base = Full
else:
    Base = Empty


class TestDerived(Base):
    def setup_class(cls):
        pass

    def test_own(self):
        pass
""",
        },
        "tests": {
            "TestDerived::test_own": {"conditional": False},
            "TestDerived::test_full": {"conditional": True},
        },
        "fixtures": {"_xunit_setup_class_fixture_TestDerived": {"setups": 1}},
        "is_importable": False,
    },
    {
        "about": "a fixture asks for what its test gives it as a parameter",
        "files": {
            "conftest.py": """\
import pytest


@pytest.fixture
def by_name(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def client(request):
    return request.getfixturevalue(f"{request.param}_client")


@pytest.fixture
def connection():
    pass


@pytest.fixture
def small(connection):
    pass


@pytest.fixture
def large():
    pass


@pytest.fixture
def web_client():
    pass


@pytest.fixture
def unused_client():
    pass
""",
            "test_a.py": """\
import pytest


@pytest.mark.parametrize("by_name", ["small", "large"], indirect=True)
def test_by_name(by_name):
    pass


@pytest.mark.parametrize("client, n", [("web", 1)], indirect=["client"])
def test_client(client, n):
    pass


def test_connection(connection):
    pass
""",
        },
        "tests": {
            "test_by_name": {"has_unknown_fixtures": False},
            "test_client": {"dynamic_fixtures": ["web_client"], "has_unknown_fixtures": False},
        },
        "fixtures": {
            "by_name": {"setups": 2},
            "small": {"setups": None},
            "connection": {"setups": None},
            "unused_client": {"setups": 0},
        },
    },
    {
        "about": "a test that a hook may skip leaves open what ends with its items, not what others set up as well",
        "files": {
            "conftest.py": """\
import elsewhere
import pytest


def pytest_runtest_setup(item):
    if "remote" in item.keywords and not elsewhere.is_online():
        pytest.skip("offline")


@pytest.fixture(scope="session", autouse=True)
def folder():
    pass


@pytest.fixture(scope="session")
def server():
    pass


@pytest.fixture
def local():
    pass
""",
            "test_a.py": """\
import pytest


@pytest.mark.remote
def test_remote(server, local):
    pass


def test_local():
    pass
""",
        },
        "fixtures": {"folder": {"setups": 1}, "server": {"setups": None}, "local": {"setups": None}},
        "is_importable": False,
    },
    {
        "about": "of several marks that a function may return none is sure",
        "files": {
            "helpers.py": """\
import sys

import pytest
from elsewhere import has_package


def needs_package():
    if not has_package:
        return pytest.mark.skip("no package")
    return pytest.mark.skipif(has_package < 2, reason="too old")


def needs_other(function):
    if has_package:
        return function
    return pytest.mark.skip("no package")(function)


def needs_linux():
    if sys.platform == "linux":
        return pytest.mark.slow
    return pytest.mark.skip("not on this platform")


def never():
    return pytest.mark.skip("never")


def sizes():
    if has_package:
        return pytest.mark.parametrize("n", [1, 2, 3])
    return pytest.mark.parametrize("n", [1])
""",
            "test_a.py": """\
import helpers
import pytest


@pytest.fixture
def by_package():
    pass


@pytest.fixture
def by_platform():
    pass


@pytest.fixture
def by_none():
    pass


@helpers.needs_package()
def test_package(by_package):
    pass


@helpers.needs_other
def test_other(by_package):
    pass


@helpers.needs_linux()
def test_platform(by_platform):
    pass


@helpers.never()
def test_never(by_none):
    pass


@helpers.sizes()
def test_sizes(n):
    pass
""",
        },
        "tests": {"test_sizes": {"cases": None}, "test_package": {"cases": 1}},
        "fixtures": {"by_package": {"setups": 2}, "by_platform": {"setups": 1}, "by_none": {"setups": 0}},
        "is_importable": False,
    },
    {
        "about": "arithmetic with numpy's arrays goes element by element",
        "files": {
            "test_a.py": """\
import numpy as np
import pytest

A = np.array([1, 2])


@pytest.mark.parametrize("x", A * 3)
def test_times(x):
    pass


@pytest.mark.parametrize("x", np.arange(3) + np.arange(3))
def test_sum(x):
    pass


@pytest.mark.parametrize("x", np.array([30.0, 45.0]) * np.pi / 180.0)
def test_angle(x):
    pass


@pytest.mark.parametrize("x", -A)
def test_minus(x):
    pass


@pytest.mark.parametrize("x", 2 ** np.arange(4))
def test_power(x):
    pass


@pytest.mark.parametrize("x", A + np.sqrt(2))
def test_root(x):
    pass


@pytest.mark.parametrize("x", [1, 2] * 3)
def test_list(x):
    pass
""",
        },
        "tests": {
            "test_times": {"cases": 2},
            "test_sum": {"cases": 3},
            "test_angle": {"cases": 2},
            "test_minus": {"cases": 2},
            "test_power": {"cases": 4},
            "test_root": {"cases": None},
            "test_list": {"cases": 6},
        },
        "is_importable": False,
    },
    {
        "about": "what makes methods when the class is made leaves its fixtures open",
        "files": {
            "test_a.py": """\
import pytest


class MakesTests(type):
    def __new__(mcs, name, bases, namespace):
        namespace["test_made"] = lambda self, data: None
        return super().__new__(mcs, name, bases, namespace)


class TestMeta(metaclass=MakesTests):
    @pytest.fixture
    def data(self):
        pass


class TestRun:
    @pytest.fixture
    def other(self):
        pass

    for name in ("a", "b"):
        exec(f"def test_{name}(self, other): pass")


class TestPlain:
    @pytest.fixture
    def plain(self):
        pass

    def test_it(self, plain):
        pass
""",
        },
        "uncertain": [
            {"file": "test_a.py", "line": 10, "why": "names are made at run time"},
            {"file": "test_a.py", "line": 22, "why": "names are made at run time"},
        ],
        "fixtures": {"data": {"setups": None}, "other": {"setups": None}, "plain": {"setups": 1}},
        "is_importable": False,
    },
    {
        "about": "what is given by position fills no argument that only a keyword fills",
        "files": {
            "test_a.py": """\
import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def data():
    pass


@given(st.integers())
def test_given(x, *, data):
    pass


@given(st.integers(), st.integers())
def test_more(*numbers, data):
    pass


def check(number, *, data):
    pass


with_number = given(st.integers())


@with_number
def test_held(x, data):
    pass


test_partial = functools.partial(check, 1)
test_filled = functools.partial(check, 1, data=2)
""",
        },
        "tests": {
            "test_given": {"fixtures": ["data"]},
            "test_more": {"fixtures": ["data"]},
            "test_held": {"fixtures": ["x"]},
            "test_partial": {"fixtures": ["data"]},
            "test_filled": {"fixtures": []},
        },
        "is_importable": False,
    },
    {
        "about": "decorators of the project may hand on what a known one makes",
        "files": {
            "helpers.py": """\
import pytest
from distributed.utils_test import gen_cluster


def with_pause(function):
    return pytest.mark.parametrize("pause", [True, False])(gen_cluster(client=True, nthreads=[("", 1)])(function))


def with_options(**options):
    return gen_cluster(scheduler="tls", **options)


with_client = gen_cluster(client=True)
""",
            "test_a.py": """\
import pytest
from helpers import with_client, with_options, with_pause


@pytest.fixture
def data():
    pass


@with_pause
async def test_pause(c, s, a, pause, data):
    pass


@with_client
async def test_client(c, s, a, b, data):
    pass


@with_client
async def test_keyword(c, s, *workers, data):
    pass


@with_options(client=True)
async def test_options(c, s, a, b, data):
    pass
""",
        },
        "tests": {
            "test_pause": {"fixtures": ["pause", "data"], "cases": 2, "has_unknown_fixtures": False},
            "test_client": {"fixtures": ["data"], "has_unknown_fixtures": False},
            "test_keyword": {"fixtures": ["data"], "has_unknown_fixtures": False},
            "test_options": {"has_unknown_fixtures": True},
        },
        "is_importable": False,
    },
    {
        "about": "a hook that asks for the fixtures of a test may skip those it names",
        "files": {
            "conftest.py": """\
import os

import pytest

REMOTE = {"bucket": 1, "queue": 2}


def pytest_collection_modifyitems(items):
    remote = set(REMOTE)
    for item in items:
        if not hasattr(item, "fixturenames"):
            continue
        if "never" in item.fixturenames:
            item.add_marker(pytest.mark.skip(reason="never"))
        asked = set(item.fixturenames) & remote
        if not asked:
            continue
        if os.environ.get("ONLINE", "0") == "0":
            item.add_marker(pytest.mark.skip(reason="offline"))


@pytest.fixture
def bucket():
    pass


@pytest.fixture
def never():
    pass


@pytest.fixture
def local():
    pass
""",
            "test_a.py": """\
def test_remote(bucket):
    pass


def test_never(never):
    pass


def test_local(local):
    pass
""",
        },
        "fixtures": {"bucket": {"setups": None}, "never": {"setups": 0}, "local": {"setups": 1}},
    },
    {
        "about": "a list that the module hands to a function which changes it has no known length",
        "files": {
            "test_a.py": """\
import pytest

FEW = [(1, 2), (3, 4), (5, 6)]
ALL = [1, 2, 3]


def drop_odd(cases):
    for i, case in enumerate(cases):
        if case[0] == 3:
            del cases[i]


def show(cases):
    print(cases)


drop_odd(FEW)
show(ALL)


@pytest.mark.parametrize("case", FEW)
def test_few(case):
    pass


@pytest.mark.parametrize("case", ALL)
def test_all(case):
    pass
""",
        },
        "tests": {"test_few": {"cases": None}, "test_all": {"cases": 3}},
    },
    {
        "about": "a skipped TestCase inherits the hooks of a TestCase that a module before it imports, in 7.x",
        "files": {
            "test_a.py": "from unittest import TestCase\n\n\nclass TestOne(TestCase):\n    def test_one(self):\n        pass\n",
            "test_b.py": """\
import unittest


@unittest.skip("never")
class TestTwo(unittest.TestCase):
    def test_two(self):
        pass
""",
        },
        "versions": ["7.2.1"],
        "tests": {"TestTwo::test_two": {"fixtures": ["_unittest_setUpClass_fixture_TestCase", "request"]}},
    },
    {
        "about": "a TestCase that may be skipped has one hook or another from 9.1 on, and of neither is the number known",
        "files": {
            "test_a.py": """\
import unittest

import elsewhere


@unittest.skipIf(elsewhere.version < "1", "too old")
class TestOne(unittest.TestCase):
    def test_one(self):
        pass
""",
        },
        "versions": ["9.1.1"],
        "fixtures": {
            "_unittest_setUpClass_fixture_TestOne": {
                "setups": None,
                "setups_unknown": {
                    "kind": "class-skip",
                    "reason": "only a run can tell whether unittest skips TestOne",
                    "file": "test_a.py",
                    "line": 6,
                },
            },
            "_unittest_skip_fixture_TestOne": {"setups": None},
        },
        "is_importable": False,
    },
    {
        "about": "an except that adds to a list leaves open whether that is empty",
        "files": {
            "test_a.py": """\
import unittest

missing = []
present = []

try:
    import elsewhere
except ImportError:
    missing.append("elsewhere")


@unittest.skipIf(missing, "not there")
class TestOne(unittest.TestCase):
    def test_one(self):
        pass


@unittest.skipIf(present, "not there")
class TestTwo(unittest.TestCase):
    def test_two(self):
        pass
""",
        },
        "versions": ["7.2.1"],
        "fixtures": {
            "_unittest_setUpClass_fixture_TestOne": {"setups": None},
            "_unittest_setUpClass_fixture_TestTwo": {"setups": 1, "setups_unknown": None},
        },
    },
    {
        "about": "a test that may not be there leaves open what ends with its items, not what others set up as well",
        "files": {
            "conftest.py": """\
import pytest


@pytest.fixture(scope="session")
def wide():
    pass


@pytest.fixture
def narrow():
    pass
""",
            "test_a.py": """\
try:
    import elsewhere
except ImportError:
    elsewhere = None


def test_one(wide):
    pass


if elsewhere:

    def test_two(wide, narrow):
        pass
""",
        },
        "tests": {"test_two": {"conditional": True}},
        "fixtures": {
            "wide": {"setups": 1},
            "narrow": {
                "setups": None,
                "setups_unknown": {
                    "kind": "condition",
                    "reason": "only a run can tell whether test_a.py::test_two is there",
                    "file": "test_a.py",
                    "line": 11,
                },
            },
        },
    },
    {
        "about": "a list of a module of tests whose elements are all commented out stays empty",
        "files": {
            "test_a.py": """\
import pytest

CASES = [
    # (1, 2),
]
FILLED = []


def register(case):
    FILLED.append(case)


@pytest.fixture
def data():
    pass


@pytest.mark.parametrize("a, b", CASES)
def test_empty(a, b, data):
    pass


@pytest.mark.parametrize("a", FILLED)
def test_filled(a):
    pass
""",
        },
        "tests": {"test_empty": {"cases": 1}, "test_filled": {"cases": None}},
        "fixtures": {"data": {"setups": 0}},
    },
    {
        "about": "a hook that hands metafunc on gives parameters to those who ask for them",
        "files": {
            "conftest.py": """\
import pytest


def give_sizes(metafunc):
    metafunc.parametrize("size", [1, 2, 3])


def give(definition):
    if "size" in definition.fixturenames:
        give_sizes(definition)
    if "mode" in definition.fixturenames:
        definition.parametrize("mode", definition.config.getoption("mode"))


def pytest_addoption(parser):
    parser.addoption("--mode", action="append", default=["a", "b"])


def pytest_generate_tests(metafunc):
    give(metafunc)
""",
            "test_a.py": """\
def test_size(size):
    pass


def test_mode(mode):
    pass


def test_plain():
    pass
""",
        },
        "tests": {"test_size": {"cases": 3}, "test_mode": {"cases": None}, "test_plain": {"cases": 1}},
    },
    {
        "about": "a function that defines a fixture and returns it makes one for each name",
        "files": {
            "conftest.py": """\
import pytest


def make_engine(name):
    @pytest.fixture(scope="session")
    def engine(engines):
        return engines[name]

    return engine


@pytest.fixture(scope="session")
def engines():
    return {"fast": 1, "slow": 2}


fast = make_engine("fast")
slow = make_engine("slow")
""",
            "test_a.py": "def test_one(fast):\n    pass\n\n\ndef test_two(fast, slow):\n    pass\n",
        },
        "tests": {"test_one": {"fixtures": ["fast", "engines"]}},
        "fixtures": {
            "fast": {"file": "conftest.py", "line": 5, "scope": "session", "setups": 1},
            "engines": {"setups": 1},
        },
    },
    {
        "about": "a loop of the module leaves the last class under the name of its variable",
        "files": {
            "test_a.py": """\
import unittest


class TestOne(unittest.TestCase):
    def test_one(self):
        pass


class TestTwo(unittest.TestCase):
    def test_two(self):
        pass


suite = unittest.TestSuite()
classes = [TestOne, TestTwo]
for case in classes:
    suite.addTest(unittest.TestLoader().loadTestsFromTestCase(case))
""",
        },
        "tests": {"TestTwo::test_two": {"cases": 1}, "case::test_two": {"cases": 1}},
    },
    {
        "about": "what code of the project gives a class, or makes of one, is said",
        "files": {
            "helpers.py": """\
import unittest


def add_tests(class_, names):
    for name in names:
        set_test(class_, name)


def set_test(class_, name):
    setattr(class_, "test_" + name, lambda self: None)


def as_test_case(function):
    class Case(unittest.TestCase):
        def test(self):
            function()

    return Case


class Base(unittest.TestCase):
    @classmethod
    def variant(cls, name):
        return type(name, (cls,), {})
""",
            "test_a.py": """\
import unittest

from helpers import Base, add_tests, as_test_case


class TestOne(unittest.TestCase):
    def test_one(self):
        pass


class TestPlain(unittest.TestCase):
    def test_plain(self):
        pass


add_tests(TestOne, ["two", "three"])
Fast = Base.variant("Fast")


@as_test_case
def checked():
    pass
""",
            "pytest.ini": "[pytest]\npythonpath = .\n",
        },
        "uncertain": [
            {"file": "test_a.py", "line": 16, "why": "names are made at run time"},
            {"file": "test_a.py", "line": 17, "why": "names are made at run time"},
            {"file": "test_a.py", "line": 20, "why": "names are made at run time"},
        ],
        "is_importable": False,
    },
    {
        "about": "fixtures that a pytest_configure names for all tests are used by all",
        "files": {
            "conftest.py": """\
import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes long")
    for name in ("clean", "quiet"):
        config.addinivalue_line("usefixtures", name)


@pytest.fixture(scope="session")
def clean():
    pass


@pytest.fixture
def quiet():
    pass
""",
            "test_a.py": "def test_one():\n    pass\n",
        },
        "tests": {"test_one": {"fixtures": ["clean", "quiet"]}},
        "fixtures": {"clean": {"setups": 1}, "quiet": {"setups": 1}},
    },
    {
        "about": "getfixturevalue of what the test uses anyway brings nothing; computed sets of names are known",
        "files": {
            "conftest.py": """\
from itertools import product

import pytest

NAMES = [a + b for a, b in product(["small_", "large_"], ["file", "table"])]


@pytest.fixture
def small_file():
    pass


@pytest.fixture
def large_table():
    pass


@pytest.fixture
def other():
    pass


@pytest.fixture
def checked(request):
    keys = ("small_file", "large_table")
    for key in keys:
        if key in request.fixturenames:
            request.getfixturevalue(key)


@pytest.fixture
def by_name(name, request):
    return request.getfixturevalue(name)


@pytest.fixture(params=NAMES)
def each(request):
    return request.getfixturevalue(request.param)
""",
            "test_a.py": """\
import pytest


def test_small(small_file, checked):
    pass


def test_other(other):
    pass


def test_each(each):
    pass


@pytest.mark.parametrize("name", ["small_file", "large_table"])
def test_named(by_name):
    pass
""",
        },
        "tests": {"test_named": {"has_unknown_fixtures": False}, "test_small": {"has_unknown_fixtures": False}, "test_each": {"has_unknown_fixtures": False}},
        "fixtures": {"other": {"setups": 1}, "checked": {"setups": 1}},
    },
    {
        "about": "pytest that a helper of another package hands on is pytest",
        "files": {
            "test_a.py": """\
from elsewhere.helper import pytest


@pytest.fixture
def data():
    pass


@pytest.mark.parametrize("n", [1, 2, 3])
def test_one(n, data):
    pass
""",
        },
        "tests": {"test_one": {"cases": 3}},
        "fixtures": {"data": {"setups": 3}},
        "is_importable": False,
    },
    {
        "about": "a fixture from elsewhere asks for what is written where it is imported, or for what nobody else uses",
        "files": {
            "conftest.py": """\
import pytest


@pytest.fixture
def used():
    pass


@pytest.fixture
def unused():
    pass
""",
            "test_a.py": """\
import pytest
from elsewhere.fixtures import client


@pytest.fixture
def near():
    pass


def test_client(client):
    pass


def test_own(used, near):
    pass
""",
        },
        "fixtures": {"used": {"setups": 1}, "unused": {"setups": None}, "near": {"setups": None}},
        "is_importable": False,
    },
    {
        "about": "a key that is written twice, or spread, counts once",
        "files": {
            "test_a.py": """\
import pytest

LINES = {"O": 1, "N": 2, "O": 3}
MORE = {**LINES, "N": 4, "S": 5}


@pytest.mark.parametrize("line", LINES.values())
def test_lines(line):
    pass


@pytest.mark.parametrize("line", MORE)
def test_more(line):
    pass
""",
        },
        "tests": {"test_lines": {"cases": 2}, "test_more": {"cases": 3}},
    },
    {
        "about": "a list in a table that is filled key by key has no known length",
        "files": {
            "test_a.py": """\
import pytest

TYPES = {"int": [], "text": ["a", "b"]}
FIXED = {"int": [1, 2, 3]}


def register(kind, name):
    TYPES[kind].append(name)


register("int", "i8")


@pytest.mark.parametrize("name", TYPES["int"] + TYPES["text"])
def test_types(name):
    pass


@pytest.mark.parametrize("name", FIXED["int"])
def test_fixed(name):
    pass


@pytest.mark.parametrize("kind", TYPES)
def test_kinds(kind):
    pass
""",
        },
        "tests": {"test_types": {"cases": None}, "test_fixed": {"cases": 3}, "test_kinds": {"cases": 2}},
    },
    {
        "about": "of two classes of one name under conditions the one that is a TestCase is collected, perhaps",
        "files": {
            "test_a.py": """\
import os
import unittest

try:
    import elsewhere
except ImportError:
    elsewhere = None

if elsewhere:

    class HashersTest(elsewhere.Hashers):
        pass

else:

    class HashersTest(unittest.TestCase):
        def test_one(self):
            pass
""",
        },
        "tests": {"HashersTest::test_one": {"cases": 1, "conditional": True}},
    },
]
