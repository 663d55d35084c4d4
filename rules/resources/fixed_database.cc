#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/database_writes.h"
#include "analyzer/check/shared_paths.h"
#include "analyzer/check/surroundings.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Tests change a database whose name is written in the code, so every pytest-xdist worker and every other run on the machine opens the same
one: a test finds the rows of another, or its tables are dropped while it runs. A session-scoped
fixture does not help: every worker sets up its own.

## Flagged

```python
# file: tests/conftest.py
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base

Base = declarative_base()


@pytest.fixture
def engine():
    engine = create_engine("sqlite:///./test.db")  # expect: HS403 "database `test.db` in the working directory, opened by"
    Base.metadata.create_all(bind=engine)
    yield engine
    Base.metadata.drop_all(bind=engine)

# file: tests/test_cart.py
def test_cart_is_empty(engine): ...


def test_cart_is_full(engine): ...
```

```python
# file: tests/conftest.py
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base

DATABASE_URL = "postgresql://shop:secret@localhost:5432/shop_test"
engine = create_engine(DATABASE_URL)  # expect: HS403 "database `shop_test`, opened by"
Base = declarative_base()


@pytest.fixture(autouse=True)
def tables():
    Base.metadata.create_all(engine)
    yield
    Base.metadata.drop_all(engine)

# file: tests/test_cart.py
def test_cart_is_empty(): ...
```

```python
import sqlite3

import psycopg
import pytest
from peewee import SqliteDatabase
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy_utils import create_database, drop_database
from shop.models import Base, Order


def test_rows():
    with sqlite3.connect("rows.db") as connection:  # expect: HS403 "`rows.db`"
        connection.execute("INSERT INTO orders VALUES (1)")


@pytest.fixture
async def engine():
    engine = create_async_engine("sqlite+aiosqlite:///orders.db")  # expect: HS403 "`orders.db`"
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine


async def test_engine(engine): ...


@pytest.fixture(scope="session")
def database():
    create_database("postgresql://localhost/orders")  # expect: HS403 "`orders`"
    yield
    drop_database("postgresql://localhost/orders")


def test_database(database): ...


def test_models():
    database = SqliteDatabase("/var/tmp/models.db")  # expect: HS403 "`/var/tmp/models.db` in the shared temporary directory"
    database.create_tables([Order])


@pytest.fixture
def connection():
    return psycopg.connect("dbname=carts user=shop")  # expect: HS403 "`carts`"


@pytest.fixture
def cart(connection):
    connection.execute("insert into carts values (1)")


def test_cart(cart): ...
```

## Not flagged

In memory, in a folder of the test's own, and a name with the worker or anything else in it that is not written down:

```python
import os
import sqlite3

import pytest
from pymongo import MongoClient
from sqlalchemy import create_engine
from shop.models import Base


def test_in_memory():
    for url in ("sqlite://", "sqlite:///:memory:"):
        Base.metadata.create_all(create_engine(url))
    sqlite3.connect(":memory:").execute("CREATE TABLE orders (id)")
    sqlite3.connect("file:orders?mode=memory", uri=True).execute("CREATE TABLE orders (id)")


def test_a_server_is_no_database():
    MongoClient("localhost", 27017).drop_database("orders")


def test_own_folder(tmp_path):
    Base.metadata.create_all(create_engine(f"sqlite:///{tmp_path}/test.db"))
    sqlite3.connect(tmp_path / "rows.db").execute("CREATE TABLE orders (id)")


def test_own_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Base.metadata.create_all(create_engine("sqlite:///test.db"))


@pytest.fixture(scope="session")
def engine(worker_id):
    engine = create_engine(f"postgresql://localhost/shop_{worker_id}")
    Base.metadata.create_all(engine)
    return engine


@pytest.fixture(scope="session")
def other_engine():
    name = "shop_" + os.environ.get("PYTEST_XDIST_WORKER", "master")
    engine = create_engine("postgresql://localhost/" + name)
    Base.metadata.create_all(engine)
    return engine


def test_engines(engine, other_engine): ...
```

A setting that the test changes first:

```python
# file: shop/settings.py
from sqlalchemy import create_engine

url = "sqlite:///shop.db"
engine = create_engine(url)

# file: tests/test_shop.py
from shop import settings
from shop.models import Base
from sqlalchemy import create_engine


def test_in_memory():
    settings.url = "sqlite://"
    settings.engine = create_engine(settings.url)
    Base.metadata.create_all(settings.engine)
```

A database that is only read, one that is only named, and tests that one worker runs anyway:

```python
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from shop.models import Base


def test_towns():
    with sqlite3.connect(Path(__file__).parent / "towns.db") as connection:
        connection.execute("SELECT * FROM towns")


def test_dialect():
    assert create_engine("postgresql://shop:secret@localhost/shop").dialect.name == "postgresql"


@pytest.mark.xdist_group("orders")
def test_in_a_group():
    Base.metadata.create_all(create_engine("sqlite:///orders.db"))
```

What is written and removed again is a file, of which HS401 speaks:

```python
# hasten: file-ignore[HS401]
import os
import sqlite3


def test_rows():
    connection = sqlite3.connect("rows.db")
    connection.executescript("CREATE TABLE orders (id)")
    os.remove("rows.db")
```

## Instead

SQLite: in memory, or in a folder of the test's own.

```python
import pytest
from sqlalchemy import create_engine
from shop.models import Base


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('db')}/test.db")
    Base.metadata.create_all(engine)
    return engine
```

A server: one database for each worker, named after the `worker_id` of pytest-xdist (`master` without it), and a transaction that is
rolled back after each test. Where there can be only one, give the tests one `xdist_group` and run with `--dist loadgroup`.

