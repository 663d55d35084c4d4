#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/shared_paths.h"
#include "analyzer/check/symbol.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
A test writes to a path that is not its own: a fixed name in the temporary directory, in the source tree, in the working
directory or at home. Tests on other workers, other runs and other people of the same machine meet there; what one leaves
behind the next one finds. A session-scoped fixture writes there once in every worker.

## Flagged

```python
import os
import tempfile
from pathlib import Path

import pytest


def test_report():
    with open("report.csv", "w") as file:  # expect: HS401 "`report.csv` in the working directory"
        file.write("a,b")


@pytest.fixture(scope="session")
def orders():
    with open("orders.csv", "w") as file:  # expect: HS401 "`orders.csv` in the working directory in fixture `orders`"
        file.write("a,b")


def test_orders(orders): ...


def test_cache():
    Path("/tmp/app-cache.json").write_text("{}")  # expect: HS401 "temporary directory"


def test_lock():
    path = os.path.join(tempfile.gettempdir(), "app.lock")
    open(path, "w").close()  # expect: HS401 "app.lock"


def test_one_finding_for_one_file():
    open("rows.csv", "w").close()  # expect: HS401 "rows.csv"
    os.remove("rows.csv")


def test_one_finding_for_one_function():
    open("a.csv", "w").close()  # expect: HS401 "`a.csv` (and 1 other path) in the working directory"
    open("b.csv", "w").close()


def test_golden():
    (Path(__file__).parent / "golden.txt").write_text("new")  # expect: HS401 "source tree"


def test_settings():
    Path("~/.apprc").expanduser().write_text("x")  # expect: HS401 "home"
```

The project's own code may do the writing:

```python
# file: shop/export.py
def export(rows):
    with open("export.csv", "w") as file:
        file.writelines(rows)

# file: tests/test_export.py
from shop.export import export


def test_export():
    export(["a"])  # expect: HS401 "behind `export`"
```

A helper writes where it is told, and the finding is where that is said:

```python
import os


def save(text, folder, name="report.txt"):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def test_report():
    save("mug", "reports")  # expect: HS401 "`reports/report.txt` in the working directory behind `save` in test `test_report`"


def test_list():
    save("mug", "reports", name="list.txt")  # expect: HS401 "list.txt"


def test_report_of_its_own(tmp_path):
    save("mug", tmp_path)
```

What the project's own code, or a helper, may leave out has low confidence:

```python
# file: shop/cache.py
from pathlib import Path


def remember(name, value, keep):
    if keep:
        (Path.home() / ".shop-cache").write_text(value)

# file: tests/test_cache.py
from shop.cache import remember


def test_nothing_is_kept():
    remember("mug", "3", False)  # expect: HS401 low "behind `remember`"


def save(text, where):
    if where is None:
        open("/tmp/shop.txt", "w").close()  # expect: HS401 low "helper `save`"


def test_save(tmp_path):
    save("mug", tmp_path / "shop.txt")
```

Who changes the working directory and comes back moves only what is written in between:

```python
# file: shop/folders.py
import contextlib
import os


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    try:
        if os.name == "nt":
            os.chdir(os.path.abspath(folder))
        else:
            os.chdir(folder)
        yield
    finally:
        os.chdir(before)


def there_and_back(folder):
    before = os.getcwd()
    try:
        if os.name == "nt":
            os.chdir(os.path.abspath(folder))
        else:
            os.chdir(folder)
        open("between.csv", "w").close()
    finally:
        os.chdir(before)

# file: tests/test_folders.py
from shop.folders import inside, there_and_back


def test_comes_back(tmp_path):
    there_and_back(tmp_path)
    open("after.csv", "w").close()  # expect: HS401


def test_behind(tmp_path):
    with inside(tmp_path):
        open("inside.csv", "w").close()
    open("behind.csv", "w").close()  # expect: HS401
```

## Not flagged

A variable that is set later, and a folder that the test hands to the object which writes:

```python
from pathlib import Path


class Manager:
    def __init__(self):
        self.folder = Path.home() / ".manager"

    def save(self):
        self.folder.mkdir()


def test_manager(tmp_path):
    manager = Manager()
    manager.folder = tmp_path / "manager"
    manager.save()
```


```python
root = ""


def setup_module():
    global root
    root = make_root()


def test_root():
    open(f"{root}/report.csv", "w").close()
```

