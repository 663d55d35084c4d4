"""What an attribute of a module stands for in a function that gives it another value first."""


import harness
from harness import expect

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/__init__.py": "",
    "src/shop/settings.py": 'folder = "out"\n',
    "tests/test_settings.py": """\
from shop import settings


def write(name):
    with open(f"{name}/report.csv", "w") as file:
        file.write("")


def test_as_written():
    write(settings.folder)


def test_given_before():
    settings.folder = "one"
    settings.folder = "other"
    write(settings.folder)


def test_given_afterwards():
    write(settings.folder)
    settings.folder = "other"


def test_longer():
    settings.folder = settings.folder + "/2024"
    write(settings.folder)


def test_given_in_a_branch(request):
    if request.config.getoption("--other"):
        settings.folder = "other"
    write(settings.folder)


def test_given_in_the_same_branch(request):
    if request.config.getoption("--other"):
        settings.folder = "other"
        write(settings.folder)


def test_own_folder(tmp_path):
    settings.folder = tmp_path
    write(settings.folder)


def test_something_else(monkeypatch):
    other = object()
    other.folder = "other"
    write(settings.folder)
""",
}

EXPECTED = {
    "test_as_written": "out/report.csv",
    "test_given_before": "other/report.csv",
    "test_given_afterwards": "out/report.csv",
    "test_longer": "out/2024/report.csv",
    "test_given_in_a_branch": None,
    "test_given_in_the_same_branch": "other/report.csv",
    "test_own_folder": "<tmp>",
    "test_something_else": "out/report.csv",
}


def main():
    with harness.project(FILES) as folder:
        rows = harness.effect_rows(folder)
        writes = [row for row in rows if row["kind"] == "file-write"]
        for test, expected in EXPECTED.items():
            found = {row["resource"] for row in writes if row["test"].endswith(f"::{test}")}
            expect(found == {expected}, f"{test}: {found}, expected {expected}")
    harness.finish()


main()
