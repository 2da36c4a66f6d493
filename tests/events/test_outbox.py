import threading
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.events import delivery, tasks
from newsroom.events.facts import UnknownFactError, fact_of
from newsroom.events.models import Event, Receipt, next_attempt
from newsroom.events.recording import record
from newsroom.settings import env
from tests.events.fakes import LateFaultsMet, PoisonSpread, SomethingHappened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _switchboard(settings):
    settings.EVENT_LISTENERS = "tests.events.fakes.LISTENERS"


def make_due():
    Event.objects.undelivered().update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_a_fact_becomes_an_event_in_the_same_transaction():
    event = record(SomethingHappened(number=1))

    assert event.kind == "fakes.SomethingHappened"
    assert fact_of(event.kind, event.payload) == SomethingHappened(number=1)


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(SomethingHappened(number=1))


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_no_event():
    with suppress(ZeroDivisionError), transaction.atomic():
        record(SomethingHappened(number=1))
        raise ZeroDivisionError

    assert not Event.objects.exists()


def test_delivering_runs_the_listener_and_settles_the_event():
    event = record(SomethingHappened(number=1))

    assert delivery.deliver(event.pk)

    event.refresh_from_db()
    assert event.is_settled
    assert User.objects.filter(email="effet-1@example.org").exists()


def test_a_second_delivery_does_nothing():
    event = record(SomethingHappened(number=1))
    delivery.deliver(event.pk)

    assert not delivery.deliver(event.pk)

    assert User.objects.filter(email="effet-1@example.org").count() == 1


def test_an_event_without_listeners_is_settled_at_once(settings):
    settings.EVENT_LISTENERS = "newsroom.wiring.LISTENERS"
    event = record(SomethingHappened(number=1))

    assert delivery.deliver(event.pk)


def test_an_unknown_event_id_is_nothing_to_deliver():
    assert not delivery.deliver(uuid4())


def test_one_listener_s_fault_does_not_stop_the_others():
    event = record(PoisonSpread(number=7))

    assert not delivery.deliver(event.pk)

    event.refresh_from_db()
    assert User.objects.filter(email="effet-7@example.org").exists()
    assert "no taste for 7" in event.last_error
    assert "division by zero" in event.last_error
    assert list(event.receipts.values_list("listener", flat=True)) == ["tests.events.fakes.keep_number"]


@pytest.mark.django_db(transaction=True)
def test_a_fault_that_shows_at_commit_or_cannot_be_stored_stays_with_its_listener():
    with transaction.atomic():
        event = record(LateFaultsMet(number=7))
    make_due()

    assert delivery.sweep() == 0

    event.refresh_from_db()
    assert User.objects.filter(email="effet-7@example.org").exists()
    assert "ForeignKeyViolation" in event.last_error
    assert "unreadable:" in event.last_error
    assert list(event.receipts.values_list("listener", flat=True)) == ["tests.events.fakes.keep_number"]


def test_a_sweep_ends_before_its_task_is_killed(monkeypatch):
    record(SomethingHappened(number=1))
    make_due()
    monkeypatch.setattr(delivery, "LONGEST_SWEEP", -1.0)

    assert delivery.sweep() == 0
    assert Event.objects.get().attempts == 0


def test_a_retried_poison_event_does_not_repeat_the_effects_that_worked():
    event = record(PoisonSpread(number=7))

    delivery.deliver(event.pk)
    delivery.deliver(event.pk)

    assert User.objects.filter(email="effet-7@example.org").count() == 1


def test_a_poison_event_is_parked_after_its_attempts_with_its_error(settings):
    event = record(PoisonSpread(number=7))

    for _attempt in range(settings.EVENT_ATTEMPTS):
        delivery.deliver(event.pk)

    event.refresh_from_db()
    assert event.is_parked
    assert event.attempts == settings.EVENT_ATTEMPTS
    assert "no taste for 7" in event.last_error
    assert not delivery.deliver(event.pk)


def test_an_event_that_kills_its_worker_every_time_is_parked_too(settings):
    event = record(SomethingHappened(number=1))
    Event.objects.filter(pk=event.pk).update(attempts=settings.EVENT_ATTEMPTS)

    assert not delivery.deliver(event.pk)

    event.refresh_from_db()
    assert event.is_parked
    assert event.last_error == delivery.KILLED


def test_a_kind_that_the_code_no_longer_knows_is_kept_with_its_error():
    event = Event.objects.create(kind="old.Forgotten", payload={})

    assert not delivery.deliver(event.pk)

    event.refresh_from_db()
    assert "old.Forgotten" in event.last_error
    with pytest.raises(UnknownFactError):
        fact_of("old.Forgotten", {})


def test_the_sweep_leaves_fresh_events_to_the_alarm_and_takes_due_ones():
    record(SomethingHappened(number=1))
    assert delivery.sweep() == 0

    make_due()

    assert delivery.sweep() == 1


def test_the_sweep_passes_over_a_poisoned_event_and_delivers_the_next():
    record(PoisonSpread(number=1))
    record(SomethingHappened(number=2))
    make_due()

    assert delivery.sweep() == 1
    assert User.objects.filter(email="effet-2@example.org").exists()


def test_a_parked_event_is_passed_over_by_the_sweep(settings):
    record(SomethingHappened(number=1))
    make_due()
    Event.objects.update(attempts=settings.EVENT_ATTEMPTS)
    record(SomethingHappened(number=2))
    Event.objects.filter(attempts=0).update(next_attempt_at=timezone.now())

    assert delivery.sweep() == 1
    assert Event.objects.parked().count() == 1


