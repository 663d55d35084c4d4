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
]
