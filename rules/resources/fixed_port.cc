#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture serves on a port whose number is written in the code, or on the usual one of its server. Two workers that get there at the same time, or a
program on the machine that has the port already, make one of them fail with "address already in use". A session-scoped fixture is no way out: every worker sets up its own.

## Flagged

```python
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


@pytest.fixture
def server():
    server = HTTPServer(("localhost", 8765), BaseHTTPRequestHandler)  # expect: HS402 "takes port 8765"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_health(server): ...


@pytest.fixture(scope="session")
def shop():
    with socket.create_server(("127.0.0.1", 8766)) as shop:  # expect: HS402 "takes port 8766 in fixture `shop`"
        yield shop


def test_shop(shop): ...


def test_listener():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 9000))  # expect: HS402 "takes port 9000 in test `test_listener`"
```

```python
import subprocess
import sys


def test_child(tmp_path):
    with subprocess.Popen([sys.executable, "-m", "http.server", "--directory", str(tmp_path)]):  # expect: HS402 "8000"
        pass


def test_child_with_option():
    with subprocess.Popen(["uvicorn", "app:app", "--port=8123"]):  # expect: HS402 "8123"
        pass
```

## Not flagged

Port 0 is a free one, and an address of which the port is not written in the code may be:

```python
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer


def test_server():
    server = HTTPServer(("localhost", 0), BaseHTTPRequestHandler)
    assert server.server_port


def test_listener(unused_tcp_port):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", unused_tcp_port))
```

```python
import subprocess
import sys


def test_child(unused_tcp_port):
    with subprocess.Popen([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(unused_tcp_port)]):
        pass


def test_child_with_two_options(unused_tcp_port):
    with subprocess.Popen(["gunicorn", "--bind", f"127.0.0.1:{unused_tcp_port}", "--workers", "2", "app:app"]):
        pass


def test_child_with_option(unused_tcp_port):
    with subprocess.Popen(["uvicorn", "app:app", f"--port={unused_tcp_port}"]):
        pass
```

## Instead

Bind port 0 and ask which one it became. Where a program must be told the number, keep the socket open and hand it over, or
add the worker's number to a base port; asking for a free port, closing it and using it later leaves a moment in which
somebody else takes it.

```python
import socket


def test_listener():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        assert port
```

## Limits

A configuration object says only which port it would be, so it has low confidence, and so has what the project's own code
serves or a condition may leave out.

## References

* [socket.socket.bind](https://docs.python.org/3/library/socket.html#socket.socket.bind)
* [pytest-xdist: identifying the worker](https://pytest-xdist.readthedocs.io/en/stable/how-to.html#identifying-the-worker-process-during-a-test)
)page";

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// `builder.getOrCreate()`, `app.run()`: of the port nothing is said, and such a server mostly looks for a free one.
bool has_no_arguments(const Project& project, Place callee) {
  return project.file(callee.file).source.bytes().substr(callee.range.end, 2) == "()";
}

void check_port(Check& check, EffectId id) {
  const Effect& effect = check.project()->effects[id];
  const std::string_view port = check.project().name(effect.resource);
  if (!is_number(port) || port == "0" || has_no_arguments(check.project(), effect.place)) return;
  const std::optional<Cause> cause = cause_of(check.project(), id);
  if (!cause) return;
  const std::string_view api = check.project().name(effect.api);
  Finding& finding = report_cause(check, *cause, fmt::format("`{}` takes port {}", api, port));
  finding.cost = {};
  // A configuration says which port it would be; whether anybody serves there is another matter.
  const bool is_sure = cause->behind.empty() && !cause->is_guarded && !api.ends_with("Config");
  if (!is_sure) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule fixed_port = {
    .code = "HS402",
    .name = "fixed-port",
    .summary = "a test serves on a port whose number is written in the code",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::port},
    .hooks = {.on_effect = check_port},
    .help = "bind port 0 and ask which one it became",
    .page = page,
};

}  // namespace hasten::rules
