"""Recording facts: one row in the transaction that makes the fact true, an alarm after commit."""

from functools import partial

from django.db import transaction

from newsroom.core.page_cache.purging import changed
from newsroom.events.alarms import ring
from newsroom.events.facts import Fact
from newsroom.events.models import Event


def record(fact: Fact) -> Event:
    """Record ``fact`` in the current transaction and return its event.

    After commit the pages made from what it ``touches`` leave the cache, and a Celery task is asked to deliver it at
    once; if the broker is away the sweep delivers it a few seconds later. Raises TransactionManagementError outside a
    transaction: a fact without its change, or a change without its fact, must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "Facts are recorded inside the transaction that makes them true."
        raise transaction.TransactionManagementError(message)
    event = Event.objects.create(kind=fact.kind(), payload=fact.payload())
    changed(*fact.touches())
    number = str(event.pk)
    transaction.on_commit(partial(ring, "events.deliver", number, task_id=number), robust=True)
    return event
