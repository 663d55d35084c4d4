#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/addresses.h"
#include "analyzer/check/cause.h"
#include "analyzer/check/guards.h"
#include "analyzer/check/surroundings.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test reaches another machine: it is as slow as the network, fails when the other side does, and may change something
there.

## Flagged

```python
import requests


def test_latest_release():
    answer = requests.get("https://api.example.com/releases/latest")  # expect: HS202 "api.example.com"
    assert answer.ok
```

The call may be in a fixture, a helper or, with low confidence, the project's own client:

```python
# file: shop/payments.py
import requests


class Api:
    def charge(self, cents):
        return requests.post("https://pay.example.com/v1/charges", json={"amount": cents}).json()

# file: tests/test_payments.py
import pytest

from shop.payments import Api


@pytest.fixture
def api():
    return Api()


def test_charge(api):
    assert api.charge(100)["paid"]  # expect: HS202 low "behind `api.charge`"
```

Or it is passed to what calls it:

```python
import asyncio

import requests


async def test_status():
    answer = await asyncio.to_thread(requests.get, "https://api.example.com/status")  # expect: HS202 "api.example.com"
    assert answer.ok
```

A mock of another library does not help:

```python
import httpx
import responses


@responses.activate
def test_status():
    assert httpx.get("https://api.example.com/status").is_success  # expect: HS202 "httpx.get"
```

What the project's own code may leave out, or does with a client that it is given, has low confidence:

```python
# file: shop/rates.py
import requests


def rate(currency, cache):
    if currency in cache:
        return cache[currency]
    return requests.get("https://rates.example.com/" + currency).json()


def refresh(url):
    return requests.get(url).json()


def renew(url):
    return requests.get(url).json()


def ask(url):
    return requests.get(url).json()


def send(url):
    return requests.post(url).json()

# file: tests/test_rates.py
import pytest
import requests

from shop import rates


def test_cached():
    assert rates.rate("EUR", {"EUR": 1}) == 1  # expect: HS202 low "behind `rates.rate`"


def test_address_is_needed():
    with pytest.raises(ValueError):
        rates.refresh(None)  # expect: HS202 low


def test_address_is_needed_to_send():
    pytest.raises(ValueError, rates.send, None)  # expect: HS202 low


def test_address_for_examples():
    assert rates.ask("https://rates.example.com")  # expect: HS202 low


def test_address_of_a_server_of_its_own(port):
    assert requests.get(f"http://{start_server(port)}/").ok  # expect: HS202 low


def test_refresh_from_outside():
    assert rates.renew("https://rates.shop.io")  # expect: HS202 medium
```

## Not flagged

Mocked by a library that knows the client, or by replacing the name that is looked up:

```python
from unittest import mock

import requests
import responses


@responses.activate
def test_mocked_transport():
    responses.get("https://api.example.com/status", json={})
    assert requests.get("https://api.example.com/status").ok


@mock.patch("requests.get")
def test_patched(get):
    requests.get("https://api.example.com/status")
    get.assert_called_once()


def test_adapter(requests_mock):
    requests_mock.get("https://api.example.com/status", text="ok")
    assert requests.get("https://api.example.com/status").text == "ok"
```

Addresses that name no machine:

```python
import urllib.request


def test_addresses():
    urllib.request.urlopen("data:text/plain,orders")
    urllib.request.urlopen("file:///usr/share/orders.txt")
```

A mark that a hook puts on every test below its conftest:

```python
# file: requirements.txt
pytest-recording==0.13.4

# file: tests/conftest.py
import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.vcr)

# file: tests/test_status.py
import requests


def test_status():
    assert requests.get("https://api.example.com/status").ok
```

A decorator of one's own that puts the mock around the test:

```python
# file: tests/aws.py
from functools import wraps

from moto import mock_aws


def with_bucket(name):
    def decorate(test):
        @wraps(test)
        def run(*args, **kwargs):
            with mock_aws():
                return test(*args, bucket=name, **kwargs)

        return run

    return decorate

# file: tests/test_objects.py
import boto3

from aws import with_bucket


@with_bucket("orders")
def test_put(bucket=None):
    boto3.client("s3").put_object(Bucket=bucket, Key="a", Body="b")
```

moto's decorator of a class covers `setUp`:

```python
import unittest

import boto3
from moto import mock_aws


@mock_aws
class TestObjects(unittest.TestCase):
    def setUp(self):
        self.client = boto3.client("s3")
        self.client.create_bucket(Bucket="orders")

    def test_put(self):
        self.client.put_object(Bucket="orders", Key="a", Body="b")
```

Clients that are built on a mock:

```python
from googleapiclient import discovery
from googleapiclient.http import HttpMock


def test_zones():
    dns = discovery.build("dns", "v1", http=HttpMock("discovery.json", {"status": "200"}))
    assert dns
```

What test code puts in the place of the client, of a method or of a function, also on a subclass of the one that asks:

