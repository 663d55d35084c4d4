import os
from contextlib import contextmanager
from datetime import date
from pathlib import Path

FOLDER = "labels"


def write_label(tracking, folder=FOLDER):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{tracking}.txt"
    path.write_text(f"{tracking} {date.today().isoformat()}\n", encoding="utf-8")
    return path


@contextmanager
def working_in(folder):
    """Runs a block in `folder`; label tools know no other way."""
    previous = os.getcwd()
    os.chdir(folder)
    try:
        yield Path(folder)
    finally:
        os.chdir(previous)


def labels_in(folder):
    with working_in(folder):
        return sorted(name for name in os.listdir(".") if name.endswith(".txt"))
