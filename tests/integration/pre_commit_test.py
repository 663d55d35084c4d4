"""The real pre-commit installs our hooks from a copy of the repository and runs them on a project, without a network.

The copy takes the binary under test through HASTEN_BINARY; PATH holds no hasten.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import harness
from harness import expect

CLEAN = "def test_sum():\n    assert 1 + 1 == 2\n"
SLOW = "import time\n\n\ndef test_wait():\n    time.sleep(2)\n"
# What the hook repository needs to be: the files that pip and pre-commit read.
HOOK_FILES = [".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "cmake/python_backend.py"]


def main():
    harness.require("pre-commit", "pre-commit")
    harness.require("git", "git")
    with harness.temporary_folder() as folder:
        check_wheel(small_binary(folder))
        hooks = folder / "hooks"
        for name in HOOK_FILES:
            harness.write(hooks / name, (harness.ROOT / name).read_bytes())
        commit(hooks)
        project = folder / "project"
        harness.write(project / "pytest.ini", "[pytest]\n")
        harness.write(project / "tests" / "test_clean.py", CLEAN)
        commit(project)

        cases = Hooks(folder, hooks, project, small_binary(folder))
        cases.expect_tried("hasten", code=0, shows=["Passed"])
        harness.write(project / "tests" / "test_slow.py", SLOW)
        commit(project)
        found = ["Failed", "- exit code: 1", "HS201", "tests/test_slow.py:5:5"]
        cases.expect_tried("hasten", code=1, shows=found)

        # try-repo installs anew each time; from here on the hooks are installed once, as in a project that has them.
        cases.configure()
        cases.expect_run("hasten", "--files", "tests/test_clean.py", code=1, shows=found)
        # The clean file alone has nothing to say; the whole suite speaks whatever file is given.
        cases.expect_run("hasten-files", "--files", "tests/test_clean.py", code=0, shows=["Passed"])
        cases.expect_run("hasten-files", "--files", "tests/test_slow.py", code=1, shows=found)
        harness.write(project / "hasten.toml", 'select = ["HS999"]\n')
        commit(project)
        cases.expect_run("hasten", "--all-files", code=1, shows=["- exit code: 2", "HS999"])
    harness.finish()


def commit(folder):
    identity = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"]
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, *identity, "commit", "--quiet", "--no-verify", "--message", "state")


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL)


def small_binary(folder):
    """Debug symbols would be packed and unpacked again and again."""
    small = folder / "hasten-binary"
    shutil.copy(harness.HASTEN, small)
    if shutil.which("strip"):
        subprocess.run(["strip", small], check=True)
    return small


class Hooks:
    def __init__(self, folder, hooks, project, binary):
        self.hooks = hooks
        self.project = project
        directories = os.environ["PATH"].split(os.pathsep)
        away = os.pathsep.join(part for part in directories if not (Path(part) / "hasten").exists())
        self.env = harness.environment(PATH=away, HASTEN_BINARY=str(binary), PRE_COMMIT_HOME=str(folder / "cache"),
                                       PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1", GIT_CONFIG_GLOBAL=os.devnull)

    def configure(self):
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=self.hooks, check=True, capture_output=True, text=True)
        lines = ["repos:", f"  - repo: {self.hooks}", f"    rev: {head.stdout.strip()}", "    hooks:",
                 "      - id: hasten", "      - id: hasten-files"]
        harness.write(self.project / ".pre-commit-config.yaml", "\n".join(lines) + "\n")
        commit(self.project)

    def expect_tried(self, hook, *, code, shows):
        self.expect(["try-repo", self.hooks, hook, "--all-files"], code, shows)

    def expect_run(self, hook, *files, code, shows):
        self.expect(["run", hook, *files], code, shows)

    def expect(self, arguments, code, shows):
        """pre-commit ends with 1 for every hook that fails and prints the hook's own exit code."""
        done = subprocess.run(["pre-commit", *arguments, "--color=never"], cwd=self.project, env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
        text = done.stdout.decode(errors="replace")
        expect(done.returncode == code, f"{arguments}: ended with {done.returncode}, not {code}:\n{text}")
        for part in shows:
            expect(part in text, f"{arguments}: no {part!r} in:\n{text}")


def check_wheel(binary):
    """The versions agree, the wheel is the same each time, and its program is executable."""
    sys.path.insert(0, str(harness.ROOT / "cmake"))
    sys.dont_write_bytecode = True
    import python_backend

    version = harness.hasten("--version").stdout.decode().split()[-1]
    expect(python_backend.project_version() == version, f"pyproject.toml does not say {version}")
    cmake = (harness.ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    expect(f"project(hasten VERSION {version} " in cmake, f"CMakeLists.txt does not say {version}")

    os.environ["HASTEN_BINARY"] = str(binary)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        names = [python_backend.build_wheel(folder) for folder in (one, two)]
        wheels = [(Path(folder) / name).read_bytes() for folder, name in zip((one, two), names)]
        expect(wheels[0] == wheels[1], "two wheels of one binary differ")
        with zipfile.ZipFile(Path(one) / names[0]) as wheel:
            program = next(entry for entry in wheel.infolist() if entry.filename.endswith("scripts/hasten"))
            expect(program.external_attr >> 16 & 0o111 == 0o111, "the program in the wheel is not executable")
            expect(wheel.testzip() is None, "the wheel is broken")
    del os.environ["HASTEN_BINARY"]

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "hasten").symlink_to(binary)
        path = os.environ["PATH"]
        os.environ["PATH"] = folder + os.pathsep + path
        found = python_backend.found_binary(version)
        expect(found == Path(folder) / "hasten", f"a hasten of the same version on PATH was not taken: {found}")
        expect(python_backend.found_binary("0.0.0") is None, "a hasten of another version was taken")
        os.environ["PATH"] = path


main()
