"""What may happen to an item."""

from sqlalchemy import select

from inventory.models import Item

LOW = 5


class OutOfStock(Exception):
    pass


async def find(session, name):
    return (await session.execute(select(Item).where(Item.name == name))).scalar_one_or_none()


async def receive(session, name, quantity):
    item = await find(session, name)
    if item is None:
        item = Item(name=name, quantity=0, state="ok")
        session.add(item)
    item.quantity += quantity
    await session.commit()
    return item


async def take(session, name, quantity):
    item = await find(session, name)
    if item is None or item.quantity < quantity:
        raise OutOfStock(name)
    item.quantity -= quantity
    await session.commit()
    return item


async def mark_low(session):
    items = (await session.execute(select(Item).where(Item.quantity < LOW))).scalars().all()
    for item in items:
        item.state = "low"
    await session.commit()
    return len(items)
