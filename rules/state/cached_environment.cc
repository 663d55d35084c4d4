#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cached_reads.h"
#include "analyzer/check/call_reach.h"
#include "analyzer/check/cause.h"
#include "analyzer/check/same_call.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test sets an environment variable, but the function that reads it computes its answer once for the whole process. Whichever test calls
it first decides what all later ones get, so the result depends on the order and on which tests share a worker.

## Flagged

```python
# file: shop/config.py
from functools import lru_cache

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    currency: str = "EUR"


@lru_cache
def get_settings():
    return Settings()

# file: tests/test_config.py
from shop.config import get_settings


def test_default():
    assert get_settings().currency == "EUR"


def test_currency(monkeypatch):
    monkeypatch.setenv("CURRENCY", "USD")  # expect: HS307 "`get_settings` keeps what it first read from `CURRENCY`"
    assert get_settings().currency == "USD"
```

```python
# file: shop/paths.py
import functools
import os


@functools.cache
def data_folder():
    return os.environ.get("SHOP_DATA", "/var/lib/shop")


def database():
    return data_folder() + "/shop.db"

# file: tests/test_paths.py
import pytest

from shop.paths import data_folder, database


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SHOP_DATA", str(tmp_path))  # expect: HS307 "`data_folder`"
    return tmp_path


def test_folder(folder):
    assert data_folder() == str(folder)


def test_database():
    assert database() == "/var/lib/shop/shop.db"
```

## Not flagged

The cache is emptied, the function is replaced, the variable is another one, every test sets the same value, or no other test calls it:

```python
# file: shop/config.py
import os
from functools import lru_cache


@lru_cache(maxsize=None)
def currency():
    return os.environ["CURRENCY"]


@lru_cache
def language():
    return os.getenv("LANGUAGE_OF_SHOP")


@lru_cache
def country():
    return os.getenv("COUNTRY")


@lru_cache
def region():
    return os.getenv("REGION")


def zone():
    return os.getenv("ZONE")


@lru_cache
def zone_of_time():
    return os.getenv("TZ_OF_SHOP")

# file: tests/test_config.py
import pytest

from shop import config


@pytest.fixture(autouse=True)
def forget():
    config.currency.cache_clear()
    yield
    config.currency.cache_clear()


def test_dollar(monkeypatch):
    monkeypatch.setenv("CURRENCY", "USD")
    assert config.currency() == "USD"


def test_euro(monkeypatch):
    monkeypatch.setenv("CURRENCY", "EUR")
    assert config.currency() == "EUR"

# file: tests/forgetful/conftest.py
from shop.config import zone_of_time


def pytest_runtest_setup():
    zone_of_time.cache_clear()

# file: tests/forgetful/test_zone_of_time.py
from shop.config import zone_of_time


def test_zone_of_time(monkeypatch):
    monkeypatch.setenv("TZ_OF_SHOP", "UTC")
    assert zone_of_time() == "UTC"


def test_zone_of_time_again():
    assert zone_of_time() is None

# file: tests/test_language.py
from shop import config


def test_language(monkeypatch):
    monkeypatch.setenv("CURRENCY", "USD")
    assert config.language() is None


def test_language_again():
    assert config.language() is None

# file: tests/test_country.py
import pytest

from shop import config


@pytest.fixture(autouse=True)
def country(monkeypatch):
    monkeypatch.setenv("COUNTRY", "NO")


def test_country():
    assert config.country() == "NO"


def test_country_again():
    assert config.country() == "NO"

# file: tests/test_region.py
from shop import config


def test_region(monkeypatch):
    monkeypatch.setenv("REGION", "north")
    assert config.region() == "north"


def test_zone(monkeypatch):
    monkeypatch.setenv("ZONE", "1")
    assert config.zone() == "1"
```

## Instead

Empty the cache before and after each test that sets the variable:

```python
# file: shop/config.py
import os
from functools import lru_cache


@lru_cache
def currency():
    return os.environ.get("CURRENCY", "EUR")

# file: tests/test_config.py
import pytest

from shop.config import currency


@pytest.fixture
def dollar(monkeypatch):
    monkeypatch.setenv("CURRENCY", "USD")
    currency.cache_clear()
    yield
    currency.cache_clear()


def test_dollar(dollar):
    assert currency() == "USD"


def test_default():
    assert currency() == "EUR"
```

Or do not let the code ask for settings at all: pass them, or override the dependency (`app.dependency_overrides` in FastAPI).

## Limits

Only functions without parameters under `functools.lru_cache` and `functools.cache` are looked at, variables with a literal name that they
read themselves, fields of a `BaseSettings` that they build, and changes with `monkeypatch`. One `cache_clear` anywhere in what a test calls counts as emptying every cache.

## References

