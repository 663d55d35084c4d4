import pandas as pd
import pytest

from pipeline.extract import clean, load_readings


def test_the_battery_is_left_out(year_of_readings):  # reveal: fixture year_of_readings = tests/conftest.py:10 (session)
    assert list(load_readings(year_of_readings).columns) == ["sensor", "day", "value"]


@pytest.mark.parametrize("sensor", ["s0", "s1", "s199"])
def test_a_sensor_has_a_reading_per_day(year_of_readings, sensor):
    assert len(load_readings(year_of_readings, [sensor])) == 365


@pytest.mark.parametrize("column", {"sensor", "day", "value"})  # expect: HS501 "taken from a set"
def test_a_column_has_no_gap(year_of_readings, column):
    assert load_readings(year_of_readings)[column].notna().all()


def test_days_are_dates(year_of_readings):
    assert load_readings(year_of_readings).head(1)["day"].dtype.kind == "M"


@pytest.mark.large_data
def test_impossible_values_are_dropped(year_of_readings):
    assert clean(load_readings(year_of_readings))["value"].max() <= 60


def test_gaps_are_dropped():
    frame = pd.DataFrame({"sensor": ["a", "b"], "value": [1.0, None]})
    assert list(clean(frame)["sensor"]) == ["a"]
