import pytest
import sqlalchemy as sa

from pipeline import summarise
from pipeline.extract import clean, load_readings
from pipeline.warehouse import DailyMean


@pytest.fixture
def loaded(warehouse, three_days):
    warehouse.store(three_days)
    return warehouse


def test_rows_are_stored(warehouse, three_days):
    assert warehouse.store(three_days) == 3
    assert warehouse.count() == 3


def test_a_new_warehouse_is_empty(warehouse):
    assert warehouse.count() == 0


def test_days_can_be_asked_for(loaded):
    with loaded.sessions() as session:
        warmest = session.execute(sa.select(sa.func.max(DailyMean.value))).scalar_one()
    assert warmest == 6.5


def test_the_hottest_days_are_stored(warehouse, year_of_readings):
    readings = clean(load_readings(year_of_readings, ["s1", "s2"]))
    assert warehouse.store(summarise.hottest(readings, 5)) == 5