```python
import contextlib
import io
import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from unittest import mock

import pytest

from fakes import FAKES, fake


def save(path, text):
    Path(path).expanduser().write_text(text)


def test_a_home_is_expanded_only_where_there_is_one(tmp_path):
    save(tmp_path / "report.csv", "a,b")


def test_tmp_path(tmp_path):
    (tmp_path / "report.csv").write_text("a,b")


def test_temporary_directory():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "report.csv"), "w") as file:
            file.write("a,b")


def test_working_directory(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with open("report.csv", "w") as file:
        file.write("a,b")


def test_in_a_folder_for_a_while(tmpdir):
    with tmpdir.as_cwd():
        open("report.csv", "w").close()


@pytest.fixture
def elsewhere(tmpdir):
    with tmpdir.as_cwd():
        yield


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir("/")
    os.chdir(folder)
    yield
    os.chdir(before)


@pytest.fixture
def project(tmp_path):
    with inside(tmp_path):
        open("project.toml", "w").close()
        yield tmp_path


def test_in_a_project(project):
    open("report.csv", "w").close()


@pytest.fixture
def further(tmpdir):
    tmpdir = tmpdir / "further"
    with tmpdir.as_cwd():
        yield


def test_in_a_folder_of_a_fixture(elsewhere):
    open("report.csv", "w").close()


def test_in_a_folder_of_another_fixture(further):
    open("report.csv", "w").close()


@pytest.mark.parametrize("folder", ["elsewhere"])
def test_in_a_folder_of_some_fixture(request, folder):
    request.getfixturevalue(folder)
    open("report.csv", "w").close()


def test_in_a_folder_of_any_fixture(request, names):
    request.getfixturevalue(names.pop())
    open("report.csv", "w").close()


@pytest.fixture
def fake_disk(monkeypatch):
    for module, names in FAKES.items():
        for name in names:
            monkeypatch.setattr(module, name, fake(module, name))


def test_with_what_is_patched_under_computed_names(fake_disk):
    open("/etc/fstab", "w").close()


@mock.patch("builtins.open", new_callable=mock.mock_open)
def test_with_an_open_that_is_replaced(opened):
    open("report.csv", "w").close()


class Config:
    @property
    def folder(self):
        return Path("/data")

    @property
    def backups(self):
        return self.folder / "backups"


def test_property_that_is_patched(tmp_path):
    with mock.patch.object(Config, "folder", new=mock.PropertyMock(return_value=tmp_path)):
        (Config().backups / "new").mkdir()
        shutil.copy(__file__, Config().backups)


def test_archive_in_memory():
    with tarfile.open("archive.tar", "w", fileobj=io.BytesIO()) as archive:
        archive.add(__file__)


def test_reading():
    with open("report.csv") as file:
        file.read()


def test_nowhere():
    with open("/dev/null", "w") as file:
        file.write("x")
```

A fixture that moves the test into a folder of its own:

```python
# file: requirements.txt
pytest-click==1.1.0

# file: tests/test_cli.py
import os


def test_build(isolated_cli_runner):
    os.mkdir("build")
```

## Instead

Let the test have a directory of its own and pass it on:

```python
def test_report(tmp_path):
    target = tmp_path / "report.csv"
    target.write_text("a,b")
```

`tmp_path_factory.mktemp` gives one to wider fixtures. When the code under test insists on the working directory, use
`monkeypatch.chdir(tmp_path)`; when it insists on the home directory, `monkeypatch.setenv("HOME", str(tmp_path))`. If the
path must be shared, give the tests one `xdist_group` and run with `--dist loadgroup`.

## Limits

A path that is computed from what the code does not say is not reported. A fixed name inside `tmp_path` is fine: the
directory differs for every test. With one test alone at a path the finding has medium confidence: it still meets itself in
another run.

## References

