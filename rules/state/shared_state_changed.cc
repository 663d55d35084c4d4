#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/surroundings.h"

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

What the project's own code changes by itself, an entry under a key that is not written down, and a helper's numbering are
mostly harmless and have low confidence:

```python
# file: shop/registry.py
SHOPS = {}


class Shop:
    newest = None

    def __init__(self, name):
        Shop.newest = self
        self.name = name

# file: tests/test_registry.py
from shop import registry

serial = 0


def make_name():
    global serial
    serial += 1  # expect: HS302 low "serial"
    return f"shop {serial}"


def test_newest():
    registry.Shop("one")  # expect: HS302 low "behind `registry.Shop`"


def test_registry():
    name = make_name()
    registry.SHOPS[name] = 1  # expect: HS302 low "SHOPS"
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

```python
class Options:
    flags = {}

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)


def test_own_flags():
    options = Options(flags={"fast": True})
    options.flags["fast"] = False
```

```python
class Strategy:
    order_types = {}


class Grid(Strategy):
    order_types = {"entry": "limit"}


class Bot:
    def __init__(self, strategy: Strategy):
        self.strategy = strategy


def test_own_order_types():
    bot = Bot(load_strategy())
    bot.strategy.order_types["entry"] = "market"
```

What is expected to fail:

```python
import pytest

from shop import settings


class Frozen:
    limit = 5


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        settings.limit = 10
    with pytest.raises(TypeError, match="frozen"):
        Frozen.limit = 10
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

What gives back the value that the module starts with, also one that was kept at the top of the test module or by the
`setUp` of the class, and what the object that holds it takes back itself:

```python
# file: shop/discounts.py
LIMIT = 50


class Settings:
    def __init__(self):
        self.limit = None

    def reset(self):
        self.limit = None


SETTINGS = Settings()

# file: tests/test_discounts.py
import unittest

import pytest

from shop import discounts

first_limit = discounts.LIMIT


def test_initial_value():
    discounts.LIMIT = 50


def test_put_back():
    discounts.LIMIT = 5
    assert discounts.LIMIT == 5
    discounts.LIMIT = 50


def test_put_back_from_the_module():
    discounts.LIMIT = 5
    discounts.LIMIT = first_limit


@pytest.fixture
def limit():
    def set_limit(value):
        discounts.SETTINGS.limit = value

    yield set_limit
    discounts.SETTINGS.reset()


def test_reset(limit):
    limit(7)


class TestLimit(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, discounts, "LIMIT", discounts.LIMIT)

    def test_lower(self):
        discounts.LIMIT = 5
```

The fields of a model, of which every instance has its own:

```python
from typing import List

from pydantic import BaseModel


class Order(BaseModel):
    lines: List[str] = []


def test_lines():
    order = Order()
    order.lines.append("mug")
```

A memo, which is the same for whoever comes first, and a class of the test's own:

```python
# file: shop/engine.py
_engine = None
_prices = {}


def engine():
    global _engine
    if _engine is None:
        _engine = object()
    return _engine


def price(sku):
    if sku not in _prices:
        _prices[sku] = len(sku)
    return _prices[sku]

# file: tests/test_engine.py
import pytest

from shop.engine import engine, price


def test_engine():
    assert engine() is engine()
    assert price("mug") == 3


def test_class_of_its_own():
    class Item:
        tags = []

    Item.name = "mug"
    Item.tags.append("new")


@pytest.fixture
def item_class():
    class Item:
        tags = []

    return Item


def test_class_of_a_fixture(item_class):
    item_class.name = "mug"
    item_class.tags.append("new")
```

A variable of the test module that is given a fresh value before it is used, in the way that suites did before fixtures:

```python
connection = None
progress = 0


def setup_module():
    global connection
    connection = object()


def advance():
    global progress
    progress += 1


def test_progress():
    global progress
    progress = 0
    advance()
    assert progress == 1
```

Or a set-up that empties what the tests fill:

```python
# file: shop/registry.py
ENTRIES = {}

# file: tests/test_registry.py
import pytest

from shop import registry


@pytest.fixture(autouse=True)
def empty_registry():
    registry.ENTRIES = {}


def test_register():
    registry.ENTRIES["mug"] = 3
    assert len(registry.ENTRIES) == 1
```

