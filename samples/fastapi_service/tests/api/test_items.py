import asyncio

import pytest
from fastapi.testclient import TestClient

from inventory import stock
from inventory.app import app
from inventory.database import get_session


async def test_an_unknown_item_is_not_found(client):
    assert (await client.get("/items/bolt")).status_code == 404


async def test_received_items_are_stored(client, session):  # reveal: fixture session = tests/conftest.py:21 (function)
    await client.post("/items/bolt/receive", json={"quantity": 7})
    assert (await stock.find(session, "bolt")).quantity == 7


async def test_taking_more_than_there_is_fails(client):
    await client.post("/items/nut/receive", json={"quantity": 2})
    await asyncio.sleep(0.1)  # expect: HS201
    assert (await client.post("/items/nut/take", json={"quantity": 3})).status_code == 409


async def test_two_clients_may_take_in_turn(client):
    await client.post("/items/nut/receive", json={"quantity": 2})
    first = asyncio.ensure_future(client.post("/items/nut/take", json={"quantity": 1}))
    await asyncio.sleep(0)
    second = await client.post("/items/nut/take", json={"quantity": 1})
    assert {(await first).status_code, second.status_code} == {200}


@pytest.mark.parametrize("taken", range(1, 41))
async def test_what_is_taken_is_gone(client, taken):
    await client.post("/items/bolt/receive", json={"quantity": 40})
    answer = await client.post("/items/bolt/take", json={"quantity": taken})
    assert answer.json() == {"name": "bolt", "quantity": 40 - taken}


@pytest.mark.parametrize("path", ["/health", "/openapi.json"])
def test_public_pages_need_no_database(path):
    with TestClient(app) as client:
        assert client.get(path).status_code == 200


def test_a_failing_database_is_an_error():
    class BrokenSession:
        async def execute(self, statement):
            raise RuntimeError("no connection")

    app.dependency_overrides[get_session] = BrokenSession  # expect: HS302
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/items/bolt").status_code == 500


class TestAudit:
    @pytest.fixture
    def entry(self, audit):
        audit.append("received 7 bolts")
        return audit[-1]

    def test_entries_are_kept(self, entry):
        assert app.state.audit == [entry]

    def test_there_are_none_at_first(self, audit):
        assert app.state.audit == []
