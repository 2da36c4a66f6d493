"""Caches in front of the site hear what has changed."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from newsroom.core.page_cache.purging import purge
from newsroom.events import pages


class Cache(BaseHTTPRequestHandler):
    """Remembers what it was told; refuses when the test says so."""

    heard: list[str]
    status = 200

    def do_POST(self):
        self.server.heard.append(self.headers["Surrogate-Key"])
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def cache():
    """A cache that listens on a port of its own."""
    server = HTTPServer(("127.0.0.1", 0), Cache)
    server.heard, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address_of(cache):
    return f"http://127.0.0.1:{cache.server_address[1]}/purge"


def test_a_cache_in_front_is_told_the_names(cache):
    pages.tell_cache(address_of(cache), ["article:1", "articles"])

    assert cache.heard == ["article:1 articles"]


def test_many_names_are_told_in_several_requests(cache):
    pages.tell_cache(address_of(cache), [f"article:{number}" for number in range(250)])

    assert [len(heard.split()) for heard in cache.heard] == [100, 100, 50]


def test_a_cache_that_refuses_is_an_error_that_is_tried_again(cache):
    cache.status = 503

    with pytest.raises(OSError, match="503"):
        pages.tell_cache(address_of(cache), ["article:1"])


@pytest.mark.usefixtures("kept")
def test_every_cache_is_told_by_a_task(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(pages, "ring", lambda *args: asked.append(args))
    settings.PAGE_PURGE_URLS = ["http://one.example/", "http://two.example/"]

    purge("article:1")

    assert asked == [
        ("events.tell_cache", "http://one.example/", ["article:1"]),
        ("events.tell_cache", "http://two.example/", ["article:1"]),
    ]
