"""The files of this repository, and a way to say what is wrong with them: shared by the tests that read the tree itself."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", "build", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hasten_cache"}


def files(root=ROOT, suffixes=None):
    """Every file under `root` that is not built or fetched, sorted, as paths relative to it."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED and not name.startswith("build-")]
        found += [Path(folder, name).relative_to(root) for name in names]
    return sorted(path for path in found if suffixes is None or path.suffix in suffixes)


def finish(complaints):
    """Prints the complaints and ends the process the way CTest wants it."""
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaint(s)")
    sys.exit(1 if complaints else 0)
