import asyncio

from inventory import stock


class LowStockWorker:
    """Looks for items that run low, every `interval` seconds, until cancelled."""

    def __init__(self, sessions, interval=0.05):
        self.sessions = sessions
        self.interval = interval
        self.rounds = 0

    async def run(self):
        while True:
            async with self.sessions() as session:
                await stock.mark_low(session)
            self.rounds += 1
            await asyncio.sleep(self.interval)


async def with_retries(action, attempts=3, pause=0.1):
    """The result of `action`, tried again after a ConnectionError."""
    for attempt in range(1, attempts + 1):
        try:
            return await action()
        except ConnectionError:
            if attempt == attempts:
                raise
            await asyncio.sleep(pause)
