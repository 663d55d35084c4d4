from pathlib import Path

import pandas as pd

REPORT = "report.csv"


def write_report(frame: pd.DataFrame, path=REPORT):
    """Writes the report next to where the pipeline runs, unless told otherwise."""
    frame.to_csv(path, index=False)
    return Path(path)


def write_summary(frame: pd.DataFrame, name, folder="."):
    target = Path(folder) / f"{name}.txt"
    target.write_text(f"{len(frame)} rows\n", encoding="utf-8")
    return target
