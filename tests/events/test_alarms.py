import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from newsroom.celery import app
from newsroom.events import tasks
from newsroom.events.alarms import ring
from newsroom.events.recording import record
from tests.events.fakes import SomethingHappened


@pytest.fixture
def asked(settings, monkeypatch):
    """What was asked of the broker, which is not there."""
    settings.EVENT_ALARM = True
    calls = []
    monkeypatch.setattr("newsroom.celery.app.send_task", lambda name, **call: calls.append((name, call)))
    return calls


def test_the_worker_is_asked_to_deliver_after_the_commit(db, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        event = record(SomethingHappened(number=1))
        assert asked == []

    [(name, call)] = asked
    assert name == tasks.deliver_event.name
    # One number for the event, its task and its log lines.
    assert call["args"] == (str(event.pk),)
    assert call["task_id"] == str(event.pk)


@pytest.mark.parametrize("error", [OperationalError, OSError])
def test_a_broker_that_is_away_is_no_error(settings, monkeypatch, error):
    def away(*_args, **_call):
        raise error

    settings.EVENT_ALARM = True
    monkeypatch.setattr("newsroom.celery.app.send_task", away)

    ring("events.deliver", "1")


def test_an_alarm_that_is_switched_off_asks_nobody(settings, asked):
    settings.EVENT_ALARM = False

    ring("events.deliver", "1")

    assert asked == []


def test_the_names_that_are_rung_are_tasks():
    app.loader.import_default_modules()

    assert {"events.deliver", "notifications.send_mail"} <= set(app.tasks)
