"""unittest.mock in its spellings (E1): what is replaced is one name in one namespace."""

import contextlib
import os
import time
import unittest
from unittest import mock
from unittest.mock import patch

from shop import remote


def test_nothing_is_replaced():
    remote.fetch()  # reveal: network via requests.get
    remote.wait()  # reveal: sleep via time.sleep
    remote.build()  # reveal: subprocess via subprocess.run


@mock.patch("shop.remote.requests.get")
def test_decorator(get):
    remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch(requests.get)
    remote.wait()  # reveal: sleep via time.sleep


@patch("requests.get")
def test_where_it_is_defined(get):
    remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch(requests.get)


@patch("requests.get")
def test_name_that_was_imported_stays(get):
    remote.fetch_by_name()  # reveal: network via requests.get


@patch("shop.remote.get")
def test_imported_name(get):
    remote.fetch_by_name()  # reveal: network via requests.get masked by unittest.mock.patch(shop.remote.get)
    remote.fetch()  # reveal: network via requests.get


@patch("time.sleep")
def test_sleep(sleep):
    remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)


@patch("time.sleep")
def test_imported_sleep_stays(sleep):
    remote.wait_by_name()  # reveal: sleep via time.sleep


@patch("shop.remote.sleep")
def test_imported_sleep(sleep):
    remote.wait_by_name()  # reveal: sleep via time.sleep masked by unittest.mock.patch(shop.remote.sleep)
    remote.wait()  # reveal: sleep via time.sleep


@patch("shop.remote.time")
def test_whole_module(time):
    remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(shop.remote.time)
    remote.wait_by_name()  # reveal: sleep via time.sleep


def test_context():
    with patch("shop.remote.requests.get"):
        remote.fetch()
    remote.fetch()  # reveal: network via requests.get


def test_context_with_two():
    with patch("time.sleep"), patch("subprocess.run"):
        remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)
        remote.build()  # reveal: subprocess via subprocess.run masked by unittest.mock.patch(subprocess.run)
        remote.fetch()  # reveal: network via requests.get


def test_exit_stack():
    with contextlib.ExitStack() as stack:
        stack.enter_context(patch("subprocess.run"))
        remote.build()
    remote.build()  # reveal: subprocess via subprocess.run


@patch.object(remote.requests, "get")
def test_object(get):
    remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch.object(requests.get)
    remote.fetch_by_name()  # reveal: network via requests.get


@patch.object(remote, "wait")
def test_function_of_the_project(wait):
    remote.wait()
    remote.Client().pause()


@patch.object(remote.Client, "send")
def test_method(send):
    remote.Client().push()
    remote.Client().pause()  # reveal: sleep via time.sleep


@patch("shop.remote.Client.send")
def test_method_by_name(send):
    remote.Client().push()


@patch.multiple("shop.remote", wait=mock.DEFAULT, build=mock.DEFAULT)
def test_multiple(wait, build):
    remote.wait()
    remote.build()
    remote.fetch()  # reveal: network via requests.get


@patch.dict("os.environ", {"OTHER": "1"})
def test_dictionary():
    remote.configure()  # reveal: env via os.environ restored
    remote.fetch()  # reveal: network via requests.get


@patch.dict(remote.REGISTRY)
def test_dictionary_of_the_project():
    remote.register("orders")  # reveal: global via shop.remote.REGISTRY restored


def test_start_and_stop():
    patcher = patch("time.sleep")
    patcher.start()
    remote.wait()
    patcher.stop()
    remote.wait()  # reveal: sleep via time.sleep


@patch("builtins.open", mock.mock_open())
def test_open():
    remote.save()  # reveal: file-write via builtins.open masked by unittest.mock.patch(builtins.open)


@patch("shop.remote.requests.post")
def test_another_function_stays(post):
    remote.fetch()  # reveal: network via requests.get


@patch("shop.remote.requests.Session.get")
def test_session_method(get):
    remote.fetch_by_session()  # reveal: network via requests.Session.get masked by unittest.mock.patch(requests.Session.get)


@patch("shop.remote.session")
def test_session(session):
    remote.fetch_by_session()  # reveal: network via requests.Session.get masked by unittest.mock.patch(shop.remote.session)


@patch("urllib.request.urlopen")
def test_urlopen_where_it_is_defined_stays(urlopen):
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen


