"""Fetching a partner's feed over HTTP, on our guard: the address was typed, and where it leads is a stranger's choice.

Only public addresses of the internet are reached, and the very address that was checked: a name that leads to our own
network, or does so the second time it is asked, is refused. Sizes and times are ours to choose. Settings may name
hosts of a private network that are reached all the same.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
# A server that sends a byte now and then keeps every read short and the whole long.
WHOLE_SECONDS: Final = 30.0
LARGEST_FEED: Final = 5 * 1024 * 1024
CHUNK: Final = 65_536
MOST_REDIRECTS: Final = 3
REDIRECTS: Final = {301, 302, 303, 307, 308}
PORTS: Final = {"http": 80, "https": 443}


class UnreachableError(Exception):
    """The feed cannot be had; the message is a sentence for whoever looks after the partner's selection."""


@dataclass(frozen=True)
class Fetched:
    """A feed as it was sent, and what its server wants to be told the next time."""

    content: bytes
    etag: str
    last_modified: str


def fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched | None:
    """Return what a GET of ``url`` answers; None when it says that nothing has changed since.

    Follows up to three redirections within the host. Raises UnreachableError for everything else: another host, an
    address that is not public, more than 5 MB, more than 30 seconds, any answer but 200 and 304.
    """
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"User-Agent": f"Observance/1 ({settings.SITE_URL})", "Accept-Encoding": "identity"}
    headers |= {name: value for name, value in told.items() if value}
    ends = time.monotonic() + WHOLE_SECONDS
    try:
        for _step in range(MOST_REDIRECTS + 1):
            with _answer(urlsplit(url), headers, ends) as answer:
                if answer.status not in REDIRECTS:
                    return _read(answer, ends)
                url = _followed(url, answer.headers.get("Location", ""))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UnreachableError(gettext("The feed cannot be reached: %(error)s") % {"error": error}) from error
    raise UnreachableError(gettext("The feed leads from one address to the next without end."))


@contextmanager
def _answer(parts: SplitResult, headers: dict[str, str], ends: float) -> Iterator[http.client.HTTPResponse]:
    """Send the request and yield its answer; the connection is cut when the time is over, whatever is under way."""
    if parts.scheme not in PORTS or not parts.hostname or parts.username:
        raise UnreachableError(gettext("This is not a web address: %(address)s") % {"address": parts.geturl()})
    port = parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(parts.hostname, port)
    with _connected(parts, port) as wire:
        wire.settimeout(READ_SECONDS)
        connection.sock = wire
        cut = Timer(max(0.0, ends - time.monotonic()), _cut, [wire])
        cut.daemon = True
        cut.start()
        try:
            connection.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", headers=headers)
            with connection.getresponse() as answer:
                yield answer
        finally:
            cut.cancel()
            connection.close()


def _connected(parts: SplitResult, port: int) -> socket.socket:
    """Return a connection to an address of the host that has been checked, over TLS where the scheme says so."""
    host = str(parts.hostname)
    wire = socket.create_connection((_checked_address(host, port), port), timeout=CONNECT_SECONDS)
    if parts.scheme == "http":
        return wire
    try:
        return ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    except BaseException:
        wire.close()
        raise


def _checked_address(host: str, port: int) -> str:
    """Return one of the host's addresses. Raises UnreachableError unless all of them are public."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host not in settings.PARTNER_PRIVATE_HOSTS and not all(map(is_public, found)):
        raise UnreachableError(gettext("The address %(host)s leads into a private network.") % {"host": host})
    return found[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global)


def _cut(wire: socket.socket) -> None:
    # It may be closed already.
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _followed(url: str, location: str) -> str:
    """Return where a redirection leads. Raises UnreachableError for another host, and from https back to http."""
    there, here = urlsplit(urljoin(url, location)), urlsplit(url)
    is_same = there.hostname == here.hostname and (there.port == here.port or there.scheme != here.scheme)
    if not location or not is_same or (here.scheme, there.scheme) == ("https", "http"):
        said = {"host": there.hostname or "?"}
        raise UnreachableError(gettext("The feed has moved to another host (%(host)s): type its new address.") % said)
    return there.geturl()


def _read(answer: http.client.HTTPResponse, ends: float) -> Fetched | None:
    """Read an answer in pieces: neither its length nor its pace is the server's to choose."""
    if answer.status == http.client.NOT_MODIFIED:
        return None
    if answer.status != http.client.OK:
        raise UnreachableError(gettext("The partner’s server answers %(status)d.") % {"status": answer.status})
    content = bytearray()
    while piece := answer.read1(CHUNK):
        content += piece
        if len(content) > LARGEST_FEED:
            raise UnreachableError(gettext("The feed is larger than %(most)d MB.") % {"most": LARGEST_FEED // 1024**2})
    if time.monotonic() >= ends:
        raise UnreachableError(
            gettext("The partner’s server takes more than %(most)d seconds.") % {"most": WHOLE_SECONDS}
        )
    return Fetched(bytes(content), answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:100])
