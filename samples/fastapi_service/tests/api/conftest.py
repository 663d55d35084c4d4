import httpx
import pytest

from inventory.app import app
from inventory.database import get_session


@pytest.fixture
def service(sessions):
    async def session_of_the_test():
        async with sessions() as session:
            yield session

    app.dependency_overrides[get_session] = session_of_the_test
    yield app
    app.dependency_overrides.clear()


@pytest.fixture
async def client(service):
    transport = httpx.ASGITransport(app=service)
    async with httpx.AsyncClient(transport=transport, base_url="http://inventory") as client:
        yield client


@pytest.fixture
def audit():
    saved = list(app.state.audit)
    app.state.audit = []
    try:
        yield app.state.audit
    finally:
        app.state.audit = saved