@patch("shop.remote.urlopen")
def test_urlopen(urlopen):
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen masked by unittest.mock.patch(shop.remote.urlopen)


@patch("socket.socket")
def test_sockets(socket):
    remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch(socket.socket)
    remote.fetch_by_urllib()  # reveal: network via urllib.request.urlopen masked by unittest.mock.patch(socket.socket)
    remote.wait()  # reveal: sleep via time.sleep


def test_with_a_function():
    with patch("time.sleep", lambda seconds: None):
        remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)


def test_by_hand():
    client = remote.Client()
    client.send = lambda path: "sent"
    client.push()


def test_by_hand_with_a_mock():
    client = remote.Client()
    client.session = mock.Mock()
    client.push()  # reveal: network via requests.Session.post masked by client.session = ...


def test_lambda_as_stand_in():
    client = remote.Client()
    client.send = lambda path: time.sleep(2)  # reveal: sleep via time.sleep possible
    push = mock.Mock(side_effect=lambda: os.chdir("/"))  # reveal: cwd via os.chdir possible
    with patch("shop.remote.fetch", lambda: time.sleep(2)):  # reveal: sleep via time.sleep possible
        push()


def test_lambda_that_is_called():
    wait = lambda: time.sleep(2)  # reveal: sleep via time.sleep
    wait()


@patch("time.sleep")
class TestClassDecorator(unittest.TestCase):
    def setUp(self):
        remote.wait()  # reveal: sleep via time.sleep

    def test_covered(self, sleep):
        remote.wait()

    def helper(self):
        remote.wait()

    def test_helper(self, sleep):
        self.helper()


class TestStarted(unittest.TestCase):
    def setUp(self):
        patcher = patch("shop.remote.requests.get")
        self.get = patcher.start()
        self.addCleanup(patcher.stop)

    def test_fetch(self):
        remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch(requests.get)

    def test_wait(self):
        remote.wait()  # reveal: sleep via time.sleep


def test_made_and_never_entered():
    patcher = patch("time.sleep")
    remote.wait()  # reveal: sleep via time.sleep


def test_made_and_dropped():
    patch("time.sleep")
    remote.wait()  # reveal: sleep via time.sleep


def test_made_and_entered_later():
    patcher = patch("time.sleep")
    remote.wait()  # reveal: sleep via time.sleep
    with patcher:
        pass


def test_made_and_entered():
    patcher = patch("time.sleep")
    with patcher:
        remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)


def test_made_and_entered_by_a_stack():
    patcher = patch("time.sleep")
    with contextlib.ExitStack() as stack:
        stack.enter_context(patcher)
        remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)


def test_made_and_started():
    patcher = patch("time.sleep")
    patcher.start()
    remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)
    patcher.stop()


def quiet():
    return patch("time.sleep")


def test_made_by_a_helper():
    with quiet():
        remote.wait()  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)


def test_environment_for_a_while():
    with patch.dict(os.environ, {"SHOP": "1"}):  # reveal: env via os.environ restored
        pass
    with patch.dict(os.environ, SHOP="1"):  # reveal: env via os.environ restored
        pass
    with patch.dict(in_dict=os.environ, values={"SHOP": "1"}):  # reveal: env via os.environ restored
        pass


def test_environment_that_is_only_kept():
    with patch.dict(os.environ):
        pass
    with patch.dict("os.environ", {}):
        pass
    with patch.dict(os.environ, clear=True):
        pass


def test_project_replaces_what_nobody_knows():
    with remote.replaced(input()):  # reveal: file-write via builtins.open
        remote.fetch()  # reveal: network via requests.get masked by unittest.mock.patch.object(.)


@contextlib.contextmanager
def replaced(replacements):
    with contextlib.ExitStack() as stack:
        for target, name in replacements:
            stack.enter_context(patch.object(target, name))
        yield


def test_test_code_replaces_what_nobody_knows():
    with replaced(input()):
        remote.fetch()
        remote.save()
        open("orders.csv", "w").close()  # reveal: file-write via builtins.open masked by unittest.mock.patch.object(.)


@contextlib.contextmanager
def waiting():
    remote.wait()
    yield


def test_later_items_of_the_same_with():
    with patch("time.sleep"), waiting():  # reveal: sleep via time.sleep masked by unittest.mock.patch(time.sleep)
        pass


def test_earlier_items_of_the_same_with():
    with waiting(), patch("time.sleep"):  # reveal: sleep via time.sleep
        pass
