import pytest
from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.professions import Profession
from polls.models import Poll
from polls.permissions import can_vote, reason_against_voting
from tests.factories.accounts import PhysicianFactory

PHYSICIANS = Poll(audience=Poll.Audience.PHYSICIANS)
PROFESSIONALS = Poll(audience=Poll.Audience.PROFESSIONALS)
MEMBERS = Poll(audience=Poll.Audience.MEMBERS)


def test_a_verified_physician_answers_every_poll(camille):
    assert all(can_vote(camille, poll) for poll in (PHYSICIANS, PROFESSIONALS, MEMBERS))


def test_a_verified_nurse_answers_what_is_put_to_professionals(db):
    nurse = PhysicianFactory(profession=Profession.NURSE)

    assert [can_vote(nurse, poll) for poll in (PHYSICIANS, PROFESSIONALS, MEMBERS)] == [False, True, True]


def test_a_reader_without_verified_title_answers_what_is_put_to_every_member(lea):
    assert [can_vote(lea, poll) for poll in (PHYSICIANS, PROFESSIONALS, MEMBERS)] == [False, False, True]


@pytest.mark.parametrize("poll", [PHYSICIANS, PROFESSIONALS, MEMBERS])
def test_nobody_answers_without_signing_in(poll):
    assert not can_vote(AnonymousUser(), poll)


def test_a_closed_account_answers_nothing(camille):
    camille.is_active = False

    assert not can_vote(camille, MEMBERS)


def test_the_reason_fits_the_audience(lea):
    assert str(reason_against_voting(lea, PHYSICIANS)) != str(reason_against_voting(lea, PROFESSIONALS))
    assert reason_against_voting(lea, MEMBERS) == ""
