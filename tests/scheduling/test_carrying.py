import os
import signal
import threading
from datetime import timedelta

import pytest
import time_machine
from billiard.pool import SIG_SOFT_TIMEOUT, soft_timeout_sighandler
from django.db import transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.scheduling import carrying, tasks
from newsroom.scheduling.models import WAITS, ScheduledAction, next_attempt
from newsroom.scheduling.planning import cancel, plan

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def effects():
    return set(User.objects.filter(email__startswith="effet-").values_list("email", flat=True))


def effect(number):
    return f"effet-{number}@example.org"


def due(kind="tests.keep", number=1, *, ago=HOUR):
    with transaction.atomic():
        return plan(kind, number, timezone.now() - ago)


def make_due():
    ScheduledAction.objects.pending().update(next_attempt_at=timezone.now())


def test_what_is_due_is_carried_out_once_and_what_is_not_waits():
    action = due()
    plan("tests.keep", 2, timezone.now() + HOUR)

    assert [carrying.sweep(), carrying.sweep()] == [1, 0]

    action.refresh_from_db()
    assert (action.state, action.attempts, action.last_error) == ("done", 1, "")
    assert action.done_at == pytest.approx(timezone.now(), abs=timedelta(minutes=1))
    assert effects() == {effect(1)}


def test_the_longest_waiting_goes_first():
    for number in (1, 3, 2):
        due(number=number, ago=number * HOUR)

    assert carrying.sweep(most=2) == 2

    assert effects() == {effect(3), effect(2)}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("tests.refuse", "RuntimeError: no taste for 1"),
        ("tests.break_sql", "django.db.utils.DataError: division by zero"),
        ("tests.refer_to_nobody", "violates foreign key constraint"),
        ("tests.quote_a_nul", "ValueError: unreadable:"),
        ("tests.unheard_of", "UnknownKindError: tests.unheard_of"),
    ],
)
def test_a_poisoned_action_delays_nobody_and_leaves_nothing_but_its_error(kind, said):
    poisoned = due(kind)
    due(number=2, ago=HOUR / 2)

    with time_machine.travel(timezone.now(), tick=False):
        assert carrying.sweep() == 1

    poisoned.refresh_from_db()
    assert (poisoned.state, poisoned.attempts) == ("failing", 1)
    assert said in poisoned.error_line
    assert "Traceback" in poisoned.last_error
    assert effects() == {effect(2)}


@pytest.mark.django_db(transaction=True)
def test_a_fault_that_comes_after_the_commit_changes_nothing_any_more_and_delays_nobody():
    action, other = due("tests.break_after_commit"), due(number=2, ago=HOUR / 2)

    carrying.sweep()

    for one in (action, other):
        one.refresh_from_db()
        assert (one.state, one.last_error) == ("done", "")
    assert effects() == {effect(1), effect(2)}


def test_an_action_that_hangs_is_broken_off_by_the_task_s_soft_limit_and_the_next_one_is_done():
    hanging = due("tests.hang")
    due(number=2, ago=HOUR / 2)
    # What a worker does to a process whose task has reached its soft limit.
    before = signal.signal(SIG_SOFT_TIMEOUT, soft_timeout_sighandler)
    threading.Timer(0.5, os.kill, (os.getpid(), SIG_SOFT_TIMEOUT)).start()

    try:
        assert carrying.sweep() == 1
    finally:
        signal.signal(SIG_SOFT_TIMEOUT, before)

    hanging.refresh_from_db()
    assert (hanging.state, hanging.attempts) == ("failing", 1)
    assert "SoftTimeLimitExceeded" in hanging.error_line
    assert effects() == {effect(2)}


def test_success_after_failures_clears_the_error(settings):
    action = due("tests.unheard_of")
    carrying.sweep()
    ScheduledAction.objects.update(kind="tests.keep")
    make_due()

    assert carrying.sweep() == 1

    action.refresh_from_db()
    assert (action.state, action.attempts, action.last_error) == ("done", 2, "")


def test_an_action_is_given_up_after_its_attempts_with_its_error(settings):
    action = due("tests.refuse")

    for _attempt in range(settings.ACTION_ATTEMPTS):
        assert action.failed_at is None
        make_due()
        carrying.sweep()
        action.refresh_from_db()

    assert (action.state, action.attempts) == ("given-up", settings.ACTION_ATTEMPTS)
    assert action.error_line == "RuntimeError: no taste for 1"
    make_due()
    assert carrying.sweep() == 0
    assert ScheduledAction.objects.failed().get() == action


