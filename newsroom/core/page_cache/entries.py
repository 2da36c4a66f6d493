"""One page in the cache: its headers once, its body in the codings that browsers ask for."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

# Compressed once and sent thousands of times, and yet within a request: 2-3 ms for a long page.
BROTLI_QUALITY = 5
GZIP_LEVEL = 5
BROTLI, GZIP, IDENTITY = "br", "gzip", "identity"
# What belongs to one answer and not to the page.
OF_ONE_ANSWER = {"x-request-id", "date", "server", "content-length", "connection", "etag", "vary", "age"}

Headers = list[tuple[str, str]]


class Found(NamedTuple):
    """What the cache had: when the page was stored and until when it is fresh (seconds since 1970), and its parts."""

    headers: Headers
    etag: str
    stored_at: float
    fresh_until: float
    body: bytes

    def is_fresh(self, now: float) -> bool:
        """Say whether the page may be shown at ``now`` without being made anew."""
        return now < self.fresh_until


@dataclass(frozen=True)
class Entry:
    """A page to be kept: fresh until ``fresh_until``, at hand for emergencies until ``kept_until``."""

    headers: Headers
    body: bytes
    stored_at: float
    fresh_until: float
    kept_until: float

    def fields(self) -> dict[str, bytes]:
        """Return what is stored: ``about`` and one field for each coding."""
        about = {
            "headers": [(name, value) for name, value in self.headers if name.lower() not in OF_ONE_ANSWER],
            "etag": etag_of(self.body),
            "stored_at": self.stored_at,
            "fresh_until": self.fresh_until,
        }
        return {
            "about": json.dumps(about, separators=(",", ":")).encode(),
            BROTLI: brotli.compress(self.body, quality=BROTLI_QUALITY),
            GZIP: gzip.compress(self.body, GZIP_LEVEL, mtime=0),
        }


def found_in(about: bytes, body: bytes, coding: str) -> Found:
    """Return the page as it was stored; whoever wants it uncompressed has its gzip form opened."""
    told = json.loads(about)
    headers = [(name, value) for name, value in told["headers"]]
    opened = gzip.decompress(body) if coding == IDENTITY else body
    return Found(headers, told["etag"], told["stored_at"], told["fresh_until"], opened)


def etag_of(body: bytes) -> str:
    """Return a weak tag: the same for every coding of the page (RFC 9110, section 8.8.1)."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'


def coding_for(accepted: str) -> str:
    """Return the coding to answer with to an ``Accept-Encoding``: brotli, else gzip, else none.

    A coding with a weight of zero is refused; what else the weights say does not matter to two good codings.
    """
    if not accepted:
        return IDENTITY
    if accepted == "gzip":
        return GZIP
    wanted = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if weight.strip().replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            wanted.add(name.strip())
    if BROTLI in wanted:
        return BROTLI
    return GZIP if GZIP in wanted or "x-gzip" in wanted else IDENTITY
