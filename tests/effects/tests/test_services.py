"""Mocks of whole services (E5 to E9), clocks that do not stop a sleep, clients in the same process."""

import os
import subprocess
import time

import boto3
import fakeredis
import mongomock
import pymongo
import pytest
import redis
import requests
import time_machine
from django.test import Client as DjangoClient
from fastapi import FastAPI
from fastapi.testclient import TestClient
from flask import Flask
from freezegun import freeze_time
from moto import mock_aws
from pyfakefs.fake_filesystem_unittest import Patcher
from shop import remote


def upload():
    boto3.client("s3").put_object(Bucket="orders", Key="a", Body=b"")


def test_cloud():
    upload()  # reveal: network via botocore.client.BaseClient.put_object


@mock_aws
def test_mocked_cloud():
    upload()  # reveal: network via botocore.client.BaseClient.put_object masked by moto.mock_aws


@mock_aws
def test_mocked_cloud_for_http():
    requests.get("https://api.example.com/orders")  # reveal: network via requests.get


def test_mocked_cloud_for_a_while():
    with mock_aws():
        upload()
    upload()  # reveal: network via botocore.client.BaseClient.put_object


@pytest.fixture
def cloud():
    with mock_aws():
        yield


def test_mocked_cloud_by_fixture(cloud):
    upload()  # reveal: network via botocore.client.BaseClient.put_object masked by moto.mock_aws


def test_fake_files(fs):
    remote.save()  # reveal: file-write via builtins.open masked by fixture fs
    os.makedirs("/srv/orders")  # reveal: file-write via os.makedirs masked by fixture fs


def test_fake_files_for_a_child(fs):
    subprocess.run(["touch", "orders.csv"])  # reveal: subprocess via subprocess.run


def test_fake_files_for_a_while():
    with Patcher():
        remote.save()
    remote.save()  # reveal: file-write via builtins.open


@freeze_time("2024-01-01")
def test_frozen_clock_does_not_stop_a_sleep():
    time.sleep(2)  # reveal: sleep via time.sleep


@time_machine.travel("2024-01-01")
def test_travel_does_not_stop_a_sleep():
    time.sleep(2)  # reveal: sleep via time.sleep


def test_frozen_clock_by_fixture(freezer):
    time.sleep(2)  # reveal: sleep via time.sleep


def test_redis():
    redis.Redis().set("orders", 1)  # reveal: db via redis.Redis.set


def test_fake_redis():
    fakeredis.FakeRedis().set("orders", 1)


def test_mongo():
    pymongo.MongoClient().shop.orders.insert_one({})  # reveal: db via pymongo.MongoClient


def test_fake_mongo():
    mongomock.MongoClient().shop.orders.insert_one({})


def test_fastapi_client():
    TestClient(FastAPI()).get("/orders")


def test_flask_client():
    Flask("shop").test_client().get("/orders")


def test_django_client():
    DjangoClient().get("/orders/")
