"""Facts and listeners of the tests; real code through the real switchboard setting."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from newsroom.accounts.models import User
from newsroom.events.facts import Fact
from newsroom.events.models import Receipt


@dataclass(frozen=True)
class SomethingHappened(Fact):
    """A fact whose effect is a row."""

    number: int


@dataclass(frozen=True)
class PoisonSpread(Fact):
    """A fact whose second listener always fails."""

    number: int


@dataclass(frozen=True)
class LateFaultsMet(Fact):
    """A fact whose listeners fail in ways that could take the others' work, or the sweep, along."""

    number: int


def keep_number(fact):
    """The effect: one account per number; a second one would break the constraint."""
    User.objects.create(email=f"effet-{fact.number}@example.org")


def refuse(fact):
    """A listener with a fault."""
    message = f"no taste for {fact.number}"
    raise RuntimeError(message)


def break_connection(fact):
    """A listener whose SQL fails, which must not spoil the others' work."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")


def refer_to_nobody(fact):
    """A listener whose fault only shows at commit: a receipt of an event that does not exist."""
    Receipt.objects.create(event_id=uuid4(), listener="x")


def quote_a_nul(fact):
    """A listener whose error text no column can hold."""
    message = "unreadable: \0"
    raise ValueError(message)


LISTENERS = {
    LateFaultsMet: (refer_to_nobody, quote_a_nul, keep_number),
    SomethingHappened: (keep_number,),
    PoisonSpread: (refuse, break_connection, keep_number),
}
