"""The carrier's interface."""

import time

import requests

from courier import config


class CarrierDown(Exception):
    pass


def book(parcel, settings=None):
    """The carrier's tracking number."""
    settings = settings or config.from_environment()
    for attempt in range(settings.retries + 1):
        if attempt:
            time.sleep(2**attempt)
        try:
            answer = requests.post(f"{settings.carrier}/parcels", json=parcel, timeout=5)
            answer.raise_for_status()
            return answer.json()["tracking"]
        except requests.RequestException:
            continue
    raise CarrierDown(settings.carrier)


class Tracker:
    def __init__(self, settings):
        self.settings = settings
        self.session = requests.Session()

    def state(self, tracking):
        answer = self.session.get(f"{self.settings.carrier}/parcels/{tracking}", timeout=5)
        return answer.json()["state"] if answer.ok else "unknown"
