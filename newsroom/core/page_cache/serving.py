"""The cache in front of Django: a WSGI application that answers kept pages itself and passes everything else on."""

import time
import uuid
from collections.abc import Callable, Iterable
from http import HTTPStatus
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

import structlog
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from redis.exceptions import RedisError

from newsroom.core.page_cache.declaring import MADE, PARAMETERS, Made, key_of, seconds_left
from newsroom.core.page_cache.entries import GZIP, IDENTITY, Entry, Found, Headers, coding_for, found_in
from newsroom.core.page_cache.store import Begun, PageStore, page_store

log = structlog.get_logger(__name__)

# How long a reader waits for the page that another is having made before having it made himself, in seconds.
LONGEST_WAIT = 3.0
A_MOMENT = 0.02
# Beyond this an address is nobody's page.
MOST_PARAMETERS = 20
MOST_HOSTS = 20
LONGEST_QUERY = 1_000

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class PageCache:
    """Answers a GET or HEAD from the cache, has a page made by one request at a time, and keeps what views declare.

    Redis away: everything is passed on. The site in trouble (5xx): a page that is still true is answered, stale.
    """

    def __init__(self, application: Application) -> None:
        """Stand in front of ``application``."""
        self.application = application
        # Views say which parameters pages have as they are imported: before the first request is looked at.
        import_module(settings.ROOT_URLCONF)
        self.hosts: set[str] = set()
        self.own = tuple(f"/{path}/" for path in ("static", "media", settings.ADMIN_PATH, *settings.PAGE_CACHE_NEVER))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        try:
            return self._answer(key, environ, start_response)
        except RedisError as error:
            log.warning("page_cache_away", error=str(error))
            return self.application(environ, start_response)

    def _key(self, environ: Environ) -> str | None:
        """Return the key of the page that is asked for; None for what is never a kept page."""
        path = environ["PATH_INFO"] or "/"
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or path.startswith(self.own) or self._is_another_s(environ):
            return None
        if not query:
            return path
        try:
            given = parse_qsl(query, max_num_fields=MOST_PARAMETERS)
        except ValueError:
            return None
        return key_of(path, {name: value for name, value in given if name in PARAMETERS}.items())

    def _is_another_s(self, environ: Environ) -> bool:
        """Say whether Django has to look at the request itself: a form, a fragment, a host, the way to HTTPS."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return True
        if "HTTP_HX_REQUEST" in environ or "HTTP_AUTHORIZATION" in environ:
            return True
        if not self._is_ours(environ.get("HTTP_HOST", "")):
            return True
        if not settings.SECURE_SSL_REDIRECT:
            return False
        header, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        return environ["wsgi.url_scheme"] != "https" and (not header or environ.get(header) != value)

    def _is_ours(self, host: str) -> bool:
        """Say whether a host is one of ``ALLOWED_HOSTS``; those that were are remembered, as long as they are few."""
        if host in self.hosts:
            return True
        is_ours = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
        if is_ours and len(self.hosts) < MOST_HOSTS:
            self.hosts.add(host)
        return is_ours

    def _answer(self, key: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        store, coding = page_store(), coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = store.read(key, coding)
        if found is not None and found.is_fresh(time.time()):
            return _told(found, coding, "HIT", environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        token = uuid.uuid4().hex
        begun = store.begin(key, token)
        if not begun.is_ours and not begun.is_passed:
            if found is not None:
                return _told(found, coding, "STALE", environ, start_response)
            waited, begun = _wait(store, key, coding, token, begun)
            if begun.is_ours:
                # The page may have been kept between our last look and its lock's coming free.
                waited = store.read(key, coding)
            if waited is not None and waited.is_fresh(time.time()):
                if begun.is_ours:
                    store.give_up(key, token)
                return _told(waited, coding, "HIT", environ, start_response)
        return _Making(self.application, store, key, coding, begun, token, found).answer(environ, start_response)


class _Making:
    """One page being made by Django for one request, and kept for the others."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one request
        self,
        application: Application,
        store: PageStore,
        key: str,
        coding: str,
        begun: Begun,
        token: str,
        stale: Found | None,
    ) -> None:
        self.application, self.store, self.key, self.coding = application, store, key, coding
        self.begun, self.token, self.stale = begun, token, stale
        self.status = ""
        self.headers: Headers = []
        self.error: Any = None

    def answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Have the page made; keep and answer it, or pass on what is no page to keep."""
        answer = self.application(environ, self._note)
        page: Made | None = environ.get(MADE)
        if page is not None and self.status.startswith("200"):
            body = b"".join(answer)
            getattr(answer, "close", lambda: None)()
            return self._kept(page, body, environ, start_response)
        self._give_up()
        if self.stale is not None and self.status.startswith("5"):
            getattr(answer, "close", lambda: None)()
            return _told(self.stale, self.coding, "STALE", environ, start_response)
        start_response(self.status, self.headers, *([self.error] if self.error else []))
        return answer

    def _note(self, status: str, headers: Headers, error: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers, self.error = status, headers, error
        return lambda _body: None

    def _kept(self, page: Made, body: bytes, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Keep the page if it is ours to keep, and answer it in the coding that was asked for."""
        now = time.time()
        entry = Entry(
            headers=self.headers,
            body=body,
            stored_at=now,
            fresh_until=now + seconds_left(page, settings.PAGE_FRESH.total_seconds()),
            kept_until=now + seconds_left(page, settings.PAGE_STALE.total_seconds()),
        )
        try:
            self.store.keep(page.key, entry, page.names, begun=self.begun.at, token=self.token)
            if page.key != self.key:
                self._give_up()
        except RedisError as error:
            log.warning("page_not_kept", error=str(error))
        fields = entry.fields()
        coded = fields[GZIP if self.coding == IDENTITY else self.coding]
        return _told(found_in(fields["about"], coded, self.coding), self.coding, "MISS", environ, start_response)

    def _give_up(self) -> None:
        try:
            self.store.give_up(self.key, self.token)
        except RedisError as error:
            log.warning("page_cache_away", error=str(error))


