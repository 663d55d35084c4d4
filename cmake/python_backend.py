"""A PEP 517 backend that packs the hasten binary into a wheel. Standard library only, so pip downloads nothing.

The binary is, in this order: the file that HASTEN_BINARY names, a `hasten` on PATH of the same version, or what CMake
builds from this source (which needs the packages of cmake/setup.sh).
"""

import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAIN = '''"""`python -m hasten` runs the program that was installed beside this package."""

import os
import sys
import sysconfig

program = os.path.join(sysconfig.get_path("scripts"), "hasten")
os.execv(program, [program, *sys.argv[1:]])
'''


def get_requires_for_build_wheel(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    version = project_version()
    with tempfile.TemporaryDirectory(prefix="hasten-build-") as folder:
        program = found_binary(version) or built_binary(pathlib.Path(folder))
        tag = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
        name = f"hasten-{version}-{tag}.whl"
        write_wheel(pathlib.Path(wheel_directory) / name, version, tag, program)
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise SystemExit("hasten: there is no source package; install from the repository")


def project_version():
    return re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]


def found_binary(version):
    named = os.environ.get("HASTEN_BINARY")
    if named:
        if reported_version(named) != version:
            raise SystemExit(f"hasten: HASTEN_BINARY={named} is not hasten {version}")
        return pathlib.Path(named)
    # An installed package's script is no binary to pack: it may be the very one that is being replaced.
    on_path = shutil.which("hasten")
    if on_path and open(on_path, "rb").read(4) == b"\x7fELF" and reported_version(on_path) == version:
        return pathlib.Path(on_path)
    return None


def reported_version(program):
    try:
        done = subprocess.run([program, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.decode(errors="replace").split()
    return words[-1] if words else None


def built_binary(folder):
    if shutil.which("cmake") is None:
        raise SystemExit("hasten: there is neither a hasten of this version on PATH nor cmake to build one")
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    steps = [
        ["cmake", "-S", ROOT, "-B", folder, *generator, "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF",
         "--compile-no-warning-as-error"],
        ["cmake", "--build", folder, "--target", "hasten", "--parallel", str(os.cpu_count() or 1)],
    ]
    for step in steps:
        # pip shows standard error of a backend that fails.
        if subprocess.call([str(word) for word in step], stdout=sys.stderr) != 0:
            raise SystemExit("hasten: the build failed; what it needs: `bash cmake/quickstart.sh` installs it")
    return folder / "hasten"


def write_wheel(path, version, tag, program):
    info = f"hasten-{version}.dist-info"
    files = [
        ("hasten/__init__.py", b"", 0o644),
        ("hasten/__main__.py", MAIN.encode(), 0o644),
        (f"hasten-{version}.data/scripts/hasten", program.read_bytes(), 0o755),
        (f"{info}/METADATA", metadata(version).encode(), 0o644),
        (f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: hasten\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(), 0o644),
        (f"{info}/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
    ]
    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data, _ in files)
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), 0o644))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data, mode in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the same bytes whenever it is built
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)


def metadata(version):
    summary = re.search(r'^description = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    return (f"Metadata-Version: 2.1\nName: hasten\nVersion: {version}\nSummary: {summary}\n"
            f"License: MIT\nRequires-Python: >=3.7\n")


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
