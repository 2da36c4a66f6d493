"""Whether the site can do its work: database, Redis, worker, outbox. Shows no secret and no error text."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db.models import Min
from django.utils import timezone
from redis.exceptions import RedisError

from newsroom.events.models import Event
from newsroom.events.tasks import HEARTBEAT

# The sweep, which leaves the sign of life, runs every three seconds.
HEARTBEAT_IS_STALE: Final = 30


@dataclass(frozen=True)
class Health:
    """What was found. Ages are seconds; None when there is nothing to measure or it could not be asked."""

    database: bool
    redis: bool
    worker_heartbeat_age: float | None
    oldest_undelivered_event_age: float | None

    @property
    def has_worker(self) -> bool:
        """Say whether a worker gave a sign of life lately."""
        return self.worker_heartbeat_age is not None and self.worker_heartbeat_age <= HEARTBEAT_IS_STALE

    @property
    def is_well(self) -> bool:
        """Say whether everything that the site needs is there."""
        return self.database and self.redis and self.has_worker

    def report(self) -> dict[str, Any]:
        """Return everything as JSON holds it."""
        return {"well": self.is_well, "worker": self.has_worker, **asdict(self)}


def examine() -> Health:
    """Ask the database and Redis, one short question each; whatever is away is reported, nothing is raised."""
    has_database, waiting = _outbox()
    has_redis, heartbeat = _heartbeat()
    return Health(has_database, has_redis, heartbeat, waiting)


def _outbox() -> tuple[bool, float | None]:
    """Return whether the database answers, and the age of the oldest event that has not been delivered."""
    try:
        oldest = Event.objects.undelivered().aggregate(oldest=Min("recorded_at"))["oldest"]
    except DatabaseError:
        return False, None
    return True, round((timezone.now() - oldest).total_seconds(), 1) if oldest else None


def _heartbeat() -> tuple[bool, float | None]:
    """Return whether Redis answers, and the age of the worker's last sign of life."""
    try:
        last = cache.get(HEARTBEAT)
    except (RedisError, OSError):
        return False, None
    return True, round(timezone.now().timestamp() - last, 1) if last else None
