"""Little pytest suites made at random: every way to define, override, request and parametrize that the specification
names, under few names, so that they meet. One suite is a dictionary of path to text; the same generator state gives
the same suite.
"""

FIXTURES = ["fa", "fb", "fc", "fd", "fe", "ff"]
SCOPES = ["function", "class", "module", "package", "session"]
BUILTIN = ["tmp_path", "request", "monkeypatch", "capsys", "tmp_path_factory", "pytestconfig", "caplog"]

# Values of argvalues= and params=, with what they need at module level.
VALUES = [
    "[1, 2, 3]",
    "(1, 2)",
    "range(4)",
    "range(1, 9, 3)",
    "[x for x in range(3)]",
    "list(range(2))",
    "['a'] * 3",
    "[1] + [2, 3]",
    "CASES",
    "CASES + [9]",
    "TABLE",
    "TABLE.items()",
    "TABLE.values()",
    "sorted(TABLE)",
    "Color",
    "list(Color)",
    "[*CASES, 7]",
    "[pytest.param(1, id='one'), pytest.param(2, marks=pytest.mark.skip), 3]",
    "itertools.product([1, 2], 'ab')",
    "[(x, y) for x in range(2) for y in 'ab']",
    "[x for x in range(9) if x % 2]",
    "zip([1, 2, 3], 'abc')",
    "enumerate('ab')",
    "[]",
    "{'x': 1, 'y': 2}",
    "CASES[1:]",
    "CASES[:2]",
    "computed()",
    "helpers.SHARED",
    "SHARED",
    "map(str, CASES)",
    "tuple(CASES)",
    "[1, 2] if True else [3]",
    "set([1, 1, 2])",
    "{1, 2, 1}",
    "'abc'",
    "GROWN",
    "filter(None, [0, 1])",
    "[True, False]",
    "itertools.chain([1], [2, 3])",
    "LATE",
]
PAIRS = [
    "[(1, 2), (3, 4)]",
    "[(x, x) for x in range(3)]",
    "TABLE.items()",
    "zip([1, 2, 3], 'abc')",
    "itertools.product([1, 2], 'ab')",
    "itertools.combinations('abc', 2)",
    "[[1, 2]]",
    "PAIRS",
    "[*zip('ab', 'cd'), (5, 6)]",
    "enumerate(CASES)",
]

PREAMBLE = """\
import abc
import dataclasses
import enum
import functools
import itertools
import typing
import unittest
from unittest import mock
from unittest.mock import patch

import pytest
import pytest as pt
from pytest import fixture, mark

import helpers
from helpers import SHARED

CASES = [1, 2, 3]
PAIRS = [(1, 2), (3, 4), (5, 6)]
TABLE = {"a": 1, "b": 2}
GROWN = []
for _number in range(2):
    GROWN.append(_number)
LATE = [1]
LATE.append(2)
LATE += [3, 4]


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1


def computed():
    return [n for n in (1, 2, 3) if n > 1]


def keeping(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


def hiding(function):
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


def replacing(function):
    def inner(fa, fb):
        return function()

    return inner


slow = pytest.mark.slow
with_fa = pytest.mark.usefixtures("fa")
module_fixture = functools.partial(pytest.fixture, scope="module")


def own_fixture(function):
    return pytest.fixture(function)

"""

HELPERS = """\
import unittest

import pytest

__all__ = {all}
SHARED = [1, 2]


@pytest.fixture{shared_options}
def shared({shared_deps}):
    return 1


@pytest.fixture
def {own}({own_deps}):
    yield 1


def test_helper({test_deps}):
    pass


class HelperBase:
    @pytest.fixture(autouse={autouse})
    def from_base(self, {base_deps}):
        pass

    def test_inherited(self, {inherited_deps}):
        pass

    def helper(self):
        pass


class TestImported(HelperBase):
    def test_own(self, fb):
        pass


class CaseBase(unittest.TestCase):
    {class_setup}

    def test_case(self):
        pass
"""


