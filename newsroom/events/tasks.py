"""Celery's part: the alarm clock of the outbox."""

from uuid import UUID

import structlog
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from newsroom.celery import app
from newsroom.events import delivery, pages

log = structlog.get_logger(__name__)
HEARTBEAT = "worker:heartbeat"


@app.task(name="events.deliver")
def deliver_event(event_id: str) -> None:
    """Deliver one event, right after the transaction that recorded it."""
    delivery.deliver(UUID(event_id))


@app.task(name="events.sweep", expires=10)
def sweep_events() -> None:
    """Deliver what was left behind by a dead broker or a killed worker; leave a sign of life for the health page."""
    try:
        cache.set(HEARTBEAT, timezone.now().timestamp(), timeout=None)
    except (RedisError, OSError) as error:
        # The broker may be another server than the cache: events are delivered all the same.
        log.warning("heartbeat_not_left", error=str(error))
    delivery.sweep()


@app.task(name="events.tell_cache", autoretry_for=(OSError,), max_retries=5, retry_backoff=1, expires=600)
def tell_cache(address: str, names: list[str]) -> None:
    """Tell a cache in front of the site which names have changed; again, a little later each time, if it is away."""
    pages.tell_cache(address, names)


@app.task(name="events.prune", expires=3600)
def prune_events() -> None:
    """Delete old delivered events."""
    delivery.prune()
