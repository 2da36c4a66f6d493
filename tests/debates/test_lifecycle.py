import datetime as dt
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from debates import lifecycle
from debates.models import Argument, Debate
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment, Thread
from newsroom.events.models import Event
from polls.models import Poll
from polls.voting import vote
from tests.factories.accounts import UserFactory
from tests.factories.debates import argument_in, closed_debate, debate_of

DAY_AGO = dt.timedelta(days=-1)
WORDING = {
    "question": "Et le jeudi ?",
    "slug": "et-le-jeudi",
    "positions": ("Pour", "Contre"),
    "audience": Poll.Audience.MEMBERS,
    "opens_at": None,
    "closes_at": None,
}


@pytest.fixture
def debate(db):
    return debate_of()


def forward(debate):
    return set(debate.arguments.featured())


def test_a_debate_opens_with_its_poll_its_thread_and_two_sides(db):
    debate = debate_of(question="Oui ou non ?", slug="oui-ou-non", introduction="Deux phrases.")

    assert str(debate) == debate.thread.title == "Oui ou non ?"
    assert [choice.label for choice in debate.poll.choices.all()] == ["Oui", "Non"]
    assert (debate.poll.is_part_of_debate, debate.poll.takes_changes, debate.is_open) == (True, True, True)
    assert debate.thread.path == "/debats/oui-ou-non/discussion/"
    assert Event.objects.get().kind == "debates.DebateOpened"


@pytest.mark.parametrize(("opens_in", "is_public"), [(None, False), (dt.timedelta(hours=1), False), (DAY_AGO, True)])
def test_readers_know_of_the_thread_when_they_know_of_the_debate(editor, opens_in, is_public):
    opens_at = opens_in and timezone.now() + opens_in

    opened, reworded = debate_of(opens_at=opens_at), debate_of(opens_at=None)
    lifecycle.reword(reworded, editor, **(WORDING | {"opens_at": opens_at}))

    for debate in (opened, reworded):
        thread = Thread.objects.get(pk=debate.thread_id)
        assert (thread.opens_at, thread.is_public) == (opens_at, is_public)
    assert Debate.objects.published().exists() is Thread.objects.public().exists() is is_public


def test_the_migration_shows_the_threads_of_debates_that_are_there(debate):
    draft = debate_of(opens_at=None)
    Thread.objects.update(opens_at=None)

    import_module("debates.migrations.0003_thread_openings").show_threads(apps, connection.schema_editor())

    openings = dict(Thread.objects.values_list("pk", "opens_at"))
    assert openings == {debate.thread_id: debate.poll.opens_at, draft.thread_id: None}


def test_a_debate_of_the_same_source_is_the_same_debate(db):
    assert debate_of(source_id="x-1") == debate_of(source_id="x-1")
    assert Debate.objects.count() == 1


def test_a_closing_date_closes_thread_and_votes_alike(db):
    closing = timezone.now() + dt.timedelta(days=9)

    debate = debate_of(closes_at=closing)

    debate.thread.refresh_from_db()
    assert debate.poll.closes_at == debate.thread.closed_at == closing


def test_a_consultation_may_have_the_same_address_as_a_debate(debate):
    Poll.objects.create(question="La même ?", slug=debate.slug)


def test_wording_changes_until_the_first_vote_everywhere_at_once(debate, editor):
    lifecycle.reword(debate, editor, **WORDING)

    debate = Debate.objects.get()
    assert (debate.slug, debate.question, debate.poll.audience) == ("et-le-jeudi", "Et le jeudi ?", "members")
    assert [choice.label for choice in debate.poll.choices.all()] == ["Pour", "Contre"]
    assert (debate.thread.title, debate.thread.path) == ("Et le jeudi ?", "/debats/et-le-jeudi/discussion/")


def test_the_two_sides_may_change_places(debate, editor):
    lifecycle.reword(debate, editor, **(WORDING | {"positions": ("Non", "Oui")}))

    assert [choice.label for choice in debate.poll.choices.all()] == ["Non", "Oui"]


def test_opening_and_closing_move_together(editor):
    now = timezone.now()
    debate = debate_of(opens_at=now + dt.timedelta(days=1), closes_at=now + dt.timedelta(days=2))
    later = {"opens_at": now + dt.timedelta(days=3), "closes_at": now + dt.timedelta(days=4)}

    lifecycle.reword(debate, editor, **(WORDING | later))

    debate = Debate.objects.select_related("poll", "thread").get()
    assert (debate.poll.opens_at, debate.poll.closes_at) == (later["opens_at"], later["closes_at"])
    assert (debate.thread.opens_at, debate.thread.closed_at) == (later["opens_at"], later["closes_at"])


