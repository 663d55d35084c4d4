"""Runs real pytest on every sample: a sample that does not pass is not believable.

    samples_run_test.py [SAMPLE ...]

Each sample runs in a copy, since some write next to themselves: that is what their findings are about. A sample
whose packages are missing is skipped with a message; when all are, the exit code is 77 (CTest: skipped).
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

# Import names; the Debian package is python3-NAME with - for _.
NEEDED = {
    "django_shop": ["pytest", "django", "pytest_django", "pytest_mock", "requests", "responses"],
    "fastapi_service": ["pytest", "pytest_asyncio", "fastapi", "httpx", "sqlalchemy", "aiosqlite"],
    "data_pipeline": ["pytest", "pandas", "sqlalchemy", "boto3"],
    "clean": [
        *["pytest", "pytest_mock", "requests", "requests_mock", "responses"],
        *["sqlalchemy", "starlette", "httpx", "freezegun"],
    ],
}
# No Debian package, and nobody's package: what a project may describe in [[tool.hasten.api]].
ALLOWED_SKIPS = ("could not import 'pyspark'", "could not import 'silo'")
FEWEST_TESTS = 8
SECONDS = 60  # far above the second or two that a sample takes
SKIPPED = 77
ORDERS = [[], ["-p", "no:randomly"]]
CACHES = {"__pycache__", ".pytest_cache"}


def main(wanted):
    unknown = sorted(set(wanted) - set(NEEDED))
    if unknown:
        sys.exit(f"no such sample: {', '.join(unknown)}")
    forgotten = sorted(set(pytest_projects()) - set(NEEDED))
    problems = [f"{name}: not listed in {Path(__file__).name}" for name in forgotten]
    ran = 0
    for name in wanted or NEEDED:
        missing = [package for package in NEEDED[name] if importlib.util.find_spec(package) is None]
        if missing:
            debian = " ".join("python3-" + package.replace("_", "-") for package in missing)
            print(f"{name}: skipped, install {debian}")
            continue
        ran += 1
        for options in ORDERS:
            problems += run_sample(name, options)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    return 0 if ran else SKIPPED


def pytest_projects():
    """Samples with tests of their own, as opposed to samples/editors."""
    return [folder.name for folder in SAMPLES.iterdir() if (folder / "tests").is_dir()]


def run_sample(name, options):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, name)
        temporary = Path(folder, "tmp")
        report = Path(folder, "report.xml")
        temporary.mkdir()
        shutil.copytree(SAMPLES / name, copy, ignore=shutil.ignore_patterns(*CACHES))
        before = files_of(copy)
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *options]
        try:
            done = subprocess.run(
                command, cwd=copy, env=environment(temporary), capture_output=True, text=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return [f"{name}: took more than {SECONDS} s"]
        if done.returncode != 0:
            return [f"{name}: pytest {' '.join(options)} failed\n{done.stdout}{done.stderr}"]
        problems = read_report(name, report)
        left = sorted(files_of(copy) - before)
        if name == "clean" and left:
            problems.append(f"clean: left {', '.join(left)} behind")
        return problems


def environment(temporary):
    """Nothing of the caller's that would change a run, and no long wait for a name server out of reach."""
    unwanted = {"PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONPATH", "DJANGO_SETTINGS_MODULE", "RES_OPTIONS"}
    unwanted |= {key for key in os.environ if key.lower().endswith("_proxy")}
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return kept | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1", "RES_OPTIONS": "timeout:1 attempts:1"}


def files_of(folder):
    paths = (path.relative_to(folder) for path in folder.rglob("*"))
    return {str(path) for path in paths if not CACHES & set(path.parts)}


def read_report(name, report):
    cases = list(ElementTree.parse(report).iter("testcase"))
    # A whole module that is skipped says why in the text.
    skips = [f"{skip.get('message', '')} {skip.text or ''}" for case in cases for skip in case.iter("skipped")]
    problems = [f"{name}: skipped a test: {reason}" for reason in skips if not any(s in reason for s in ALLOWED_SKIPS)]
    if len(cases) < FEWEST_TESTS:
        problems.append(f"{name}: only {len(cases)} tests")
    print(f"{name}: {len(cases) - len(skips)} passed, {len(skips)} skipped")
    return problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