@pytest.mark.parametrize(("error", "said"), [("", carrying.KILLED), ("Plus tôt.", "Plus tôt.")])
def test_an_action_that_kills_its_worker_every_time_is_given_up_too_and_the_next_one_is_done(settings, error, said):
    killer = due("tests.die")
    ScheduledAction.objects.update(attempts=settings.ACTION_ATTEMPTS, last_error=error)
    due(number=2, ago=HOUR / 2)

    assert carrying.sweep() == 1

    killer.refresh_from_db()
    assert (killer.state, killer.last_error) == ("given-up", said)
    assert effects() == {effect(2)}


def test_attempts_are_spaced_out_up_to_ten_minutes():
    now = timezone.now()

    waits = [(next_attempt(attempts, now) - now).total_seconds() for attempts in range(1, 8)]

    assert waits == [1, 5, 30, 120, 600, 600, 600]
    assert WAITS[0] < timedelta(seconds=2)


def test_a_failing_action_is_tried_again_after_its_wait_and_not_before():
    action, now = due("tests.refuse"), timezone.now()

    attempts = []
    for later in (timedelta(), WAITS[0] * 0.99, WAITS[0]):
        with time_machine.travel(now + later, tick=False):
            carrying.sweep()
        action.refresh_from_db()
        attempts.append(action.attempts)

    assert attempts == [1, 1, 2]


def test_an_action_may_plan_its_own_next_time():
    due("tests.repeat")

    assert carrying.sweep() == 1

    done, again = ScheduledAction.objects.order_by("due_at")
    assert (done.state, again.state) == ("done", "planned")
    assert again.due_at > timezone.now() + 20 * HOUR


def test_an_action_may_clear_the_calendar_that_it_stands_in():
    due("tests.cancel")

    assert carrying.sweep() == 1

    assert ScheduledAction.objects.get().is_done
    assert effects() == {effect(1)}


def put_off():
    plan("tests.keep", 1, timezone.now() + HOUR)


def plan_for_now():
    plan("tests.keep", 1, timezone.now())


def cancel_it():
    cancel("tests.keep", 1)


def claim_too():
    make_due()
    carrying._claim_next()


@pytest.mark.parametrize("overtake", [put_off, plan_for_now, cancel_it, claim_too])
def test_what_was_overtaken_between_claim_and_work_is_left(overtake):
    due()
    claimed = carrying._claim_next()
    overtake()
    rows = list(ScheduledAction.objects.values())

    assert not carrying._carry_out(claimed)
    carrying._write_down(claimed, "Trop tard.")

    assert list(ScheduledAction.objects.values()) == rows
    assert effects() == set()


def test_a_sweep_ends_before_its_task_is_broken_off(monkeypatch):
    assert tasks.sweep_actions.soft_time_limit > carrying.LONGEST_SWEEP
    due()
    monkeypatch.setattr(carrying, "LONGEST_SWEEP", -1.0)

    assert carrying.sweep() == 0

    assert ScheduledAction.objects.get().attempts == 0


def test_pruning_deletes_only_what_was_carried_out_long_ago_all_of_it(settings, monkeypatch):
    monkeypatch.setattr(carrying, "BATCH", 2)
    long_ago = timezone.now() - settings.ACTIONS_KEPT - HOUR
    for number in range(5):
        due(number=number)
    ScheduledAction.objects.update(done_at=long_ago)
    kept = [due(number=number) for number in range(5, 8)]
    ScheduledAction.objects.filter(pk=kept[0].pk).update(done_at=timezone.now())
    ScheduledAction.objects.filter(pk=kept[1].pk).update(failed_at=long_ago)

    assert carrying.prune() == 5

    assert set(ScheduledAction.objects.all()) == set(kept)


def test_the_tasks_sweep_and_prune(settings):
    due()

    tasks.sweep_actions()

    assert effects() == {effect(1)}
    ScheduledAction.objects.update(done_at=timezone.now() - settings.ACTIONS_KEPT - HOUR)
    tasks.prune_actions()
    assert not ScheduledAction.objects.exists()
