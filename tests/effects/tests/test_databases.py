"""Databases by name, by address, in memory, and masked."""

import sqlite3
from unittest import mock

import psycopg2
import pymysql
import pytest
import redis
import sqlalchemy
from pymongo import MongoClient
from sqlalchemy import create_engine


def test_sqlite():
    connection = sqlite3.connect("orders.db")  # reveal: db via sqlite3.connect
    connection.execute("DELETE FROM orders")
    connection.commit()


def test_sqlite_of_its_own(tmp_path):
    sqlite3.connect(tmp_path / "orders.db")  # reveal: db via sqlite3.connect


def test_sqlite_in_memory():
    sqlite3.connect(":memory:")  # reveal: db via sqlite3.connect


def test_sqlite_is_patched():
    with mock.patch("sqlite3.connect"):
        sqlite3.connect("orders.db")  # reveal: db via sqlite3.connect masked by unittest.mock.patch(sqlite3.connect)


@pytest.fixture
def engine():
    return create_engine("postgresql://localhost/orders")  # reveal: db via sqlalchemy.create_engine


def test_engine(engine):
    with engine.connect() as connection:  # reveal: db via sqlalchemy.engine.Engine.connect
        connection.execute(sqlalchemy.text("SELECT 1"))  # reveal: db via sqlalchemy.engine.Connection.execute


def test_engine_in_memory():
    create_engine("sqlite:///:memory:").connect()  # reveal: db via sqlalchemy.create_engine  # reveal: db via sqlalchemy.engine.Engine.connect


def test_postgres():
    psycopg2.connect("dbname=orders")  # reveal: db via psycopg2.connect


@mock.patch("psycopg2.connect")
def test_postgres_is_patched(connect):
    psycopg2.connect("dbname=orders")  # reveal: db via psycopg2.connect masked by unittest.mock.patch(psycopg2.connect)


def test_mysql():
    pymysql.connect(host="db.example.com", database="orders")  # reveal: db via pymysql.connect


def test_mongo():
    MongoClient("mongodb://db.example.com").shop.orders.find_one({})  # reveal: db via pymongo.MongoClient


def test_redis():
    client = redis.Redis(host="cache.example.com")
    client.get("orders")  # reveal: db via redis.Redis.get
    client.flushdb()  # reveal: db via redis.Redis.flushdb


def test_redis_by_hand(monkeypatch):
    client = redis.Redis()
    monkeypatch.setattr(client, "execute_command", lambda *words: None)
    client.get("orders")  # reveal: db via redis.Redis.get masked by pytest.MonkeyPatch.setattr(redis.Redis.execute_command)


def test_redis_method_by_hand():
    client = redis.Redis()
    client.get = mock.Mock()
    client.get("orders")  # reveal: db via redis.Redis.get masked by client.get = ...
