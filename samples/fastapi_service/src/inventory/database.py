import os

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

from inventory.models import Base

DEFAULT_URL = "sqlite+aiosqlite:///inventory.db"


def connect(url=None):
    return create_async_engine(url or os.environ.get("INVENTORY_DATABASE", DEFAULT_URL))


async def create_schema(engine):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


def session_factory(engine):
    return sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def get_session():
    engine = connect()
    async with session_factory(engine)() as session:
        yield session
    await engine.dispose()