* [How to use temporary directories and files in tests](https://docs.pytest.org/en/stable/how-to/tmp_path.html)
* [pytest-xdist: loadgroup](https://pytest-xdist.readthedocs.io/en/stable/distribution.html)
)page";

/// What the call does to the path, by the last part of its name.
std::string_view verb(std::string_view api) {
  const std::string_view name = api.substr(api.rfind('.') + 1);
  if (name == "mkdir" || name == "makedirs" || name == "mkfifo" || name == "touch") return "makes";
  const bool removes =
      name == "unlink" || name == "remove" || name == "rmdir" || name == "rmtree" || name == "removedirs";
  return removes ? "removes" : "writes";
}

std::string deed(const Project& project, const Effect& effect, std::size_t others) {
  const std::string_view api = project.name(effect.api);
  const std::string what = effect.resource ? fmt::format("`{}`", project.name(effect.resource)) : "something";
  const std::string more = others == 0 ? "" : fmt::format(" (and {} other path{})", others, others == 1 ? "" : "s");
  return fmt::format("`{}` {} {}{} {}", api, verb(api), what, more, shared_place(effect.root));
}

/// Where the path is said: by the writing call, or by the call that passes it on.
Place said_at(const Effect& effect) { return effect.told.file ? effect.told : effect.place; }

bool is_shared(const Project& project, const Effect& effect) {
  if (effect.kind != EffectKind::file_write || shared_place(effect.root).empty()) return false;
  return !project.name(effect.resource).starts_with("/dev/");
}

/// The files that the functions of one source file write, as opposed to remove.
class Written {
 public:
  explicit Written(const Project& project) : project_(project) {
    for (const Effect& effect : project->effects) {
      if (is_shared(project, effect) && !removes(effect)) written_.insert(key(effect));
    }
  }
  /// Who removes a file has written it itself, or another function beside it has: one cause, one finding.
  [[nodiscard]] bool is_cleaned_up_by(const Effect& effect) const {
    return removes(effect) && effect.function && written_.contains(key(effect));
  }

 private:
  [[nodiscard]] bool removes(const Effect& effect) const { return verb(project_.name(effect.api)) == "removes"; }
  static std::tuple<FileId, PathRoot, NameId> key(const Effect& effect) {
    return {said_at(effect).file, effect.root, effect.resource};
  }

  const Project& project_;
  std::set<std::tuple<FileId, PathRoot, NameId>> written_;
};

std::optional<Cause> cause_of_write(const Project& project, EffectId id, const MovingTests& movers) {
  std::vector<Reach> reaches = live_reaches(project, id);
  if (reaches.empty()) return cause_of(project, id);
  if (project->effects[id].root == PathRoot::working_directory) {
    std::erase_if(reaches, [&](const Reach& reach) { return movers.has(reach); });
  }
  return cause_of(project, id, std::move(reaches));
}

/// Writes of one function to one kind of place are one thing to mend.
void report(Check& check, const std::vector<Cause>& writes) {
  const Project& project = check.project();
  const Effect& first = project->effects[writes.front().effect];
  std::set<NameId> others;
  for (const Cause& cause : writes) others.insert(project->effects[cause.effect].resource);
  others.erase(first.resource);

  Finding& finding = report_cause(check, writes.front(), deed(project, first, others.size()));
  for (const Cause& cause : std::span(writes).subspan(1)) {
    const Effect& effect = project->effects[cause.effect];
    std::vector<TestId> tests;
    std::ranges::set_union(finding.tests, cause.tests, std::back_inserter(tests));
    finding.tests = std::move(tests);
    finding.related.push_back({said_at(effect), deed(project, effect, 0)});
  }
  if (finding.tests.size() < 2 || !first.resource) finding.confidence = Confidence::medium;
  if (writes.front().is_guarded) finding.confidence = Confidence::low;
}

void check_writes(Check& check) {
  const Project& project = check.project();
  const MovingTests movers(project);
  const Written written(project);
  // By function, then by what kind of place, then by whether anything guards it.
  std::map<std::tuple<FileId, FunctionId, PathRoot, bool>, std::vector<Cause>> groups;
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (!is_shared(project, effect) || written.is_cleaned_up_by(effect)) continue;
    std::optional<Cause> cause = cause_of_write(project, id, movers);
    if (!cause) continue;
    const Place place = said_at(effect);
    const FunctionId function = enclosing_function(project, place).id;
    groups[{place.file, function, effect.root, cause->is_guarded}].push_back(*std::move(cause));
  }
  for (const auto& [key, writes] : groups) report(check, writes);
}

}  // namespace

extern const Rule write_to_shared_path = {
    .code = "HS401",
    .name = "write-to-shared-path",
    .summary = "a test writes to a path that other tests, workers or runs share",
    .severity = Severity::warning,
    .confidence = Confidence::high,
    .since = "0.1.0",
    .wants = {EffectKind::file_write},
    .hooks = {.on_suite = check_writes},
    .help = "write below tmp_path, which differs for every test",
    .page = page,
};

}  // namespace hasten::rules
