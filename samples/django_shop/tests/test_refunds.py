import time
from unittest import mock

from django.test import TestCase, override_settings

from shop import services
from shop.models import Order, Product


def make_order():
    product = Product.objects.create(sku="poster", price=900)
    return Order.objects.create(product=product, total=1390, status=Order.PAID, payment_reference="pay_9")


class RefundTest(TestCase):
    def setUp(self):
        patcher = mock.patch("shop.payments.client.requests.post")
        self.post = patcher.start()
        self.addCleanup(patcher.stop)
        self.order = make_order()

    def test_an_order_is_refunded(self):
        self.post.return_value.ok = True
        assert services.refund(self.order)
        assert self.order.status == Order.REFUNDED

    def test_the_provider_may_refuse(self):
        self.post.return_value.ok = False
        assert not services.refund(self.order)

    @override_settings(PAYMENTS_URL="https://eu.payments.example.invalid")
    def test_the_address_is_a_setting(self):
        services.refund(self.order)
        assert self.post.call_args.args[0] == "https://eu.payments.example.invalid/charges/pay_9/refund"


class SettlementTest(TestCase):
    """Refunds are refused in the second in which the payment arrived."""

    def setUp(self):
        self.order = make_order()
        time.sleep(0.2)  # expect: HS201 "0.2 s"

    def test_a_refund_without_answer_changes_nothing(self):
        assert not services.refund(self.order)  # expect: HS202
        self.order.refresh_from_db()
        assert self.order.status == Order.PAID

    def test_other_timeouts_can_be_set(self):
        with self.settings(PAYMENTS_TIMEOUT=0.5):
            assert not services.refund(self.order)
