import random

import boto3
import pytest

from pipeline.warehouse import Warehouse


@pytest.fixture(scope="session")
def year_of_readings(tmp_path_factory):
    """A file with a reading per sensor and day: far more than any one test looks at."""
    path = tmp_path_factory.mktemp("readings") / "year.csv"
    generator = random.Random(17)
    with path.open("w") as file:
        file.write("sensor,day,value,battery\n")
        for day in range(365):
            month, rest = day // 31 + 1, day % 28 + 1
            for sensor in range(200):
                file.write(f"s{sensor},2024-{month:02}-{rest:02},{generator.uniform(-20, 70):.2f},97\n")
    return path


@pytest.fixture
def warehouse(tmp_path):  # expect: HS101
    warehouse = Warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    yield warehouse
    warehouse.close()


@pytest.fixture
def s3():  # expect: HS101
    session = boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-central-1")
    return session.client("s3")


@pytest.fixture
def spark():  # expect: HS101
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").appName("pipeline").getOrCreate()
    yield session
    session.stop()
