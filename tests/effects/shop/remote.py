"""What the tests reach through the project's own code, under several names."""

import contextlib
import os
import subprocess
import time
from time import sleep
from unittest.mock import patch
from urllib.request import urlopen

import httpx
import requests
from requests import get
from werkzeug.local import LocalProxy

session = requests.Session()
REGISTRY = {}
current = LocalProxy(lambda: session)
LIMITS = {"items": None}


def fetch():
    return requests.get("https://api.example.com/orders")


def fetch_by_name():
    return get("https://api.example.com/orders")


def fetch_by_session():
    return session.get("https://api.example.com/orders")


def fetch_by_urllib():
    return urlopen("https://api.example.com/orders")


def fetch_by_httpx():
    return httpx.get("https://api.example.com/orders")


def wait():
    time.sleep(2)


def wait_by_name():
    sleep(2)


def build():
    subprocess.run(["make", "all"])


def save(path="orders.csv"):
    with open(path, "w") as file:
        file.write("")


def save_below(path, folder=None):
    if folder:
        path = os.path.join(folder, path)
    with open(path, "w") as file:
        file.write("")


def save_orders(path=None):
    if path is None:
        path = "orders.csv"
    with open(path, "w") as file:
        file.write("")


def save_elsewhere(path):
    path = "elsewhere.csv"
    with open(path, "w") as file:
        file.write("")


def configure():
    os.environ["SHOP"] = "test"


def register(name):
    REGISTRY[name] = True


class Client:
    def __init__(self):
        self.session = requests.Session()

    def push(self):
        return self.send("orders")

    def send(self, path):
        return self.session.post("https://api.example.com/" + path)

    def pause(self):
        wait()


class Response:
    status = 200


DEFAULT_DELAY = 2.5
delay = DEFAULT_DELAY


class Connection:
    response_class = Response
    opened = set()

    def close(self):
        Connection.opened.discard(self)

    @classmethod
    def reset_opened(cls):
        for connection in list(cls.opened):
            connection.close()


@contextlib.contextmanager
def replaced(replacements):
    with contextlib.ExitStack() as stack:
        for target, name in replacements:
            stack.enter_context(patch.object(target, name))
        yield
        save()


class Settings:
    rules = {}

    def _get_home(self):
        return self.values["home"]

    def _set_home(self, home):
        self.values["home"] = home

    home = property(_get_home, _set_home)

    @property
    def level(self):
        return self.values["level"]

    @level.setter
    def level(self, level):
        self.values["level"] = level


settings = Settings()
