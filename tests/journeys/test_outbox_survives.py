"""Nothing lost, no effect doubled: processes are killed for real."""

import signal
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.events.models import Event
from newsroom.events.recording import record
from tests.events.fakes import SomethingHappened
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FAKES = "tests.events.fakes.LISTENERS"


def effects():
    return User.objects.filter(email__startswith="effet-").count()


def make_due():
    Event.objects.undelivered().update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_a_process_killed_between_commit_and_alarm_loses_nothing(stage):
    stage.environment["JOURNEY_LISTENERS"] = FAKES

    status = stage.run("-m", "tests.journeys.acts", "record_and_die")

    assert status == -signal.SIGKILL
    assert Event.objects.undelivered().count() == 1
    assert effects() == 0

    make_due()
    assert stage.run("manage.py", "sweep_events") == 0
    assert effects() == 1


def test_a_worker_delivers_right_after_the_commit(stage):
    stage.environment["JOURNEY_LISTENERS"] = FAKES
    stage.worker()

    stage.run("-m", "tests.journeys.acts", "record_one")

    wait_until(lambda: effects() == 1, seconds=10)
    assert Event.objects.get().attempts == 1


def test_a_worker_killed_in_mid_task_leaves_no_half_effect_and_the_next_one_finishes(stage, tmp_path):
    stage.environment["JOURNEY_LISTENERS"] = "tests.journeys.acts.SLOW_LISTENERS"
    sign = tmp_path / "begun"
    stage.environment["JOURNEY_SIGN"] = str(sign)
    worker = stage.worker()
    stage.run("-m", "tests.journeys.acts", "record_one")
    wait_until(sign.exists)

    stage.kill(worker)

    # The server notices the dead client and rolls back: nothing half is left, the attempt has been counted.
    wait_until(lambda: not Event.objects.filter(receipts__isnull=False).exists())
    assert effects() == 0
    assert Event.objects.get().attempts == 1

    stage.worker()
    make_due()
    wait_until(lambda: stage.run("manage.py", "sweep_events") == 0)
    assert effects() == 1
    assert Event.objects.get().is_settled


def test_redis_stopped_and_started_delays_and_loses_nothing(stage, redis):
    if not stage.variables["JOURNEY_BROKER_URL"].startswith("redis+socket"):
        pytest.skip("the broker is not Redis here")
    stage.environment["JOURNEY_LISTENERS"] = FAKES
    redis.stop()

    # The change goes through without the broker.
    assert stage.run("-m", "tests.journeys.acts", "record_one") == 0
    assert Event.objects.undelivered().count() == 1

    redis.ensure()
    stage.worker()
    make_due()
    stage.start("-m", "celery", "-A", "newsroom", "beat", "-l", "INFO", "-s", str(stage.folder / "beat"))
    wait_until(lambda: effects() == 1)
    assert Event.objects.get().is_settled


def test_two_sweepers_in_two_processes_deliver_a_thousand_events_once_each(stage):
    stage.environment["JOURNEY_LISTENERS"] = FAKES
    with transaction.atomic():
        for number in range(1000):
            record(SomethingHappened(number=number))
    make_due()

    sweepers = [stage.start("manage.py", "sweep_events") for _one in range(2)]
    for sweeper in sweepers:
        sweeper.wait(timeout=120)

    assert effects() == 1000
    assert Event.objects.filter(attempts=1, delivered_at__isnull=False).count() == 1000
