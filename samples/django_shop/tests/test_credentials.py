import os
from unittest import mock

import pytest

from shop.payments import credentials


@pytest.fixture
def live_environment():
    saved = os.environ.copy()
    os.environ["PAYMENTS_API_KEY"] = "sk_live_fixture"
    yield
    os.environ.clear()
    os.environ.update(saved)


def test_the_sandbox_is_the_default(monkeypatch):
    monkeypatch.delenv("PAYMENTS_API_KEY", raising=False)
    assert not credentials.is_live()


def test_a_key_makes_it_live(monkeypatch):
    monkeypatch.setenv("PAYMENTS_API_KEY", "sk_live_1")
    assert credentials.is_live()


def test_the_key_is_read_at_each_call():
    os.environ["PAYMENTS_API_KEY"] = "sk_live_2"  # expect: HS301 "PAYMENTS_API_KEY"
    assert credentials.api_key() == "sk_live_2"


def test_the_key_of_the_fixture(live_environment):
    assert credentials.api_key() == "sk_live_fixture"


@mock.patch.dict(os.environ, {"PAYMENTS_REGION": "us"})
def test_the_region_comes_from_the_environment():
    os.environ["PAYMENTS_ZONE"] = "us-1"
    assert credentials.region() == "us"


def test_the_region_is_european_by_default():
    os.environ.setdefault("PAYMENTS_ZONE", "eu-1")  # expect: HS301 "PAYMENTS_ZONE"
    assert credentials.region() == "eu"
