from django.conf import settings

from shop import discounts
from shop.models import Order
from shop.payments import PaymentsClient, PaymentsUnavailable

SHIPPING = 490


def price(product, quantity, code=None):
    total = discounts.apply(code, product.price * quantity)
    return total if total >= settings.FREE_SHIPPING_FROM else total + SHIPPING


def place_order(product, quantity, code=None):
    """An order that could not be charged stays pending; the nightly job tries again."""
    total = price(product, quantity, code)
    order = Order.objects.create(product=product, quantity=quantity, total=total)
    try:
        order.payment_reference = PaymentsClient().charge(f"order-{order.id}", total)
        order.status = Order.PAID
    except PaymentsUnavailable:
        return order
    order.save()
    return order


def refund(order):
    try:
        if not PaymentsClient().refund(order.payment_reference):
            return False
    except PaymentsUnavailable:
        return False
    order.status = Order.REFUNDED
    order.save()
    return True


def payment_state(order):
    try:
        return PaymentsClient().status(order.payment_reference)
    except PaymentsUnavailable:
        return "unknown"
