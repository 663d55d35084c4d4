import pandas as pd

COLUMNS = ["sensor", "day", "value"]


def load_readings(path, sensors=None):
    """All readings of the file, or those of `sensors`."""
    frame = pd.read_csv(path, usecols=COLUMNS, parse_dates=["day"])
    if sensors is not None:
        frame = frame[frame["sensor"].isin(sensors)]
    return frame


def clean(frame):
    """Without gaps and without what no sensor can measure."""
    frame = frame.dropna(subset=["value"])
    return frame[frame["value"].between(-60, 60)]
