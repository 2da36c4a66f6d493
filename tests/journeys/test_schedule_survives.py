"""What is planned happens, once, whatever dies meanwhile: processes are killed for real."""

import signal
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def stage(stage, tmp_path):
    stage.environment |= {
        "JOURNEY_ACTIONS": "tests.scheduling.fakes.ACTIONS",
        "JOURNEY_LISTENERS": "tests.events.fakes.LISTENERS",
        "JOURNEY_SIGN": str(tmp_path / "begun"),
    }
    return stage


def effects():
    return User.objects.filter(email__startswith="effet-").count()


def planned(kind, number, **later):
    with transaction.atomic():
        return plan(kind, number, timezone.now() + timedelta(**later))


def beat(stage):
    return stage.start("-m", "celery", "-A", "newsroom", "beat", "-l", "INFO", "-s", str(stage.folder / "beat"))


def test_a_worker_killed_in_mid_action_is_counted_and_the_action_is_done_once_afterwards(stage, tmp_path):
    action = planned("tests.keep_slowly", 1)
    worker = stage.worker()
    clock = beat(stage)
    wait_until((tmp_path / "begun").exists)

    stage.kill(clock)
    stage.kill(worker)

    # The server notices the dead client and rolls back: nothing half is left, the attempt has been counted.
    action.refresh_from_db()
    assert (effects(), action.state, action.attempts) == (0, "planned", 1)

    stage.worker()
    beat(stage)
    wait_until(lambda: ScheduledAction.objects.get().is_done)
    assert effects() == 1
    assert ScheduledAction.objects.get().attempts >= 2


def test_an_action_that_kills_whoever_touches_it_is_given_up_and_its_neighbour_is_done(stage):
    killer, neighbour = planned("tests.die", 1, seconds=-2), planned("tests.keep", 2, seconds=-1)
    statuses = []

    for _attempt in range(9):
        ScheduledAction.objects.filter(pk=killer.pk).update(next_attempt_at=killer.due_at)
        statuses.append(stage.run("manage.py", "carry_out"))

    assert statuses == [-signal.SIGKILL] * 8 + [1]
    killer.refresh_from_db()
    neighbour.refresh_from_db()
    assert (killer.state, killer.attempts) == ("given-up", 8)
    assert (neighbour.state, neighbour.attempts, effects()) == ("done", 1, 1)


def test_worker_and_beat_alone_carry_out_at_the_moment_and_tell_what_follows(stage):
    stage.worker()
    beat(stage)
    action = planned("tests.record", 1, seconds=3)

    wait_until(lambda: effects() == 1)

    action.refresh_from_db()
    assert action.due_at <= action.done_at <= User.objects.get(email="effet-1@example.org").joined_at


def test_two_sweepers_in_two_processes_carry_out_three_hundred_actions_once_each(stage):
    for number in range(300):
        planned("tests.keep", number, seconds=-1)

    sweepers = [stage.start("manage.py", "carry_out") for _one in range(2)]
    for sweeper in sweepers:
        sweeper.wait(timeout=120)

    assert effects() == 300
    assert ScheduledAction.objects.filter(done_at__isnull=False).count() == 300
