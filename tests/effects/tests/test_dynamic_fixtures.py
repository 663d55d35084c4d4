"""Fixtures that are asked for while the test runs (C12): what they do, and what they give."""

import pytest
from pytest_lazy_fixtures import lf
from pytest_lazyfixture import lazy_fixture
from shop import remote


class Memory:
    def push(self):
        pass


@pytest.fixture
def slow_store():
    remote.wait()  # reveal: sleep via time.sleep  # reveal: sleep via time.sleep possible
    return remote.Client()


@pytest.fixture
def memory_store():
    return Memory()


@pytest.fixture
def store(request):
    return request.getfixturevalue("slow_store")


@pytest.fixture(params=["slow_store", "memory_store"])
def any_store(request):
    return request.getfixturevalue(request.param)


def test_by_name(request):
    request.getfixturevalue("slow_store").push()  # reveal: network via requests.Session.post


def test_by_keyword(request):
    client = request.getfixturevalue(argname="slow_store")
    client.push()  # reveal: network via requests.Session.post


def test_of_a_fixture(store):
    store.push()  # reveal: network via requests.Session.post


def test_of_a_parametrized_fixture(any_store):
    any_store.push()  # reveal: network via requests.Session.post possible


@pytest.mark.parametrize("name", ["slow_store", "memory_store"])
def test_of_a_parameter(request, name):
    request.getfixturevalue(name).push()  # reveal: network via requests.Session.post possible


def test_of_the_other(request):
    request.getfixturevalue("memory_store").push()


def test_inside_a_function(request):
    def make():
        return request.getfixturevalue("slow_store")

    make().push()  # reveal: network via requests.Session.post


@pytest.mark.parametrize("lazy", [lazy_fixture("slow_store"), lazy_fixture("memory_store")])
def test_lazy_parameter(lazy):
    lazy.push()  # reveal: network via requests.Session.post possible


@pytest.mark.parametrize("lazy", [pytest.lazy_fixture("memory_store")])
def test_lazy_parameter_of_the_other(lazy):
    lazy.push()


@pytest.fixture(params=[lf("slow_store"), lf("memory_store")])
def lazy_store(request):
    return request.param


def test_lazy_parameter_of_a_fixture(lazy_store):
    lazy_store.push()  # reveal: network via requests.Session.post possible
