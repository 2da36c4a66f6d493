import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from newsroom.celery import app
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import cancel, plan, retry
from newsroom.scheduling.tasks import sweep_actions

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def asked(settings, monkeypatch):
    """What was asked of the broker, which is not there."""
    settings.EVENT_ALARM = True
    calls = []
    monkeypatch.setattr("newsroom.celery.app.send_task", lambda name, **_call: calls.append(name))
    return calls


def failing(**fields):
    """Return an action that failed twice and waits for its next attempt."""
    action = plan("tests.keep", 1, timezone.now() - HOUR)
    usual = {"attempts": 2, "last_error": "RuntimeError", "next_attempt_at": timezone.now() + HOUR}
    ScheduledAction.objects.update(**(usual | fields))
    action.refresh_from_db()
    return action


def test_a_plan_is_a_row_that_waits_for_its_moment():
    at = timezone.now() + HOUR

    action = plan("tests.keep", 7, at)

    action.refresh_from_db()
    assert str(action) == "tests.keep 7"
    assert (action.due_at, action.next_attempt_at, action.attempts, action.state) == (at, at, 0, "planned")
    assert action.planned_at == pytest.approx(timezone.now(), abs=timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
def test_planning_and_cancelling_without_the_change_they_belong_to_are_refused():
    with pytest.raises(transaction.TransactionManagementError):
        plan("tests.keep", 7, timezone.now())
    with pytest.raises(transaction.TransactionManagementError):
        cancel("tests.keep", 7)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_nothing_planned():
    with suppress(ZeroDivisionError), transaction.atomic():
        plan("tests.keep", 7, timezone.now())
        raise ZeroDivisionError

    assert not ScheduledAction.objects.exists()


@pytest.mark.parametrize("failed_at", [None, timezone.now()])
def test_planning_anew_moves_the_action_and_gives_it_a_fresh_start(failed_at):
    action, at = failing(failed_at=failed_at), timezone.now() + HOUR

    assert plan("tests.keep", 1, at) == action

    action = ScheduledAction.objects.get()
    assert (action.due_at, action.next_attempt_at) == (at, at)
    assert (action.attempts, action.last_error, action.state) == (0, "", "planned")


def test_a_kind_and_a_subject_have_their_own_plans():
    for kind, subject in (("tests.keep", 1), ("tests.keep", 2), ("tests.refuse", 1)):
        plan(kind, subject, timezone.now())

    cancel("tests.keep", 1)

    assert set(ScheduledAction.objects.values_list("kind", "subject_id")) == {("tests.keep", 2), ("tests.refuse", 1)}


def test_what_was_carried_out_stays_on_record_beside_a_new_plan():
    done = plan("tests.keep", 1, timezone.now())
    ScheduledAction.objects.update(done_at=timezone.now())

    plan("tests.keep", 1, timezone.now() + HOUR)
    cancel("tests.keep", 1)

    assert ScheduledAction.objects.get() == done


def test_cancelling_what_is_not_planned_is_nothing():
    cancel("tests.keep", 1)


def test_what_was_given_up_is_cancelled_too():
    failing(failed_at=timezone.now())

    cancel("tests.keep", 1)

    assert not ScheduledAction.objects.exists()


def test_a_worker_is_asked_for_what_is_due_at_once_and_for_nothing_else(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        plan("tests.keep", 1, timezone.now() + HOUR)
    assert asked == []

    with django_capture_on_commit_callbacks(execute=True):
        plan("tests.keep", 1, timezone.now())
        assert asked == []

    assert asked == [sweep_actions.name]
    app.loader.import_default_modules()
    assert set(asked) <= set(app.tasks)


def test_the_database_itself_holds_to_one_undone_action_a_kind_and_subject():
    plan("tests.keep", 1, timezone.now())
    at = timezone.now()

    with pytest.raises(IntegrityError, match="one_undone_action_a_kind_and_subject"), transaction.atomic():
        ScheduledAction.objects.create(kind="tests.keep", subject_id=1, due_at=at, next_attempt_at=at)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"done_at": timezone.now(), "failed_at": timezone.now()}, "action_is_not_both_done_and_given_up"),
        ({"due_at": timezone.now() + HOUR}, "no_attempt_before_the_action_is_due"),
    ],
)
def test_the_database_itself_refuses_rows_that_make_no_sense(fields, rule):
    plan("tests.keep", 1, timezone.now() - HOUR)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ScheduledAction.objects.update(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_plan_at_once_leave_one_plan_the_later_one_s():
    soon, later = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    faults = []

    def plan_too():
        try:
            with transaction.atomic():
                plan("tests.keep", 1, later)
        except IntegrityError as fault:
            faults.append(fault)
        finally:
            connection.close()

    with transaction.atomic():
        plan("tests.keep", 1, soon)
        rival = threading.Thread(target=plan_too)
        rival.start()
        # Long enough to have looked for the row that is not committed yet.
        rival.join(timeout=1)
    rival.join()

    assert faults == []
    assert ScheduledAction.objects.get().due_at == later


@pytest.mark.parametrize("failed_at", [None, timezone.now()])
def test_trying_again_begins_anew_at_once_and_asks_a_worker(
    chief, asked, django_capture_on_commit_callbacks, failed_at
):
    action = failing(failed_at=failed_at)

    with django_capture_on_commit_callbacks(execute=True):
        assert retry(action, chief)

    action.refresh_from_db()
    assert (action.attempts, action.failed_at) == (0, None)
    assert action in ScheduledAction.objects.due(timezone.now())
    assert action.error_line == "RuntimeError"
    assert asked == ["scheduling.sweep"]


def test_there_is_nothing_to_try_again_where_nothing_failed(chief, asked, django_capture_on_commit_callbacks):
    action = plan("tests.keep", 1, timezone.now() + HOUR)
    assert not retry(action, chief)

    ScheduledAction.objects.update(attempts=1, done_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert not retry(action, chief)

    assert asked == []
    assert ScheduledAction.objects.get().is_done


def test_those_who_publish_try_again_and_nobody_else(request):
    action = failing(failed_at=timezone.now())

    for name in ("editor", "moderator", "camille"):
        with pytest.raises(PermissionDenied):
            retry(action, request.getfixturevalue(name))

    assert ScheduledAction.objects.get().is_failed
    assert retry(action, request.getfixturevalue("chief"))


def test_which_rows_are_which():
    now = timezone.now()
    rows = {
        "tests.planned": {"due_at": now + HOUR, "next_attempt_at": now + HOUR},
        "tests.far": {"due_at": now + timedelta(days=8), "next_attempt_at": now + timedelta(days=8)},
        "tests.due": {"due_at": now - HOUR, "next_attempt_at": now - HOUR},
        "tests.failing": {"due_at": now - HOUR, "next_attempt_at": now + HOUR, "attempts": 1, "last_error": "x"},
        "tests.given_up": {"due_at": now - HOUR, "next_attempt_at": now, "attempts": 8, "failed_at": now},
        "other.done": {"due_at": now - HOUR, "next_attempt_at": now, "attempts": 1, "done_at": now},
    }
    ScheduledAction.objects.bulk_create(ScheduledAction(kind=k, subject_id=1, **row) for k, row in rows.items())
    objects = ScheduledAction.objects

    def kinds(queryset):
        return {kind.partition(".")[2] for kind in queryset.values_list("kind", flat=True)}

    assert kinds(objects.pending()) == {"planned", "far", "due", "failing"}
    assert kinds(objects.undone()) == {"planned", "far", "due", "failing", "given_up"}
    assert kinds(objects.due(now)) == {"due"}
    assert kinds(objects.overdue(now)) == {"due", "failing"}
    assert kinds(objects.failing()) == {"failing", "given_up"}
    assert kinds(objects.failed()) == {"given_up"}
    assert kinds(objects.waiting_in(7)) == {"planned"}
    assert kinds(objects.for_subject("tests.", 1)) == {"planned", "far", "due", "failing", "given_up"}
    assert kinds(objects.for_subject("tests.", 2)) == set()
    assert kinds(objects.done_before(now + HOUR)) == {"done"}
