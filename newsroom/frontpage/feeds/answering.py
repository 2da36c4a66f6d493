"""How a feed is answered: whether it has changed is known from a few short rows, before anything is read or written.

The ETag is made of the feed's head and of each item in order. No date among the items says that one has gone, so
``Last-Modified`` is when the feed was first seen to be another than before: see ``FeedMemory``.
"""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from newsroom.frontpage.feeds.entries import Head
from newsroom.frontpage.feeds.formats import Format
from newsroom.frontpage.feeds.storing import maker

ITEMS: Final = 50
# An HTTP date has no part smaller than a second: two states of one second must not share theirs.
RECALL: Final = "SELECT changed_at FROM frontpage_feedmemory WHERE key = %s AND digest = %s"
REMEMBER: Final = """
INSERT INTO frontpage_feedmemory AS known (key, digest, changed_at) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET digest = EXCLUDED.digest,
    changed_at = CASE WHEN known.digest = EXCLUDED.digest THEN known.changed_at
        ELSE greatest(EXCLUDED.changed_at, known.changed_at + interval '1 second') END
RETURNING changed_at
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a feed holds now: a mark for each item, in order, that changes with it, and the way to its items."""

    marks: list[str]
    items: Callable[[], Iterable[str]]


def answered(request: HttpRequest, head: Head, way: Format, listed: Listed) -> HttpResponse:
    """Answer with the feed, or with 304 to somebody who has it already.

    ``If-None-Match`` counts more than ``If-Modified-Since`` (RFC 9110, section 13.2.2); one that lies in the future
    is no date that anybody got from here, and is passed over. One query, one more where the feed has changed, and
    those of its items where they are sent.
    """
    digest = sha256("\0".join((maker(), *astuple(head), *listed.marks)).encode()).hexdigest()
    changed_at = _changed_at(head.address, digest)
    response = HttpResponse(content_type=way.content_type)
    # Asked for each time, so that nobody guesses a lifetime from the date; the answer is mostly 304.
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["ETag"] = f'"{digest[:24]}-{int(changed_at.timestamp()):x}"'
    now = timezone.now()
    if changed_at <= now:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    known_since = None if since is None or since > now.timestamp() else int(changed_at.timestamp())
    unchanged = get_conditional_response(request, response["ETag"], known_since, response)
    if unchanged is not None and unchanged is not response:
        return unchanged
    response.content = way.feed(head, listed.items(), changed_at)
    return response


def _changed_at(address: str, digest: str) -> datetime:
    """Return since when the feed at ``address`` has had this digest: as was noted, or now, which is then noted."""
    with connection.cursor() as cursor:
        cursor.execute(RECALL, [address, digest])
        known = cursor.fetchone()
        if known is None:
            cursor.execute(REMEMBER, [address, digest, timezone.now().replace(microsecond=0)])
            known = cursor.fetchone()
    changed_at: datetime = known[0]
    return changed_at
