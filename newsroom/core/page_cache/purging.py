"""Taking pages out of the cache when what they were made from has changed: after commit, at once."""

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from redis.exceptions import RedisError

from newsroom.core.page_cache.store import page_store

log = structlog.get_logger(__name__)

# Every page is made from the clock: what is planned changes pages without a row changing.
CLOCK = "clock"


def changed(*names: str) -> None:
    """Let the pages made from what has these names go once the current transaction is committed (now, without one).

    A change that is rolled back takes nothing away. The names of one block are purged together. A Redis that is
    away is no error of the change: ``settings.PAGE_CACHE_MISSED`` is called with the names and sees to it later.
    """
    if not settings.PAGE_CACHE or not names:
        return
    connection = transaction.get_connection()
    # Of the same savepoint only: a purge of another is dropped when that one is rolled back.
    here = set(connection.savepoint_ids)
    for savepoints, waiting, _robust in connection.run_on_commit:
        if isinstance(waiting, _PurgeToCome) and savepoints == here:
            waiting.names.update(names)
            return
    transaction.on_commit(_PurgeToCome(names), robust=True)


def purge(*names: str) -> int:
    """Take the pages made from what has these names out of the cache now; return how many there were.

    Caches in front (``settings.PAGE_PURGE_URLS``) are told by a task. Raises RedisError when the cache does not answer.
    """
    gone = page_store().purge(*names)
    log.info("pages_purged", names=names, pages=gone)
    if settings.PAGE_PURGE_URLS:
        import_string(settings.PAGE_CACHES_IN_FRONT)(names)
    return gone


class _PurgeToCome:
    """What is called after commit; names may still be added until then."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Begin with these names."""
        self.names = set(names)

    def __call__(self) -> None:
        """Purge, or have it done later."""
        names = sorted(self.names)
        try:
            purge(*names)
        except RedisError as error:
            log.warning("purge_missed", names=names, error=str(error))
            import_string(settings.PAGE_CACHE_MISSED)(names)
