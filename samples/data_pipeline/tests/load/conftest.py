import pandas as pd
import pytest


@pytest.fixture(scope="module")
def three_days():
    days = pd.to_datetime(["2024-03-01", "2024-03-02", "2024-03-03"])
    return pd.DataFrame({"sensor": "roof", "day": days, "value": [4.0, 6.5, 5.0]})


@pytest.fixture
def no_days():  # expect: HS102
    return pd.DataFrame({"sensor": [], "day": [], "value": []})
