from unittest import mock

import pytest


@pytest.fixture
def settings(settings):
    settings.retries = 2
    return settings


@pytest.fixture(autouse=True)
def no_pauses():
    """Nobody waits for a carrier here."""
    with mock.patch("courier.carrier.time.sleep") as sleep:
        yield sleep