def test_wording_is_frozen_by_the_first_vote(debate, editor, camille):
    vote(debate.poll, debate.poll.choices.first(), camille)

    with pytest.raises(Refusal):
        lifecycle.reword(debate, editor, **WORDING)


def test_a_debate_is_closed_and_opened_again(editor):
    debate = closed_debate()
    debate.thread.refresh_from_db()
    assert (debate.is_open, debate.thread.is_open, Debate.objects.open().exists()) == (False, False, False)

    lifecycle.close_at(debate, None, editor)

    debate = Debate.objects.open().get()
    assert (debate.is_open, debate.thread.is_open) == (True, True)


def test_a_featured_argument_takes_the_place_of_the_one_before_on_its_side(debate, editor):
    first, second, other_side = argument_in(debate), argument_in(debate), argument_in(debate, side=1)
    for argument in (first, other_side, second):
        lifecycle.feature(argument, editor)

    assert forward(debate) == {second, other_side}
    assert Debate.objects.for_listing().get().featured == second
    assert Event.objects.filter(kind="debates.ArgumentFeatured").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_feature_at_once_leave_one_argument_on_the_side():
    debate = debate_of()
    first, second = argument_in(debate), argument_in(debate)
    editor = UserFactory(is_superuser=True)
    faults = []

    def feature_too():
        try:
            lifecycle.feature(second, editor)
        except IntegrityError as fault:
            faults.append(fault)
        finally:
            connection.close()

    with transaction.atomic():
        lifecycle.feature(first, editor)
        rival = threading.Thread(target=feature_too)
        rival.start()
        # Long enough to have looked for the argument that stands there now.
        rival.join(timeout=1)
    rival.join()

    assert faults == []
    assert forward(debate) == {second}


def test_featuring_the_same_argument_again_changes_nothing_else(debate, editor):
    argument = argument_in(debate)

    lifecycle.feature(argument, editor)
    lifecycle.feature(argument, editor)

    assert forward(debate) == {argument}


def test_an_argument_that_readers_cannot_see_is_not_featured(debate, editor):
    argument = argument_in(debate)
    argument.comment.status = Comment.Status.HELD

    with pytest.raises(Refusal):
        lifecycle.feature(argument, editor)


def test_a_featured_argument_that_is_removed_leaves_the_boxes(debate, editor):
    argument = argument_in(debate)
    lifecycle.feature(argument, editor)
    assert Debate.objects.get().featured == argument

    Comment.objects.update(status=Comment.Status.REMOVED)

    assert Debate.objects.for_listing().get().featured is None
    assert Debate.objects.get().featured is None


def test_a_featured_argument_goes_back_among_the_others(debate, editor):
    argument = argument_in(debate)
    lifecycle.feature(argument, editor)

    lifecycle.stop_featuring(argument, editor)

    assert forward(debate) == set()


def test_the_database_itself_holds_to_one_featured_argument_a_side(debate):
    argument_in(debate)
    argument_in(debate)

    with pytest.raises(IntegrityError, match="one_featured_argument_a_side"), transaction.atomic():
        Argument.objects.update(featured_at=timezone.now())


def test_readers_and_moderators_edit_nothing(debate, camille, moderator):
    argument = argument_in(debate)

    for person in (camille, moderator):
        with pytest.raises(PermissionDenied):
            lifecycle.reword(debate, person, **WORDING)
        with pytest.raises(PermissionDenied):
            lifecycle.close_at(debate, None, person)
        with pytest.raises(PermissionDenied):
            lifecycle.feature(argument, person)
        with pytest.raises(PermissionDenied):
            lifecycle.stop_featuring(argument, person)


def test_an_argument_from_elsewhere_is_published_at_its_date_without_a_vote(debate):
    at = timezone.now() - dt.timedelta(days=400)
    side = debate.poll.choices.first()

    taken = [
        lifecycle.bring_in_argument(debate, side, text="Jadis.", author_name="Dr X", at=at, source_id="x-1")
        for _again in range(2)
    ]

    assert taken[0] == taken[1]
    assert (taken[0].comment.is_published, taken[0].comment.created_at) == (True, at)
    assert debate.poll.vote_count == 0
