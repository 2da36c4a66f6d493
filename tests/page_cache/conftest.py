"""A visitor in front of the page cache, with Django behind it and a real Redis beside it."""

from types import SimpleNamespace

import pytest
import redis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from newsroom.core.page_cache.serving import PageCache


@pytest.fixture
def kept(settings):
    """Switch the page cache on, empty."""
    settings.PAGE_CACHE = True
    server = redis.Redis.from_url(settings.PAGE_CACHE_URL)
    server.flushdb()
    yield server
    server.flushdb()


class Visitor:
    """Asks as a browser does, and notes how often Django was asked."""

    def __init__(self):
        self.asked = 0
        self.django = WSGIHandler()
        self.cache = PageCache(self.application)

    def application(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, address, method="get", **headers):
        """Return the answer: ``status``, ``headers`` (lower case) and ``body``."""
        request = getattr(RequestFactory(headers=headers, SERVER_NAME="testserver", HTTP_HOST="testserver"), method)
        told = {}

        def start_response(status, pairs, error=None):
            del error
            told.update(status=int(status.split()[0]), headers={name.lower(): value for name, value in pairs})

        answer = self.cache(request(address).environ, start_response)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return SimpleNamespace(**told, body=body)


@pytest.fixture
def visitor(kept):
    """Return a visitor whose pages come from the cache where it has them.

    The test's connection stays open between requests, as with Django's own test client.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Visitor()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
