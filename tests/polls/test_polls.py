import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from polls.models import Choice, Poll
from polls.voting import vote
from tests.factories.polls import PollFactory, closed

NOON = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "is_published", "is_open"),
    [
        (None, None, False, False),
        (NOON + HOUR, None, False, False),
        (NOON, None, True, True),
        (NOON - HOUR, NOON + HOUR, True, True),
        (NOON - HOUR, NOON, True, False),
    ],
)
def test_rows_and_predicates_agree_on_what_is_open(db, opens_at, closes_at, is_published, is_open):
    poll = PollFactory(opens_at=opens_at, closes_at=closes_at)

    assert (poll.is_published_at(NOON), poll.is_open_at(NOON)) == (is_published, is_open)
    assert Poll.objects.published(NOON).exists() is is_published
    assert Poll.objects.open(NOON).exists() is is_open


def test_without_an_hour_the_clock_is_asked(db):
    PollFactory()
    closed()

    assert (Poll.objects.published().count(), Poll.objects.open().count()) == (2, 1)


@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [(NOON, NOON), (NOON, NOON - HOUR), (None, NOON)],
)
def test_a_poll_closes_after_it_opens(db, opens_at, closes_at):
    with pytest.raises(IntegrityError, match="poll_closes_after_it_opens"), transaction.atomic():
        PollFactory(opens_at=opens_at, closes_at=closes_at)


def test_physicians_are_among_the_voters(db):
    with pytest.raises(IntegrityError, match="physicians_are_among_the_voters"), transaction.atomic():
        PollFactory(vote_count=1, physician_count=2)


def test_two_answers_never_share_a_place_or_a_wording(db):
    poll = PollFactory(choices=["Oui", "Non"])

    with pytest.raises(IntegrityError, match="one_choice_a_position"), transaction.atomic():
        Choice.objects.create(poll=poll, position=1, label="Peut-être")
    with pytest.raises(IntegrityError, match="one_choice_a_label"), transaction.atomic():
        Choice.objects.create(poll=poll, position=3, label="Non")


def test_an_answered_poll_is_not_deleted(camille):
    poll = PollFactory()
    vote(poll, poll.choices.first(), camille)

    with pytest.raises(ProtectedError):
        poll.delete()


def test_the_first_vote_freezes_the_wording(camille):
    poll = PollFactory()
    assert not poll.is_frozen

    vote(poll, poll.choices.first(), camille)

    assert Poll.objects.get().is_frozen


def test_latest_first(db):
    old = PollFactory(opens_at=timezone.now() - dt.timedelta(days=9))
    new = PollFactory()

    assert list(Poll.objects.newest_first()) == [new, old]


def test_questions_and_answers_are_called_by_their_words(db):
    poll = PollFactory(question="Et le jeudi ?", choices=["Oui", "Non"])

    assert (str(poll), [str(choice) for choice in poll.choices.all()]) == ("Et le jeudi ?", ["Oui", "Non"])
    assert [choice.index for choice in poll.choices.all()] == [0, 1]
