"""Actions of the tests; real code through the real switchboard setting. Their subjects are numbers."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.events.models import Receipt
from newsroom.events.recording import record
from newsroom.scheduling.board import Action
from newsroom.scheduling.planning import cancel, plan
from newsroom.taxonomy.models import Specialty
from tests.events.fakes import SomethingHappened


def keep(number):
    """The effect: one account a number; a second one would break the constraint."""
    User.objects.create(email=f"effet-{number}@example.org")


def refuse(number):
    """An action with a fault, after half of its work."""
    keep(number)
    message = f"no taste for {number}"
    raise RuntimeError(message)


def break_sql(number):
    """An action whose SQL fails."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")


def refer_to_nobody(number):
    """An action whose fault only shows at commit: a foreign key to nothing."""
    Receipt.objects.create(event_id="00000000-0000-4000-8000-000000000000", listener="x")


def break_after_commit(number):
    """An action whose fault comes when everything is committed."""
    keep(number)
    transaction.on_commit(lambda: 1 / 0)


def quote_a_nul(number):
    """An action whose error text no column can hold."""
    message = "unreadable: \0"
    raise ValueError(message)


def keep_and_plan_again(number):
    """An action that plans its own next time."""
    keep(number)
    plan("tests.repeat", number, timezone.now() + timedelta(days=1))


def keep_and_cancel(number):
    """An action that clears the subject's calendar, itself included."""
    keep(number)
    cancel("tests.cancel", number)


def rename_specialty(number):
    """An action that locks its subject first, as performers should."""
    specialty = Specialty.objects.select_for_update().get(pk=number)
    specialty.name = f"{specialty.name}, faite"
    specialty.save(update_fields=["name"])


def hang(number):
    """An action that does not come back."""
    keep(number)
    time.sleep(30)


def die(number):
    """An action that kills its worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def record_something(number):
    """An action that records a fact, as the house's own do."""
    record(SomethingHappened(number=number))


def keep_slowly(number):
    """Do the work, tell the test that it is done but not committed, and stay long enough to be killed."""
    keep(number)
    sign = Path(os.environ["JOURNEY_SIGN"])
    if not sign.exists():
        sign.touch()
        time.sleep(60)


SPECIALTIES = Specialty.objects.all()
ACTIONS = {
    "tests.keep": Action("Garder", SPECIALTIES, keep),
    "tests.refuse": Action("Refuser", SPECIALTIES, refuse),
    "tests.break_sql": Action("Casser", SPECIALTIES, break_sql),
    "tests.refer_to_nobody": Action("Renvoyer", SPECIALTIES, refer_to_nobody),
    "tests.break_after_commit": Action("Casser après", SPECIALTIES, break_after_commit),
    "tests.quote_a_nul": Action("Citer", SPECIALTIES, quote_a_nul),
    "tests.repeat": Action("Répéter", SPECIALTIES, keep_and_plan_again),
    "tests.cancel": Action("Annuler", SPECIALTIES, keep_and_cancel),
    "tests.rename": Action("Renommer", SPECIALTIES, rename_specialty),
    "tests.hang": Action("Traîner", SPECIALTIES, hang),
    "tests.die": Action("Mourir", SPECIALTIES, die),
    "tests.record": Action("Noter", SPECIALTIES, record_something),
    "tests.keep_slowly": Action("Garder lentement", SPECIALTIES, keep_slowly),
}
