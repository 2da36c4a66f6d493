"""Recording facts: one row in the transaction that makes the fact true, an alarm after commit."""

from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from newsroom.events.facts import Fact
from newsroom.events.models import Event

log = structlog.get_logger(__name__)


def record(fact: Fact) -> Event:
    """Record ``fact`` in the current transaction and return its event.

    After commit a Celery task is asked to deliver it at once; if the broker is away the sweep delivers it a few
    seconds later. Raises TransactionManagementError outside a transaction: a fact without its change, or a
    change without its fact, must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "Facts are recorded inside the transaction that makes them true."
        raise transaction.TransactionManagementError(message)
    event = Event.objects.create(kind=fact.kind(), payload=fact.payload())
    transaction.on_commit(partial(ring, event.id), robust=True)
    return event


def ring(event_id: UUID) -> None:
    """Ask Celery to deliver the event now. A broker that is away is no error: the sweep comes by."""
    if not getattr(settings, "EVENT_ALARM", True):
        return
    from newsroom.events.tasks import deliver_event  # noqa: PLC0415 - the task delivers, which imports this app

    try:
        deliver_event.apply_async(args=(str(event_id),), task_id=str(event_id), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", event_id=str(event_id), error=str(error))
