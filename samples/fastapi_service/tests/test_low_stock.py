import asyncio
import contextlib

import pytest
from polling import wait_until

from inventory import stock
from inventory.worker import LowStockWorker


@pytest.fixture
async def worker(sessions):
    worker = LowStockWorker(sessions)
    task = asyncio.ensure_future(worker.run())
    yield worker
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_low_items_are_marked(worker, session):
    await stock.receive(session, "washer", 1)

    async def is_marked():
        item = await stock.find(session, "washer")
        await session.refresh(item)
        return item.state == "low"

    await wait_until(is_marked)


async def test_the_worker_goes_on(worker):
    async def has_looked_twice():
        return worker.rounds >= 2

    await wait_until(has_looked_twice)
