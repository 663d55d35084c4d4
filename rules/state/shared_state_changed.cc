#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture changes what belongs to a module, a class or a single shared object, and nothing changes it back. The
next test in the same process starts from there: results depend on the order and on which tests share a worker.

## Flagged

```python
# file: shop/discounts.py
DISCOUNTS = {"SPRING": 10}
LIMIT = 50

# file: tests/test_discounts.py
from shop import discounts


def test_a_code_can_be_added():
    discounts.DISCOUNTS["VIP"] = 20  # expect: HS302 "DISCOUNTS"
    assert discounts.DISCOUNTS["VIP"] == 20


def test_a_lower_limit():
    discounts.LIMIT = 5  # expect: HS302 "LIMIT"
```

Containers on a class are shared by all its instances, and a `global` is shared by all tests of the module:

```python
class Recorder:
    seen = []

    def record(self, event):
        self.seen.append(event)


calls = 0


def test_class_attribute():
    Recorder.seen.append("a")  # expect: HS302 "Recorder.seen"


def test_counter():
    global calls
    calls += 1  # expect: HS302 "calls"
```

## Not flagged

What belongs to one test, one instance or one fixture value:

```python
class Cart:
    def __init__(self):
        self.items = []


def test_own_instance():
    cart = Cart()
    cart.items.append("mug")
    cart.owner = "me"


class TestCart:
    def test_attribute_of_the_test(self):
        self.cart = Cart()
        self.cart.items.append("mug")
```

What is taken back:

```python
# file: shop/discounts.py
DISCOUNTS = {"SPRING": 10}
LIMIT = 50

# file: tests/test_discounts.py
from unittest import mock

import pytest

from shop import discounts


def test_monkeypatch(monkeypatch):
    monkeypatch.setattr(discounts, "LIMIT", 5)
    monkeypatch.setitem(discounts.DISCOUNTS, "VIP", 20)


def test_patch_dict():
    with mock.patch.dict(discounts.DISCOUNTS):
        discounts.DISCOUNTS["VIP"] = 20


@pytest.fixture
def low_limit():
    before = discounts.LIMIT
    discounts.LIMIT = 5
    yield
    discounts.LIMIT = before


def test_fixture(low_limit): ...


def test_try_finally():
    before = discounts.LIMIT
    discounts.LIMIT = 5
    try:
        pass
    finally:
        discounts.LIMIT = before
```

## Instead

`monkeypatch.setattr` and `monkeypatch.setitem` undo themselves. A registry deserves a fixture that copies it before and
puts it back after the `yield`. Better still, hand the code under test an object of its own instead of a global one.

## Limits

State that only grows and never changes an answer (a cache, a memo) leaks too but does no harm; when the change is made
by the project's own code the finding has low confidence. A change that is undone by code that cannot be followed is taken
as undone.

## References

* [How to monkeypatch/mock modules and environments](https://docs.pytest.org/en/stable/how-to/monkeypatch.html)
* [unittest.mock.patch.dict](https://docs.python.org/3/library/unittest.mock.html#patch-dict)
)page";

void check_state(Check& check, EffectId id) {
  const Effect& effect = check.project()->effects[id];
  if (effect.restored != Restored::no || !effect.function) return;
  const std::optional<Cause> cause = cause_of(check.project(), id);
  if (!cause) return;
  const std::string_view owner = check.project().name(effect.api);
  Finding& finding = report_cause(check, *cause, fmt::format("`{}` is changed and not restored", owner));
  if (!cause->behind.empty()) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule shared_state_changed = {
    .code = "HS302",
    .name = "shared-state-changed",
    .summary = "module, class or singleton state is changed and not changed back",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::global_state},
    .hooks = {.on_effect = check_state},
    .help = "change it through monkeypatch, or restore it after the yield of a fixture",
    .page = page,
};

}  // namespace hasten::rules
