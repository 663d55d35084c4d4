import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from inventory import database


@pytest.fixture
async def engine():  # expect: HS101
    engine = create_async_engine("sqlite+aiosqlite://")
    await database.create_schema(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def sessions(engine):
    return database.session_factory(engine)


@pytest.fixture
async def session(sessions):
    async with sessions() as session:
        yield session
