#include <optional>

#include "analyzer/check/cause.h"
#include "analyzer/check/port_probes.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Code has the system choose a free port, closes the socket and hands out the number. From then on the port is free again: another
pytest-xdist worker, or any program, may be given the same one before the test gets to use it. The test then fails with
"address already in use", or talks to somebody else's server, once in a while and mostly in CI.

## Flagged

```python
# file: tests/ports.py
import socket
from contextlib import closing


def free_port():
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as s:
        s.bind(("", 0))  # expect: HS404 medium "behind a closed socket in helper `free_port`"
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return s.getsockname()[1]

# file: tests/test_shop.py
import socket
import socketserver

import pytest

from shop import Server
from tests.ports import free_port


@pytest.fixture
def server():
    with Server(free_port()) as server:
        yield server


def test_shop(server): ...


@pytest.fixture(scope="session")
def port():
    s = socket.socket()
    s.bind(("localhost", 0))  # expect: HS404 "in fixture `port`"
    port = s.getsockname()[1]
    s.close()
    return port


def test_port(port): ...


def a_port():
    with socketserver.TCPServer(("localhost", 0), None) as server:  # expect: HS404 "in helper `a_port`"
        return server.server_address[1]


def another_port():
    s = socket.socket()
    try:
        s.bind(("localhost", 0))  # expect: HS404 "in helper `another_port`"
        return s.getsockname()[1]
    finally:
        s.close()


class TestServer:
    def setup_method(self):
        with socket.socket() as s:
            s.bind(("localhost", 0))  # expect: HS404 "setup_method"
            _, self.port = s.getsockname()

    def test_server(self):
        Server(self.port)
        Server(a_port())
        Server(another_port())
```

Where the test itself does it, it may want a port on which nobody answers:

```python
import socket

import pytest

from shop import Client


def test_nobody_answers():
    with socket.socket() as s:
        s.bind(("localhost", 0))  # expect: HS404 low
        port = s.getsockname()[1]
    with pytest.raises(ConnectionError):
        Client(port)
```

## Not flagged

The socket is kept while the number is in use, or handed out together with it:

```python
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


def bound_socket():
    s = socket.socket()
    s.bind(("localhost", 0))
    return s, s.getsockname()[1]


@pytest.fixture
def port():
    with socket.socket() as s:
        s.bind(("localhost", 0))
        s.listen()
        yield s.getsockname()[1]


@pytest.fixture
def server():
    server = HTTPServer(("localhost", 0), BaseHTTPRequestHandler)
    port = server.server_port
    yield f"http://localhost:{port}"
    server.server_close()


def test_ports(port, server):
    s, number = bound_socket()
    s.close()
```

Only the host is asked for:

```python
import socket


def has_second_loopback():
    with socket.socket() as s:
        s.bind(("127.0.0.2", 0))
        return s.getsockname()[0] == "127.0.0.2"


def test_loopback():
    assert has_second_loopback()
```

## Instead

Have the server itself bind port 0 and ask it which one it became; or bind here and hand over the open socket (uvicorn, gunicorn,
hypercorn, asyncio and most others take one, as `fd` or `sock`). Where a child process can only be told a number, give every worker
a range of its own:

```python
import os

import pytest


@pytest.fixture(scope="session")
def port():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return 20000 + 10 * int(worker.removeprefix("gw"))


def test_port(port): ...
```

## Limits

One function must do all of it. Fixtures of plugins that do the same (`unused_tcp_port` of pytest-asyncio and anyio) are not reported.
What the project's own code does has low confidence.

## References

* [socket.socket.getsockname](https://docs.python.org/3/library/socket.html#socket.socket.getsockname)
* [pytest-xdist: identifying the worker](https://pytest-xdist.readthedocs.io/en/stable/how-to.html#identifying-the-worker-process-during-a-test)
)page";

void check_port(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (project.name(effect.resource) != "0") return;
  const std::optional<Place> use = use_of_given_up_port(project, effect);
  if (!use) return;
  const std::optional<Cause> cause = cause_of(project, id);
  if (!cause) return;
  Finding& finding = report_cause(check, *cause, "the number of a free port is used behind a closed socket");
  finding.cost = {};
  finding.related.push_back({*use, "used here, when any other process may have taken the port"});
  if (cause->is_guarded || !cause->behind.empty() || cause->site == CauseSite::test) {
    finding.confidence = Confidence::low;
  }
}

}  // namespace

extern const Rule free_port_race = {
    .code = "HS404",
    .name = "free-port-race",
    .summary = "a free port is looked for, given up and only then used",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::port},
    .hooks = {.on_effect = check_port},
    .help = "let the server bind port 0 itself, or hand over the bound socket",
    .page = page,
};

}  // namespace hasten::rules
