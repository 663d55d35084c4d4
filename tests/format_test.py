"""Every C++ file is formatted as .clang-format says, text files end in a newline and have no trailing blanks.

    format_test.py [CLANG_FORMAT]

Versions of clang-format differ in taste, so only 14 counts; without it that part is skipped and said to be.
"""

import subprocess
import sys

import repository

TEXT = {".h", ".cc", ".cmake", ".py", ".md", ".toml", ".sh", ".yml", ".yaml", ".json", ".txt"}
SKIPPED = 77  # CTest's word for it, see tests/CMakeLists.txt

complaints = []
for path in repository.files(suffixes=TEXT):
    if path.parts[0] == "samples":
        continue  # those are inputs, and some are odd on purpose
    data = (repository.ROOT / path).read_bytes()
    if data and not data.endswith(b"\n"):
        complaints.append(f"{path}: no newline at the end")
    for number, line in enumerate(data.splitlines(), 1):
        if line != line.rstrip() and path.suffix not in (".toml", ".txt"):
            complaints.append(f"{path}:{number}: blanks at the end of the line")

clang_format = sys.argv[1] if len(sys.argv) > 1 else ""
if clang_format:
    sources = [str(path) for path in repository.files(suffixes={".h", ".cc"})]
    done = subprocess.run([clang_format, "--dry-run", "-Werror", *sources],
                          cwd=repository.ROOT, capture_output=True, text=True, check=False)
    complaints += [line for line in done.stderr.splitlines() if "clang-format-violations" in line]
    if done.returncode != 0 and not done.stderr.strip():
        complaints.append(f"{clang_format} ended with {done.returncode}")
elif not complaints:
    print("clang-format 14 is not installed: C++ files were not looked at")
    sys.exit(SKIPPED)
repository.finish(complaints)
