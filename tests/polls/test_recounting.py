import pytest
from django.core.management import call_command

from polls.counting import recount
from polls.models import Choice, Poll
from polls.voting import vote
from tests.factories.polls import PollFactory


@pytest.fixture
def voted(camille, lea):
    poll = PollFactory()
    vote(poll, poll.choices.first(), camille)
    vote(poll, poll.choices.last(), lea)
    return poll


def test_exact_counters_are_left_alone(voted):
    assert recount() == 0


def test_wrong_counters_are_set_to_what_the_votes_say(voted):
    Poll.objects.update(vote_count=90, physician_count=0)
    Choice.objects.filter(pk=voted.choices.first().pk).update(vote_count=0, physician_count=0)
    PollFactory()

    corrected = recount()

    voted.refresh_from_db()
    assert corrected == 2
    assert (voted.vote_count, voted.physician_count) == (2, 1)
    assert list(voted.choices.values_list("vote_count", "physician_count")) == [(1, 1), (0, 0), (1, 0)]


def test_the_command_prints_what_it_corrected(voted, capsys):
    Poll.objects.update(vote_count=90)

    call_command("recount")

    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["Compteurs", "corrigés", ":"],
        ["consultations", "1"],
        ["fils", "0"],
    ]
