import pytest

silo = pytest.importorskip("silo")

from silo import Client  # noqa: E402
from silo.testing import with_bucket  # noqa: E402


def test_a_day_is_published():
    client = Client("readings")
    client.publish("2024-01-01", settle=2)  # expect: HS201 "`silo.Client.publish` waits 2 s"
    client.compact("2024-01-01", 0)


@with_bucket
def test_a_bucket_is_empty(bucket, tmp_path):  # reveal: fixture tmp_path = plugin (function)
    assert not bucket.keys(cache=tmp_path)
