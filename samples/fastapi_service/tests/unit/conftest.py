import pytest

from inventory.models import Item


class FakeSession:
    """Holds one item and answers every query with it."""

    def __init__(self, item):
        self.item = item
        self.commits = 0

    async def execute(self, statement):
        return self

    def scalar_one_or_none(self):
        return self.item

    async def commit(self):
        self.commits += 1


@pytest.fixture
def session():
    return FakeSession(Item(name="screw", quantity=10, state="ok"))
