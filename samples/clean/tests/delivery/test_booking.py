from unittest import TestCase, mock

import pytest
import requests
import responses

from courier import carrier
from courier.config import Config

PARCEL = {"to": "nl", "grams": 900}
URL = "https://carrier.example.invalid/parcels"


@responses.activate
def test_a_parcel_gets_a_number(settings):  # reveal: fixture settings = tests/delivery/conftest.py:7 (function)
    responses.add(responses.POST, URL, json={"tracking": "T1"})
    assert carrier.book(PARCEL, settings) == "T1"


def test_numbers_come_from_the_answer(settings):
    with responses.RequestsMock() as carrier_api:
        carrier_api.add(responses.POST, URL, json={"tracking": "T2"})
        assert carrier.book(PARCEL, settings) == "T2"


def test_a_busy_carrier_is_asked_again(settings, requests_mock, no_pauses):
    requests_mock.post(URL, [{"status_code": 503}, {"json": {"tracking": "T3"}}])
    assert carrier.book(PARCEL, settings) == "T3"
    no_pauses.assert_called_once_with(2)


@mock.patch("courier.carrier.requests.post", side_effect=requests.ConnectionError)
def test_a_carrier_may_be_down(post, settings, no_pauses):
    with pytest.raises(carrier.CarrierDown):
        carrier.book(PARCEL, settings)
    assert post.call_count == 3
    assert no_pauses.call_count == 2


@mock.patch.object(carrier.requests, "post")
def test_the_parcel_is_sent_as_it_is(post, settings):
    carrier.book(PARCEL, settings)
    assert post.call_args.kwargs["json"] == PARCEL


@mock.patch.multiple("courier.carrier.requests", post=mock.DEFAULT)
def test_the_address_follows_the_environment(monkeypatch, **patched):
    monkeypatch.setenv("COURIER_CARRIER", "https://other.example.invalid")
    carrier.book(PARCEL)
    assert patched["post"].call_args.args == ("https://other.example.invalid/parcels",)


def test_the_tracker_asks_for_the_state(settings, mocker):
    get = mocker.patch.object(carrier.requests.Session, "get")
    get.return_value.json.return_value = {"state": "delivered"}
    assert carrier.Tracker(settings).state("T1") == "delivered"


def test_an_unknown_number_has_no_state(settings, monkeypatch):
    monkeypatch.setattr(carrier.requests.Session, "get", lambda self, url, timeout: mock.Mock(ok=False))
    assert carrier.Tracker(settings).state("T0") == "unknown"


def test_the_tracker_speaks_http(local_carrier):
    tracker = carrier.Tracker(Config(carrier=local_carrier, token="", retries=0))
    assert tracker.state("T9") == "on its way"


class BookingTest(TestCase):
    weights = (100, 900, 2000)

    def setUp(self):
        patcher = mock.patch("courier.carrier.requests.post")
        self.post = patcher.start()
        self.addCleanup(patcher.stop)
        self.post.return_value.json.return_value = {"tracking": "T4"}

    def test_every_weight_is_booked(self):
        settings = Config(carrier="https://carrier.example.invalid", token="", retries=0)
        for grams in self.weights:
            self.assertEqual(carrier.book({"grams": grams}, settings), "T4")


@mock.patch("courier.carrier.requests.post")
class TestCountries:
    names = ["de", "fr"]

    @pytest.mark.parametrize("country", names)
    def test_parcels_go_abroad(self, post, settings, country):
        carrier.book({"to": country}, settings)
        post.assert_called_once()
