"""monkeypatch and mocker (E2): they end with the fixture."""

import os
import sys

import pytest
import requests
from shop import remote


def test_attribute(monkeypatch):
    monkeypatch.setattr(remote.requests, "get", lambda url: None)
    remote.fetch()  # reveal: network via requests.get masked by pytest.MonkeyPatch.setattr(requests.get)
    remote.wait()  # reveal: sleep via time.sleep


def test_attribute_by_name(monkeypatch):
    monkeypatch.setattr("shop.remote.requests.get", lambda url: None)
    remote.fetch()  # reveal: network via requests.get masked by pytest.MonkeyPatch.setattr(requests.get)


def test_before_it_is_replaced(monkeypatch):
    remote.wait()  # reveal: sleep via time.sleep
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    remote.wait()


def test_imported_name_stays(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    remote.wait_by_name()  # reveal: sleep via time.sleep


def test_for_a_while(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("time.sleep", lambda seconds: None)
        remote.wait()  # reveal: sleep via time.sleep masked by pytest.MonkeyPatch.setattr(time.sleep)


def test_environment(monkeypatch):
    monkeypatch.setenv("SHOP", "test")  # reveal: env via pytest.MonkeyPatch.setenv restored
    monkeypatch.delenv("OTHER", raising=False)  # reveal: env via pytest.MonkeyPatch.delenv restored


def test_environment_by_hand(monkeypatch):
    monkeypatch.setenv("OTHER", "test")  # reveal: env via pytest.MonkeyPatch.setenv restored
    os.environ["SHOP"] = "test"  # reveal: env via os.environ


def test_variable_that_is_set_before(monkeypatch):
    monkeypatch.setenv("SHOP", "test")  # reveal: env via pytest.MonkeyPatch.setenv restored
    os.environ["SHOP"] = "other"  # reveal: env via os.environ restored


def test_item(monkeypatch):
    monkeypatch.setitem(remote.REGISTRY, "orders", True)
    monkeypatch.setitem(os.environ, "SHOP", "1")  # reveal: env via os.environ restored
    monkeypatch.delitem(os.environ, name="OTHER", raising=False)  # reveal: env via os.environ restored


def test_item_by_hand():
    remote.REGISTRY["orders"] = True  # reveal: global via shop.remote.REGISTRY


def test_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # reveal: cwd via pytest.MonkeyPatch.chdir restored
    remote.save()  # reveal: file-write via builtins.open


def test_folder_of_the_project():
    remote.save()  # reveal: file-write via builtins.open


def test_search_path(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(tmp_path)  # reveal: process-state via pytest.MonkeyPatch.syspath_prepend restored


def test_search_path_by_hand(tmp_path):
    sys.path.insert(0, str(tmp_path))  # reveal: process-state via sys.path.insert


@pytest.fixture
def sleepless(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def test_fixture(sleepless):
    remote.wait()  # reveal: sleep via time.sleep masked by pytest.MonkeyPatch.setattr(time.sleep)


def test_without_the_fixture():
    remote.wait()  # reveal: sleep via time.sleep


@pytest.fixture
def offline(mocker):
    return mocker.patch("requests.get")


def test_mocker_in_a_fixture(offline):
    remote.fetch()  # reveal: network via requests.get masked by pytest_mock.MockerFixture.patch(requests.get)
    remote.fetch_by_name()  # reveal: network via requests.get


def test_mocker(mocker):
    mocker.patch("time.sleep")
    mocker.patch.object(requests, "get")
    remote.wait()  # reveal: sleep via time.sleep masked by pytest_mock.MockerFixture.patch(time.sleep)
    remote.fetch()  # reveal: network via requests.get masked by pytest_mock.MockerFixture.patch.object(requests.get)
    remote.build()  # reveal: subprocess via subprocess.run


def test_mocker_environment(mocker):
    mocker.patch.dict("os.environ", {"SHOP": "1"})  # reveal: env via os.environ restored
    os.environ["SHOP"] = "2"  # reveal: env via os.environ restored


def test_spy_calls_the_real_one(mocker):
    mocker.spy(requests, "get")
    remote.fetch()  # reveal: network via requests.get


def test_mocker_by_hand(mocker):
    client = remote.Client()
    client.session = mocker.Mock()
    client.push()  # reveal: network via requests.Session.post masked by client.session = ...


def test_mocker_stops(mocker):
    mocker.patch("time.sleep")
    remote.wait()
    mocker.stopall()
    remote.wait()  # reveal: sleep via time.sleep
