import os
from unittest import mock

from courier import config


def test_the_token_is_empty_at_first():
    assert config.from_environment().token == ""


def test_the_token_is_read(monkeypatch):
    monkeypatch.setenv("COURIER_TOKEN", "secret")
    assert config.from_environment().token == "secret"


def test_everything_is_read(environment):
    assert config.from_environment() == config.Config(config.DEFAULT_CARRIER, "from the fixture", 5)


@mock.patch.dict(os.environ, {"COURIER_RETRIES": "7"})
def test_retries_are_a_number():
    assert config.from_environment().retries == 7


def test_an_old_name_is_not_read():
    with mock.patch.dict("os.environ", clear=True):
        os.environ["COURIER_RETRY"] = "9"
        assert config.from_environment().retries == 2


def test_the_process_may_set_a_carrier():
    before = os.environ.get("COURIER_CARRIER")
    os.environ["COURIER_CARRIER"] = "https://third.example.invalid"
    try:
        assert config.from_environment().carrier == "https://third.example.invalid"
    finally:
        if before is None:
            del os.environ["COURIER_CARRIER"]
        else:
            os.environ["COURIER_CARRIER"] = before


def test_countries_have_names():
    assert config.COUNTRIES["nl"] == "Netherlands"
    assert [code for code in config.COUNTRIES if code > "e"] == ["fr", "nl"]
