"""Changes of state, taken back and not (effects.md 2)."""

import copy
import locale
import logging
import os
import random
import signal
import sys
import unittest
from contextlib import contextmanager
from unittest import mock

import pytest
from rows import make_base
from shop import remote
from twisted.trial import unittest as trial

Table = make_base()


def test_variable():
    os.environ["SHOP"] = "1"  # reveal: env via os.environ


def test_variable_is_deleted_again():
    os.environ["SHOP"] = "1"  # reveal: env via os.environ restored
    del os.environ["SHOP"]


def test_variable_in_finally():
    os.environ["SHOP"] = "1"  # reveal: env via os.environ restored
    try:
        remote.wait()  # reveal: sleep via time.sleep
    finally:
        del os.environ["SHOP"]


def test_saved_environment():
    saved = dict(os.environ)
    try:
        os.environ["SHOP"] = "1"  # reveal: env via os.environ restored
    finally:
        os.environ.clear()  # reveal: env via os.environ.clear restored
        os.environ.update(saved)  # reveal: env via os.environ.update restored


@pytest.fixture
def variable():
    os.environ["SHOP"] = "1"  # reveal: env via os.environ restored
    yield
    os.environ.pop("SHOP")


def test_variable_of_a_fixture(variable):
    pass


@pytest.fixture
def lost_variable():
    os.environ["SHOP"] = "1"  # reveal: env via os.environ
    yield


def test_lost_variable_of_a_fixture(lost_variable):
    pass


@pytest.fixture
def kept_environment():
    saved = copy.copy(os.environ)
    yield
    os.environ.clear()  # reveal: env via os.environ.clear restored
    os.environ.update(saved)  # reveal: env via os.environ.update restored


def test_variable_that_a_fixture_takes_back(kept_environment):
    os.environ["SHOP"] = "1"  # reveal: env via os.environ restored


@contextmanager
def variable_for_a_while(name, value):
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


def test_own_context_manager():
    with variable_for_a_while("SHOP", "1"):  # reveal: env via os.environ restored
        pass


def test_finalizer(request):
    before = os.getcwd()
    request.addfinalizer(lambda: os.chdir(before))
    os.chdir("/")  # reveal: cwd via os.chdir restored


def test_directory():
    os.chdir("/")  # reveal: cwd via os.chdir


def test_directory_and_back():
    before = os.getcwd()
    os.chdir("/")  # reveal: cwd via os.chdir restored
    os.chdir(before)


def test_registry():
    remote.REGISTRY["orders"] = True  # reveal: global via shop.remote.REGISTRY


def test_registry_and_back():
    remote.REGISTRY["orders"] = True  # reveal: global via shop.remote.REGISTRY restored
    remote.REGISTRY.clear()


def test_function_of_a_module():
    remote.wait = lambda: None  # reveal: global via shop.remote.wait


def test_function_of_a_module_and_back():
    before = remote.wait
    remote.wait = lambda: None  # reveal: global via shop.remote.wait restored
    try:
        remote.Client().pause()
    finally:
        remote.wait = before  # reveal: global via shop.remote.wait restored


def test_search_path():
    sys.path.append("lib")  # reveal: process-state via sys.path.append


def test_search_path_and_back():
    sys.path.append("lib")  # reveal: process-state via sys.path.append restored
    try:
        pass
    finally:
        sys.path.remove("lib")  # reveal: process-state via sys.path.remove restored


def test_level():
    logging.getLogger("shop").setLevel(logging.DEBUG)  # reveal: process-state via logging.Logger.setLevel


def test_handler_and_back():
    handler = logging.StreamHandler()
    logging.getLogger("shop").addHandler(handler)  # reveal: process-state via logging.Logger.addHandler restored
    try:
        pass
    finally:
        logging.getLogger("shop").removeHandler(handler)  # reveal: process-state via logging.Logger.removeHandler restored


def test_set_back_to_its_default():
    remote.delay = 1  # reveal: global via shop.remote.delay restored
    remote.delay = remote.DEFAULT_DELAY  # reveal: global via shop.remote.delay restored


