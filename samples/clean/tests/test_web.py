import pytest
from starlette.testclient import TestClient

from courier.web import create_app


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def test_countries_are_listed(client):
    assert client.get("/countries").json() == ["de", "fr", "nl"]


def test_other_pages_are_not_found(client):
    assert client.get("/parcels").status_code == 404
