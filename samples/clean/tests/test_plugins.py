from contextlib import contextmanager

import pytest

from courier import plugins
from courier.plugins import Metrics


@contextmanager
def handler(name, function):
    missing = object()
    before = plugins.HANDLERS.get(name, missing)
    plugins.HANDLERS[name] = function
    try:
        yield
    finally:
        if before is missing:
            del plugins.HANDLERS[name]
        else:
            plugins.HANDLERS[name] = before


@pytest.fixture
def metrics(monkeypatch):
    monkeypatch.setattr(Metrics, "parcels", 0)
    monkeypatch.setattr(Metrics, "labels", [])
    return Metrics


def test_the_post_is_the_default():
    assert plugins.handler_for("pigeon")("x") == "X"


def test_a_handler_can_be_registered(handlers):
    plugins.register("pigeon", str.lower)
    assert plugins.handler_for("pigeon")("X") == "x"


def test_a_handler_can_be_lent():
    with handler("pigeon", str.title):
        assert plugins.handler_for("pigeon")("x") == "X"
    assert "pigeon" not in plugins.HANDLERS


def test_a_handler_can_be_replaced(monkeypatch):
    monkeypatch.setitem(plugins.HANDLERS, "post", str.swapcase)
    assert plugins.handler_for("post")("x") == "X"


def test_parcels_are_counted(metrics):
    metrics.sent("T1")
    Metrics.sent("T2")
    assert (Metrics.parcels, Metrics.labels) == (2, ["T1", "T2"])


class TestHandlerNames:
    """State of the instance is a test's own."""

    def setup_method(self):
        self.names = list(plugins.HANDLERS)

    def test_names_are_strings(self):
        self.names.append("extra")
        self.count = len(self.names)
        assert all(isinstance(name, str) for name in self.names)
        assert self.count == 2
