import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from courier import plugins, storage
from courier.config import Config


@pytest.fixture(autouse=True)
def no_token(monkeypatch):
    monkeypatch.delenv("COURIER_TOKEN", raising=False)


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    """Built once; tests work in a transaction that is rolled back."""
    engine = storage.open_storage(f"sqlite:///{tmp_path_factory.mktemp('storage') / 'parcels.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine):
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def settings():
    return Config(carrier="https://carrier.example.invalid", token="t", retries=1)


@pytest.fixture
def environment():
    saved = os.environ.copy()
    os.environ.clear()
    os.environ.update({"COURIER_TOKEN": "from the fixture", "COURIER_RETRIES": "5"})
    yield
    os.environ.clear()
    os.environ.update(saved)


@pytest.fixture
def handlers():
    saved = dict(plugins.HANDLERS)
    yield plugins.HANDLERS
    plugins.HANDLERS.clear()
    plugins.HANDLERS.update(saved)


class CarrierHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"state": "on its way"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def local_carrier():
    """A carrier on this machine, on whatever port is free."""
    server = HTTPServer(("127.0.0.1", 0), CarrierHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
