"""pytest plugin that records what tests really do: one JSON line per test, kind and line, in $EFFECTS_OUT.

Audit hooks see files, sockets, processes, sqlite, the environment and the working directory; sleeps and changes of the
interpreter's state are wrapped; module globals and class attributes of the project are compared before and after each
test. Connections to other machines fail. An effect belongs to the innermost frame below $EFFECTS_ROOT; without one
it has the line -1. Calls of libraries by frames further out are noted as well. With $EFFECTS_LINES (file -> lines) it also notes which of these lines each
test executed. Without a frame of the project the event's name takes the file's place: `shutil.rmtree` of a clean-up.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
import types

import pytest

ROOT = os.path.realpath(os.environ["EFFECTS_ROOT"]) + os.sep
LINES = {}
if os.environ.get("EFFECTS_LINES"):
    with open(os.environ["EFFECTS_LINES"], encoding="utf-8") as _file:
        LINES = {os.path.join(ROOT, name): set(lines) for name, lines in json.load(_file).items()}

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FILE_EVENTS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.symlink", "os.link", "os.chmod",
               "os.utime", "shutil.copyfile", "shutil.move", "shutil.rmtree"}
PROCESS_EVENTS = {"subprocess.Popen", "os.posix_spawn", "os.exec", "os.system", "os.spawn", "os.fork", "os.forkpty"}
NAME_EVENTS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class Recorder:
    def __init__(self):
        self.test = None
        self.phase = None
        self.events = {}
        self.outer = set()
        self.executed = set()
        self.ran = {}
        self.is_busy = threading.local()

    def record(self, kind, detail="", event=""):
        if self.test is None or getattr(self.is_busy, "now", False):
            return
        self.is_busy.now = True
        try:
            frame = sys._getframe(1)
            while frame is not None and not is_own(frame.f_code.co_filename):
                frame = frame.f_back
            if frame is None:  # a library's own affair, or a task that an event loop runs
                self.events.setdefault((self.test, kind, event, -1), (-1, self.phase, str(detail)[:200]))
                return
            begin, end = lines_of(frame)
            name = os.path.realpath(frame.f_code.co_filename)[len(ROOT):]
            key = (self.test, kind, name, begin)
            self.events.setdefault(key, (end, self.phase, str(detail)[:200]))
            self.note_outer(frame, kind)
        finally:
            self.is_busy.now = False

    def note_outer(self, frame, kind):
        """Calls of libraries further out that led here by calling the project back: they have the effect too."""
        is_called_by_library = False
        while (frame := frame.f_back) is not None:
            if not is_own(frame.f_code.co_filename):
                is_called_by_library = True
            elif is_called_by_library:
                is_called_by_library = False
                self.outer.add((self.test, kind, os.path.realpath(frame.f_code.co_filename)[len(ROOT):],
                                *lines_of(frame)))

    def write(self, out):
        for test in self.ran:
            out.write(json.dumps({"ran": test}) + "\n")
        for (test, kind, file, line), (end, phase, detail) in self.events.items():
            out.write(json.dumps({"test": test, "kind": kind, "file": file, "line": line, "end": end, "phase": phase,
                                  "detail": detail}) + "\n")
        for test, kind, file, line, end in sorted(self.outer):
            out.write(json.dumps({"test": test, "outer": kind, "file": file, "line": line, "end": end}) + "\n")
        for test, file, line in sorted(self.executed):
            out.write(json.dumps({"test": test, "executed": file, "line": line}) + "\n")


RECORDER = Recorder()
_own = {}


def is_own(name):
    known = _own.get(name)
    if known is None:
        is_file = os.path.isabs(name)  # unlike `<frozen runpy>`
        known = _own[name] = is_file and os.path.realpath(name).startswith(ROOT) and "site-packages" not in name
    return known


def lines_of(frame):
    """First and last line of the call that the frame is in."""
    position = list(frame.f_code.co_positions())[frame.f_lasti // 2] if hasattr(frame.f_code, "co_positions") else None
    if position and position[0] and position[1]:
        return position[0], position[1]
    return frame.f_lineno, frame.f_lineno


def is_loopback(host):
    return str(host).startswith(("127.", "localhost", "::1", "0.0.0.0", "testserver")) or str(host) in ("", "::", "None")


def audit(event, args):
    if RECORDER.test is None:
        return
    if event == "open":
        path, mode, flags = args
        if isinstance(path, int) or path is None:
            return
        path = os.fsdecode(path)
        writes = any(c in mode for c in "wax+") if mode else bool(flags & WRITING)
        if writes and "__pycache__" not in path and not path.startswith("/dev/"):
            RECORDER.record("file-write", path)
    elif event in FILE_EVENTS:
        if "__pycache__" not in str(args[0]):
            RECORDER.record("file-write", args[0], event)
    elif event in PROCESS_EVENTS:
        RECORDER.record("subprocess", args[0] if args else "")
    elif event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple):
            RECORDER.record("network", address[:2])
            if not is_loopback(address[0]):
                raise OSError(101, "the network is blocked while effects are recorded")
    elif event in NAME_EVENTS:
        RECORDER.record("network", args[0])
        if not is_loopback(args[0]):
            raise socket.gaierror(-2, "the network is blocked while effects are recorded")
    elif event == "socket.bind":
        if isinstance(args[1], tuple):
            RECORDER.record("port", args[1][1])
    elif event == "sqlite3.connect":
        RECORDER.record("db", args[0])
    elif event in ("os.chdir", "os.fchdir"):
        RECORDER.record("cwd", args[0])
    elif event in ("os.putenv", "os.unsetenv"):
        if args[0] not in (b"PYTEST_CURRENT_TEST", "PYTEST_CURRENT_TEST"):
            RECORDER.record("env", os.fsdecode(args[0]))


def is_main():
    """A sleep in a thread of its own keeps nobody waiting."""
    return threading.current_thread() is threading.main_thread()


def wrap(holder, name, kind, counts=lambda args: True, is_direct=False):
    """With `is_direct` only calls by the project itself count: pytest's own helpers change warnings all the time."""
    original = getattr(holder, name)

    def wrapper(*args, **kwargs):
        if counts(args) and (not is_direct or is_own(sys._getframe(1).f_code.co_filename)):
            RECORDER.record(kind, name)
        return original(*args, **kwargs)

    wrapper.__name__ = name
    wrapper.__doc__ = original.__doc__
    wrapper.__wrapped__ = original
    setattr(holder, name, wrapper)


