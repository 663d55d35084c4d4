#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/symbol.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A patch replaces a name that nobody looks up: the code under test has imported the object under a name of its own and goes on
using the original. The test then does for real what it means to fake, slowly and with side effects, or passes by accident.

## Flagged

```python
# file: shop/api.py
def fetch(order): ...

# file: shop/views.py
from shop.api import fetch


def show(order):
    return fetch(order)

# file: tests/test_views.py
from unittest import mock

from shop import api
from shop.views import show


@mock.patch("shop.api.fetch")  # expect: HS305 "`shop.api.fetch` is patched, but `shop.views.fetch` is used"
def test_decorated(fetch):
    assert show("mug")


def test_context():
    with mock.patch("shop.api.fetch"):  # expect: HS305
        assert show("mug")


def test_monkeypatch(monkeypatch):
    monkeypatch.setattr(api, "fetch", lambda order: "mug")  # expect: HS305
    assert show("mug")
```

A container that is put in the place of another one is the same mistake: it looks as if every test began with an empty one,
but the code goes on filling the old one:

```python
# file: shop/registry.py
ITEMS = {}

# file: shop/views.py
from shop.registry import ITEMS


def add(order):
    ITEMS[order] = 1

# file: tests/test_views.py
import pytest

from shop import registry
from shop.views import add


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(registry, "ITEMS", {})  # expect: HS305 "`shop.registry.ITEMS` is patched"


def test_add():
    add("mug")
```

## Not flagged

```python
# file: shop/api.py
import requests


def fetch(order):
    return requests.get("https://api.example.com/orders")


def fetch_all(orders):
    return [fetch(order) for order in orders]


def cancel(order): ...


def refund(order): ...


# file: shop/views.py
from shop import api
from shop.api import cancel, fetch


def show(order):
    return fetch(order)


def drop(order):
    cancel(order)


def pay_back(order):
    from shop.api import refund

    return refund(order)


def cancel_later(order):
    return api.cancel(order)

# file: tests/test_views.py
from unittest import mock

from shop import api, views


def test_the_name_that_is_looked_up():
    with mock.patch("shop.views.fetch"):
        views.show("mug")


def test_both():
    with mock.patch("shop.api.fetch"), mock.patch("shop.views.fetch"):
        views.show("mug")


def test_the_module_uses_it_itself():
    with mock.patch("shop.api.fetch"):
        api.fetch_all(["mug"])


def test_looked_up_as_an_attribute():
    with mock.patch("shop.api.cancel"):
        views.cancel_later("mug")


def test_imported_when_it_runs():
    with mock.patch("shop.api.refund"):
        views.pay_back("mug")
```

## Instead

Patch the name where it is looked up, that is in the module that uses it. Of a container change what is in it
(`mock.patch.dict(registry.ITEMS, clear=True)`), so that everybody who holds it sees the change.

```python
# file: shop/api.py
def fetch(order): ...

# file: shop/views.py
from shop.api import fetch


def show(order):
    return fetch(order)

# file: tests/test_views.py
from unittest import mock

from shop.views import show


@mock.patch("shop.views.fetch")
def test_show(fetch):
    assert show("mug")
```

## Limits

Reported only when nothing that hasten has read looks the patched name up: no attribute and no text of that name in the
project's code, no use of it in functions of its own module, no import of it inside a function, and no module that the test
imports anew. Whether the test gets to the code that holds the other name is not asked. Names of installed packages
(`requests.get`) are left alone.

## References

* [Where to patch](https://docs.python.org/3/library/unittest.mock.html#where-to-patch)
)page";

/// The tests in whose code `place` is; those of a fixture or helper are not asked for.
std::vector<TestId> tests_at(const Project& project, Place place) {
  const FunctionRef function = enclosing_function(project, place);
  std::vector<TestId> tests;
  if (!function) return tests;
  for (TestId id : project->tests.ids()) {
    if (project->tests[id].function == function) tests.push_back(id);
  }
  return tests;
}

void check_patches(Check& check) {
  const Project& project = check.project();
  for (const PatchFact& fact : project->patches) {
    if (fact.trouble != PatchTrouble::not_looked_up) continue;
    Finding& finding = check.report(fact.place, fmt::format("`{}` is patched, but `{}` is used",
                                                            project.name(fact.target), project.name(fact.held)));
    finding.symbol = symbol_at(project, fact.place);
    finding.tests = tests_at(project, fact.place);
    finding.related.push_back({fact.holder, fmt::format("`{}` is made here", project.name(fact.held))});
  }
}

}  // namespace

extern const Rule patch_without_effect = {
    .code = "HS305",
    .name = "patch-without-effect",
    .summary = "a patch replaces a name that the code under test does not look up",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_patches},
    .help = "patch the name in the module that uses it",
    .page = page,
};

}  // namespace hasten::rules