```python
# file: shop/payments.py
import requests

session = requests.Session()


class Api:
    def __init__(self):
        self.session = requests.Session()

    def charge(self, cents):
        return self.send("charges", cents)

    def send(self, path, cents):
        return self.session.post("https://pay.example.com/v1/" + path, json=cents).json()


class TestApi(Api):
    __test__ = False


def rates():
    return session.get("https://pay.example.com/v1/rates").json()

# file: tests/test_payments.py
from unittest import mock

from shop import payments


def test_fake_session():
    api = payments.Api()
    api.session = mock.create_autospec(payments.requests.Session)
    api.charge(100)


def test_fake_method():
    api = payments.Api()
    api.send = lambda path, cents: "paid"
    api.charge(100)


def test_method_of_a_subclass(monkeypatch):
    api = payments.TestApi()
    monkeypatch.setattr(api, "send", lambda path, cents: "paid")
    api.charge(100)


def test_method_of_the_modules_session():
    with mock.patch("shop.payments.session.get"):
        payments.rates()
```

What all methods of a client go through, and mocks of its own in the place of one:

```python
from unittest import mock

import anthropic
import openai
import requests


def test_transport():
    client = anthropic.Anthropic(api_key="z")
    client.messages._post = mock.Mock(return_value={})
    client.messages.create(model="m", max_tokens=10, messages=[])


def test_transport_is_patched():
    client = openai.OpenAI(api_key="z")
    with mock.patch.object(client.embeddings, "_post"):
        client.embeddings.create(model="m", input="text")


def test_method():
    session = requests.Session()
    session.get = mock.MagicMock()
    session.get("https://api.example.com/status")


def test_method_by_plugin(mocker):
    session = requests.Session()
    session.get = mocker.Mock()
    session.get("https://api.example.com/status")
```

An address that only the client knows, which in tests is mostly that of an application in the same process:

```python
import httpx
import pytest


@pytest.fixture
def client(make_client) -> httpx.Client:
    return make_client()


def fetch(client: httpx.Client):
    return client.get("/orders/1")


def test_order(client: httpx.Client):
    assert fetch(client).json()["id"] == 1
```

A server on this machine is not the outside world:

```python
import boto3
import requests

MOTO = "http://127.0.0.1:5555/"


def test_local():
    assert requests.get("http://127.0.0.1:8765/health").ok


def test_server_of_a_fixture(httpserver):
    assert requests.get(httpserver.url_for("/health")).ok


def test_client_of_a_local_server():
    client = boto3.client("s3", endpoint_url=MOTO)
    client.create_bucket(Bucket="orders")
```

A test that says by a marker, by its folder or file (`tests/integration`, `test_integration.py`), or by asking for an option
or an environment variable that it needs the network, so that it can be left out:

```python
import os

import pytest
import requests

from helpers import requires_network


@requires_network
def test_marked_under_another_name():
    assert requests.get("https://api.example.com/status").ok


@pytest.mark.skipif("LIVE" not in os.environ, reason="needs the service")
def test_asked_for():
    assert requests.get("https://api.example.com/status").ok


@pytest.mark.network
def test_the_real_service():
    assert requests.get("https://api.example.com/status").ok
```

## Instead

Answer in the process: `responses` or `requests-mock` for requests, `respx` or `httpx.MockTransport` for httpx,
`aioresponses` for aiohttp, `moto` or botocore's stubber for AWS. Or record once and replay with `pytest-recording`. For
the few tests that are meant to talk to the real service, add a marker and run them on their own. `pytest-socket`'s
`--disable-socket` keeps new ones out.

## Limits

Connections behind pools, drivers and generated clients are seen where the library is known by name. When the address is
not written in the code the finding has medium confidence, and there is none for a test that uses a server fixture (a name with
`server` or `httpbin` in it) or opens a port itself, since it then most likely talks to that. What the project's own code does
with an address that the test does not spell out, behind a condition, a loop, a handler or a way out, where the test
expects a failure or tries whether the network is there, has low confidence. Plain sockets and `urllib` without a known address are not
reported. The markers that count are `network`, `internet`, `online`, `live`, `remote`, `remote_data`, `external`,
`integration`, `e2e`, `needs_network` and `requires_network`.

## References