def test_attempts_are_spaced_out_up_to_an_hour():
    now = timezone.now()

    assert next_attempt(1, now) == now + timedelta(seconds=5)
    assert next_attempt(3, now) == now + timedelta(seconds=20)
    assert next_attempt(30, now) == now + timedelta(hours=1)


def test_retrying_a_parked_event_gives_it_a_fresh_start(settings):
    event = record(SomethingHappened(number=1))
    Event.objects.filter(pk=event.pk).update(attempts=settings.EVENT_ATTEMPTS, parked_at=timezone.now())

    delivery.retry(event)

    assert delivery.sweep() == 1


def test_pruning_deletes_only_events_delivered_long_ago(settings):
    old, fresh, parked = (record(SomethingHappened(number=number)) for number in range(3))
    long_ago = timezone.now() - settings.EVENT_KEPT - timedelta(days=1)
    Event.objects.filter(pk=old.pk).update(delivered_at=long_ago)
    Event.objects.filter(pk=parked.pk).update(parked_at=long_ago)
    Receipt.objects.create(event=old, listener="x")

    assert delivery.prune() == 1

    assert set(Event.objects.values_list("pk", flat=True)) == {fresh.pk, parked.pk}


def test_pruning_goes_on_until_nothing_old_is_left(settings, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    for number in range(5):
        record(SomethingHappened(number=number))
    Event.objects.update(delivered_at=timezone.now() - settings.EVENT_KEPT - timedelta(days=1))

    assert delivery.prune() == 5
    assert not Event.objects.exists()


def test_a_listener_has_one_receipt_an_event():
    event = record(SomethingHappened(number=1))
    Receipt.objects.create(event=event, listener="x")

    with pytest.raises(IntegrityError, match="one_receipt_a_listener"), transaction.atomic():
        Receipt.objects.create(event=event, listener="x")


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_deliver_each_of_a_thousand_events_once():
    with transaction.atomic():
        for number in range(1000):
            record(SomethingHappened(number=number))
    make_due()
    delivered = []

    def sweep_all():
        while count := delivery.sweep():
            delivered.append(count)
        connection.close()

    sweepers = [threading.Thread(target=sweep_all) for _one in range(2)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()

    assert sum(delivered) == 1000
    assert User.objects.filter(email__startswith="effet-").count() == 1000
    assert not Event.objects.undelivered().exists()
    assert Event.objects.filter(attempts=1).count() == 1000


@pytest.mark.django_db(transaction=True)
def test_an_event_that_somebody_else_is_delivering_is_left_to_him():
    with transaction.atomic():
        event = record(SomethingHappened(number=1))
    outcome = []

    def deliver_too():
        outcome.append(delivery.deliver(event.pk))
        outcome.append(delivery._tell_listeners(event.pk))
        connection.close()

    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        rival = threading.Thread(target=deliver_too)
        rival.start()
        rival.join()

    assert outcome == [False, False]
    assert delivery.deliver(event.pk)


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_the_database_is_not_taken_for_a_rival():
    with transaction.atomic():
        event = record(SomethingHappened(number=1))
    faults = []

    def deliver_impatiently():
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '50ms'")
        try:
            delivery._tell_listeners(event.pk)
        except OperationalError as fault:
            faults.append(str(fault))
        finally:
            connection.close()

    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        rival = threading.Thread(target=deliver_impatiently)
        rival.start()
        rival.join()

    assert "statement timeout" in faults[0]


def test_what_was_delivered_between_claim_and_delivery_is_left():
    event = record(SomethingHappened(number=1))
    delivery.deliver(event.pk)

    assert not delivery._tell_listeners(event.pk)


def test_the_tasks_deliver_sweep_and_prune(settings):
    first, second = record(SomethingHappened(number=1)), record(SomethingHappened(number=2))

    tasks.deliver_event(str(first.pk))
    make_due()
    tasks.sweep_events()

    assert not Event.objects.undelivered().exists()
    assert cache.get(tasks.HEARTBEAT) == pytest.approx(timezone.now().timestamp(), abs=60)
    Event.objects.filter(pk=second.pk).update(delivered_at=timezone.now() - settings.EVENT_KEPT - timedelta(days=1))
    tasks.prune_events()
    assert Event.objects.get() == first


def test_the_sweep_goes_on_without_a_cache_to_leave_a_sign_of_life_in(settings):
    event = record(SomethingHappened(number=1))
    make_due()
    settings.CACHES = {"default": env.cache("redis://127.0.0.1:1/0")}

    tasks.sweep_events()

    event.refresh_from_db()
    assert event.delivered_at


def test_the_command_delivers_and_says_what_is_left(capsys):
    record(SomethingHappened(number=1))
    make_due()
    call_command("sweep_events")
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == ["1", "0", "0"]

    record(PoisonSpread(number=2))
    make_due()
    with pytest.raises(CommandError):
        call_command("sweep_events")
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == ["0", "1", "0"]


def test_the_admin_shows_parked_events_and_tries_them_again(client, administrator):
    event = record(SomethingHappened(number=1))
    Event.objects.filter(pk=event.pk).update(parked_at=timezone.now(), last_error="Traceback")
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/admin/events/event/?state=parked")
    answer = client.post("/admin/events/event/", {"action": "retry", "_selected_action": [str(event.pk)]}, follow=True)

    assert "fakes.SomethingHappened" in page.content.decode()
    assert "1 événement sera livré à nouveau." in answer.content.decode()
    event.refresh_from_db()
    assert not event.is_parked


def test_nobody_writes_or_deletes_events_in_the_admin(client, administrator):
    event = record(SomethingHappened(number=1))
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/admin/events/event/add/").status_code == 403
    assert client.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403