def test_not_set_back_to_its_default():
    remote.delay = 1  # reveal: global via shop.remote.delay


def test_taken_back_by_what_it_calls():
    connection = remote.Connection()
    remote.Connection.opened.add(connection)  # reveal: global via shop.remote.Connection.opened restored
    connection.close()


def test_not_taken_back():
    connection = remote.Connection()
    connection.close()
    remote.Connection.opened.add(connection)  # reveal: global via shop.remote.Connection.opened


def test_taken_back_by_the_class():
    remote.Connection.opened.add(remote.Connection())  # reveal: global via shop.remote.Connection.opened restored
    remote.Connection.reset_opened()


def test_proxy():
    remote.current.user = "ada"


def test_result_of_a_mock():
    connection = remote.Connection()
    connection.response_class = mock.Mock()
    connection.response_class.return_value = "sent"
    connection.response_class.status = 404


def test_status_of_a_class():
    connection = remote.Connection()
    connection.response_class.status = 404  # reveal: global via shop.remote.Response.status


def test_seed():
    random.seed(7)  # reveal: process-state via random.seed


def test_locale():
    locale.setlocale(locale.LC_ALL, "C")  # reveal: process-state via locale.setlocale


def test_signal():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # reveal: process-state via signal.signal


class TestHooks(unittest.TestCase):
    def setUp(self):
        self.before = os.getcwd()
        os.chdir("/")  # reveal: cwd via os.chdir restored

    def tearDown(self):
        os.chdir(self.before)

    def test_nothing(self):
        pass


class TestCleanup(unittest.TestCase):
    def setUp(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir("/")  # reveal: cwd via os.chdir restored

    def test_nothing(self):
        pass


class TestLost(unittest.TestCase):
    def setUp(self):
        os.chdir("/")  # reveal: cwd via os.chdir

    def test_nothing(self):
        pass


class Socket:
    opened = set()

    def close(self):
        Socket.opened.remove(self)

    def rename(self):
        self.name = "other"


def test_removed_by_a_method():
    socket = Socket()
    Socket.opened.add(socket)  # reveal: global via test_changes.Socket.opened restored
    socket.close()


def test_added_and_not_removed():
    socket = Socket()
    Socket.opened.add(socket)  # reveal: global via test_changes.Socket.opened
    socket.rename()


original_fetch = remote.requests.Session.request


def test_saved_at_the_top():
    remote.requests.Session.request = original_fetch  # reveal: global via requests.Session.request restored


@pytest.fixture(autouse=True)
def limit_before_each():
    remote.LIMITS["orders"] = 10  # reveal: global via shop.remote.LIMITS
    remote.LIMITS["rows"] = 20  # reveal: global via shop.remote.LIMITS


def test_what_is_set_anew_before_each():
    remote.LIMITS["orders"] = 5  # reveal: global via shop.remote.LIMITS restored


def test_what_is_not():
    remote.LIMITS["items"] = 5  # reveal: global via shop.remote.LIMITS


def test_what_the_module_says():
    remote.LIMITS["items"] = None  # reveal: global via shop.remote.LIMITS restored


class Row(Table):
    cells: list = []


def test_field_of_what_may_be_a_model():
    Row().cells.append(1)


class TestTrial(trial.TestCase):
    def test_patched(self):
        self.patch(os, "chdir", lambda folder: None)
        os.chdir("/")  # reveal: cwd via os.chdir masked by twisted.trial.unittest.SynchronousTestCase.patch(os.chdir)


def test_property_goes_where_its_setter_puts_it():
    remote.settings.home = "nowhere"
    remote.settings.level = 3


def test_plain_attribute():
    remote.settings.name = "shop"  # reveal: global via shop.remote.settings.name


def test_container_of_the_class():
    settings = remote.Settings()
    settings.rules["orders"] = 1  # reveal: global via shop.remote.Settings.rules


def test_container_of_its_own():
    settings = remote.Settings()
    settings.rules = {}
    settings.rules["orders"] = 1