## Instead

`monkeypatch.setattr` and `monkeypatch.setitem` undo themselves. A registry deserves a fixture that copies it before and
puts it back after the `yield`. Better still, hand the code under test an object of its own instead of a global one.

## Limits

A test that starts by giving a variable a fresh or an empty value may still disturb a neighbour that does not; that is not
reported. Neither are caches, which do change an answer when what they remember depends on the test. When the change is behind
a condition or several calls, or is to a variable of the test module itself, the finding has low confidence and is shown
with `--min-confidence low`. A change that is undone by code that cannot be followed is taken as undone.

## References

* [How to monkeypatch/mock modules and environments](https://docs.pytest.org/en/stable/how-to/monkeypatch.html)
* [unittest.mock.patch.dict](https://docs.python.org/3/library/unittest.mock.html#patch-dict)
)page";

bool is_empty(const FileModel& model, ExprId value) {
  switch (model.exprs[value].kind) {
    case ExprKind::none_literal:
    case ExprKind::false_literal: return true;
    case ExprKind::list:
    case ExprKind::tuple:
    case ExprKind::dict: return model.child_count(value) == 0;
    case ExprKind::call: return model.child_count(value) == 1;  // `set()`: the callee is its only child
    default: return false;
  }
}

/// `global x; x = ...` in the test module that owns x, `registry.ENTRIES = {}`, `ENTRIES.clear()`: whoever runs it
/// starts afresh.
bool gives_fresh_value(const Project& project, const Effect& effect) {
  const FileModel& model = project.model(effect.place.file);
  const StatementId id = statement_at(model, effect.place.range);
  if (!id) return false;
  const Statement& statement = model.statements[id];
  if (statement.kind == StatementKind::expression) {
    return project.file(effect.place.file).source.text(effect.place.range).ends_with(".clear()");
  }
  if (statement.kind != StatementKind::assign || model.exprs[statement.target].range != effect.place.range)
    return false;
  const bool is_own = project.is_test_code(effect.place.file) && model.exprs[statement.target].kind == ExprKind::name;
  const bool is_whole = model.exprs[statement.target].kind != ExprKind::subscript;
  return is_own || (is_whole && is_empty(model, statement.value));
}

/// Changes of one owner that are read to see who starts afresh: generated code has thousands.
constexpr int max_changes = 256;

/// Tests that start from a fresh value of `owner`; ascending.
std::vector<TestId> fresh_tests(const Project& project, NameId owner) {
  std::vector<TestId> tests;
  int changes = 0;
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (effect.kind != EffectKind::global_state || effect.api != owner) continue;
    if (++changes > max_changes) break;
    if (!gives_fresh_value(project, effect)) continue;
    for (const Reach& reach : live_reaches(project, id)) tests.push_back(reach.test);
  }
  std::ranges::sort(tests);
  return tests;
}

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// The change removes something: it takes back what was put there by means that are not seen.
bool is_deletion(const FileModel& model, const Effect& effect) {
  const StatementId statement = statement_at(model, effect.place.range);
  return statement && model.statements[statement].kind == StatementKind::delete_;
}

/// A memo asks whether the value is there before it puts it there; the answer stays the same. So does a cache.
bool is_memo(const FileModel& model, const Effect& effect, std::string_view name) {
  return asks_about(model, effect.function, name) || name.find("cache") != std::string_view::npos ||
         name.find("CACHE") != std::string_view::npos;
}

/// `_registry` of a module, changed by that module: its own affair, mostly a memo. A test that changes another module's
/// private state is a different matter.
bool is_own_private(const Project& project, const Effect& effect, std::string_view api, std::string_view name) {
  const std::string_view module = project.name(project.file(effect.place.file).module);
  return name.starts_with('_') && !module.empty() && api.starts_with(module);
}

/// `global _loop; _loop = ...` in the project's own code mostly fills in what was not there yet.
bool is_lazy_global(const Project& project, const Effect& effect) {
  if (project.is_test_code(effect.place.file)) return false;
  const FileModel& model = project.model(effect.place.file);
  const StatementId id = statement_at(model, effect.place.range);
  return id && model.statements[id].target && model.exprs[model.statements[id].target].kind == ExprKind::name;
}

