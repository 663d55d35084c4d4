import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from inventory import database


@pytest.fixture
async def engine(tmp_path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'inventory.db'}")
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
