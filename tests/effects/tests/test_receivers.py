"""Inherited code runs on the object that it is called on: what the object's class overrides is what runs."""

import subprocess
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


class Remote:
    def get(self):
        return remote.fetch()

    def close(self):
        remote.wait()


class Local:
    def get(self):
        return {}

    def close(self):
        pass


class HeldObject:
    """What the object keeps is made with what its class names."""

    remote_class = Remote

    def setup_method(self):
        self.remote = self.remote_class()
        self.service = self.make_service()

    def make_service(self):
        return Remote()

    def fetch(self):
        kept = self.remote_class()
        return kept.get()

    def stop(self):
        self.service.close()


class TestHeldObject(HeldObject):
    def test_held(self):
        self.remote.get()  # reveal: network via requests.get

    def test_in_a_variable(self):
        self.fetch()  # reveal: network via requests.get

    def test_made_by_a_method(self):
        self.stop()  # reveal: sleep via time.sleep


class TestHeldObjectOfAnotherClass(HeldObject):
    remote_class = Local

    def make_service(self):
        return Local()

    def test_held(self):
        self.remote.get()

    def test_in_a_variable(self):
        self.fetch()

    def test_made_by_a_method(self):
        self.stop()


class TestPatchedOnTheHeldObject(HeldObject):
    remote_class = Local

    @patch.object(Remote, "get")
    def test_that_the_other_class_is_patched(self, get):
        self.fetch()


class WorkerByDefault:
    process_class = subprocess.Popen

    def start(self):
        process = self.process_class(["shop"])
        process.wait()


class Worker(WorkerByDefault):
    process_class = FakeClient


def test_class_outside_the_project():
    WorkerByDefault().start()  # reveal: subprocess via subprocess.Popen


def test_class_of_the_project_instead():
    Worker().start()


class Opened:
    @classmethod
    def open(cls, path=None):
        made = cls()
        return made

    @classmethod
    def open_at_once(cls):
        return cls()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def ready(self):
        return self

    def work(self):
        pass


class SlowOpened(Opened):
    def work(self):
        remote.wait()

    @classmethod
    def open_slowly(cls):
        return super().open_at_once()


def test_made_by_an_inherited_class_method():
    SlowOpened.open().work()  # reveal: sleep via time.sleep


def test_made_at_once():
    SlowOpened.open_at_once().work()  # reveal: sleep via time.sleep


def test_made_through_super():
    SlowOpened.open_slowly().work()  # reveal: sleep via time.sleep


def test_entered_by_an_inherited_method():
    with SlowOpened() as opened:
        opened.work()  # reveal: sleep via time.sleep


def test_that_returns_itself():
    SlowOpened().ready().work()  # reveal: sleep via time.sleep


def test_made_by_its_own_class():
    Opened.open().ready().work()