* [responses](https://github.com/getsentry/responses)
* [respx](https://lundberg.github.io/respx/)
* [pytest-socket](https://github.com/miketheman/pytest-socket)
* [pytest-recording](https://github.com/kiwicom/pytest-recording)
)page";

/// tests/integration/test_cli.py
bool stands_in_folder(std::string_view path, std::span<const std::string_view> names) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (std::ranges::find(names, path.substr(0, slash)) != names.end()) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

constexpr std::array<std::string_view, 11> outside_words = {"e2e",    "external",    "integration",     "internet",
                                                            "live",   "network",     "needs_network",   "online",
                                                            "remote", "remote_data", "requires_network"};

/// `@requires_network`, `@network`, imported from the suite's helpers: a mark under another name.
bool names_outside(std::string_view decorator) {
  constexpr std::array<std::string_view, 4> parts = {"integration", "internet", "network", "online"};
  return std::ranges::any_of(parts, [&](std::string_view part) { return decorator.find(part) != std::string::npos; });
}

/// test_integration.py, integration_test.py
bool is_integration_file(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find("integration") != std::string_view::npos;
}

/// Left to itself by its author: such tests are run on their own, if at all.
bool is_meant_to(const Project& project, TestId test) {
  const Test& row = project->tests[test];
  return has_mark(project, row, outside_words) || has_decorator(project, row, names_outside) ||
         is_asked_for(project, row) || stands_in_folder(project.path(row.file), outside_words) ||
         is_integration_file(project.path(row.file));
}

bool has_server_fixture(const Project& project, TestId test) {
  return std::ranges::any_of(project->tests[test].closure, [&](const ClosureEntry& entry) {
    // An autouse fixture such as pytest-django's `_live_server_helper` is there for every test.
    if (entry.fixture && project->fixtures[entry.fixture].is_autouse) return false;
    const std::string_view name = project.name(entry.name);
    return name.find("server") != std::string_view::npos || name.starts_with("httpbin");
  });
}

/// Tests that take a port, unless a condition in the project's own code may keep them from it: ascending.
std::vector<TestId> tests_that_serve(const Project& project) {
  std::vector<TestId> tests;
  for (const EffectId id : project->effects.ids()) {
    if (project->effects[id].kind != EffectKind::port) continue;
    for (const Reach& reach : live_reaches(project, id)) {
      if (!is_guarded(project, reach.path)) tests.push_back(reach.test);
    }
  }
  std::ranges::sort(tests);
  return tests;
}

/// The reaches of tests that most likely talk to a server of their own.
void leave_out_local_servers(const Project& project, std::vector<Reach>& reaches) {
  const std::vector<TestId> openers = tests_that_serve(project);
  std::erase_if(reaches, [&](const Reach& reach) {
    return std::ranges::binary_search(openers, reach.test) || has_server_fixture(project, reach.test);
  });
}

std::string deed(const Project& project, const Effect& effect, std::string_view host) {
  const std::string_view api = project.name(effect.api);
  return host.empty() ? fmt::format("`{}` goes to the network", api) : fmt::format("`{}` contacts `{}`", api, host);
}

/// Does the statement in test code spell out an address of another machine?
bool passes_address(const Project& project, const Cause& cause) {
  const FileModel& model = project.model(cause.place.file);
  const StatementId id = statement_at(model, cause.place.range);
  const ExprId value = id ? model.statements[id].value : ExprId();
  return value && std::ranges::any_of(model.subtree(value), [&](ExprId expr) {
           const std::string_view text = model.exprs[expr].kind == ExprKind::string ? model.word(expr) : "";
           const bool is_address = text.starts_with("http://") || text.starts_with("https://");
           const std::string_view host = is_address ? known_host(text) : std::string_view();
           return !host.empty() && !stays_here(host) && !is_example(host);
         });
}

/// What the project's own code does with a client that it was given is mostly done with a fake one, and a `try` in test
/// code asks whether the network is there.
Confidence confidence(const Project& project, const Cause& cause, std::string_view host) {
  if (cause.is_guarded || stands_in(project, cause.place, BlockKind::try_)) return Confidence::low;
  if (cause.behind.empty() && !host.empty()) return Confidence::high;
  const std::string_view api = project.name(project->effects[cause.effect].api);
  if (cause.behind.empty()) return takes_address(api) ? Confidence::low : Confidence::medium;
  return passes_address(project, cause) ? Confidence::medium : Confidence::low;
}

void check_network(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  const std::string_view host = known_host(project.name(effect.resource));
  if (stays_here(host) || (host.empty() && needs_address(project.name(effect.api)))) return;

  std::vector<Reach> reaches = live_reaches(project, id);
  const bool is_reached = !reaches.empty();
  std::erase_if(reaches, [&](const Reach& reach) { return is_meant_to(project, reach.test); });
  if (host.empty()) leave_out_local_servers(project, reaches);
  const std::optional<Cause> cause = is_reached ? cause_of(project, id, std::move(reaches)) : cause_of(project, id);
  if (!cause) return;
  Finding& finding = report_cause(check, *cause, deed(project, effect, host));
  finding.confidence = confidence(project, *cause, host);
}

}  // namespace

extern const Rule unmocked_network = {
    .code = "HS202",
    .name = "unmocked-network",
    .summary = "a test reaches another machine",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::network},
    .hooks = {.on_effect = check_network},
    .help = "answer the request in the process with a mock of the client's transport",
    .page = page,
};

}  // namespace hasten::rules
