import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from polls.models import Poll, Vote
from polls.voting import vote
from tests.factories.polls import PollFactory, closed


@pytest.fixture
def poll(db):
    return PollFactory()


@pytest.fixture
def changeable(db):
    return PollFactory(takes_changes=True)


def counters(poll):
    """Return what the rows say now: the poll's two counters, then those of each choice."""
    poll = Poll.objects.get(pk=poll.pk)
    counted = [poll, *poll.choices.all()]
    return [(row.vote_count, row.physician_count) for row in counted]


def facts():
    return list(Event.objects.order_by("recorded_at").values_list("kind", "payload"))


def test_a_vote_is_counted_for_its_choice_and_its_poll(poll, camille):
    visits, _consultations, _nothing = poll.choices.all()

    cast = vote(poll, visits, camille)

    assert (cast.choice, cast.voter, cast.is_physician) == (visits, camille, True)
    assert counters(poll) == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_a_vote_of_somebody_who_is_no_physician_is_counted_apart(poll, camille, lea):
    visits, consultations, _nothing = poll.choices.all()

    vote(poll, visits, camille)
    vote(poll, consultations, lea)

    assert counters(poll) == [(2, 1), (1, 1), (1, 0), (0, 0)]


def test_a_vote_is_told_without_saying_whose_it_is(poll, camille):
    vote(poll, poll.choices.first(), camille)

    assert facts() == [("polls.VoteCast", {"poll_id": poll.pk})]


def test_the_same_answer_twice_is_one_vote(poll, camille):
    first = vote(poll, poll.choices.first(), camille)
    second = vote(poll, poll.choices.first(), camille)

    assert first == second
    assert counters(poll)[0] == (1, 1)
    assert len(facts()) == 1


def test_a_second_answer_by_the_same_reader_is_refused(poll, camille):
    visits, consultations, _nothing = poll.choices.all()
    vote(poll, visits, camille)

    with pytest.raises(Refusal):
        vote(poll, consultations, camille)

    assert Vote.objects.get().choice == visits
    assert counters(poll) == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_a_change_moves_the_vote_where_the_poll_takes_changes(changeable, camille):
    visits, consultations, _nothing = changeable.choices.all()
    vote(changeable, visits, camille)

    changed = vote(changeable, consultations, camille)

    assert (changed.choice, changed.changed_at is not None) == (consultations, True)
    assert counters(changeable) == [(1, 1), (0, 0), (1, 1), (0, 0)]
    assert facts()[-1] == ("polls.VoteChanged", {"poll_id": changeable.pk})


def test_a_change_counts_the_title_as_it_has_become(changeable, camille):
    visits, consultations, _nothing = changeable.choices.all()
    vote(changeable, visits, camille)
    camille.assurance = 0

    vote(changeable, consultations, camille)

    assert counters(changeable) == [(1, 0), (0, 0), (1, 0), (0, 0)]


def test_a_closed_poll_takes_no_vote(db, camille):
    poll = closed()

    with pytest.raises(Refusal):
        vote(poll, poll.choices.first(), camille)

    assert counters(poll)[0] == (0, 0)


def test_closing_is_read_from_the_clock_and_not_from_the_page(poll, camille):
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))

    with pytest.raises(Refusal):
        vote(poll, poll.choices.first(), camille)


@pytest.mark.parametrize("opens_at", [None, timezone.now() + dt.timedelta(days=1)])
def test_a_draft_or_a_poll_to_come_takes_no_vote(db, camille, opens_at):
    poll = PollFactory(opens_at=opens_at)

    with pytest.raises(Refusal):
        vote(poll, poll.choices.first(), camille)


def test_a_choice_of_another_poll_is_refused(poll, camille):
    stranger = PollFactory().choices.first()

    with pytest.raises(Refusal):
        vote(poll, stranger, camille)

    assert not Vote.objects.exists()


def test_somebody_the_poll_does_not_ask_is_refused_with_the_reason(db, lea):
    poll = PollFactory(audience=Poll.Audience.PHYSICIANS)

    with pytest.raises(PermissionDenied, match=r"\w"):
        vote(poll, poll.choices.first(), lea)

    assert counters(poll)[0] == (0, 0)


def test_nobody_votes_without_signing_in(poll):
    with pytest.raises(PermissionDenied):
        vote(poll, poll.choices.first(), AnonymousUser())


def test_the_database_itself_holds_to_one_vote_a_reader(poll, camille):
    cast = vote(poll, poll.choices.first(), camille)

    with pytest.raises(IntegrityError, match="one_vote_a_reader"), transaction.atomic():
        Vote.objects.create(poll=poll, choice=cast.choice, voter=camille, is_physician=True)


def test_the_vote_of_an_erased_account_still_counts_and_is_nobodys(poll, camille):
    vote(poll, poll.choices.first(), camille)

    camille.delete()

    assert Vote.objects.get().voter is None
    assert counters(poll)[0] == (1, 1)


def test_a_vote_says_nothing_of_itself(poll, camille):
    cast = vote(poll, poll.choices.first(), camille)

    assert str(cast) == f"#{cast.pk}"