## Limits

Only what test code opens is seen, and only where something in the same file makes tables, commits or holds SQL that changes data. Of
buckets, queues and containers HS405 speaks. pytest-django, pytest-postgresql and the like name the databases of workers themselves.

## References

* [pytest-xdist: creating one database per worker](https://pytest-xdist.readthedocs.io/en/stable/how-to.html#identifying-the-worker-process-during-a-test)
* [SQLAlchemy: joining a session into an external transaction](https://docs.sqlalchemy.org/en/20/orm/session_transaction.html)
)page";

/// `shop_test` of `postgresql://localhost/shop_test?sslmode=off`, of `dbname=shop_test user=x` and of the bare name.
std::string_view server_database(std::string_view resource) {
  const std::size_t scheme = resource.find("://");
  if (scheme != std::string_view::npos) {
    const std::string_view rest = resource.substr(scheme + 3);
    const std::string_view path = rest.substr(0, rest.find('?'));
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  constexpr std::string_view key = "dbname=";
  if (const std::size_t begin = resource.find(key); begin != std::string_view::npos) {
    const std::string_view rest = resource.substr(begin + key.size());
    return rest.substr(0, rest.find(' '));
  }
  return resource.find_first_of(" =:/%{") == std::string_view::npos ? resource : std::string_view();
}

std::string_view plain(std::string_view path) { return path.starts_with("./") ? path.substr(2) : path; }

/// Of the database that the call opens; empty for what asks something of one that is open, and when it is not known.
std::string_view fixed_name(const Project& project, const Effect& effect) {
  const std::string_view api = project.name(effect.api);
  const std::string_view word = api.substr(api.rfind('.') + 1);
  const bool is_class = word.front() >= 'A' && word.front() <= 'Z';
  const bool opens = is_class || word == "connect" || word == "create_pool" || word.starts_with("create_engine") ||
                     word == "create_async_engine" || word == "create_database" || word == "drop_database";
  if (!opens || !effect.resource || effect.is_private != 0) return {};
  const std::string_view name = project.name(effect.resource);
  if (effect.root == PathRoot::none) return server_database(name);
  return shared_place(effect.root).empty() ? std::string_view() : plain(name);
}

/// Where HS401 already says that tests on different workers meet at this file.
bool is_written_as_file(const Project& project, const Effect& opening) {
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (effect.kind != EffectKind::file_write || effect.place.file != opening.place.file) continue;
    if (effect.root != opening.root || !effect.resource) continue;
    if (plain(project.name(effect.resource)) != plain(project.name(opening.resource))) continue;
    const std::optional<Cause> cause = cause_of(project, id);
    if (cause && !cause->is_guarded) return true;
  }
  return false;
}

std::optional<Cause> cause_of_opening(const Project& project, EffectId id, const MovingTests& moving) {
  std::vector<Reach> reaches = live_reaches(project, id);
  if (reaches.empty()) return cause_of(project, id);
  const bool is_relative = project->effects[id].root == PathRoot::working_directory;
  std::erase_if(reaches, [&](const Reach& reach) {
    return (is_relative && moving.has(reach)) || is_for_one_worker(project, project->tests[reach.test]);
  });
  return cause_of(project, id, std::move(reaches));
}

struct Opening {
  Cause cause;
  Place change;
};

void report(Check& check, std::string_view name, const std::vector<Opening>& openings) {
  const Project& project = check.project();
  const Opening& first = openings.front();
  const Effect& effect = project->effects[first.cause.effect];
  const std::string_view where = shared_place(effect.root);
  const std::string deed = fmt::format("tests change database `{}`{}{}, opened by `{}`", name, where.empty() ? "" : " ",
                                       where, project.name(effect.api));
  Finding& finding = report_cause(check, first.cause, deed);
  finding.cost = {};
  finding.related.push_back({first.change, "changed here"});
  for (const Opening& other : openings) {
    if (&other == &first) continue;
    finding.related.push_back({other.cause.place, "opened here as well"});
    finding.tests.insert(finding.tests.end(), other.cause.tests.begin(), other.cause.tests.end());
  }
  std::ranges::sort(finding.tests);
  const auto repeated = std::ranges::unique(finding.tests);
  finding.tests.erase(repeated.begin(), repeated.end());
  if (first.cause.is_guarded) finding.confidence = Confidence::low;
}

void check_databases(Check& check) {
  const Project& project = check.project();
  std::optional<MovingTests> moving;  // only for who needs it
  // By file, then by database: one cause, one finding.
  std::map<std::tuple<FileId, PathRoot, std::string_view>, std::vector<Opening>> found;
  for (const EffectId id : project->effects.ids()) {
    const Effect& effect = project->effects[id];
    if (effect.kind != EffectKind::database || !project.is_test_code(effect.place.file)) continue;
    const std::string_view name = fixed_name(project, effect);
    if (name.empty()) continue;
    const std::optional<Place> change = change_of_database(project, effect);
    if (!change || is_written_as_file(project, effect)) continue;
    if (!moving) moving.emplace(project);
    std::optional<Cause> cause = cause_of_opening(project, id, *moving);
    if (cause) found[{effect.place.file, effect.root, name}].push_back({*std::move(cause), *change});
  }
  for (const auto& [key, openings] : found) report(check, std::get<std::string_view>(key), openings);
}

}  // namespace

extern const Rule fixed_database = {
    .code = "HS403",
    .name = "fixed-database",
    .summary = "tests change a database whose name is written in the code",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::database},
    .hooks = {.on_suite = check_databases},
    .help = "use a database in memory or below tmp_path_factory, or put the worker_id of pytest-xdist into its name",
    .page = page,
};

}  // namespace hasten::rules
