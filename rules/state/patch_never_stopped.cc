#include <string>

#include "analyzer/check/check.h"
#include "analyzer/check/symbol.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture starts a patch by hand and nothing stops it. The mock stays in place for every test that follows in the same
process: they pass or fail depending on the order, and on which of them share a worker.

## Flagged

```python
import unittest
from unittest import mock
from unittest.mock import patch


class TestMail(unittest.TestCase):
    def setUp(self):
        self.send = mock.patch("smtplib.SMTP").start()  # expect: HS306 "started and never stopped"
        self.clock = patch("time.time")
        self.clock.start()  # expect: HS306

    def test_sent(self): ...


def test_charge():
    patcher = patch("shop.api.charge", create=True)
    charge = patcher.start()  # expect: HS306
    charge.return_value = "paid"
```

## Not flagged

```python
import unittest
from unittest import mock

import pytest


class TestMail(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("smtplib.SMTP")
        self.send = patcher.start()
        self.addCleanup(patcher.stop)
        self.clock = mock.patch("time.time")
        self.clock.start()

    def tearDown(self):
        self.clock.stop()

    def test_sent(self): ...


@pytest.fixture
def charge():
    patcher = mock.patch("shop.api.charge", create=True)
    yield patcher.start()
    patcher.stop()


def test_charge(charge): ...


def test_refund():
    client = make_client()
    mock.patch.object(client, "send").start()
    client.refund()
```

`patch.stopall` stops them all:

```python
import unittest
from unittest import mock


class TestMail(unittest.TestCase):
    def setUp(self):
        self.send = mock.patch("smtplib.SMTP").start()
        self.addCleanup(mock.patch.stopall)

    def test_sent(self): ...
```

## Instead

Use `with mock.patch(...)`, the decorator, or pytest-mock's `mocker.patch`, which end by themselves. Where `start` is
needed, register the end in the next line:

```python
import unittest
from unittest import mock


class TestMail(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("smtplib.SMTP")
        self.send = patcher.start()
        self.addCleanup(patcher.stop)

    def test_sent(self): ...
```

## Limits

A patcher that is handed to anybody else, and a base class that is not read, are taken to stop it; a project that mentions
`stopall` anywhere is left alone. So is a patch of an object that only one function knows. Patches that a module or one of pytest's hooks starts are meant to last.

## References

* [patch methods: start and stop](https://docs.python.org/3/library/unittest.mock.html#patch-methods-start-and-stop)
)page";

void check_patches(Check& check) {
  for (const PatchFact& fact : check.project()->patches) {
    if (fact.trouble != PatchTrouble::never_stopped) continue;
    Finding& finding = check.report(fact.place, "a patch is started and never stopped");
    finding.symbol = symbol_at(check.project(), fact.place);
  }
}

}  // namespace

extern const Rule patch_never_stopped = {
    .code = "HS306",
    .name = "patch-never-stopped",
    .summary = "a patch is started by hand and nothing stops it",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_suite = check_patches},
    .help = "register the end beside the start: self.addCleanup(patcher.stop)",
    .page = page,
};

}  // namespace hasten::rules
