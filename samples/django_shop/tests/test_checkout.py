import json
from unittest import mock

import pytest
import requests
import responses
from django.urls import reverse

from shop import services, views
from shop.models import Order
from shop.payments import PaymentsClient

CHARGES = "https://payments.example.invalid/v1/charges"


def checkout_request(rf, **body):
    return rf.post("/checkout/", json.dumps(body), content_type="application/json")


class FakePayments:
    """Accepts every charge."""

    def __init__(self):
        self.charged = []

    def charge(self, reference, amount):
        self.charged.append((reference, amount))
        return "pay_fake"


@mock.patch("shop.services.PaymentsClient")
def test_a_paid_order_is_created(payments, rf, product):  # reveal: fixture product = tests/conftest.py:12 (function)
    payments.return_value.charge.return_value = "pay_42"
    response = views.checkout(checkout_request(rf, sku="mug", quantity=2))
    assert response.status_code == 201
    assert Order.objects.get().payment_reference == "pay_42"


def test_an_order_without_payment_stays_pending(rf, product):
    response = views.checkout(checkout_request(rf, sku="mug", quantity=2))  # expect: HS202
    assert response.status_code == 202
    assert Order.objects.get().status == Order.PENDING


def test_a_discount_lowers_the_total(rf, product):
    response = views.checkout(checkout_request(rf, sku="mug", quantity=10, code="welcome10"))
    assert json.loads(response.content)["total"] == 10800


def test_checkout_by_its_address(client, product):
    response = client.post(reverse("checkout"), {"sku": "mug"}, content_type="application/json")
    assert response.status_code == 202


@responses.activate
def test_the_provider_sees_the_amount(product):
    responses.add(responses.POST, CHARGES, json={"id": "pay_7"}, status=201)
    order = services.place_order(product, 5)
    assert order.status == Order.PAID
    assert json.loads(responses.calls[0].request.body) == {"reference": f"order-{order.id}", "amount": 6000}


def test_the_method_is_patched(product):
    with mock.patch.object(PaymentsClient, "charge", return_value="pay_8") as charge:
        services.place_order(product, 1)
    charge.assert_called_once()


def test_the_class_is_replaced_by_a_fake(product, monkeypatch):
    monkeypatch.setattr("shop.services.PaymentsClient", FakePayments)
    assert services.place_order(product, 1).payment_reference == "pay_fake"


def test_the_provider_times_out(product, mocker):
    mocker.patch("shop.payments.client.requests.Session.post", side_effect=requests.Timeout)
    assert services.place_order(product, 1).status == Order.PENDING


def test_shipping_is_free_from_fifty(product, settings):
    settings.FREE_SHIPPING_FROM = 1000
    assert services.price(product, 1) == 1200


@pytest.mark.parametrize("quantity, total", [(1, 1690), (2, 2890), (5, 6000)])
def test_small_orders_pay_for_shipping(product, quantity, total):
    assert services.price(product, quantity) == total


def test_the_state_of_a_payment_is_asked_for(client, rf, paid_order, mocker):
    mocker.patch.object(PaymentsClient, "status", return_value="settled")
    assert client.get(reverse("order-status", args=[paid_order.id])).json()["payment"] == "settled"
    assert views.order_status(rf.get("/"), paid_order.id).status_code == 200


def test_the_state_of_a_payment_may_be_unknown(paid_order, mocker):
    # A spy calls through.
    spy = mocker.spy(PaymentsClient, "status")
    assert services.payment_state(paid_order) == "unknown"  # expect: HS202
    assert spy.call_count == 1
