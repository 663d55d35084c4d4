import asyncio
from unittest import mock

import pytest

from inventory.worker import with_retries


async def test_the_first_success_is_returned():
    action = mock.AsyncMock(side_effect=[ConnectionError, "done"])
    assert await with_retries(action) == "done"


async def test_the_last_failure_is_raised():
    action = mock.AsyncMock(side_effect=ConnectionError)
    with mock.patch("inventory.worker.asyncio.sleep", new_callable=mock.AsyncMock) as sleep:
        with pytest.raises(ConnectionError):
            await with_retries(action)
    assert sleep.await_count == 2


async def test_success_needs_no_pause(monkeypatch):
    monkeypatch.setattr(asyncio, "sleep", mock.AsyncMock(side_effect=AssertionError))
    assert await with_retries(mock.AsyncMock(return_value=1)) == 1
