"""Kept pages through the production server: the CPU of its processes for one request, beside Django's bare hello."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsroom.discussions import posting
from tests.bench.measuring import at_least, at_most
from tests.factories.articles import ArticleFactory

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 4_000
ROUNDS = 3


def kept_pages():
    """An article with 200 comments and the home page, from the page cache; hello on the same server in the same run."""
    article = ArticleFactory()
    with transaction.atomic():
        for number in range(200):
            posting.bring_in(article.thread, text=f"Message {number}", author_name="Anne", at=timezone.now())
    with serving("newsroom.wsgi") as port:
        pages = [measured(port, address) for address in (article.get_absolute_url(), "/")]
    with serving("tests.bench.hello") as port:
        hello = measured(port, "/")
    slowest = max(pages, key=lambda one: one.cpu_ms)
    yield at_most("site.kept_page_cpu", slowest.cpu_ms, "ms", 0.35)
    yield at_most("site.hello_cpu", hello.cpu_ms, "ms", 10)
    yield at_least("site.kept_page_of_hello", min(one.a_second for one in pages) / hello.a_second, "ratio", 0.4)


class Spent:
    """What requests cost: CPU milliseconds of the server's processes for one, and how many went through in a second."""

    def __init__(self, cpu_ms, a_second):
        self.cpu_ms, self.a_second = cpu_ms, a_second


@contextmanager
def serving(module, **more):
    """Start the production server on a port of its own, with two processes and ``more`` environment, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "JOURNEY_DATABASE": settings.DATABASES["default"]["NAME"],
        "JOURNEY_REDIS_URL": settings.REDIS_URL,
        "JOURNEY_BROKER_URL": settings.REDIS_URL,
        "JOURNEY_PAGE_CACHE": "1",
        "PYTHONWARNINGS": "ignore",
        **more,
    }
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"),
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if os.environ.get("QUIETLY", "1") == "1" else None,
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port):
    for _time in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    message = "the server does not answer"
    raise RuntimeError(message)


def measured(port, address):
    """Ask for a page many times over kept connections; return the best round: what else runs only ever adds."""
    asked = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, br\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as first:
        _answer(first, asked)
    connections = [socket.create_connection(("127.0.0.1", port)) for _one in range(8)]
    processes = psutil.Process(os.getpid()).children(recursive=True)
    rounds = []
    for _round in range(ROUNDS):
        cpu, start = _cpu_of(processes), time.monotonic()
        for _turn in range(REQUESTS // len(connections)):
            for connection in connections:
                connection.sendall(asked)
            for connection in connections:
                _read(connection)
        spent = _cpu_of(processes) - cpu
        rounds.append(Spent(1000 * spent / REQUESTS, REQUESTS / (time.monotonic() - start)))
    for connection in connections:
        connection.close()
    return Spent(min(one.cpu_ms for one in rounds), max(one.a_second for one in rounds))


def _cpu_of(processes):
    return sum(times.user + times.system for times in (one.cpu_times() for one in processes if one.is_running()))


def _answer(connection, asked):
    connection.sendall(asked)
    _read(connection)


def _read(connection):
    """Read one answer to its end; a page that is not a plain 200 is no measurement."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _end, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    left = length - len(body)
    while left > 0:
        left -= len(_some(connection))


def _some(connection):
    received = connection.recv(262_144)
    assert received, "the server has closed the connection"
    return received
