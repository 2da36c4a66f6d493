"""How long after its moment a planned action has had its effects, with a real worker and a real beat."""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from tests.bench.measuring import at_least, at_most

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = 300
# The actions fall due at any moment of so many seconds; a poisoned one stands beside every tenth.
SPREAD = 20.0
# Seconds until worker and beat are at work, and until the last effect is there.
READY, LAST = 8.0, 30.0


def scheduled_effects():
    """From the moment to what a listener does: action, fact, outbox, effect; the house's own worker and beat."""
    chance = random.Random(3)  # noqa: S311 - the same moments in each run
    with _worker_and_beat():
        time.sleep(READY)
        begins = timezone.now() + timedelta(seconds=2)
        moments = {number: begins + timedelta(seconds=chance.uniform(0, SPREAD)) for number in range(ACTIONS)}
        with transaction.atomic():
            for number, moment in moments.items():
                plan("tests.record", number, moment)
                if number % 10 == 0:
                    plan("tests.refuse", ACTIONS + number, moment)
        _wait_for_effects(begins + timedelta(seconds=SPREAD + LAST))
    joined = dict(User.objects.filter(email__startswith="effet-").values_list("email", "joined_at"))
    lags = [
        (joined[email] - moment).total_seconds()
        for number, moment in moments.items()
        if (email := f"effet-{number}@example.org") in joined
    ]
    User.objects.filter(email__startswith="effet-").delete()
    ScheduledAction.objects.all().delete()
    yield at_least("desk.scheduled_effects_seen", len(lags), "", ACTIONS)
    yield at_most("desk.scheduled_effect_p99_s", statistics.quantiles(lags, n=100)[98], "s", 2.0)


def _wait_for_effects(end):
    while timezone.now() < end and User.objects.filter(email__startswith="effet-").count() < ACTIONS:
        time.sleep(0.2)


@contextmanager
def _worker_and_beat():
    """Run the worker as ``make demo`` does, and beat, on the bench's own servers, in groups of their own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "JOURNEY_DATABASE": settings.DATABASES["default"]["NAME"],
        "JOURNEY_REDIS_URL": settings.REDIS_URL,
        "JOURNEY_BROKER_URL": settings.CELERY_BROKER_URL,
        "JOURNEY_ACTIONS": "tests.scheduling.fakes.ACTIONS",
        "JOURNEY_LISTENERS": "tests.events.fakes.LISTENERS",
        "PYTHONWARNINGS": "ignore",
    }
    celery = [sys.executable, "-m", "celery", "-A", "newsroom"]
    with tempfile.TemporaryDirectory() as folder:
        commands = (["worker", "--concurrency", "2", "--without-gossip"], ["beat", "--schedule", f"{folder}/beat"])
        started = [
            subprocess.Popen(
                [*celery, *command],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for command in commands
        ]
        try:
            yield
        finally:
            for process in started:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