* [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
* [FastAPI: settings and testing](https://fastapi.tiangolo.com/advanced/settings/#settings-and-testing)
)page";

/// The functions that pytest calls by itself: `pytest_runtest_setup` in a conftest.
std::vector<FunctionRef> hooks(const Project& project) {
  std::vector<FunctionRef> found;
  for (const FileId file : project->files.ids()) {
    const FileModel& model = project.model(file);
    if (project.file(file).role != FileRole::conftest) continue;
    for (const FunctionId id : model.functions.ids()) {
      if (model.word(model.functions[id].name).starts_with("pytest_")) found.push_back({file, id});
    }
  }
  return found;
}

/// Something in what is called for the test empties caches, replaces the function or loads its module anew.
bool may_forget(const Project& project, const Test& test, std::string_view cached) {
  std::vector<FunctionRef> roots = hooks(project);
  const std::vector<FunctionRef> own = entry_functions(project, test);
  roots.insert(roots.end(), own.begin(), own.end());
  const std::set<FunctionRef> called = called_from(project, std::move(roots));
  return std::ranges::any_of(called, [&](FunctionRef ref) {
    if (!ref.id) return false;
    const FileModel& model = project.model(ref.file);
    const TextRange body = model.functions[ref.id].range;
    return std::ranges::any_of(model.exprs, [&](const Expr& expr) {
      if (!body.contains(expr.range)) return false;
      const std::string_view word = model.words[expr.word()];
      if (word == "cache_clear" || word == "reload" || word == "sys" || word == "__wrapped__") return true;
      return expr.kind == ExprKind::string && word.substr(word.rfind('.') + 1) == cached;
    });
  });
}

bool calls(const Project& project, const Test& test, const std::set<FunctionRef>& callers) {
  return test.is_skipped == 0 && std::ranges::any_of(entry_functions(project, test),
                                                     [&](FunctionRef function) { return callers.contains(function); });
}

/// `monkeypatch.setenv("X", "1")` as it is written: where it reads the same it sets the same.
std::string_view written(const Project& project, Place place) {
  const FileModel& model = project.model(place.file);
  const ExprId call = call_at(model, place.range);
  return project.file(place.file).source.text(call ? model.exprs[call].range : place.range);
}

/// A variable and who sets it for a while.
struct Setting {
  EffectId effect;
  std::vector<Reach> reaches;  // of tests that call the function afterwards, or before
};

class Look {
 public:
  Look(Check& check, const CachedRead& read)
      : check_(check),
        project_(check.project()),
        read_(read),
        name_(check.project().function_name(read.function)),
        callers_(callers_of(check.project(), callers_by_name(check.project(), name_))) {}

  void look_at(std::string_view variable) {
    std::vector<Setting> settings;
    std::set<TestId> setting_tests;
    std::set<std::string_view> values;
    for (const EffectId id : project_->effects.ids()) {
      const Effect& effect = project_->effects[id];
      if (effect.kind != EffectKind::environment || project_.name(effect.resource) != variable) continue;
      std::vector<Reach> reaches = live_reaches(project_, id);
      for (const Reach& reach : reaches) setting_tests.insert(reach.test);
      values.insert(written(project_, effect.place));
      if (effect.restored != Restored::yes) continue;
      std::erase_if(reaches, [&](const Reach& reach) { return !is_hurt(project_->tests[reach.test]); });
      if (!reaches.empty()) settings.push_back({id, std::move(reaches)});
    }
    if (settings.empty() || !(values.size() > 1 || is_called_without(setting_tests))) return;
    report(variable, settings);
  }

 private:
  [[nodiscard]] bool is_hurt(const Test& test) const {
    return calls(project_, test, callers_) && !may_forget(project_, test, name_);
  }

  /// By a test that leaves the variable alone, or whenever a module is imported.
  [[nodiscard]] bool is_called_without(const std::set<TestId>& setting) const {
    if (std::ranges::any_of(callers_, [](FunctionRef caller) { return !caller.id; })) return true;
    return std::ranges::any_of(project_->tests.ids(), [&](TestId id) {
      return !setting.contains(id) && calls(project_, project_->tests[id], callers_);
    });
  }

  void report(std::string_view variable, const std::vector<Setting>& settings) {
    const std::optional<Cause> cause = cause_of(project_, settings.front().effect, settings.front().reaches);
    if (!cause) return;
    Finding& finding = report_cause(
        check_, *cause, fmt::format("`{}` keeps what it first read from `{}`, which is set", name_, variable));
    finding.cost = {};
    const Function& function = project_.function(read_.function);
    finding.related.push_back({{read_.function.file, function.name_range}, "its answer is kept for the whole process"});
    for (const Setting& setting : settings) {
      if (&setting == &settings.front()) continue;
      finding.related.push_back({project_->effects[setting.effect].place, "set here as well"});
      for (const Reach& reach : setting.reaches) finding.tests.push_back(reach.test);
    }
    std::ranges::sort(finding.tests);
    const auto repeated = std::ranges::unique(finding.tests);
    finding.tests.erase(repeated.begin(), repeated.end());
    if (cause->is_guarded) finding.confidence = Confidence::low;
  }

  Check& check_;
  const Project& project_;
  const CachedRead& read_;
  std::string_view name_;
  std::set<FunctionRef> callers_;
};

void check_caches(Check& check) {
  for (const CachedRead& read : cached_reads(check.project())) {
    Look look(check, read);
    for (const std::string& variable : read.variables) look.look_at(variable);
  }
}

}  // namespace

extern const Rule cached_environment = {
    .code = "HS307",
    .name = "cached-environment",
    .summary = "a cached function keeps what it read from a variable that tests set",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::environment},
    .hooks = {.on_suite = check_caches},
    .help = "call `cache_clear()` before and after each test that sets the variable, in the fixture that sets it",
    .page = page,
};

}  // namespace hasten::rules
