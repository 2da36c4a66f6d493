"""Delivering events: at least once, each listener's effects exactly once, a poison event parked.

1. *Claim*, in a transaction of its own: count the attempt and move the next one into the future. A process that
   dies afterwards has been counted, so an event that kills its worker is parked in the end too.
2. *Deliver*, in one transaction: hold the event's row, run every listener that has no receipt inside a savepoint,
   write its receipt with its effects. Commit makes all of it true at once; a crash makes none of it true.
"""

import time
from collections.abc import Callable, Mapping
from uuid import UUID

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from redis.exceptions import RedisError

from newsroom.core.faults import described, is_of_a_rival
from newsroom.core.page_cache.purging import purge
from newsroom.core.pruning import delete_in_batches
from newsroom.events.facts import Fact, fact_of
from newsroom.events.models import Event, Receipt, next_attempt

log = structlog.get_logger(__name__)

Listener = Callable[..., None]
Listeners = Mapping[type[Fact], tuple[Listener, ...]]
KILLED = "The worker was lost in mid-delivery."
# A sweep ends well before its task would be killed in mid-delivery (CELERY_TASK_TIME_LIMIT, 120 s).
LONGEST_SWEEP = 60.0
# Events deleted at a time.
BATCH = 1_000


def listeners() -> Listeners:
    """Return the switchboard named by ``settings.EVENT_LISTENERS``: kinds of facts to their listeners."""
    found: Listeners = import_string(settings.EVENT_LISTENERS)
    return found


def deliver(event_id: UUID) -> bool:
    """Deliver one event; return whether it is now delivered.

    Does nothing (False) when somebody else is delivering it, or when it is delivered, parked or pruned already.
    """
    return _claim(event_id) and _tell_listeners(event_id)


def sweep(*, most: int = 500) -> int:
    """Deliver due events, oldest first, at most ``most`` or for a minute; return how many were delivered.

    Safe to run in several processes at once: each event is claimed by one of them.
    """
    ends = time.monotonic() + LONGEST_SWEEP
    delivered = 0
    for _round in range(most):
        event_id = _claim_next() if time.monotonic() < ends else None
        if event_id is None:
            break
        delivered += _tell_listeners(event_id)
    return delivered


def retry(event: Event) -> None:
    """Give a parked event a fresh start; it is delivered by the next sweep. Side effect: attempts begin at 0."""
    Event.objects.filter(pk=event.pk, delivered_at=None).update(
        parked_at=None,
        attempts=0,
        next_attempt_at=timezone.now(),
    )


def prune() -> int:
    """Delete events delivered longer than ``EVENT_KEPT`` ago, with their receipts; return how many events."""
    return delete_in_batches(Event.objects.filter(delivered_at__lt=timezone.now() - settings.EVENT_KEPT), BATCH)


@transaction.atomic
def _claim(event_id: UUID) -> bool:
    event = Event.objects.undelivered().select_for_update(skip_locked=True).filter(pk=event_id).first()
    return event is not None and _count_attempt(event)


@transaction.atomic
def _claim_next() -> UUID | None:
    """Claim the oldest due event that nobody holds; parked ones on the way are passed over."""
    due = Event.objects.due(timezone.now()).select_for_update(skip_locked=True)
    while (event := due.first()) is not None:
        if _count_attempt(event):
            return event.pk
    return None


def _count_attempt(event: Event) -> bool:
    """Count an attempt at a locked event; park it instead when it has used up its attempts without an answer."""
    now = timezone.now()
    if event.attempts >= settings.EVENT_ATTEMPTS:
        event.parked_at = now
        event.last_error = event.last_error or KILLED
        event.save(update_fields=["parked_at", "last_error"])
        log.error("event_parked", event_id=str(event.pk), kind=event.kind, error=event.last_error)
        return False
    event.attempts += 1
    event.next_attempt_at = next_attempt(event.attempts, now)
    event.save(update_fields=["attempts", "next_attempt_at"])
    return True


def _tell_listeners(event_id: UUID) -> bool:
    try:
        return _tell_listeners_holding(event_id)
    except OperationalError as error:
        if not is_of_a_rival(error):
            raise
        # His attempt or the next sweep will do.
        return False


@transaction.atomic
def _tell_listeners_holding(event_id: UUID) -> bool:
    """Hold the event's row and run its listeners.

    The lock is waited for, but not long: another sweeper that found the row a moment too late holds it until its
    own short transaction ends, although it will not take the event.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        event = Event.objects.undelivered().select_for_update().filter(pk=event_id).first()
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    if event is None:
        return False
    errors = _errors_of(event)
    now = timezone.now()
    if not errors:
        event.delivered_at, event.last_error = now, ""
    else:
        event.last_error = "\n".join(errors)
        if event.attempts >= settings.EVENT_ATTEMPTS:
            event.parked_at = now
            log.error("event_parked", event_id=str(event.pk), kind=event.kind, error=event.last_error)
    event.save(update_fields=["delivered_at", "parked_at", "last_error"])
    return not errors


def _errors_of(event: Event) -> list[str]:
    """Run the listeners that have no receipt yet; return what went wrong, one text a listener."""
    # First of all: importing the switchboard is what makes every kind of fact known to this process.
    board = listeners()
    try:
        fact = fact_of(event.kind, event.payload)
    except (LookupError, TypeError) as error:
        return [described(error)]
    if settings.PAGE_CACHE and fact.touches():
        # Once more: the process that recorded the fact may have died before it told the cache.
        try:
            purge(*fact.touches())
        except RedisError as error:
            return [described(error)]
    received = set(event.receipts.values_list("listener", flat=True))
    errors = []
    for listener in board.get(type(fact), ()):
        name = f"{listener.__module__}.{listener.__qualname__}"
        if name in received:
            continue
        try:
            with transaction.atomic():
                Receipt.objects.create(event=event, listener=name)
                listener(fact)
                # Foreign keys are checked at commit, where a fault of this listener would undo the others' work too.
                connection.check_constraints()
        except Exception as error:
            errors.append(f"{name}\n{described(error)}")
            log.warning("listener_failed", event_id=str(event.pk), listener=name, exc_info=True)
    return errors
