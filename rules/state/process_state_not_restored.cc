#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/surroundings.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test or fixture changes something that the whole process shares, such as the module search path, the locale or a signal
handler, and nothing changes it back. Whatever runs next in the same process sees the change, so results depend on the order of the
tests and on which of them share a worker.

## Flagged

```python
import locale
import signal
import socket
import sys

import pytest


def test_german_numbers():
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")  # expect: HS304 "the locale is changed (`locale.setlocale`)"
    assert format_price(2.5) == "2,50"


@pytest.fixture
def plugins():
    sys.path.insert(0, "tests/plugins")  # expect: HS304 "the module search path"


def test_plugin(plugins): ...


def test_slow_server():
    socket.setdefaulttimeout(0.5)  # expect: HS304 "the default timeout of sockets"


def test_interrupt():
    signal.signal(signal.SIGINT, lambda *_: None)  # expect: HS304 "a signal handler"
```

## Not flagged

```python
import locale
import signal
import sys

import pytest


def test_syspath(monkeypatch):
    monkeypatch.syspath_prepend("tests/plugins")


@pytest.fixture
def german():
    before = locale.setlocale(locale.LC_ALL)  # asks
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    yield
    locale.setlocale(locale.LC_ALL, before)


def test_german_numbers(german): ...


def test_interrupt():
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        pass
    finally:
        signal.signal(signal.SIGINT, before)


def test_search_path():
    sys.path.insert(0, "tests/plugins")
    try:
        import plugin
    finally:
        sys.path.remove("tests/plugins")
```

What a module sets while it is imported is the same for every test of every worker, and a seed makes tests repeatable:

```python
import random
import sys

sys.path.insert(0, "tests/plugins")


def test_shuffle():
    random.seed(1)
```

## Instead

`monkeypatch.syspath_prepend` and `monkeypatch.setattr` take the change back. For the others write the pair yourself around
a `yield`:

```python
import signal

import pytest


@pytest.fixture
def deaf():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def test_interrupt(deaf): ...
```

## Limits

Looked at are the module search path, the locale, signal handlers, the default timeout of sockets, the file mode mask, the time zone, `logging.disable`,
the recursion limit, resource limits, trace and profile functions. The handler of an alarm is left alone. A second change of the same
thing in the same function, or in a tear-down, is taken to restore it. What a helper or the project's
own code changes, or a condition may leave out, has low confidence.

## References

* [monkeypatch](https://docs.pytest.org/en/stable/reference/reference.html#pytest.MonkeyPatch)
)page";

struct Shared {
  std::string_view api;  // what is called; below it when it ends in a dot
  std::string_view name;
};

/// Changes that later tests can notice; a level or handler of a logger, a seed and a filter seldom are.
constexpr auto shared = std::to_array<Shared>({
    {"locale.setlocale", "the locale"},
    {"logging.disable", "what is logged"},
    {"os.umask", "the file mode mask"},
    {"resource.setrlimit", "a limit of the process"},
    {"signal.signal", "a signal handler"},
    {"socket.setdefaulttimeout", "the default timeout of sockets"},
    {"sys.path", "the module search path"},
    {"sys.setprofile", "the profile function"},
    {"sys.setrecursionlimit", "the recursion limit"},
    {"sys.settrace", "the trace function"},
    {"time.tzset", "the time zone"},
});

const Shared* shared_by(std::string_view api) {
  const auto found = std::ranges::find_if(shared, [&](const Shared& one) {
    return api == one.api || (api.starts_with(one.api) && api[one.api.size()] == '.');
  });
  return found == shared.end() ? nullptr : &*found;
}

/// The call whose callee is at the effect's place; none for an assignment.
ExprId call_at(const FileModel& model, TextRange callee) {
  const auto found = std::ranges::find_if(
      model.calls, [&](const Call& call) { return model.exprs[model.first_child(call.expr)].range == callee; });
  return found == model.calls.end() ? ExprId() : found->expr;
}

/// `locale.setlocale(category)` asks; an alarm's handler is of no use to anybody else.
bool changes_nothing(const Project& project, const Effect& effect, std::string_view api) {
  if (api != "locale.setlocale" && api != "signal.signal") return false;
  const FileModel& model = project.model(effect.place.file);
  const ExprId call = call_at(model, effect.place.range);
  if (!call) return false;
  if (api == "locale.setlocale") return !model.positional(call, 1) && !model.keyword(call, "locale");
  const ExprId number = model.positional(call, 0);
  return number && model.word(number) == "SIGALRM";
}

bool is_session_fixture(const Project& project, const Cause& cause) {
  return cause.site == CauseSite::fixture && cause.witness.fixture &&
         project->fixtures[cause.witness.fixture].scope == Scope::session;
}

/// A helper, and what stands behind a condition, mostly looks first whether it has been changed already.
Confidence confidence(const Project& project, const Effect& effect, const Cause& cause) {
  const bool is_sure = cause.behind.empty() && !cause.is_guarded && cause.site != CauseSite::helper &&
                       !stands_in(project, effect.place, BlockKind::if_);
  return is_sure ? Confidence::medium : Confidence::low;
}

void check_state(Check& check, EffectId id) {
  const Project& project = check.project();
  const Effect& effect = project->effects[id];
  if (effect.restored != Restored::no || !effect.function) return;
  const std::string_view api = project.name(effect.api);
  const Shared* what = shared_by(api);
  if (what == nullptr || changes_nothing(project, effect, api)) return;
  const std::optional<Cause> cause = cause_of(project, id, lasting_reaches(project, id));
  // What holds for the whole session is the same for every test.
  if (!cause || is_session_fixture(project, *cause)) return;
  Finding& finding = report_cause(check, *cause, fmt::format("{} is changed (`{}`) and not restored", what->name, api));
  finding.confidence = confidence(project, effect, *cause);
}

}  // namespace

extern const Rule process_state_not_restored = {
    .code = "HS304",
    .name = "process-state-not-restored",
    .summary = "sys.path, the locale, a signal handler or the like is changed and not changed back",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::process_state},
    .hooks = {.on_effect = check_state},
    .help = "put the old value back in a tear-down, or use monkeypatch",
    .page = page,
};

}  // namespace hasten::rules
