"""The personal fragment: what each kind of reader gets, and what nobody gets."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from debates.arguing import take_position
from newsroom.discussions.opening import close, open_thread
from newsroom.discussions.posting import post
from newsroom.discussions.presence import present
from newsroom.notifications.models import Notification
from polls.voting import vote


def pieces(response):
    """Return the fragment's pieces by the id they are for."""
    assert response.status_code == 200
    found = re.findall(r'<template data-for="([a-z-]+)">(.*?)</template>', response.content.decode(), re.DOTALL)
    return dict(found)


@pytest.mark.django_db
def test_the_signed_out_get_nothing_at_all(client):
    response = client.get("/moi/ici/?fil=1&debat=1&consultation=1")

    assert response.status_code == 204
    assert response.content == b""


def test_the_fragment_is_never_kept(browser_of, lea):
    response = browser_of(lea).get("/moi/ici/")

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


# The roles are asked for by name: the mark tells pytest beforehand that rows are needed.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "moderates", "edits"),
    [
        ("lea", False, False),
        ("camille", False, False),
        ("editor", False, True),
        ("chief", False, True),
        ("moderator", True, True),
        ("head_moderator", True, True),
        ("administrator", True, True),
    ],
)
def test_the_menu_leads_each_role_to_its_places(request, browser_of, role, moderates, edits):
    person = request.getfixturevalue(role)

    menu = pieces(browser_of(person).get("/moi/ici/"))["menu-compte"]

    assert ('href="/moderation/"' in menu) is moderates
    assert ('href="/admin/"' in menu) is edits
    assert 'href="/moi/"' in menu
    assert 'href="/moi/notifications/"' in menu
    assert 'action="/compte/deconnexion/"' in menu
    assert "csrfmiddlewaretoken" in menu


def test_the_menu_counts_unread_notifications(browser_of, camille):
    for number in range(2):
        Notification.objects.create(recipient=camille, kind="reply", key=f"r:{number}", title="Réponse", path="/x/")

    menu = pieces(browser_of(camille).get("/moi/ici/"))["menu-compte"]

    assert re.search(r'class="chip chip--ok">\s*2\s*<', menu)


def test_a_verified_physician_gets_the_composer_and_her_waiting_messages(browser_of, camille, nadia, new_article):
    thread = new_article().thread
    thread.moderation = "before"
    thread.save()
    post(thread, text="En attente de lecture.", by=camille)
    post(thread, text="Celui d’une autre.", by=nadia)

    got = pieces(browser_of(camille).get(f"/moi/ici/?fil={thread.pk}"))

    assert f'action="/fils/{thread.pk}/ecrire/"' in got["fil-ecrire"]
    assert "csrfmiddlewaretoken" in got["fil-ecrire"]
    assert "En attente de lecture." in got["fil-attente"]
    assert "Celui d’une autre." not in got["fil-attente"]


def test_an_unverified_reader_is_told_why_he_cannot_write(browser_of, lea, new_article):
    got = pieces(browser_of(lea).get(f"/moi/ici/?fil={new_article().thread.pk}"))

    assert "<textarea" not in got["fil-ecrire"]
    assert 'href="/moi/"' in got["fil-ecrire"]


def test_a_closed_thread_has_no_composer(browser_of, camille, new_article):
    thread = new_article().thread
    close(thread, timezone.now() - timedelta(days=1))

    got = pieces(browser_of(camille).get(f"/moi/ici/?fil={thread.pk}"))

    assert "<textarea" not in got["fil-ecrire"]
    assert 'class="note"' in got["fil-ecrire"]


def test_one_answers_a_consultation_and_finds_the_own_answer(browser_of, camille, new_poll):
    poll = new_poll()

    before = pieces(browser_of(camille).get(f"/moi/ici/?consultation={poll.pk}"))["consultation-reponse"]
    vote(poll, poll.choices.get(label="Non"), camille)
    after = pieces(browser_of(camille).get(f"/moi/ici/?consultation={poll.pk}"))["consultation-reponse"]

    assert f'action="/consultations/{poll.slug}/repondre/"' in before
    assert "<strong>" not in before
    assert "Non</strong>" in after


def test_a_debate_brings_the_own_position_and_makes_present(browser_of, camille, new_debate):
    camille.shows_presence = True
    camille.save()
    debate = new_debate()

    got = pieces(browser_of(camille).get(f"/moi/ici/?debat={debate.pk}"))

    assert "csrfmiddlewaretoken" in got["debat-position"]
    assert present(debate.thread_id) == [camille.pk]


def test_what_is_not_published_is_like_nothing(browser_of, camille, new_article, new_poll, new_debate):
    tomorrow = timezone.now() + timedelta(days=1)
    draft = new_article(status="draft")
    poll, debate = new_poll(opens_at=tomorrow), new_debate(opens_at=tomorrow)
    embargo = new_article(embargo_until=tomorrow)
    loose = open_thread("Nulle part", "/nulle-part/", opens_at=None)
    browser = browser_of(camille)

    for query in (
        *(f"fil={thread.pk}" for thread in (draft.thread, embargo.thread, loose, debate.thread)),
        f"debat={debate.pk}",
        f"consultation={poll.pk}",
        f"consultation={debate.poll_id}",
    ):
        assert set(pieces(browser.get(f"/moi/ici/?{query}"))) == {"menu-compte"}
    assert present(debate.thread_id) == []


@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "9" * 30, "9223372036854775808", "٣", "1;--"])
def test_parameters_that_are_no_ids_are_left_out(browser_of, lea, value):
    response = browser_of(lea).get("/moi/ici/", {"fil": value, "debat": value, "consultation": value})

    assert set(pieces(response)) == {"menu-compte"}


def test_flash_messages_are_shown_once(browser_of, camille, new_poll):
    poll = new_poll()
    browser = browser_of(camille)
    browser.post(f"/consultations/{poll.slug}/repondre/", {"choix": poll.choices.first().pk})

    first, second = (pieces(browser.get("/moi/ici/")) for _time in range(2))

    assert "messages" in first
    assert "messages" not in second


def test_an_own_argument_in_a_debate_leaves_no_room_for_another(browser_of, paul, new_debate):
    debate = new_debate()
    take_position(debate, debate.poll.choices.get(label="Oui"), paul, text="Un argument posé et assez long.")

    got = pieces(browser_of(paul).get(f"/moi/ici/?debat={debate.pk}"))["debat-position"]

    assert "pos--oui" in got
    assert 'name="argument"' not in got


def test_a_reader_whom_a_debate_does_not_ask_is_told_why(browser_of, lea, new_debate):
    debate = new_debate(audience="physicians")

    got = pieces(browser_of(lea).get(f"/moi/ici/?debat={debate.pk}"))["debat-position"]

    assert "<form" not in got
