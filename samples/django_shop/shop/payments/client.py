"""The payment provider's HTTP interface."""

import requests
from django.conf import settings

from shop.payments import credentials


class PaymentsUnavailable(Exception):
    """The provider could not be reached or did not answer in time."""


class PaymentsClient:
    def __init__(self, base_url=None):
        self.base_url = base_url or settings.PAYMENTS_URL
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {credentials.api_key()}"

    def charge(self, reference, amount):
        """Returns the provider's id of the payment."""
        try:
            response = self.session.post(
                f"{self.base_url}/charges",
                json={"reference": reference, "amount": amount},
                timeout=settings.PAYMENTS_TIMEOUT,
            )
            response.raise_for_status()
        except requests.RequestException as error:
            raise PaymentsUnavailable(str(error)) from error
        return response.json()["id"]

    def status(self, payment_id):
        try:
            response = self.session.get(f"{self.base_url}/charges/{payment_id}", timeout=settings.PAYMENTS_TIMEOUT)
            response.raise_for_status()
        except requests.RequestException as error:
            raise PaymentsUnavailable(str(error)) from error
        return response.json()["status"]

    def refund(self, payment_id):
        try:
            response = requests.post(
                f"{self.base_url}/charges/{payment_id}/refund",
                headers=self.session.headers,
                timeout=settings.PAYMENTS_TIMEOUT,
            )
        except requests.RequestException as error:
            raise PaymentsUnavailable(str(error)) from error
        return response.ok
