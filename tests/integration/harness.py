"""What the integration tests share: the binary, a project that has something to find, node packages.

Every test is called as `NAME_test.py HASTEN BUILD_FOLDER` and ends with 0, with 1, or with 77 when a tool that it needs
is not installed (CTest: skipped).
"""

import fcntl
import hashlib
import os
import shutil
import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77

HASTEN = Path(sys.argv[1]).resolve()
BUILD = Path(sys.argv[2]).resolve()

_failures = []


def expect(holds, message):
    """Collects instead of stopping: one run shows all that is wrong."""
    if not holds:
        _failures.append(message)


def finish():
    for failure in _failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    sys.exit(1 if _failures else 0)


def require(tool, package):
    if shutil.which(tool) is None:
        print(f"skipped: {tool} is missing, install {package}")
        sys.exit(SKIPPED)


def hasten(*arguments, cwd=None, codes=(0, 1), env=None):
    """Standard output and error as bytes; the exit code must be one of `codes`."""
    command = [str(HASTEN), *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=env)
    expect(done.returncode in codes, f"{command} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done


def effect_rows(folder):
    """What `list effects` prints."""
    return json.loads(hasten("list", "effects", "--output-format", "json", cwd=folder).stdout)["effects"]


def effects_of_tests(folder):
    """By the name of the test function what `list effects` says happens, as "sleep 1 s"; masked rows left out."""
    found = {}
    for row in effect_rows(folder):
        if not row["masked_by"]:
            found.setdefault(row["test"].split("::")[-1], set()).add(f"{row['kind']} {row['resource']}")
    return found


def expect_effects(folder, expected):
    """`expected`: by the name of the test function, as effects_of_tests has them."""
    found = effects_of_tests(folder)
    for test, effects in expected.items():
        expect(found.get(test, set()) == effects, f"{test}: {found.get(test)}, expected {effects}")


@contextmanager
def temporary_folder():
    with tempfile.TemporaryDirectory(prefix="hasten-") as folder:
        yield Path(folder).resolve()


@contextmanager
def project(files):
    """A folder with these files: path -> text or bytes."""
    with temporary_folder() as folder:
        for name, text in files.items():
            write(folder / name, text)
        yield folder


def node_modules():
    """The packages that package-lock.json pins, installed once per build folder; nothing of them is run by npm."""
    require("npm", "npm")
    folder = BUILD / "integration"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "installed"
    with open(folder / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
            for name in ["package.json", "package-lock.json", ".npmrc"]:
                shutil.copy(HERE / name, folder / name)
            subprocess.run(["npm", "ci", "--ignore-scripts", "--prefer-offline"], cwd=folder, check=True)
            stamp.write_text(wanted, encoding="ascii")
    return folder / "node_modules"


def write(path, text):
    """Bytes as they are, so that line ends and marks stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def environment(**changes):
    """That of this process without what turns colours on or off; None removes a variable."""
    variables = {key: value for key, value in os.environ.items() if "COLOR" not in key}
    variables.update({key: value for key, value in changes.items() if value is not None})
    return variables