def _wait(store: PageStore, key: str, coding: str, token: str, begun: Begun) -> tuple[Found | None, Begun]:
    """Wait for the page that another request is having made, or for it to become ours to make.

    Return the page, None when it does not come, and what ``begin`` said last: under the same token, so that a page
    that has become ours is not held from others by a name that nobody gives up.
    """
    ends = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < ends and not begun.is_ours and not begun.is_passed:
        time.sleep(A_MOMENT)
        found = store.read(key, coding)
        if found is not None and found.is_fresh(time.time()):
            return found, begun
        begun = store.begin(key, token)
    return None, begun


def _told(found: Found, coding: str, how: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a kept page: whole, without its body, or "not modified"."""
    headers = [
        *found.headers,
        ("ETag", found.etag),
        ("Vary", "Accept-Encoding"),
        ("X-Cache", how),
        ("X-Request-ID", uuid.uuid4().hex),
    ]
    if _is_known(found, environ):
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() != "content-type"])
        return []
    if coding != IDENTITY:
        headers.append(("Content-Encoding", coding))
    headers.append(("Content-Length", str(len(found.body))))
    start_response(f"200 {HTTPStatus.OK.phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body]


def _is_known(found: Found, environ: Environ) -> bool:
    """Say whether a browser has the page already (RFC 9110, section 13.1.2: compared as weak tags).

    Without a tag, the date that the page itself gave out is known, word for word; any other date proves nothing.
    """
    known = environ.get("HTTP_IF_NONE_MATCH", "").strip()
    if not known:
        since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
        return bool(since) and ("Last-Modified", since) in found.headers
    bare = found.etag.removeprefix("W/")
    return known == "*" or any(one.strip().removeprefix("W/") == bare for one in known.split(","))