bool is_harmless(const Project& project, const Effect& effect) {
  const FileModel& model = project.model(effect.place.file);
  const std::string_view api = project.name(effect.api);
  const std::string_view name = last_part(api);
  return is_own_private(project, effect, api, name) || is_lazy_global(project, effect) ||
         is_memo(model, effect, name) || is_deletion(model, effect);
}

bool is_plain_assignment(const Project& project, const Effect& effect) {
  const FileModel& model = project.model(effect.place.file);
  const StatementId id = statement_at(model, effect.place.range);
  return id && model.statements[id].kind == StatementKind::assign &&
         model.exprs[model.statements[id].target].kind != ExprKind::subscript;
}

/// A test module sets a variable or a helper class of its own before it reads it.
bool is_scratch(const Project& project, const Effect& effect) {
  const std::string_view module = project.name(project.file(effect.place.file).module);
  return project.file(effect.place.file).role == FileRole::test_module && !module.empty() &&
         project.name(effect.api).starts_with(module) && is_plain_assignment(project, effect);
}

/// A session fixture sets the whole run up; an autouse fixture that assigns before each test is the reset.
bool is_meant_to_last(const Project& project, const Effect& effect, const Cause& cause) {
  if (!cause.witness.fixture) return false;
  const Fixture& fixture = project->fixtures[cause.witness.fixture];
  return fixture.scope == Scope::session ||
         (fixture.is_autouse && fixture.scope == Scope::function && is_plain_assignment(project, effect));
}

/// `ENTRIES[key] = ...` with a key that is not written down is mostly an entry of the test's own.
bool has_own_key(const FileModel& model, const Effect& effect) {
  const StatementId id = statement_at(model, effect.place.range);
  const ExprId target = id ? model.statements[id].target : ExprId();
  return target && model.exprs[target].kind == ExprKind::subscript && !effect.resource;
}

/// `global serial; serial += 1` in a helper numbers what it makes.
bool is_numbering(const FileModel& model, const Effect& effect, const Cause& cause) {
  const StatementId id = statement_at(model, effect.place.range);
  return cause.site == CauseSite::helper && id && model.statements[id].kind == StatementKind::aug_assign &&
         model.exprs[model.statements[id].value].kind == ExprKind::integer;
}

/// The file itself takes out again what goes into its container `name`.
bool is_emptied_here(const FileModel& model, std::string_view name) {
  constexpr std::array<std::string_view, 4> removals = {"clear", "pop", "popitem", "remove"};
  return std::ranges::any_of(model.calls, [&](const Call& call) {
    const ExprId function = model.first_child(call.expr);
    return model.exprs[function].kind == ExprKind::attribute && model.word(model.first_child(function)) == name &&
           std::ranges::find(removals, model.word(function)) != removals.end();
  });
}

/// A test or fixture that changes another module's or a class's state, itself or by calling what does nothing else:
/// that is what its author wrote. What the project's own code keeps for itself is its affair, behind conditions and
/// further calls it may not happen, and a variable of the test module itself is mostly scratch paper, unless it adds up
/// over tests.
bool is_evident(const Project& project, const Effect& effect, const Cause& cause) {
  const FileModel& model = project.model(effect.place.file);
  return project.is_test_code(effect.place.file) && project->paths[cause.path].length <= 2 &&
         !stands_in(project, effect.place, BlockKind::if_) && !is_scratch(project, effect) &&
         !has_own_key(model, effect) && !is_numbering(model, effect, cause) &&
         !is_emptied_here(model, last_part(project.name(effect.api))) && !is_meant_to_last(project, effect, cause);
}

void check_state(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (effect.restored != Restored::no || !effect.function || is_harmless(project, effect)) return;

  std::vector<Reach> reaches = lasting_reaches(project, id);
  const std::vector<TestId> fresh = fresh_tests(project, effect.api);
  std::erase_if(reaches, [&](const Reach& reach) { return std::ranges::binary_search(fresh, reach.test); });
  const std::optional<Cause> cause = cause_of(project, id, std::move(reaches));
  if (!cause) return;
  const std::string_view owner = project.name(effect.api);
  Finding& finding = report_cause(check, *cause, fmt::format("`{}` is changed and not restored", owner));
  if (!is_evident(project, effect, *cause)) finding.confidence = Confidence::low;
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
