"""The counters in Redis: one hash that is counted in, and one that was taken to be written down.

    {audience}:counting   "<hour>:<article id>" -> views; hours since 1970
    {audience}:taken      the same, and "batch" -> the id under which it is written
    {audience}:pace:…     how many views came from one address in one minute; gone after a minute

The braces keep the first two on one node of a cluster: one is renamed to the other.
"""

from functools import lru_cache

import redis
from django.conf import settings

COUNTING = "{audience}:counting"
TAKEN = "{audience}:taken"
BATCH = "batch"
PACE = "{audience}:pace:"
# A Redis that does not answer must not hold a reader's request, in seconds.
PATIENCE = 0.25


def counters() -> redis.Redis:
    """Return this process's client; it connects when it is first asked something."""
    return _client(settings.REDIS_URL)


@lru_cache(maxsize=4)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
