"""The opening and the closing of a debate are told once each, at their hour."""

import datetime as dt
import threading
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from debates import lifecycle, phases
from debates.models import Debate
from newsroom.events.models import Event
from newsroom.scheduling import carrying
from newsroom.scheduling.models import ScheduledAction
from polls.models import Poll
from tests.factories.debates import closed_debate, debate_of

HOUR = dt.timedelta(hours=1)
OPENED, CLOSED = "debates.DebateOpened", "debates.DebateClosed"


@pytest.fixture
def now(db):
    return timezone.now()


def told():
    return list(Event.objects.order_by("recorded_at").values_list("kind", flat=True))


def planned():
    return dict(ScheduledAction.objects.pending().values_list("kind", "due_at"))


def dated(debate, editor, opens_at, closes_at=None):
    """Give a debate on which nobody has voted its two dates."""
    lifecycle.reword(
        debate,
        editor,
        question=debate.question,
        slug=debate.slug,
        positions=("Oui", "Non"),
        audience=debate.poll.audience,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def sweep_at(moment):
    with time_machine.travel(moment):
        carrying.sweep()


def test_a_debate_to_come_opens_and_closes_at_its_hours_once_each(now):
    debate = debate_of(opens_at=now + HOUR, closes_at=now + 3 * HOUR)
    assert planned() == {phases.OPEN: now + HOUR, phases.CLOSE: now + 3 * HOUR}

    sweep_at(now + HOUR / 2)
    assert told() == []
    sweep_at(now + HOUR)
    assert told() == [OPENED]
    sweep_at(now + 2 * HOUR)
    assert told() == [OPENED]
    sweep_at(now + 3 * HOUR)
    sweep_at(now + 4 * HOUR)

    assert told() == [OPENED, CLOSED]
    assert {event.payload["debate_id"] for event in Event.objects.all()} == {debate.pk}
    assert planned() == {}


def test_what_is_past_when_a_debate_is_made_is_told_at_once(now):
    debate_of(opens_at=now - 2 * HOUR, closes_at=now - HOUR)

    assert told() == [OPENED, CLOSED]
    assert planned() == {}


def test_a_debate_that_opens_now_is_told_at_once_and_its_closing_is_planned(now):
    debate_of(opens_at=now, closes_at=now + HOUR)

    assert told() == [OPENED]
    assert planned() == {phases.CLOSE: now + HOUR}


def test_a_draft_tells_and_plans_nothing_until_it_has_a_date(now, editor):
    debate = debate_of(opens_at=None)
    assert (told(), planned()) == ([], {})

    dated(debate, editor, now + HOUR)
    assert (told(), planned()) == ([], {phases.OPEN: now + HOUR})

    dated(debate, editor, None)
    assert (told(), planned()) == ([], {})


def test_an_opening_put_off_is_told_at_the_new_hour_alone(now, editor):
    debate = debate_of(opens_at=now + HOUR, closes_at=now + 2 * HOUR)

    dated(debate, editor, now + 3 * HOUR, now + 4 * HOUR)

    sweep_at(now + 2 * HOUR)
    assert told() == []
    sweep_at(now + 3 * HOUR)
    assert told() == [OPENED]


def test_another_past_date_is_no_second_opening_but_a_new_one_to_come_is(now, editor):
    debate = debate_of(opens_at=now - HOUR)

    dated(debate, editor, now - 2 * HOUR)
    assert told() == [OPENED]

    dated(debate, editor, now + HOUR)
    sweep_at(now + HOUR)
    assert told() == [OPENED, OPENED]


def test_a_closing_is_told_when_it_comes_and_again_after_the_debate_was_open_once_more(now, editor):
    debate = debate_of()
    lifecycle.close_at(debate, now + HOUR, editor)
    assert planned() == {phases.CLOSE: now + HOUR}

    lifecycle.close_at(debate, now - HOUR, editor)
    assert (told(), planned()) == ([OPENED, CLOSED], {})

    lifecycle.close_at(debate, now - HOUR / 2, editor)
    assert told() == [OPENED, CLOSED]

    lifecycle.close_at(debate, now + HOUR, editor)
    sweep_at(now + HOUR)
    assert told() == [OPENED, CLOSED, CLOSED]


def test_a_debate_without_end_has_no_closing_to_tell(now, editor):
    debate = debate_of(closes_at=now + HOUR)

    lifecycle.close_at(debate, None, editor)

    assert planned() == {}
    sweep_at(now + 2 * HOUR)
    assert told() == [OPENED]


def test_telling_again_or_too_early_says_nothing(now):
    debate = debate_of(opens_at=now + HOUR, closes_at=now + 2 * HOUR)

    for moment in (now, now + HOUR, now + HOUR, now + 2 * HOUR, now + 2 * HOUR):
        with time_machine.travel(moment):
            phases.tell_of_opening(debate.pk)
            phases.tell_of_closing(debate.pk)

    assert told() == [OPENED, CLOSED]


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_once_tell_it_once():
    debate = closed_debate()
    Event.objects.all().delete()
    Debate.objects.update(opening_told_at=None, closing_told_at=None)
    faults = []

    def tell_too():
        try:
            phases.tell_of_opening(debate.pk)
            phases.tell_of_closing(debate.pk)
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            faults.append(fault)
        finally:
            connection.close()

    with transaction.atomic():
        phases.tell_of_opening(debate.pk)
        phases.tell_of_closing(debate.pk)
        rival = threading.Thread(target=tell_too)
        rival.start()
        # Long enough to have looked whether it is told.
        rival.join(timeout=1)
    rival.join()

    assert faults == []
    assert sorted(told()) == [CLOSED, OPENED]


def test_debates_that_were_there_before_are_planned_and_what_is_past_is_not_told_again(now, editor):
    past, open_, to_come, draft = (
        debate_of(opens_at=opens_at, closes_at=closes_at)
        for opens_at, closes_at in (
            (now - 2 * HOUR, now - HOUR),
            (now - HOUR, now + HOUR),
            (now + HOUR, now + 2 * HOUR),
            (None, None),
        )
    )
    Debate.objects.update(opening_told_at=None, closing_told_at=None)
    ScheduledAction.objects.all().delete()
    Event.objects.all().delete()

    for _again in range(2):
        import_module("debates.migrations.0005_plan_phases").plan_phases(apps, connection.schema_editor())

    told_at = {debate.pk: (debate.opening_told_at, debate.closing_told_at) for debate in Debate.objects.all()}
    assert told_at == {
        past.pk: (now - 2 * HOUR, now - HOUR),
        open_.pk: (now - HOUR, None),
        to_come.pk: (None, None),
        draft.pk: (None, None),
    }
    assert set(ScheduledAction.objects.values_list("kind", "subject_id", "due_at")) == {
        (phases.CLOSE, open_.pk, now + HOUR),
        (phases.OPEN, to_come.pk, now + HOUR),
        (phases.CLOSE, to_come.pk, now + 2 * HOUR),
    }
    sweep_at(now + 2 * HOUR)
    assert sorted(told()) == [CLOSED, CLOSED, OPENED]
    assert Poll.objects.count() == 4
