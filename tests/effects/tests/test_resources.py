"""Files, ports, databases, processes and waits: those that others may notice, and those of the test's own."""

import asyncio
import io
import multiprocessing
import os
import shutil
import socket
import sqlite3
import subprocess
import tarfile
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pandas
import psycopg2
from shop import remote
from sqlalchemy import MetaData, Table, create_engine, engine_from_config


def test_file():
    Path("out.txt").write_text("")  # reveal: file-write via pathlib.Path.write_text
    open("out.txt", "w").close()  # reveal: file-write via builtins.open
    open("out.txt").read()


def test_file_of_its_own(tmp_path):
    (tmp_path / "out.txt").write_text("")  # reveal: file-write via pathlib.Path.write_text
    open(tmp_path / "out.txt", "w").close()  # reveal: file-write via builtins.open


def test_shared_temporary_file():
    Path("/tmp/out.txt").touch()  # reveal: file-write via pathlib.Path.touch
    open(os.path.join(tempfile.gettempdir(), "out.txt"), "w").close()  # reveal: file-write via builtins.open


def test_temporary_file_of_its_own():
    with tempfile.NamedTemporaryFile("w") as file:  # reveal: file-write via tempfile.NamedTemporaryFile
        file.write("")
    folder = tempfile.mkdtemp()  # reveal: file-write via tempfile.mkdtemp
    open(os.path.join(folder, "out.txt"), "w").close()  # reveal: file-write via builtins.open


def test_source_tree():
    (Path(__file__).parent / "out.txt").write_text("")  # reveal: file-write via pathlib.Path.write_text


def test_home():
    Path.home().joinpath("out.txt").write_text("")  # reveal: file-write via pathlib.Path.write_text
    open(os.path.expanduser("~/out.txt"), "w").close()  # reveal: file-write via builtins.open


def test_folders():
    os.makedirs("out")  # reveal: file-write via os.makedirs
    os.rename("out", "other")  # reveal: file-write via os.rename
    shutil.copy("a.txt", "b.txt")  # reveal: file-write via shutil.copy
    shutil.rmtree("out")  # reveal: file-write via shutil.rmtree
    os.remove("out.txt")  # reveal: file-write via os.remove


def test_port():
    server = socket.socket()
    server.bind(("", 8765))  # reveal: port via socket.socket.bind


def test_free_port():
    server = socket.socket()
    server.bind(("", 0))  # reveal: port via socket.socket.bind


def test_server():
    HTTPServer(("", 8766), SimpleHTTPRequestHandler)  # reveal: port via http.server.HTTPServer


async def test_asynchronous_server():
    await asyncio.start_server(print, "localhost", 8767)  # reveal: port via asyncio.start_server


def test_child_with_a_port():
    subprocess.Popen(["python", "-m", "http.server", "8768"])  # reveal: port via http.server.__main__  # reveal: subprocess via subprocess.Popen


def test_database():
    sqlite3.connect("orders.db")  # reveal: db via sqlite3.connect
    create_engine("sqlite:///shop.db").connect()  # reveal: db via sqlalchemy.create_engine  # reveal: db via sqlalchemy.engine.Engine.connect
    psycopg2.connect("dbname=shop")  # reveal: db via psycopg2.connect


def test_database_in_memory():
    sqlite3.connect(":memory:")  # reveal: db via sqlite3.connect
    create_engine("sqlite://").connect()  # reveal: db via sqlalchemy.create_engine  # reveal: db via sqlalchemy.engine.Engine.connect


def test_processes():
    subprocess.run(["make"])  # reveal: subprocess via subprocess.run
    subprocess.check_output(["make"])  # reveal: subprocess via subprocess.check_output
    subprocess.Popen(["make"])  # reveal: subprocess via subprocess.Popen
    os.system("make")  # reveal: subprocess via os.system


def test_waits():
    time.sleep(1)  # reveal: sleep via time.sleep
    for _ in range(3):
        time.sleep(0.5)  # reveal: sleep via time.sleep


async def test_asynchronous_wait():
    await asyncio.sleep(1)  # reveal: sleep via asyncio.sleep


def test_waits_beside():
    threading.Thread(target=time.sleep, args=(5,)).start()
    threading.Thread(target=lambda: time.sleep(5)).start()


async def test_asynchronous_wait_in_a_thread():
    await asyncio.to_thread(time.sleep, 1)  # reveal: sleep via time.sleep


def test_parameter_may_have_another_value(tmp_path):
    remote.save_below("below.csv", tmp_path)  # reveal: file-write via builtins.open


def test_parameter_has_another_value(tmp_path):
    remote.save_elsewhere(tmp_path / "given.csv")  # reveal: file-write via builtins.open


def test_parameter_gets_a_value():
    remote.save_orders()  # reveal: file-write via builtins.open


def test_parameter_has_a_value(tmp_path):
    remote.save_orders(tmp_path / "given.csv")  # reveal: file-write via builtins.open
    remote.save_orders("given.csv")


def test_frame_in_memory():
    frame = pandas.DataFrame()
    frame.to_csv()
    frame.to_csv(None)
    frame.to_csv("memory://orders.csv")
    frame.to_parquet("orders.parquet", filesystem=object())
    frame.to_json("orders.json", storage_options={"anon": True})


def test_frame_in_a_file():
    frame = pandas.DataFrame()
    frame.to_csv("orders.csv")  # reveal: file-write via pandas.DataFrame.to_csv
    frame.to_parquet("orders.parquet", filesystem=None)  # reveal: file-write via pandas.DataFrame.to_parquet


def test_archive_in_memory():
    tarfile.open(fileobj=io.BytesIO(), mode="w")


def test_pool_without_work():
    ProcessPoolExecutor()


def test_pool_with_work():
    with ProcessPoolExecutor() as pool:
        pool.submit(print)  # reveal: subprocess via concurrent.futures.ProcessPoolExecutor.submit


class Served:
    def start(self):
        context = multiprocessing.get_context("fork")
        self.process = context.Process(target=print)
        self.process.start()


def test_process_of_a_context():
    Served().start()  # reveal: subprocess via multiprocessing.Process.start


def test_table():
    engine = engine_from_config({"sqlalchemy.url": "sqlite://"})
    table = Table("orders", MetaData())
    table.create(engine)  # reveal: db via sqlalchemy.Table.create


def test_what_is_open_already(request):
    fd = os.open("orders.csv", os.O_RDONLY)
    with open(fd, "w") as file, open(file.fileno(), "w"), io.FileIO(1, "w"):
        pass
    with open("orders.zip", "wb") as target_fp:  # reveal: file-write via builtins.open
        zipfile.ZipFile(target_fp, "w").close()
    with open(os.path.join("orders", "fd"), "w"):  # reveal: file-write via builtins.open
        pass
