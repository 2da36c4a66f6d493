"""Facts and listeners of the tests; real code through the real switchboard setting."""

from dataclasses import dataclass

from django.db import connection

from newsroom.accounts.models import User
from newsroom.events.facts import Fact


@dataclass(frozen=True)
class SomethingHappened(Fact):
    """A fact whose effect is a row."""

    number: int


@dataclass(frozen=True)
class PoisonSpread(Fact):
    """A fact whose second listener always fails."""

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


LISTENERS = {
    SomethingHappened: (keep_number,),
    PoisonSpread: (refuse, break_connection, keep_number),
}
