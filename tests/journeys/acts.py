"""Scripts and listeners of the journeys, run in processes of their own. ``python -m tests.journeys.acts NAME``."""

import os
import signal
import sys
import time
from pathlib import Path

import django


def _set_up():
    django.setup()
    from tests.events.fakes import SomethingHappened, keep_number

    return SomethingHappened, keep_number


def record_and_die():
    """Commit a change with its fact and die before the alarm rings."""
    from django.db import transaction

    fact, _effect = _set_up()
    from newsroom.events.recording import record

    with transaction.atomic():
        # Hooks run in order: this one comes before the alarm.
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        record(fact(number=1))


def record_one():
    """Commit a change with its fact."""
    from django.db import transaction

    fact, _effect = _set_up()
    from newsroom.events.recording import record

    with transaction.atomic():
        record(fact(number=1))


def keep_number_slowly(fact):
    """Do the work, tell the test that it is done but not committed, and stay long enough to be killed."""
    from tests.events.fakes import keep_number

    keep_number(fact)
    sign = Path(os.environ["JOURNEY_SIGN"])
    if not sign.exists():
        sign.touch()
        time.sleep(60)


def _listeners():
    from tests.events.fakes import SomethingHappened

    return {SomethingHappened: (keep_number_slowly,)}


def __getattr__(name):
    if name == "SLOW_LISTENERS":
        return _listeners()
    raise AttributeError(name)


if __name__ == "__main__":
    {"record_and_die": record_and_die, "record_one": record_one}[sys.argv[1]]()
