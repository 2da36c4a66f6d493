"""Who is taking part just now: a sorted set in Redis for each thread, by moment last seen.

Only people who agreed to be shown are kept, and only for two minutes. Presence is an ornament: with Redis away
nobody is present and nothing fails.
"""

from functools import lru_cache
from time import time
from typing import cast

import redis
import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.models import User

log = structlog.get_logger(__name__)

SECONDS = 120
# A Redis that does not answer must not hold a reader's request, in seconds.
PATIENCE = 0.25


def seen(thread_id: int, user: User | AnonymousUser) -> None:
    """Remember that the person is taking part now, if he agreed to be shown."""
    if not user.is_authenticated or not user.shows_presence:
        return
    now = time()
    try:
        with _redis(settings.REDIS_URL).pipeline(transaction=False) as pipe:
            pipe.zadd(_key(thread_id), {str(user.pk): now})
            pipe.zremrangebyscore(_key(thread_id), "-inf", now - SECONDS)
            pipe.expire(_key(thread_id), SECONDS)
            pipe.execute()
    except redis.RedisError as error:
        log.warning("presence_away", error=str(error))


def present(thread_id: int) -> list[int]:
    """Return the ids of the people seen in the thread during the last two minutes, latest last."""
    try:
        answer = _redis(settings.REDIS_URL).zrangebyscore(_key(thread_id), time() - SECONDS, "+inf")
    except redis.RedisError as error:
        log.warning("presence_away", error=str(error))
        return []
    # The client's types leave open what it answers; without scores it is the members alone.
    return [int(member) for member in cast("list[bytes]", answer)]


def _key(thread_id: int) -> str:
    return f"presence:{thread_id}"


@lru_cache(maxsize=4)
def _redis(url: str) -> redis.Redis:
    """Return this process's client; it connects when it is first asked something."""
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
