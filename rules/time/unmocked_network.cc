#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
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

The call may be in a fixture, a helper or the project's own client:

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
    assert api.charge(100)["paid"]  # expect: HS202 "behind `api.charge`"
```

A mock of another library does not help:

```python
import httpx
import responses


@responses.activate
def test_status():
    assert httpx.get("https://api.example.com/status").is_success  # expect: HS202 "httpx.get"
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

A server on this machine is not the outside world:

```python
import requests


def test_local():
    assert requests.get("http://127.0.0.1:8765/health").ok


def test_server_of_a_fixture(httpserver):
    assert requests.get(httpserver.url_for("/health")).ok
```

A test that says by a marker, or by its folder (`tests/integration`), that it needs the network, so that it can be left out:

```python
import pytest
import requests


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
`server` or `httpbin` in it) or opens a port itself, since it then most likely talks to that. Plain sockets and `urllib` without a known address are not
reported. The markers that count are `network`, `internet`, `online`, `live`, `remote`, `remote_data`, `external`,
`integration`, `e2e`, `needs_network` and `requires_network`.

## References

* [responses](https://github.com/getsentry/responses)
* [respx](https://lundberg.github.io/respx/)
* [pytest-socket](https://github.com/miketheman/pytest-socket)
* [pytest-recording](https://github.com/kiwicom/pytest-recording)
)page";

/// The host of `https://user@host:443/path`, `host:443` or `host`.
std::string_view host_of(std::string_view address) {
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    address.remove_prefix(scheme + 3);
  }
  address = address.substr(0, address.find_first_of("/?#"));
  if (const std::size_t user = address.rfind('@'); user != std::string_view::npos) address.remove_prefix(user + 1);
  if (address.starts_with('[')) return address.substr(0, address.find(']') + 1);
  return address.substr(0, address.find(':'));
}

/// Empty when the text is a pattern (`%s`, `{host}`) rather than a host.
std::string_view known_host(std::string_view address) {
  const std::string_view host = host_of(address);
  return host.find_first_of("%{}<> ") == std::string_view::npos ? host : std::string_view();
}

/// Without an address these say nothing: most sockets of tests lead to this machine, and urlopen reads local files.
bool needs_address(std::string_view api) {
  return api.starts_with("socket.") || api.starts_with("asyncio.") || api.starts_with("urllib.");
}

/// tests/integration/test_cli.py
bool stands_in_folder(std::string_view path, std::span<const std::string_view> names) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (std::ranges::find(names, path.substr(0, slash)) != names.end()) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

/// Left to itself by its author: such tests are run on their own, if at all.
bool is_meant_to(const Project& project, TestId test) {
  constexpr std::array<std::string_view, 11> marks = {"e2e",    "external",    "integration",     "internet",
                                                      "live",   "network",     "needs_network",   "online",
                                                      "remote", "remote_data", "requires_network"};
  const Test& row = project->tests[test];
  return has_mark(project, row, marks) || stands_in_folder(project.path(row.file), marks);
}

/// This machine, the names that test clients use, and the domains that RFC 2606 keeps from resolving.
bool stays_here(std::string_view host) {
  constexpr std::array<std::string_view, 5> names = {"localhost", "0.0.0.0", "[::1]", "testserver", "testclient"};
  return std::ranges::find(names, host) != names.end() || host.starts_with("127.") || host.starts_with("localhost.") ||
         host.ends_with(".localhost") || host == "test" || host.ends_with(".test") || host.ends_with(".invalid");
}

bool has_server_fixture(const Project& project, TestId test) {
  return std::ranges::any_of(project->tests[test].closure, [&](const ClosureEntry& entry) {
    // An autouse fixture such as pytest-django's `_live_server_helper` is there for every test.
    if (entry.fixture && project->fixtures[entry.fixture].is_autouse) return false;
    const std::string_view name = project.name(entry.name);
    return name.find("server") != std::string_view::npos || name.starts_with("httpbin");
  });
}

/// The reaches of tests that most likely talk to a server of their own.
void leave_out_local_servers(const Project& project, std::vector<Reach>& reaches) {
  const std::vector<TestId> openers = tests_with(project, EffectKind::port, [](const Effect&) { return true; });
  std::erase_if(reaches, [&](const Reach& reach) {
    return std::ranges::binary_search(openers, reach.test) || has_server_fixture(project, reach.test);
  });
}

std::string deed(const Project& project, const Effect& effect, std::string_view host) {
  const std::string_view api = project.name(effect.api);
  return host.empty() ? fmt::format("`{}` goes to the network", api) : fmt::format("`{}` contacts `{}`", api, host);
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
  if (host.empty()) finding.confidence = Confidence::medium;
  if (is_guarded(project, cause->path)) finding.confidence = Confidence::low;
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
