"""HTTP mockers (E4) hold for the transport that they replace, and for nothing else."""

import aiohttp
import aioresponses
import httpretty
import httpx
import pytest
import requests
import requests_mock
import responses
import respx
import vcr
from shop import remote


@responses.activate
def test_responses():
    remote.fetch()  # reveal: network via requests.get masked by responses.activate
    remote.fetch_by_session()  # reveal: network via requests.Session.get masked by responses.activate


@responses.activate
def test_responses_for_httpx():
    remote.fetch_by_httpx()  # reveal: network via httpx.get


@responses.activate
def test_responses_for_urllib():
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen


def test_responses_for_a_while():
    with responses.RequestsMock() as mocked:
        mocked.get("https://api.example.com/orders")
        remote.fetch()
    remote.fetch()  # reveal: network via requests.get


@pytest.fixture
def mocked_responses():
    with responses.RequestsMock() as mocked:
        yield mocked


def test_responses_by_fixture(mocked_responses):
    remote.fetch()  # reveal: network via requests.get masked by responses.RequestsMock
    remote.fetch_by_httpx()  # reveal: network via httpx.get


@requests_mock.Mocker()
def test_requests_mock(mocked):
    remote.fetch()  # reveal: network via requests.get masked by requests_mock.Mocker


def test_requests_mock_by_fixture(requests_mock):
    remote.fetch()  # reveal: network via requests.get masked by fixture requests_mock
    remote.fetch_by_httpx()  # reveal: network via httpx.get


def test_requests_mock_for_a_while():
    with requests_mock.Mocker() as mocked:
        mocked.get("https://api.example.com/orders")
        remote.fetch()
    remote.fetch()  # reveal: network via requests.get


@respx.mock
def test_respx():
    remote.fetch_by_httpx()  # reveal: network via httpx.get masked by respx.mock


@respx.mock
def test_respx_for_requests():
    remote.fetch()  # reveal: network via requests.get


def test_respx_by_fixture(respx_mock):
    remote.fetch_by_httpx()  # reveal: network via httpx.get masked by fixture respx_mock
    remote.fetch()  # reveal: network via requests.get


def test_httpx_mock(httpx_mock):
    remote.fetch_by_httpx()  # reveal: network via httpx.get masked by fixture httpx_mock
    remote.fetch()  # reveal: network via requests.get


@httpretty.activate
def test_httpretty():
    remote.fetch()  # reveal: network via requests.get masked by httpretty.activate
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen masked by httpretty.activate


async def test_aioresponses():
    with aioresponses.aioresponses():
        async with aiohttp.ClientSession() as session:
            await session.get("https://api.example.com/orders")  # reveal: network via aiohttp.ClientSession.get masked by aioresponses.aioresponses
    remote.fetch()  # reveal: network via requests.get


@vcr.use_cassette("orders.yaml")
def test_cassette():
    remote.fetch()  # reveal: network via requests.get masked by vcr.use_cassette


@pytest.mark.vcr
def test_cassette_by_mark():
    remote.fetch()  # reveal: network via requests.get masked by pytest.mark.vcr
    remote.wait()  # reveal: sleep via time.sleep


def test_transport():
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200)))
    client.get("https://api.example.com/orders")


def test_real_transport():
    client = httpx.Client()
    client.get("https://api.example.com/orders")  # reveal: network via httpx.Client.get


@pytest.mark.disable_socket
def test_no_sockets():
    remote.fetch()  # reveal: network via requests.get masked by pytest.mark.disable_socket


def test_no_sockets_by_fixture(socket_disabled):
    remote.fetch()  # reveal: network via requests.get masked by fixture socket_disabled
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen masked by fixture socket_disabled
    remote.wait()  # reveal: sleep via time.sleep


def test_this_machine():
    requests.get("http://localhost:8000/orders")  # reveal: network via requests.get
    requests.get("http://127.0.0.1:8000/orders")  # reveal: network via requests.get
    requests.get("https://api.example.com/orders")  # reveal: network via requests.get


def test_new_cassette(tmp_path):
    with vcr.use_cassette(str(tmp_path / "orders.yaml")):
        remote.fetch()  # reveal: network via requests.get


def test_new_cassette_that_must_not_record(tmp_path):
    with vcr.use_cassette(str(tmp_path / "orders.yaml"), record_mode="none"):
        remote.fetch()  # reveal: network via requests.get masked by vcr.use_cassette
