import asyncio
import time


async def wait_until(condition, timeout=2.0):
    """Asks again and again until `condition` holds."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the condition did not come true")
