"""Beside the folder whose conftest has the hook, not in it."""

from shop import remote


def test_fetch():
    remote.fetch()  # reveal: network via requests.get
