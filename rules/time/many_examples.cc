#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/check/check.h"
#include "analyzer/check/property_tests.h"
#include "analyzer/check/setups.h"
#include "analyzer/check/symbol.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A property test of Hypothesis runs ten times as many examples as usual, or more, whenever the suite runs. Its body, and every
function-scoped thing it makes itself, is run that often; a CI job that has the time can ask for more through a profile.

## Flagged

```python
from hypothesis import HealthCheck, given, settings, strategies as st
import hypothesis

from shop import total


@given(st.lists(st.integers()))
@settings(max_examples=5000, deadline=None)  # expect: HS210 "`test_total` runs 5000 examples of Hypothesis in every run"
def test_total(prices):
    assert total(prices) == sum(prices)


@hypothesis.settings(max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])  # expect: HS210
@hypothesis.given(hypothesis.strategies.text())
def test_names(name): ...
```

The profile that everybody gets:

```python
# file: tests/conftest.py
import os

from hypothesis import settings

settings.register_profile("dev", max_examples=10)
settings.register_profile("thorough", max_examples=10000)  # expect: HS210 "profile `thorough`, which every run loads, has 10000 examples"
settings.load_profile(os.getenv("HYPOTHESIS_PROFILE", "thorough"))

# file: tests/test_shop.py
from hypothesis import given, strategies as st


@given(st.integers())
def test_price(price): ...


@given(st.text())
def test_name(name): ...
```

## Not flagged

```python
# file: tests/conftest.py
import os

from hypothesis import settings

settings.register_profile("dev", max_examples=50)
settings.register_profile("nightly", max_examples=10000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# file: tests/test_shop.py
import pytest
from hypothesis import given, settings, strategies as st

EXAMPLES = 20


@given(st.integers())
@settings(max_examples=200)
def test_price(price): ...


@given(st.text())
@settings(max_examples=EXAMPLES)
def test_name(name): ...


@pytest.mark.skip(reason="slow")
@given(st.text())
@settings(max_examples=5000)
def test_skipped(name): ...
```

A profile that only CI asks for:

```python
# file: tests/conftest.py
import os

from hypothesis import settings

settings.register_profile("ci", max_examples=5000)
if os.getenv("CI"):
    settings.load_profile("ci")

# file: tests/test_shop.py
from hypothesis import given, strategies as st


@given(st.integers())
def test_price(price): ...
```

## Instead

Leave `max_examples` at its default of 100 and register profiles, of which the thorough one runs nightly:

```python
# file: tests/conftest.py
import os

from hypothesis import settings

settings.register_profile("dev", max_examples=50)
settings.register_profile("nightly", max_examples=10000, deadline=None)
settings.load_profile(os.getenv("HYPOTHESIS_PROFILE", "dev"))

# file: tests/test_shop.py
from hypothesis import given, strategies as st


@given(st.integers())
def test_price(price): ...
```

## Limits

Numbers that are computed, and profiles that a condition or the command line (`--hypothesis-profile`) chooses, are not seen. What one
example costs is not known, so there is no estimate of seconds.

## References

* [Hypothesis: settings](https://hypothesis.readthedocs.io/en/latest/reference/api.html#hypothesis.settings)
* [Hypothesis: settings profiles](https://hypothesis.readthedocs.io/en/latest/tutorial/settings.html)
)page";

constexpr double usual = 100;  // settings.max_examples of Hypothesis
constexpr double many = 10 * usual;

void check_test(Check& check, TestId id) {
  const Project& project = check.project();
  const Test& test = project->tests[id];
  if (test.is_skipped) return;
  const std::optional<Examples> examples = examples_of(project, test.function);
  if (!examples || examples->number < many) return;
  // A method that several classes inherit is several tests and one cause.
  const bool is_first = std::ranges::none_of(project->tests.ids(), [&](TestId other) {
    return other < id && project->tests[other].function == test.function && !project->tests[other].is_skipped;
  });
  if (!is_first) return;
  Finding& finding = check.report(examples->place, fmt::format("test `{}` runs {} examples of Hypothesis in every run",
                                                               project.name(test.name), examples->number));
  finding.symbol = project.name(test.qualified_name);
  finding.tests = {id};
}

void check_profiles(Check& check) {
  const Project& project = check.project();
  for (const LoadedProfile& profile : loaded_profiles(project)) {
    if (profile.examples.number < many) continue;
    Finding& finding =
        check.report(profile.examples.place,
                     fmt::format("profile `{}`, which every run loads, has {} examples of Hypothesis for each test",
                                 profile.name, profile.examples.number));
    finding.related.push_back({profile.loaded, "loaded here"});
    for (const TestId id : project->tests.ids()) {
      if (is_property_test(project, project->tests[id].function)) finding.tests.push_back(id);
    }
  }
}

}  // namespace

extern const Rule many_examples = {
    .code = "HS210",
    .name = "many-examples",
    .summary = "a property test runs a thousand examples or more in every run",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {},
    .hooks = {.on_test = check_test, .on_suite = check_profiles},
    .help = "leave the number to a profile, and let a nightly job load the thorough one",
    .page = page,
};

}  // namespace hasten::rules
