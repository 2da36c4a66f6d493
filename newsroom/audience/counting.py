"""Counting a view: one increment in Redis, and nothing that could be traced to a person.

The address is used for the pace alone: a keyed hash of it and of the minute, in a counter that Redis forgets after
that minute. It is written nowhere else, and nothing ties it to what was read.
"""

from typing import cast

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from newsroom.audience.counters import COUNTING, PACE, counters

log = structlog.get_logger(__name__)

MINUTE, HOUR = 60, 3600


def count(article_id: int, *, address: str) -> bool:
    """Count one view of the article now; False when too many came from the address this minute.

    With Redis away the view is lost, with a line in the log, and the answer is True: nobody is to try again.
    """
    now = int(timezone.now().timestamp())
    try:
        if _pace(address, now) > settings.LIMITS_PER_MINUTE["view"]:
            return False
        counters().hincrby(COUNTING, f"{now // HOUR}:{article_id}", 1)
    except RedisError as error:
        log.warning("views_lost", error=str(error))
    return True


def _pace(address: str, now: int) -> int:
    """Count one more of the address and return how many came in this minute."""
    name = salted_hmac("newsroom.audience.pace", f"{now // MINUTE} {address}", algorithm="sha256").hexdigest()[:20]
    with counters().pipeline(transaction=False) as pipe:
        pipe.incr(PACE + name)
        pipe.expire(PACE + name, MINUTE)
        return cast("int", pipe.execute()[0])
