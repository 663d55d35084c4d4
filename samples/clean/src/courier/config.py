import os
from dataclasses import dataclass

DEFAULT_CARRIER = "https://carrier.example.invalid"
COUNTRIES = {"de": "Germany", "fr": "France", "nl": "Netherlands"}


@dataclass
class Config:
    carrier: str
    token: str
    retries: int


def from_environment():
    return Config(
        carrier=os.environ.get("COURIER_CARRIER", DEFAULT_CARRIER),
        token=os.environ.get("COURIER_TOKEN", ""),
        retries=int(os.environ.get("COURIER_RETRIES", "2")),
    )
