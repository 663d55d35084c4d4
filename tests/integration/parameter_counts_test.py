"""Numbers of cases of parameters that code makes: loops, filters, functions, itertools. Python itself runs the same code,
with a `pytest` that only counts, and must find the same numbers; where hasten cannot know, it must say so.
"""

import json
import sys
import types

import harness
from harness import expect, hasten

FOLDER = {
    "tables.py": """\
from enum import Enum


class Color(Enum):
    red = 1
    green = 2
    blue = 3


NAMES = ["int8", "int16", "float32", "float64"]
SIZES = {"small": 1, "large": 100}


def pairs(limit=3):
    for i in range(limit):
        for j in range(i):
            yield i, j


def without(names, *left_out):
    return [name for name in names if name not in left_out]


def joined():
    out = []
    for name, size in SIZES.items():
        if size > 10:
            continue
        out.append(name)
    out += NAMES
    return out
""",
}
MODULE = """\
import itertools
import sys
from typing import Literal, get_args

import pytest
from elsewhere import machines, registry
from tables import NAMES, SIZES, Color, joined, pairs, without

Engine = Literal["c", "python", "pyarrow"]
cases = [1, 2, 3]


@pytest.mark.parametrize("x", cases)
def test_before(x): pass


cases = [1, 2, 3, 4]


@pytest.mark.parametrize("x", cases)
def test_after(x): pass


strategies = [(int, registry.index(1)), (str, registry.copy()), (bool, registry.count(1))]
alternatives = [some for n in (2, 3) for some in itertools.combinations(strategies, n)]
indexed = [(i, j, some) for some in alternatives for i, j in itertools.combinations(range(len(some)), 2)]


@pytest.mark.parametrize("i, j, some", indexed)
def test_combinations_of_unknown(i, j, some): pass


@pytest.mark.parametrize("x", [n for n in NAMES if n.startswith("int")])
def test_filtered(x): pass


@pytest.mark.parametrize("x", [n for n in NAMES if n.startswith("int") or not n.endswith("64")])
def test_filtered_twice(x): pass


@pytest.mark.parametrize("x", [(a, b) for a in range(5) for b in range(5) if a < b])
def test_triangle(x): pass


@pytest.mark.parametrize("x", [c for c in NAMES if c in machines])
def test_filtered_by_unknown(x): pass


built = []
for name in NAMES:
    built.append(name)
    if name == "float32":
        break
    for i in range(2):
        built += [(name, i)]


@pytest.mark.parametrize("x", built)
def test_built(x): pass


left, right = [1], [2]
for options in [left, right]:
    options += [3, 4]


@pytest.mark.parametrize("x", left)
def test_changed_by_another_name(x): pass


conditional = []
for name in NAMES:
    if name == machines:
        continue
    conditional.append(name)


@pytest.mark.parametrize("x", conditional)
def test_built_under_unknown(x): pass


labelled = []
for name in NAMES:
    if machines:
        label = 1
    else:
        label = 2
    labelled.append((name, label))


@pytest.mark.parametrize("x", labelled)
def test_unknown_that_does_not_matter(x): pass


if sys.platform == "win32":
    platform_cases = [1]
else:
    platform_cases = [1, 2]


@pytest.mark.parametrize("x", platform_cases)
def test_platform(x): pass


@pytest.mark.parametrize("a, b", pairs())
def test_generator(a, b): pass


@pytest.mark.parametrize("a, b", list(pairs(limit=4)))
def test_generator_with_arguments(a, b): pass


@pytest.mark.parametrize("x", without(NAMES, "int8", "none"))
def test_function(x): pass


@pytest.mark.parametrize("x", joined())
def test_function_with_loop(x): pass


@pytest.mark.parametrize("x", sorted({len(n) for n in NAMES}))
def test_set(x): pass


@pytest.mark.parametrize("x", list({n[:1] if n else "" for n in NAMES}) + [c for c in "abc" if c > "a"])
def test_text(x): pass


@pytest.mark.parametrize("x", [k for k, v in SIZES.items() if v > 10])
def test_items(x): pass


@pytest.mark.parametrize("x", [c for c in Color])
def test_enum(x): pass


@pytest.mark.parametrize("x", get_args(Engine))
def test_literal(x): pass


@pytest.mark.parametrize("x", [p for p in itertools.permutations(range(4), 2) if p[0] == 1 or sum(p) == 5])
def test_permutations(x): pass


@pytest.mark.parametrize("x", zip(NAMES, itertools.cycle([True, False])))
def test_endless(x): pass


@pytest.mark.parametrize("x", list(filter(lambda n: len(n) == 4, NAMES)) + list(map(str.upper, NAMES)))
def test_lambda(x): pass


@pytest.mark.parametrize("x", [*NAMES, *(n for n in NAMES if "float" in n)])
def test_spread(x): pass


@pytest.mark.parametrize("x", list(itertools.chain.from_iterable([i] * i for i in range(4))))
def test_chained(x): pass


try:
    import json
    import elsewhere
except ImportError:
    optional = []
else:
    optional = [1, 2]


@pytest.mark.parametrize("x", optional)
def test_optional(x): pass


@pytest.mark.parametrize("x", [r for r in registry if r])
def test_registry(x): pass


removed = {"a": 1, "b": 2, "c": 3}
removed.pop("b")
del removed["c"]


@pytest.mark.parametrize("x", [k for k in removed if k])
def test_deleted(x): pass


i = 0
counted = []
while i < 5:
    i += 2
    counted.append(i)


@pytest.mark.parametrize("x", counted)
def test_while(x): pass
"""
UNKNOWN = {
    "test_filtered_by_unknown",
    "test_built_under_unknown",
    "test_optional",
    "test_registry",
    "test_deleted",
}


def numbers_of_python(folder):
    """By test: how many argument sets the decorator got when Python ran the module."""
    found = {}

    def parametrize(names, values):
        size = len(list(values))

        def note(function):
            found[function.__name__] = size
            return function

        return note

    fake = types.ModuleType("pytest")
    fake.mark = types.SimpleNamespace(parametrize=parametrize)
    elsewhere = types.ModuleType("elsewhere")
    elsewhere.machines, elsewhere.registry = ["int8"], [1]
    sys.modules.update(pytest=fake, elsewhere=elsewhere)
    sys.path.insert(0, str(folder))
    exec(compile(MODULE, "test_counts.py", "exec"), {"__name__": "test_counts"})
    return found


def main():
    with harness.project(FOLDER) as folder:
        harness.write(folder / "test_counts.py", MODULE)
        harness.write(folder / "pytest.ini", "[pytest]\n")
        lists = json.loads(hasten("list", "tests", "--output-format", "json", cwd=folder).stdout)
        cases = {test["name"]: test["cases"] for test in lists["tests"]}
        for name, number in numbers_of_python(folder).items():
            wanted = None if name in UNKNOWN else number
            expect(cases.get(name) == wanted, f"{name}: hasten {cases.get(name)}, expected {wanted}")
    harness.finish()


main()
