"""Writing down what was counted: every view once, whoever dies meanwhile.

| step | what a crash leaves |
|---|---|
| take: rename the hash, unless one is taken already | views in the taken hash; the next run goes on with it |
| name: give the taken hash its id, unless it has one | the same |
| write: the id's row and the sums, one transaction | nothing, or everything |
| drop: delete the taken hash if it still bears that id | a batch whose row stands: the next run only drops it |

Views counted meanwhile go into a new hash. Two runs at once meet at the id's row: the second one waits and finds it.
"""

from collections import Counter
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID, uuid4

import structlog
from django.db import connection, transaction
from django.utils import timezone
from redis.client import Pipeline
from redis.exceptions import RedisError, ResponseError

from newsroom.audience.counters import BATCH, COUNTING, TAKEN, counters
from newsroom.audience.counting import HOUR

log = structlog.get_logger(__name__)

# The tables are those of the app's models.
_BEGIN = "INSERT INTO audience_writtenbatch (id, written_at) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_ADD_HOURS = """
    INSERT INTO audience_viewsinhour AS kept (article_id, hour, views)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::integer[])
    ON CONFLICT (article_id, hour) DO UPDATE SET views = kept.views + excluded.views
"""
_ADD_DAYS = """
    INSERT INTO audience_viewsinday AS kept (article_id, day, views)
    SELECT * FROM unnest(%s::bigint[], %s::date[], %s::integer[])
    ON CONFLICT (article_id, day) DO UPDATE SET views = kept.views + excluded.views
"""

BATCHES = 2
"""One that an earlier run left, and the one of now."""


def gather() -> int:
    """Write down what was counted since the last time and return how many views that were; 0 with Redis away."""
    written = 0
    try:
        for _one in range(BATCHES):
            batch = _take()
            if batch is None:
                break
            written += write(*batch)
            _drop(batch[0])
    except RedisError as error:
        log.warning("views_not_gathered", error=str(error))
    return written


def write(batch: UUID, views: Counter[tuple[int, datetime]]) -> int:
    """Add a batch, article and hour to views, to the sums unless it stands there; return how many were added."""
    days: Counter[tuple[int, date]] = Counter()
    for (article_id, hour), number in views.items():
        days[article_id, timezone.localdate(hour)] += number
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BEGIN, [batch, timezone.now()])
        if not cursor.rowcount:
            return 0
        _add(_ADD_HOURS, views)
        _add(_ADD_DAYS, days)
    return views.total()


def _take() -> tuple[UUID, Counter[tuple[int, datetime]]] | None:
    """Return the taken batch, taking what is counted when there is none; None when nothing was counted."""
    client = counters()
    try:
        client.renamenx(COUNTING, TAKEN)
    except ResponseError:  # nothing was counted since; what an earlier run left may still be there
        if not client.exists(TAKEN):
            return None
    client.hsetnx(TAKEN, BATCH, str(uuid4()))
    content = cast("dict[bytes, bytes]", client.hgetall(TAKEN))
    number = content.pop(BATCH.encode())
    views: Counter[tuple[int, datetime]] = Counter()
    for field, times in content.items():
        hour, article_id = field.split(b":")
        views[int(article_id), datetime.fromtimestamp(int(hour) * HOUR, UTC)] += int(times)
    return UUID(number.decode()), views


def _drop(batch: UUID) -> None:
    """Delete the taken hash if it is still that batch: another run may have taken the next one meanwhile."""

    def delete(pipe: Pipeline) -> None:
        is_ours = pipe.hget(TAKEN, BATCH) == str(batch).encode()
        pipe.multi()
        if is_ours:
            pipe.delete(TAKEN)

    counters().transaction(delete, TAKEN)


def _add(sql: str, sums: Counter[tuple[int, datetime]] | Counter[tuple[int, date]]) -> None:
    """Add sums to their rows; in the order of the key, so that two batches never wait for each other crosswise."""
    rows = sorted((article_id, when, number) for (article_id, when), number in sums.items())
    columns = list(map(list, zip(*rows, strict=True))) or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(sql, columns)
