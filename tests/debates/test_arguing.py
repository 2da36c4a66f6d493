import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from debates.arguing import LONGEST_ARGUMENT, take_position
from debates.models import Argument
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment
from newsroom.discussions.posting import withdraw
from newsroom.events.models import Event
from polls.models import Poll, Vote
from tests.factories.debates import argument_in, closed_debate, debate_of


@pytest.fixture
def debate(db):
    return debate_of()


@pytest.fixture
def yes(debate):
    return debate.poll.choices.all()[0]


@pytest.fixture
def no(debate):
    return debate.poll.choices.all()[1]


def kinds():
    return set(Event.objects.values_list("kind", flat=True))


def test_a_position_without_a_text_is_a_vote_alone(debate, yes, camille):
    assert take_position(debate, yes, camille) is None

    assert Vote.objects.get().choice == yes
    assert not Argument.objects.exists()


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u200b"])
def test_a_text_in_which_nothing_can_be_seen_is_no_argument(debate, yes, camille, blank):
    assert take_position(debate, yes, camille, text=blank) is None


def test_an_argument_is_a_comment_that_takes_a_side(debate, yes, camille):
    argument = take_position(debate, yes, camille, text="Le flacon est là.")

    assert (argument.debate, argument.position, argument.author) == (debate, yes, camille)
    assert (argument.comment.thread, argument.comment.source) == (debate.thread, "Le flacon est là.")
    assert {"polls.VoteCast", "discussions.CommentPosted", "debates.ArgumentGiven"} <= kinds()


def test_the_same_form_twice_is_one_argument(debate, yes, camille):
    first = take_position(debate, yes, camille, text="Le flacon est là.")
    second = take_position(debate, yes, camille, text=" Le flacon est là. ")

    assert first == second
    assert Comment.objects.count() == 1


def test_a_second_argument_is_refused_and_the_vote_with_it(debate, yes, no, camille):
    take_position(debate, yes, camille, text="Le flacon est là.")

    with pytest.raises(Refusal):
        take_position(debate, no, camille, text="Tout bien pesé, non.")

    assert Vote.objects.get().choice == yes
    assert Argument.objects.get().position == yes


def test_a_changed_vote_leaves_the_argument_where_it_was_written(debate, yes, no, camille):
    argument = take_position(debate, yes, camille, text="Le flacon est là.")

    assert take_position(debate, no, camille) == argument

    argument.refresh_from_db()
    assert (Vote.objects.get().choice, argument.position) == (no, yes)


def test_a_withdrawn_argument_makes_room_for_another(debate, yes, no, camille):
    first = take_position(debate, yes, camille, text="Le flacon est là.")
    withdraw(first.comment, camille)

    second = take_position(debate, no, camille, text="Tout bien pesé, non.")

    assert second.pk == first.pk
    assert (second.position, second.comment.source) == (no, "Tout bien pesé, non.")
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("status", [Comment.Status.REJECTED, Comment.Status.REMOVED])
def test_so_does_one_that_moderators_refused(debate, yes, camille, status):
    first = take_position(debate, yes, camille, text="Le flacon est là.")
    Comment.objects.filter(pk=first.comment_id).update(status=status)

    second = take_position(debate, yes, camille, text="Autrement dit.")

    assert second.comment.source == "Autrement dit."


def test_an_argument_that_waits_holds_its_place(debate, yes, camille):
    first = take_position(debate, yes, camille, text="Le flacon est là.")
    Comment.objects.filter(pk=first.comment_id).update(status=Comment.Status.HELD)

    with pytest.raises(Refusal):
        take_position(debate, yes, camille, text="Autrement dit.")


def test_an_argument_is_as_long_as_allowed_and_no_longer(debate, yes, camille, paul):
    assert take_position(debate, yes, camille, text="a" * LONGEST_ARGUMENT)

    with pytest.raises(Refusal, match="1"):
        take_position(debate, yes, paul, text="a" * (LONGEST_ARGUMENT + 1))


def test_a_closed_debate_takes_no_position(camille):
    debate = closed_debate()

    with pytest.raises(Refusal):
        take_position(debate, debate.poll.choices.first(), camille, text="Trop tard.")

    assert not Comment.objects.exists()


def test_a_reader_whom_the_debate_does_not_ask_is_refused(debate, yes, lea):
    with pytest.raises(PermissionDenied):
        take_position(debate, yes, lea, text="Moi aussi.")


def test_who_may_vote_but_not_write_keeps_no_vote_when_he_tries_to_write(lea):
    debate = debate_of(audience=Poll.Audience.MEMBERS)
    choice = debate.poll.choices.first()

    with pytest.raises(PermissionDenied):
        take_position(debate, choice, lea, text="Moi aussi.")
    assert not Vote.objects.exists()

    assert take_position(debate, choice, lea) is None
    assert Vote.objects.exists()


def test_the_database_itself_holds_to_one_argument_a_reader(debate, camille):
    argument_in(debate, author=camille)

    with pytest.raises(IntegrityError, match="one_argument_a_reader"), transaction.atomic():
        argument_in(debate, author=camille)
