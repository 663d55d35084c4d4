"""Inherited code runs on the object that it is called on: what the object's class overrides is what runs."""

from unittest.mock import patch

import pytest
from shop import remote


class FakeClient(remote.Client):
    def send(self, path):
        return None


class SlowClient(remote.Client):
    def send(self, path):
        remote.wait()


class Renamed(FakeClient):
    def pause(self):
        self.push()


class Deep(SlowClient):
    def push(self):
        return super().push()


def test_real_client():
    remote.Client().push()  # reveal: network via requests.Session.post


def test_overridden():
    FakeClient().push()


def test_overridden_by_something_slow():
    SlowClient().push()  # reveal: sleep via time.sleep


def test_overridden_by_a_base():
    Renamed().push()


def test_called_by_an_own_method():
    Renamed().pause()


def test_through_super():
    Deep().push()  # reveal: sleep via time.sleep


def test_in_a_variable():
    client = FakeClient()
    client.push()


@pytest.fixture
def fake():
    return FakeClient()


def test_in_a_fixture(fake):
    fake.push()


def test_of_a_base_called_by_name():
    remote.Client.push(FakeClient())  # reveal: network via requests.Session.post


@patch.object(remote.Client, "send")
def test_patched_in_the_base_which_is_not_looked_up(send):
    SlowClient().push()  # reveal: sleep via time.sleep


@patch.object(SlowClient, "send")
def test_patched_in_the_subclass(send):
    SlowClient().push()


class Step:
    def run(self):
        def inner():
            self.work()

        inner()

    def work(self):
        remote.wait()


class QuickStep(Step):
    def work(self):
        pass


def test_inside_a_nested_function():
    Step().run()  # reveal: sleep via time.sleep


def test_overridden_inside_a_nested_function():
    QuickStep().run()


class Resource:
    @classmethod
    def open(cls):
        return cls()

    def __init__(self):
        remote.build()

    def __enter__(self):
        self.connect()
        return self

    def __exit__(self, *error):
        pass

    def connect(self):
        remote.fetch()


class MemoryResource(Resource):
    def __init__(self):
        self.rows = []

    def connect(self):
        pass


def test_class_method():
    Resource.open()  # reveal: subprocess via subprocess.run


def test_class_method_of_a_subclass():
    MemoryResource.open()


def test_with():
    with Resource():  # reveal: network via requests.get  # reveal: subprocess via subprocess.run
        pass


def test_with_a_subclass():
    with MemoryResource():
        pass


class Loud:
    def make(self):
        remote.wait()
        return remote.Client()


class Contract:
    """Tests that a subclass runs with what it makes."""

    def make(self):
        return remote.fetch()

    @pytest.fixture
    def made(self):
        return self.make()  # reveal: sleep via time.sleep

    def test_made(self, made):
        self.make()


class TestQuiet(Contract):
    def make(self):
        return None


class TestMixed(Loud, Contract):
    pass


class First:
    def set_up(self):
        remote.wait()


class Second:
    def set_up(self):
        remote.build()


class Mixin(First):
    def set_up(self):
        super().set_up()


class Both(Mixin, Second):
    pass


class Between(First):
    def set_up(self):
        pass


class Cut(Mixin, Between):
    pass


def test_super_of_a_mixin():
    Both().set_up()  # reveal: sleep via time.sleep


def test_super_finds_what_stands_between():
    Cut().set_up()


def chosen(kind):
    return SlowClient() if kind == "slow" else (FakeClient() if kind == "fake" else remote.Client())


def test_one_of_three():
    chosen("fake").pause()  # reveal: sleep via time.sleep possible


def test_which_of_three_is_not_known():
    chosen("fake").push()  # reveal: network via requests.Session.post possible
