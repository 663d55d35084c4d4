"""Clients of the network, and those that stay on this machine."""

import ftplib
import http.client
import smtplib
import socket
import urllib.request

import aiohttp
import boto3
import grpc
import httpx
import paramiko
import requests
import urllib3
import websockets
from google.cloud import storage


def test_requests():
    requests.post("https://api.example.com/orders")  # reveal: network via requests.post
    requests.request("GET", "https://api.example.com/orders")  # reveal: network via requests.request
    with requests.Session() as session:
        session.put("https://api.example.com/orders")  # reveal: network via requests.Session.put


def test_httpx():
    httpx.post("https://api.example.com/orders")  # reveal: network via httpx.post
    with httpx.Client() as client:
        client.delete("https://api.example.com/orders")  # reveal: network via httpx.Client.delete


async def test_httpx_asynchronous():
    async with httpx.AsyncClient() as client:
        await client.get("https://api.example.com/orders")  # reveal: network via httpx.AsyncClient.get


async def test_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://api.example.com/orders"):  # reveal: network via aiohttp.ClientSession.get
            pass


def test_urllib():
    urllib.request.urlopen("https://api.example.com/orders")  # reveal: network via urllib.request.urlopen
    urllib.request.urlretrieve("https://api.example.com/orders", "orders.json")  # reveal: file-write via urllib.request.urlretrieve  # reveal: network via urllib.request.urlretrieve


def test_urllib3():
    urllib3.PoolManager().request("GET", "https://api.example.com/orders")  # reveal: network via urllib3.PoolManager.request


def test_standard_library():
    http.client.HTTPSConnection("api.example.com").request("GET", "/orders")  # reveal: network via http.client.HTTPConnection.request
    smtplib.SMTP("mail.example.com")  # reveal: network via smtplib.SMTP
    ftplib.FTP("ftp.example.com")  # reveal: network via ftplib.FTP
    socket.create_connection(("api.example.com", 443))  # reveal: network via socket.create_connection
    socket.getaddrinfo("api.example.com", 443)  # reveal: network via socket.getaddrinfo


def test_ssh():
    client = paramiko.SSHClient()
    client.connect("shop.example.com")  # reveal: network via paramiko.SSHClient.connect


def test_grpc():
    grpc.insecure_channel("api.example.com:443")  # reveal: network via grpc.insecure_channel


async def test_websocket():
    async with websockets.connect("wss://api.example.com/orders"):  # reveal: network via websockets.connect
        pass


def test_cloud():
    client = boto3.client("sqs")
    client.send_message(QueueUrl="orders", MessageBody="1")  # reveal: network via botocore.client.BaseClient.send_message
    storage.Client().bucket("orders").blob("a").upload_from_string("1")  # reveal: network via google.cloud.storage.Client


def test_this_machine():
    httpx.get("http://127.0.0.1:8000/orders")  # reveal: network via httpx.get
    socket.create_connection(("localhost", 8000))  # reveal: network via socket.create_connection


def test_server_of_a_fixture(httpserver):
    requests.get(httpserver.url_for("/orders"))  # reveal: network via requests.get