class Maker:
    def __init__(self, rng, version):
        self.rng = rng
        self.version = tuple(int(part) for part in version.split(".")[:2])
        self.modules = 0

    def chance(self, part):
        return self.rng.random() < part

    def pick(self, choices, most=3, least=0):
        return self.rng.sample(choices, self.rng.randint(least, min(most, len(choices))))

    def deps(self, most=2, builtin=0.25):
        names = self.pick(FIXTURES + ["shared"], most)
        if self.chance(builtin):
            names.append(self.rng.choice(BUILTIN))
        return names

    # --- fixtures ---

    def fixture_options(self):
        options = []
        if self.chance(0.5):
            options.append(f'scope="{self.rng.choice(SCOPES)}"')
        if self.chance(0.2):
            options.append(f"autouse={self.rng.choice(['True', 'True', 'False', '1'])}")
        if self.chance(0.2):
            options.append(f"params={self.rng.choice(VALUES)}")
        return options

    def fixture(self, name, is_method=False):
        """Lines that define fixture `name` in one of many ways."""
        options = self.fixture_options()
        attribute = name
        if self.chance(0.15):
            attribute = f"{self.rng.choice('abz')}_{name}_impl"
            options.append(f'name="{name}"')
        deps = self.deps()
        if self.chance(0.2) and name not in deps:
            deps.insert(self.rng.randint(0, len(deps)), name)
        arguments = ", ".join((["self"] if is_method else []) + deps + (["unused=None"] if self.chance(0.1) else []))
        call = f"({', '.join(options)})" if options or self.chance(0.3) else ""
        form = self.rng.random()
        if form < 0.1 and not is_method:
            return [f"def make_{attribute}({arguments}):", "    return 1", "", f"{attribute} = pytest.fixture{call or '()'}(make_{attribute})"]
        if form < 0.15 and not is_method:
            return [f"{attribute} = pytest.fixture{call or '()'}(lambda {arguments}: 1)"]
        if form < 0.2 and not options and not is_method:
            return ["@own_fixture", f"def {attribute}({arguments}):", "    return 1"]
        if form < 0.25 and not any("scope" in option for option in options):
            return [f"@module_fixture{call or '()'}", f"def {attribute}({arguments}):", "    yield 1"]
        maker = self.rng.choice(["pytest.fixture", "pytest.fixture", "fixture", "pt.fixture"])
        lines = [f"@{maker}{call}"]
        if self.chance(0.1):
            lines.append("@keeping")
        head = "async def" if self.chance(0.05) else "def"
        body = "yield 1" if self.chance(0.4) else "return 1"
        if self.chance(0.1) and "request" in deps:
            body = f'return request.getfixturevalue("{self.rng.choice(FIXTURES)}")'
        return [*lines, f"{head} {attribute}({arguments}):", f"    {body}"]

    def fixtures(self, most, is_method=False):
        return [[*self.fixture(name, is_method), ""] for name in self.pick(FIXTURES, most)]

    # --- marks ---

    def parametrize(self, names):
        """A parametrize mark for one or two of `names`."""
        pair = len(names) > 1 and self.chance(0.4)
        used = self.rng.sample(names, 2 if pair else 1)
        spelled = {
            0: repr(", ".join(used)),
            1: repr(used),
            2: repr(tuple(used)),
        }[self.rng.randint(0, 2)]
        if not pair and spelled[0] in "[(":
            values = self.rng.choice(["[(1,), (2,)]", "[[1]]", "zip('abc')"])
        else:
            values = self.rng.choice(PAIRS if pair else VALUES)
        more = ""
        if self.chance(0.3):
            more += f", indirect={self.rng.choice(['True', repr(used[:1]), 'False', repr(used), '[]'])}"
        if self.chance(0.15):
            more += f', scope="{self.rng.choice(SCOPES)}"'
        if self.chance(0.1):
            more += ", ids=str"
        return f"pytest.mark.parametrize({spelled}, {values}{more})"

    def usefixtures(self):
        names = ", ".join(repr(name) for name in self.pick(FIXTURES + ["shared", "tmp_path"], 2, 1))
        return self.rng.choice([f"pytest.mark.usefixtures({names})", f"mark.usefixtures({names})"])

    def marks(self, args):
        lines = []
        own = [name for name in args if name != "request"]
        if own and self.chance(0.4):
            lines.append(self.parametrize(own))
            rest = [name for name in own if name not in lines[0]]
            if rest and self.chance(0.3):
                lines.append(self.parametrize(rest))
        if self.chance(0.2):
            lines.append(self.usefixtures())
        if self.chance(0.15):
            lines.append(self.rng.choice(["slow", "pytest.mark.skip", "pytest.mark.xfail(reason='x')", "with_fa"]))
        self.rng.shuffle(lines)
        return ["@" + line for line in lines]

    # --- tests ---

    def test(self, name, is_method=False, extra=()):
        args = [*extra, *self.deps(3)]
        args = list(dict.fromkeys(args))
        decorators = self.marks(args)
        shown = list(args)
        form = self.rng.random()
        if form < 0.06:
            decorators.append("@keeping")
        elif form < 0.09:
            decorators = ["@hiding"]
        elif form < 0.11 and not is_method:
            decorators = ["@replacing"]
        elif form < 0.15:
            decorators.append(self.rng.choice(['@mock.patch("os.getcwd")', '@patch.object(dict, "get")', '@patch("os.getcwd", new=1)']))
            if "new=" not in decorators[-1]:
                shown.insert(0, "mocked")
        if self.chance(0.08):
            shown.append("optional=3")
        elif self.chance(0.06):
            shown.append("*args")
        elif self.chance(0.06) and shown and shown[-1] != "mocked":
            shown.insert(len(shown) - 1, "*")
        prefix = []
        receiver = ["self"] if is_method else []
        if is_method and self.chance(0.08) and "@keeping" not in decorators and "mocked" not in shown:
            kind = self.rng.choice(["staticmethod", "classmethod"])
            receiver = [] if kind == "staticmethod" else ["cls"]
            prefix = [f"@{kind}"]
        head = "async def" if self.chance(0.04) else "def"
        body = "pass"
        if "request" in args and self.chance(0.4):
            body = f'request.getfixturevalue("{self.rng.choice(FIXTURES)}")'
        return [*prefix, *decorators, f"{head} {name}({', '.join(receiver + shown)}):", f"    {body}", ""]

    def hooks(self, kind):
        lines = []
        pairs = {
            "module": ["setup_module(module)", "teardown_module()", "setUpModule()", "setup_function(function)", "teardown_function()", "setup()", "teardown()"],
            "class": ["setup_method(self)", "teardown_method(self, method)", "setup(self)", "teardown(self)"],
        }[kind]
        for head in self.pick(pairs, 2):
            lines.append([f"def {head}:", "    pass", ""])
        if kind == "class" and self.chance(0.3):
            name = self.rng.choice(["setup_class", "teardown_class"])
            lines.append(["@classmethod", f"def {name}(cls):", "    pass", ""])
        return lines

    def class_body(self, depth, known, extra=()):
        parts = self.fixtures(2, is_method=True)
        if self.chance(0.25):
            parts += self.hooks("class")
        for name in self.pick(["test_a", "test_b", "test_c", "check_d", "test"], 3, 1):
            parts.append(self.test(name, True, extra if name.startswith("test") else ()))
        if self.chance(0.1):
            parts.append(["def test_extra(self, fa):", "    pass", "", "test_alias = test_extra", ""])
        if self.chance(0.06):
            parts.append(["@property", "def test_property(self):", "    return 1", ""])
        if self.chance(0.12) and not extra:
            mark = self.rng.choice([self.usefixtures(), "slow", f"[slow, {self.usefixtures()}]"])
            parts.append([f"pytestmark = {mark}", ""])
        if self.chance(0.07):
            parts.append([f"__test__ = {self.rng.choice(['False', 'True'])}", ""])
        if self.chance(0.04):
            parts.append(["def __init__(self):", "    pass", ""])
        if depth < 2 and self.chance(0.2) and not extra:
            parts.append(self.class_(f"Test{self.rng.choice('XY')}{depth}", known, depth + 1))
        self.rng.shuffle(parts)
        return [line for part in parts for line in part]

    def class_(self, name, known, depth=0):
        bases, lines, extra = [], [], ()
        if known and self.chance(0.4):
            bases = self.pick(known, 2, 1)
            if len(bases) == 2 and self.chance(0.5):
                bases = bases[:1]
        if self.chance(0.15):
            lines.append("@" + self.rng.choice([self.usefixtures(), "pytest.mark.skip", "slow", "with_fa"]))
        if self.chance(0.12) and not bases:
            extra = ("value",)
            lines.append(f'@pytest.mark.parametrize("value", {self.rng.choice(VALUES)})')
        if self.chance(0.03):
            lines.append("@dataclasses.dataclass")
        elif self.chance(0.05) and not bases and not extra:
            bases = ["abc.ABC"]
        lines.append(f"class {name}({', '.join(bases)}):" if bases else f"class {name}:")
        return lines + ["    " + line if line else "" for line in self.class_body(depth, known, extra)] + [""]

    def test_case(self, name, known):
        base = self.rng.choice(["unittest.TestCase", "unittest.IsolatedAsyncioTestCase", *known, *known])
        lines = []
        if self.chance(0.15):
            lines.append("@" + self.rng.choice([self.usefixtures(), 'unittest.skip("why")', "pytest.mark.skip"]))
        lines.append(f"class {name}({base}):")
        body = []
        for method in self.pick(["test_b", "test_a", "testC", "runTest", "helper"], 3, 1):
            if self.chance(0.1):
                body.append('@unittest.skip("why")')
            if self.chance(0.1):
                body.append(f"@{self.usefixtures()}")
            body += [f"def {method}(self):", "    pass", ""]
        if self.chance(0.3):
            deps = ", ".join(["self", *self.deps()])
            options = self.rng.choice(["", '(scope="class")'])
            if self.chance(0.6):
                options = "(autouse=True)" if not options else '(autouse=True, scope="class")'
            body += [f"@pytest.fixture{options}", f"def {self.rng.choice(FIXTURES)}({deps}):", "    pass", ""]
        for head in self.pick(["setUp(self)", "tearDown(self)", "setup_method(self, method)", "teardown_method(self)"], 2):
            body += [f"def {head}:", "    pass", ""]
        for head in self.pick(["setUpClass(cls)", "tearDownClass(cls)", "setup_class(cls)"], 1):
            body += ["@classmethod", f"def {head}:", "    pass", ""]
        if self.chance(0.07):
            body += ["__test__ = False", ""]
        return lines + ["    " + line if line else "" for line in body] + [""]

    # --- files ---

    def wrapped(self, lines):
        """The same under a condition that can be told, or in a `try`."""
        head, tail = self.rng.choice(
            [
                ("if True:", []),
                ("try:", ["except ImportError:", "    pass"]),
                ("if not typing.TYPE_CHECKING:", []),
                ("if typing.TYPE_CHECKING:", []),
                ("with mock.patch('os.getcwd'):", []),
            ]
        )
        return [head, *("    " + line if line else "" for line in lines), *tail, ""]

    def module(self):
        self.modules += 1
        parts = self.fixtures(3)
        if self.chance(0.25):
            parts += self.hooks("module")
        for name in self.pick(["test_a", "test_b", "test_c", "testing_d", "check_e", "test_f"], 4, 1):
            part = self.test(name)
            parts.append(self.wrapped(part) if self.chance(0.08) else part)
        plain = [name for name in ("HelperBase", "TestImported") if self.chance(0.3)]
        cases = ["CaseBase"] if self.chance(0.3) else []
        imports = [*plain, *cases]
        if self.chance(0.2):
            imports.append("test_helper")
        if self.chance(0.2):
            imports.append(self.rng.choice(["shared", "shared as fd", "shared as other"]))
        top = [f"from helpers import {', '.join(imports)}"] if imports else []
        if self.chance(0.15):
            top.append("from helpers import *")
        self.rng.shuffle(parts)
        known = list(plain)
        for name in self.pick(["Mixin", "TestA", "TestB", "TestC"], 3):
            parts.append(self.class_(name, known))
            known.append(name)
        for name in self.pick(["CaseA", "TestCaseB", "Other"], 2):
            if self.chance(0.5):
                parts.append(self.test_case(name, cases))
                cases.append(name)
        parts += self.endings()
        return "\n".join([PREAMBLE, *top, "", *(line for part in parts for line in part)]) + "\n"

    def endings(self):
        parts = []
        if self.chance(0.1):
            parts.append(["def test_again(fa):", "    pass", "", "test_twice = test_again", ""])
        if self.chance(0.08):
            parts.append(["def impl(x, fa, fb):", "    pass", "", "test_partial = functools.partial(impl, 1)", ""])
        if self.chance(0.06):
            parts.append(["def test_gone():", "    pass", "", "del test_gone", ""])
        if self.chance(0.06):
            parts.append(["def test_off():", "    pass", "", "test_off.__test__ = False", ""])
        if self.chance(0.12):
            mark = self.rng.choice([self.usefixtures(), "slow", f"[slow, {self.usefixtures()}]"])
            parts.append([f"pytestmark = {mark}", ""])
        if self.chance(0.06):
            name = self.rng.choice(FIXTURES)
            parts.append(
                [
                    "def pytest_generate_tests(metafunc):",
                    f'    if "{name}" in metafunc.fixturenames:',
                    f'        metafunc.parametrize("{name}", [1, 2])',
                    "",
                ]
            )
        return parts

    def conftest(self, is_root):
        parts = self.fixtures(4)
        if self.chance(0.15):
            parts.append(["from helpers import shared", ""])
        if self.chance(0.1):
            parts.append([f"collect_ignore = [{self.rng.choice(['missing.py', 'test_m2.py', 'sub'])!r}]", ""])
        if self.chance(0.07):
            parts.append(["collect_ignore_glob = ['*3.py']", ""])
        if is_root and self.chance(0.3):
            parts.append(['pytest_plugins = ["plugin_module"]', ""])
        return PREAMBLE + "\n".join(line for part in parts for line in part) + "\n"

    def helpers(self):
        arguments = {"shared": self.deps(1), "own": self.deps(1), "test": self.deps(), "base": self.deps(), "inherited": self.deps()}
        text = {f"{name}_deps": ", ".join(names) for name, names in arguments.items()}
        setup = ["@classmethod", "    def setUpClass(cls):", "        pass"] if self.chance(0.5) else ["x = 1"]
        return HELPERS.format(
            all=self.rng.choice(["['shared', 'TestImported']", "['SHARED', 'CaseBase', 'test_helper']", "['HelperBase']"]),
            shared_options=self.rng.choice(["", '(scope="session")', "(params=[1, 2])", '(scope="module", autouse=True)']),
            own=self.rng.choice(FIXTURES),
            autouse=self.chance(0.5),
            class_setup="\n".join(setup),
            **text,
        )

    def ini(self):
        lines = ["[pytest]", "pythonpath = ."]
        if self.chance(0.2):
            lines.append(f"usefixtures = {' '.join(self.pick(FIXTURES, 2, 1))}")
        if self.chance(0.1):
            lines.append("python_functions = test check_*")
        if self.chance(0.1):
            lines.append("python_classes = Test Mixin *Check")
        if self.chance(0.1):
            lines.append("python_files = test_*.py m*.py")
        return "\n".join(lines) + "\n"

    def suite(self):
        files = {"pytest.ini": self.ini(), "helpers.py": self.helpers()}
        files["plugin_module.py"] = PREAMBLE + "\n".join(line for part in self.fixtures(2) for line in part) + "\n"
        for folder in ["", "sub/", "pack/", "pack/deep/", "sub/low/"]:
            if folder and self.chance(0.4):
                continue
            if folder.startswith("pack") and self.chance(0.8):
                files["pack/__init__.py"] = ""
                files[folder + "__init__.py"] = ""
            if self.chance(0.6):
                files[folder + "conftest.py"] = self.conftest(not folder)
            for _ in range(self.rng.randint(0 if folder else 1, 2)):
                prefix = self.rng.choice(["test_m", "test_m", "m"])
                text = self.module()
                files[f"{folder}{prefix}{self.modules}.py"] = text
        return files


def make_suite(rng, version):
    """Path to text, for pytest `version`."""
    return Maker(rng, version).suite()
