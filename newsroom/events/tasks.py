"""Celery's part: the alarm clock of the outbox."""

from uuid import UUID

import structlog
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from newsroom.celery import app
from newsroom.events import delivery

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


@app.task(name="events.prune", expires=3600)
def prune_events() -> None:
    """Delete old delivered events."""
    delivery.prune()
