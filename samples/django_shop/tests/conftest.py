import pytest

from shop.models import Order, Product


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def product(db):
    return Product.objects.create(sku="mug", price=1200)


@pytest.fixture
def paid_order(product):
    return Order.objects.create(product=product, total=1690, status=Order.PAID, payment_reference="pay_1")
