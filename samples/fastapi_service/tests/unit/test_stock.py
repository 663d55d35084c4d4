import pytest

from inventory import stock


@pytest.fixture(params=[1, 10])
def quantity(request):
    return request.param


async def test_taking_lowers_stock(session, quantity):  # reveal: fixture session = tests/unit/conftest.py:24 (function)
    item = await stock.take(session, "screw", quantity)
    assert item.quantity == 10 - quantity
    assert session.commits == 1


async def test_nothing_is_taken_from_an_empty_shelf(session):
    session.item.quantity = 0
    with pytest.raises(stock.OutOfStock):
        await stock.take(session, "screw", 1)


@pytest.fixture
def strict_limit():
    saved = stock.LOW
    stock.LOW = 50
    yield stock.LOW
    stock.LOW = saved


def test_the_limit_can_be_raised(strict_limit):
    assert stock.LOW == strict_limit


def test_the_limit_is_a_module_setting():
    stock.LOW = 3  # expect: HS302 "LOW"
    assert stock.LOW == 3
