"""Asking a register over HTTP, politely and on our guard.

A register is a stranger: it may be away, slow, wrong, or lead elsewhere. Whatever it does ends as one of three: an
answer in JSON, "unknown", or "unreachable" with the reason. Nothing else is raised.
"""

import http.client
import json
import re
import ssl
import time
import urllib.error
import urllib.request
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings

CONNECT_SECONDS: Final = 3.0
READ_SECONDS: Final = 8.0
# A server that sends a byte every few seconds keeps each read short and the whole long.
WHOLE_SECONDS: Final = 20.0
# A work with thousands of authors weighs 1 to 2 MB at Crossref.
LARGEST_ANSWER: Final = 4_000_000
CHUNK: Final = 65_536
LONGEST_WAIT: Final = 24 * 3600
MOST_HOPS: Final = 3
NOT_THERE: Final = {404, 410}
MOVED: Final = {301, 302, 303, 307, 308}
# The register is full, or wants us slower: what it says about waiting counts.
BUSY: Final = {429, 503}
SECONDS: Final = re.compile(r"\A[0-9]{1,9}\Z")


class UnknownWorkError(Exception):
    """The register answered that it does not know the work."""


class UnreachableError(Exception):
    """The register gave no usable answer. ``wait`` is the time in seconds that it asked for, None without one.

    ``is_of_the_register`` says whether others would fare as badly now.
    """

    def __init__(self, reason: str, *, wait: int | None = None, is_of_the_register: bool = True) -> None:
        """Keep the reason, in a few words for whoever looks at the source."""
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.is_of_the_register = is_of_the_register


def ask(address: str) -> Any:
    """Return the JSON that a GET of ``address`` answers, redirections within its own host followed.

    Raises UnknownWorkError for 404 and 410; UnreachableError for everything else that is not 200 with JSON of at most
    ``LARGEST_ANSWER`` bytes within the time-outs, redirections to other hosts included: nobody of ours has said that
    we ask there.
    """
    ends = time.monotonic() + WHOLE_SECONDS
    for _hop in range(MOST_HOPS):
        try:
            return _get(address, ends)
        except _MovedError as moved:
            address = moved.address
    message = f"more than {MOST_HOPS} redirections"
    raise UnreachableError(message)


def user_agent() -> str:
    """Return who asks: the registers serve first whoever says how he can be reached.

    Source: Crossref REST API documentation, "Etiquette"; NCBI, "A General Introduction to the E-utilities".
    """
    return f"Observance/1 ({settings.SITE_URL}; mailto:{settings.REGISTERS_CONTACT})"


class _MovedError(Exception):
    """The register has the work under another address of its own."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class _Connection(http.client.HTTPConnection):
    """Waits less for a connection than for an answer."""

    def connect(self) -> None:
        """Connect, then allow the server its time to answer."""
        super().connect()
        self.sock.settimeout(READ_SECONDS)


class _SecureConnection(http.client.HTTPSConnection):
    """The same over TLS."""

    def connect(self) -> None:
        """Connect and shake hands, then allow the server its time to answer."""
        super().connect()
        self.sock.settimeout(READ_SECONDS)


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SecureConnection, req, context=ssl.create_default_context())


def _get(address: str, ends: float) -> Any:
    """Ask once; raises what ``ask`` raises, and _MovedError."""
    # The address begins with a setting, which is checked to be http(s).
    headers = {"User-Agent": user_agent(), "Accept": "application/json"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    try:
        with _opener().open(request, timeout=CONNECT_SECONDS) as answer:
            return _json_of(answer, ends)
    except urllib.error.HTTPError as error:
        with error:
            raise _fault_of(error, address) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        # Time-outs are OSErrors; a ValueError comes from what is no header or no address.
        reason = getattr(error, "reason", None) or error
        message = f"{type(reason).__name__}: {reason}"
        raise UnreachableError(message) from error


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for HTTP(S) alone, through the environment's proxies where it names any."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Http(),
        _Https(),
    ):
        opener.add_handler(handler)
    return opener


def _json_of(answer: Any, ends: float) -> Any:
    """Read and parse an answer, in pieces: neither its length nor its pace is the server's to choose."""
    kind = answer.headers.get_content_type()
    if kind != "application/json" and not kind.endswith("+json"):
        message = f"{kind} instead of JSON"
        raise UnreachableError(message, is_of_the_register=False)
    read = bytearray()
    # read1: at most one read of the socket, so that a slow server is noticed between two.
    while piece := answer.read1(CHUNK):
        read += piece
        if len(read) > LARGEST_ANSWER:
            message = f"more than {LARGEST_ANSWER} bytes"
            raise UnreachableError(message, is_of_the_register=False)
        if time.monotonic() > ends:
            message = f"slower than {WHOLE_SECONDS:.0f} s"
            raise UnreachableError(message)
    try:
        return json.loads(read)
    except (ValueError, RecursionError) as error:
        message = "broken JSON"
        raise UnreachableError(message, is_of_the_register=False) from error


def _fault_of(error: urllib.error.HTTPError, address: str) -> Exception:
    """Return what an answer other than 200 means."""
    if error.code in NOT_THERE:
        return UnknownWorkError()
    if error.code in MOVED:
        there = urljoin(address, error.headers.get("Location") or "")
        is_at_home = urlsplit(there)[:2] == urlsplit(address)[:2]
        return _MovedError(there) if is_at_home else UnreachableError(f"HTTP {error.code} to another host")
    wait = _wait_of(error.headers.get("Retry-After") or "") if error.code in BUSY else None
    return UnreachableError(f"HTTP {error.code}", wait=wait)


def _wait_of(told: str) -> int | None:
    """Return the seconds that a register asks us to wait; for a date, which is rare, the usual wait does: None."""
    found = SECONDS.match(told.strip())
    return min(int(found[0]), LONGEST_WAIT) if found else None
