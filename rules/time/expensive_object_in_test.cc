#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/same_call.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Several tests start the same container, browser or cluster, or load the same model, in their bodies. A fixture with a wider scope does it
once for all of them.

## Flagged

```python
import spacy
from selenium import webdriver


def test_title():
    driver = webdriver.Chrome()  # expect: HS207 "`webdriver.Chrome()` is made 2 times in test bodies"
    driver.get("http://localhost:8000/")


def test_login():
    driver = webdriver.Chrome()
    driver.get("http://localhost:8000/login")


def parse(text):
    return spacy.load("en_core_web_sm")(text)  # expect: HS207 "made 3 times"


def test_noun():
    assert parse("mug")


def test_verb():
    assert parse("drink")


def test_sentence():
    assert parse("Drink from the mug.")
```

## Not flagged

One test that needs it, different ones, a fixture (HS101 has an opinion on its scope), and what makes one for the whole process anyway:

```python
import pytest
import spacy
from pyspark.sql import SparkSession
from selenium import webdriver


@pytest.fixture(scope="session")
def driver():
    with webdriver.Chrome() as driver:
        yield driver


def test_title(driver):
    driver.get("http://localhost:8000/")


def test_login(driver):
    driver.get("http://localhost:8000/login")


def test_english():
    assert spacy.load("en_core_web_sm")("mug")


def test_german():
    assert spacy.load("de_core_news_sm")("Becher")


@pytest.mark.parametrize("name", ["fr_core_news_sm", "es_core_news_sm"])
def test_language(name):
    assert spacy.load(name)("tasse")


def test_count():
    assert SparkSession.builder.getOrCreate().range(3).count() == 3


def test_sum():
    assert SparkSession.builder.getOrCreate().range(3).groupBy().sum()
```

## Instead

```python
import pytest
import spacy


@pytest.fixture(scope="session")
def english():
    return spacy.load("en_core_web_sm")


def test_noun(english):
    assert english("mug")


def test_verb(english):
    assert english("drink")
```

Where a test leaves something behind in it, reset that in a function-scoped fixture that asks for the shared one: drop the tables, clear
the cookies. Under pytest-xdist every worker makes its own.

## Limits

Calls must read the same, and the names in them must mean the same: what depends on a parameter or a local variable may be something else
every time. What is saved must be a second of one run: two containers, five connections to a cluster. Costs are those that are typical,
not measured.

## References

* [Fixture scopes](https://docs.pytest.org/en/stable/how-to/fixtures.html#scope-sharing-fixtures-across-classes-modules-packages-or-session)
* [pytest-xdist: making session-scoped fixtures execute only once](https://pytest-xdist.readthedocs.io/en/stable/how-to.html)
)page";

/// All that makes the same thing, in source order.
struct Making {
  std::vector<Cause> causes;
  std::string written;
  std::uint32_t executions = 0;
};

bool is_in_a_body(const Cause& cause) { return cause.site == CauseSite::test || cause.site == CauseSite::helper; }

/// By signature, in its order.
std::map<std::string, Making> makings(const Project& project) {
  std::map<std::string, Making> found;
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (effect.kind != EffectKind::heavy_construction || effect.cost < CostClass::heavy) continue;
    std::optional<Cause> cause = cause_of(project, id);
    if (!cause || !is_in_a_body(*cause) || cause->is_guarded) continue;
    const ExprId call = call_at(project.model(cause->place.file), cause->place.range);
    const auto signature = call ? call_signature(project, cause->place.file, call) : std::nullopt;
    if (!signature || keeps_what_it_built(project, id, *signature)) continue;
    Making& making = found[*signature];
    if (making.causes.empty()) making.written = written_call(project, cause->place.file, call);
    making.executions += cause->executions;
    making.causes.push_back(*std::move(cause));
  }
  return found;
}

void check_suite(Check& check) {
  constexpr float least = 1;  // second that is saved in one run
  const Project& project = check.project();
  for (const auto& [signature, making] : makings(project)) {
    const Cause& first = making.causes.front();
    const float seconds = typical_seconds(project->effects[first.effect].cost).value;
    if (seconds * static_cast<float>(making.executions - 1) < least) continue;
    Finding& finding = report_cause(check, first, "");
    finding.message = fmt::format("`{}` is made {} times in test bodies", making.written, making.executions);
    finding.cost = {seconds * static_cast<float>(making.executions)};
    for (const Cause& other : making.causes) {
      if (&other == &first) continue;
      finding.related.push_back({other.place, "made here as well"});
      finding.tests.insert(finding.tests.end(), other.tests.begin(), other.tests.end());
    }
    std::ranges::sort(finding.tests);
    const auto repeated = std::ranges::unique(finding.tests);
    finding.tests.erase(repeated.begin(), repeated.end());
    if (!first.behind.empty()) finding.confidence = Confidence::low;
  }
}

}  // namespace

extern const Rule expensive_object_in_test = {
    .code = "HS207",
    .name = "expensive-object-in-test",
    .summary = "several tests build the same expensive thing in their bodies",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::heavy_construction},
    .hooks = {.on_suite = check_suite},
    .help = "build it once in a fixture with a wider scope, and reset cheaply what tests change in it",
    .page = page,
};

}  // namespace hasten::rules
