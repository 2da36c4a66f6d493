import pytest
from django.contrib import admin
from django.urls import reverse

from polls.models import Choice, Poll, Vote
from polls.voting import vote
from tests.factories.polls import PollFactory

CHANGED = {
    "question": "Une autre question ?",
    "slug": "une-autre-adresse",
    "introduction": "Deux phrases.",
    "audience": "members",
    "opens_at_0": "2026-01-01",
    "opens_at_1": "08:00",
}


@pytest.fixture
def poll(db):
    return PollFactory(question="Et le jeudi ?", choices=["Oui", "Non"])


def address(poll):
    return reverse("admin:polls_poll_change", args=[poll.pk])


def sent(poll, **fields):
    """Return the form as the browser sends it back, with other values in ``fields``."""
    rows = {}
    for row, choice in enumerate(poll.choices.all()):
        rows |= {f"choices-{row}-id": choice.pk, f"choices-{row}-poll": poll.pk}
        rows |= {f"choices-{row}-position": choice.position, f"choices-{row}-label": choice.label}
    return {**CHANGED, **rows, "choices-TOTAL_FORMS": 2, "choices-INITIAL_FORMS": 2, **fields}


def test_an_editor_puts_a_question_to_the_readers(editor, browser_of):
    form = {**CHANGED, "choices-TOTAL_FORMS": 2, "choices-INITIAL_FORMS": 0}
    form |= {
        "choices-0-position": 1,
        "choices-0-label": "Oui",
        "choices-1-position": 2,
        "choices-1-label": "Non",
    }

    browser_of(editor).post(reverse("admin:polls_poll_add"), form)

    assert list(Poll.objects.get().choices.values_list("label", flat=True)) == ["Oui", "Non"]


def test_a_question_needs_two_answers(editor, browser_of):
    form = {**CHANGED, "choices-TOTAL_FORMS": 1, "choices-INITIAL_FORMS": 0}
    form |= {"choices-0-position": 1, "choices-0-label": "Oui"}

    browser_of(editor).post(reverse("admin:polls_poll_add"), form)

    assert not Poll.objects.exists()


def test_wording_may_change_until_the_first_vote(poll, editor, browser_of):
    browser_of(editor).post(address(poll), sent(poll, **{"choices-0-label": "Volontiers"}))

    poll.refresh_from_db()
    assert poll.question == "Une autre question ?"
    assert poll.choices.first().label == "Volontiers"


def test_after_the_first_vote_wording_is_frozen_and_the_introduction_is_not(poll, editor, camille, browser_of):
    vote(poll, poll.choices.first(), camille)

    browser_of(editor).post(address(poll), sent(poll, **{"choices-0-label": "Jamais"}))

    poll.refresh_from_db()
    assert (poll.question, poll.introduction) == ("Et le jeudi ?", "Deux phrases.")
    assert poll.choices.first().label == "Oui"
    assert Choice.objects.count() == 2


def test_votes_are_not_in_the_admin(poll, chief, camille, browser_of):
    vote(poll, poll.choices.first(), camille)

    page = browser_of(chief).get(address(poll)).content.decode()

    assert not admin.site.is_registered(Vote)
    assert not any(word in page for word in (camille.email, camille.last_name))


def test_a_debates_poll_is_left_to_its_debate(chief, browser_of):
    poll = PollFactory(is_part_of_debate=True)

    assert browser_of(chief).get(address(poll)).status_code == 302


@pytest.mark.parametrize(("person", "deletes"), [("editor", False), ("chief", True), ("administrator", True)])
def test_only_the_editor_in_chief_and_the_administrator_delete(db, person, deletes, request):
    who = request.getfixturevalue(person)

    assert all(who.has_perm(f"polls.{verb}_poll") for verb in ("view", "add", "change"))
    assert who.has_perm("polls.delete_poll") is deletes


def test_a_moderator_has_nothing_to_do_with_polls(moderator):
    assert not moderator.has_module_perms("polls")
