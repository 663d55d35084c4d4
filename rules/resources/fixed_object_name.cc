#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/cause.h"
#include "analyzer/check/surroundings.h"

namespace hasten::rules {
namespace {

constexpr std::string_view page = R"page(
Tests make a bucket, a queue, a table or a container under a name that is written in the code. It is one for the whole account or
daemon: the second pytest-xdist worker gets "already exists", or both work in the same one and one deletes it under the other. A
session-scoped fixture does not help: every worker sets up its own.

## Flagged

```python
import subprocess

import boto3
import docker
import pytest
from google.cloud import storage


@pytest.fixture
def bucket():
    s3 = boto3.resource("s3")
    bucket = s3.create_bucket(Bucket="orders")  # expect: HS405 "bucket `orders` is made by name in fixture `bucket`"
    yield bucket


def test_upload(bucket): ...


@pytest.fixture(scope="session")
def queue():
    sqs = boto3.client("sqs", region_name="eu-west-1")
    return sqs.create_queue(QueueName="jobs")["QueueUrl"]  # expect: HS405 "queue `jobs`"


def test_queue(queue): ...


@pytest.fixture(scope="session")
def database():
    client = docker.from_env()
    container = client.containers.run("postgres:16", detach=True, name="orders-db")  # expect: HS405 "container `orders-db`"
    yield container
    container.remove(force=True)


def test_database(database): ...


@pytest.fixture(scope="session")
def cache():
    subprocess.run(["docker", "run", "--rm", "-d", "--name", "orders-cache", "redis:7"], check=True)  # expect: HS405 "container `orders-cache`"
    yield
    subprocess.run(["docker", "stop", "orders-cache"], check=True)


def test_cache(cache): ...


BUCKET = "reports"


@pytest.fixture(scope="module")
def reports():
    return storage.Client().create_bucket(BUCKET)  # expect: HS405 "bucket `reports`"


def test_reports(reports): ...
```

## Not flagged

A name with the worker or anything else in it that is not written down, and one that the server chooses:

```python
import uuid

import boto3
import docker
import pytest
from moto import mock_aws


@pytest.fixture(scope="session")
def container(worker_id):
    client = docker.from_env()
    container = client.containers.run("postgres:16", detach=True, name=f"orders-{worker_id}")
    other = client.containers.run("redis:7", detach=True)
    yield container, other
    container.remove(force=True)
    other.remove(force=True)


def test_container(container): ...
```

What a mock serves, or a server that the worker has started for itself:

```python
import boto3
import pytest
from moto import mock_aws
from moto.server import ThreadedMotoServer
from testcontainers.localstack import LocalStackContainer


@pytest.fixture
def s3():
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="orders")
        yield s3


def test_orders(s3): ...


@pytest.fixture(scope="session")
def aws():
    with LocalStackContainer("localstack/localstack:3") as localstack:
        yield localstack


def test_localstack(aws):
    boto3.client("s3", endpoint_url=aws.get_url()).create_bucket(Bucket="orders")


@pytest.fixture(scope="module")
def moto_server():
    server = ThreadedMotoServer(port=0)
    server.start()
    yield server
    server.stop()


def test_moto(moto_server):
    boto3.client("s3").create_bucket(Bucket="orders")
```

Tests that one worker runs anyway:

```python
import docker
import pytest


@pytest.mark.xdist_group("docker")
def test_in_a_group():
    docker.from_env().containers.create("postgres:16", name="orders-db")
```

## Instead

Put the `worker_id` of pytest-xdist, or `uuid.uuid4().hex`, into the name. Leave out `name=` of containers that nobody looks up by
name. Where there can be only one, give the tests one `xdist_group` and run with `--dist loadgroup`.

## Limits

Only names that the call, a constant or a default tells. Whether the server belongs to one worker is known where the tests start it
through moto or testcontainers; a server that CI starts for the whole job is shared. Collections of document stores and topics of
brokers are not known. Databases have a rule of their own, HS403.

## References

* [pytest-xdist: identifying the worker](https://pytest-xdist.readthedocs.io/en/stable/how-to.html#identifying-the-worker-process-during-a-test)
* [docker run: --name](https://docs.docker.com/reference/cli/docker/container/run/#name)
* [Amazon S3: bucket naming rules](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html)
)page";

std::optional<Cause> cause_of_making(const Project& project, EffectId id) {
  std::vector<Reach> reaches = live_reaches(project, id);
  if (reaches.empty()) return cause_of(project, id);
  std::erase_if(reaches, [&](const Reach& reach) { return is_for_one_worker(project, project->tests[reach.test]); });
  return cause_of(project, id, std::move(reaches));
}

void check_name(Check& check, EffectId id) {
  const Project& project = check.project();
  const std::string_view object = project.name(project->effects[id].resource);  // "bucket orders", "log group x"
  const std::size_t space = object.rfind(' ');
  if (space == std::string_view::npos) return;
  const std::optional<Cause> cause = cause_of_making(project, id);
  if (!cause) return;
  const std::string deed = fmt::format("{} `{}` is made by name", object.substr(0, space), object.substr(space + 1));
  Finding& finding = report_cause(check, *cause, deed);
  finding.cost = {};
  if (cause->is_guarded) finding.confidence = Confidence::low;
}

}  // namespace

extern const Rule fixed_object_name = {
    .code = "HS405",
    .name = "fixed-object-name",
    .summary = "tests make a bucket, queue or container whose name is written in the code",
    .severity = Severity::warning,
    .confidence = Confidence::medium,
    .since = "0.1.0",
    .wants = {EffectKind::named_object},
    .hooks = {.on_effect = check_name},
    .help = "put the worker_id of pytest-xdist into the name, or leave the name to the server",
    .page = page,
};

}  // namespace hasten::rules
