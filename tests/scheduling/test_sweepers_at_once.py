"""Several connections at once: nothing done twice, nobody delayed, editors never sacrificed to a deadlock."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.scheduling import carrying
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from newsroom.taxonomy.models import Specialty

pytestmark = pytest.mark.django_db(transaction=True)

PAST = timedelta(hours=-1)


def due(kind="tests.keep", number=1):
    with transaction.atomic():
        return plan(kind, number, timezone.now() + PAST)


def effects():
    return User.objects.filter(email__startswith="effet-").count()


def in_thread(work, *args):
    """Start work on a connection of its own; what it answers, or raises, stands in the thread's ``answer``."""

    def run():
        try:
            thread.answer = work(*args)
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            thread.answer = fault
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def answer_of(thread):
    thread.join(timeout=30)
    return thread.answer


def wait_for_a_waiting_lock():
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            # Within a transaction, what others do is shown as it was at first, unless one asks anew.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT EXISTS(SELECT FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock')"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits for a lock")


@pytest.fixture
def specialty():
    return Specialty.objects.create(name="Cardiologie", slug="cardiologie-du-test")


def test_three_sweepers_at_once_carry_each_of_three_hundred_actions_out_once():
    with transaction.atomic():
        for number in range(300):
            plan("tests.keep", number, timezone.now() + PAST)
        plan("tests.refuse", 1000, timezone.now() + PAST)

    def sweep_all():
        return sum(iter(carrying.sweep, 0))

    done = [answer_of(sweeper) for sweeper in [in_thread(sweep_all) for _one in range(3)]]

    assert sum(done) == effects() == 300
    assert ScheduledAction.objects.filter(done_at__isnull=False).count() == 300
    assert ScheduledAction.objects.pending().get().error_line == "RuntimeError: no taste for 1000"


def test_what_another_sweeper_is_at_work_on_is_passed_over_without_waiting():
    held, _free = due(number=1), due(number=2)

    with transaction.atomic():
        ScheduledAction.objects.select_for_update().get(pk=held.pk)
        began = time.monotonic()
        assert answer_of(in_thread(carrying.sweep)) == 1
        assert time.monotonic() - began < 5

    assert ScheduledAction.objects.get(pk=held.pk).attempts == 0
    assert carrying.sweep() == 1


def test_a_sweep_gives_way_to_an_editor_who_holds_the_subject_and_is_about_to_move_the_action(specialty):
    action, tomorrow = due("tests.rename", specialty.pk), timezone.now() + timedelta(days=1)

    with transaction.atomic():
        Specialty.objects.select_for_update().get(pk=specialty.pk)
        sweeper = in_thread(carrying.sweep)
        wait_for_a_waiting_lock()
        # The sweeper holds the action and waits for the specialty; now we wait for the action.
        plan("tests.rename", specialty.pk, tomorrow)

    assert answer_of(sweeper) == 0
    action.refresh_from_db()
    assert (action.due_at, action.attempts, action.last_error) == (tomorrow, 0, "")
    assert Specialty.objects.get(pk=specialty.pk).name == "Cardiologie"


def test_a_subject_that_somebody_holds_delays_its_own_action_alone(specialty):
    action = due("tests.rename", specialty.pk)
    due(number=2)

    with transaction.atomic():
        Specialty.objects.select_for_update().get(pk=specialty.pk)
        assert answer_of(in_thread(carrying.sweep)) == 1

    action.refresh_from_db()
    assert action.state == "failing"
    assert "lock timeout" in action.error_line
    ScheduledAction.objects.pending().update(next_attempt_at=timezone.now())
    assert carrying.sweep() == 1
    assert Specialty.objects.get(pk=specialty.pk).name == "Cardiologie, faite"


def test_an_action_that_is_being_moved_is_left_to_whoever_moves_it():
    due()
    claimed = carrying._claim_next()

    with transaction.atomic():
        ScheduledAction.objects.select_for_update().get(pk=claimed.pk)
        assert answer_of(in_thread(carrying._carry_out, claimed)) is False
        assert answer_of(in_thread(carrying._write_down, claimed, "Non.")) is None

    action = ScheduledAction.objects.get()
    assert (action.state, action.attempts) == ("planned", 1)
    assert effects() == 0


def test_a_fault_of_the_database_is_not_taken_for_a_rival(monkeypatch, caplog):
    due()
    claimed = carrying._claim_next()
    monkeypatch.setattr(carrying, "LONGEST_WAIT", "20s")
    monkeypatch.setattr(carrying, "LONGEST_STATEMENT", "50ms")

    with transaction.atomic():
        ScheduledAction.objects.select_for_update().get(pk=claimed.pk)
        with pytest.raises(Exception, match="statement timeout"):
            raise answer_of(in_thread(carrying._carry_out_holding, claimed))
        assert answer_of(in_thread(carrying._carry_out, claimed)) is False

    assert effects() == 0


def test_an_editor_who_moves_an_action_while_it_is_done_plans_the_next_one():
    due()
    claimed = carrying._claim_next()
    tomorrow = timezone.now() + timedelta(days=1)

    def move():
        with transaction.atomic():
            plan("tests.keep", 1, tomorrow)

    with transaction.atomic():
        carrying._carry_out_holding(claimed)
        editor = in_thread(move)
        wait_for_a_waiting_lock()

    assert answer_of(editor) is None
    done, again = ScheduledAction.objects.order_by("due_at")
    assert (done.state, again.state, again.due_at) == ("done", "planned", tomorrow)
    assert effects() == 1