def wrap_all():
    import asyncio
    import locale
    import logging
    import random
    import warnings

    wrap(time, "sleep", "sleep", lambda args: bool(args) and args[0] > 0 and is_main())
    original = asyncio.sleep

    async def sleep(delay, *args, **kwargs):
        if delay > 0 and is_main():
            RECORDER.record("sleep", delay)
        return await original(delay, *args, **kwargs)

    asyncio.sleep = asyncio.tasks.sleep = sleep
    for method in ("setLevel", "addHandler", "removeHandler"):
        wrap(logging.Logger, method, "process-state")
    wrap(logging, "disable", "process-state")
    wrap(locale, "setlocale", "process-state", lambda args: len(args) > 1 and args[1] is not None)
    wrap(signal, "signal", "process-state", lambda args: is_main(), is_direct=True)
    wrap(socket, "setdefaulttimeout", "process-state")
    wrap(os, "umask", "process-state")
    wrap(random, "seed", "process-state")
    for name in ("simplefilter", "filterwarnings", "resetwarnings"):
        wrap(warnings, name, "process-state", is_direct=True)


# --- what is left behind, without a line: sys.path, module globals, class attributes ---

PLAIN = (int, float, str, bytes, bool, type(None), list, dict, set, tuple)


def own_modules():
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(module, types.ModuleType) and file and is_own(file):
            yield name, module


def print_of(value):
    if isinstance(value, (list, set, tuple, dict)):
        return type(value), len(value), id(value), hash(tuple(sorted(map(id, value)))) if len(value) < 200 else 0
    return (type(value), value) if isinstance(value, PLAIN) else id(value)


def snapshot():
    state = {}
    for name, module in own_modules():
        for key, value in list(vars(module).items()):
            if key.startswith("__") or isinstance(value, (types.ModuleType, types.FunctionType)) or key.startswith("@"):
                continue
            if isinstance(value, type):
                if value.__module__ != name:
                    continue
                for attribute, held in list(vars(value).items()):
                    if not attribute.startswith("__") and isinstance(held, PLAIN):
                        state[f"{name}.{key}.{attribute}"] = print_of(held)
            else:
                state[f"{name}.{key}"] = print_of(value)
    state["sys.path"] = tuple(sys.path)
    return state


def compare(before, after):
    for name, value in after.items():
        if name in before and before[name] != value:
            kind = "process-state" if name == "sys.path" else "global"
            key = (RECORDER.test, kind, "", 0)
            RECORDER.events.setdefault(key, (0, "any", name))


# --- which lines are executed ---

def tracer(frame, event, arg):
    lines = LINES.get(frame.f_code.co_filename)
    if not lines or RECORDER.test is None:
        return None

    def local(inner, what, _):
        if what == "line" and inner.f_lineno in lines and RECORDER.test is not None:
            RECORDER.executed.add((RECORDER.test, inner.f_code.co_filename[len(ROOT):], inner.f_lineno))
        return local

    return local


# --- pytest ---

def pytest_configure(config):
    wrap_all()
    sys.addaudithook(audit)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    RECORDER.test = item.nodeid.split("[")[0]
    RECORDER.ran[RECORDER.test] = True
    before = snapshot()
    if LINES:
        threading.settrace(tracer)
        sys.settrace(tracer)
    yield
    sys.settrace(None)
    threading.settrace(None)
    compare(before, snapshot())
    RECORDER.test = None


def phase(name):
    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def hook(item):
        RECORDER.phase = name
        yield

    return hook


pytest_runtest_setup = phase("setup")
pytest_runtest_call = phase("call")
pytest_runtest_teardown = phase("teardown")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    test, RECORDER.test = RECORDER.test, None
    with open(os.environ["EFFECTS_OUT"], "w", encoding="utf-8") as out:
        RECORDER.write(out)
    RECORDER.test = test
