from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.discussions.models import LONGEST, Comment
from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import post, withdraw
from tests.factories.discussions import ThreadFactory, comment_in

CAST = ("lea", "camille", "editor", "chief", "moderator", "head_moderator", "administrator")
WRITERS = CAST[1:]


@pytest.fixture
def thread(db):
    return ThreadFactory(path="/articles/un-article/")


@pytest.fixture
def regular(camille):
    """Camille after her first messages."""
    elsewhere = ThreadFactory()
    for _number in range(2):
        comment_in(elsewhere, author=camille)
    return camille


def write_url(thread, parent=None):
    return reverse("discussions:write", args=[thread.pk]) + (f"?reponse={parent.pk}" if parent else "")


def sent(text, key=None):
    return {"text": text, "key": str(key or uuid4())}


def body_of(response):
    return response.content.decode()


# The permalink


def test_a_permalink_leads_to_the_page_that_holds_the_comment(thread, client):
    old = comment_in(thread, minutes_ago=900)
    for _count in range(20):
        recent = comment_in(thread)

    to_old, to_recent = (client.get(f"/commentaires/{comment.pk}/") for comment in (old, recent))

    assert (to_old.status_code, to_old["Location"]) == (302, f"/articles/un-article/?page=2#c-{old.pk}")
    assert to_recent["Location"] == f"/articles/un-article/#c-{recent.pk}"


def test_a_permalink_leads_to_a_placeholder(thread, client, camille):
    comment = comment_in(thread, author=camille)
    comment_in(thread, parent=comment)
    withdraw(comment, camille)

    assert client.get(f"/commentaires/{comment.pk}/").status_code == 302


def test_a_shown_comments_permalink_looks_at_nobodys_session(thread, client):
    response = client.get(f"/commentaires/{comment_in(thread).pk}/")

    assert "Cookie" not in response.get("Vary", "")


def test_the_permalink_of_what_waits_is_for_its_author_and_moderators(request, thread, paul, browser_of):
    held = post(thread, text="Bonjour.", by=paul)
    people = {name: request.getfixturevalue(name) for name in (*CAST, "paul")}

    statuses = {
        name: browser_of(person).get(f"/commentaires/{held.pk}/").status_code for name, person in people.items()
    }

    may = {"paul", "moderator", "head_moderator", "administrator"}
    assert {name for name, status in statuses.items() if status == 302} == may
    assert {status for name, status in statuses.items() if name not in may} == {404}
    assert Client().get(f"/commentaires/{held.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_a_comment_that_does_not_exist_is_not_found(db, client, number):
    assert client.get(f"/commentaires/{number}/").status_code == 404


# Writing


@pytest.mark.parametrize("name", WRITERS)
def test_verified_people_and_staff_are_given_the_form(request, thread, browser_of, name):
    response = browser_of(request.getfixturevalue(name)).get(write_url(thread))

    assert response.status_code == 200
    assert f'data-draft="fil-{thread.pk}"' in body_of(response)
    assert "N’identifiez jamais un patient" in body_of(response)
    assert "no-store" in response["Cache-Control"]


def test_an_unverified_reader_is_told_why_there_is_no_form(thread, lea, browser_of):
    browser = browser_of(lea)

    response = browser.get(write_url(thread))
    answer = browser.post(write_url(thread), sent("Et moi ?"))

    assert response.status_code == answer.status_code == 403
    assert "<textarea" not in body_of(response)
    assert "Voir mon compte" in body_of(response)
    assert not thread.comments.exists()


def test_the_signed_out_are_sent_to_sign_in(thread, client):
    response = client.get(write_url(thread))

    assert response.status_code == 302
    assert response["Location"] == f"/compte/connexion/?next=%2Ffils%2F{thread.pk}%2Fecrire%2F"


def test_a_published_message_is_shown_in_its_place(thread, regular, browser_of):
    browser = browser_of(regular)

    response = browser.post(write_url(thread), sent("La chaîne du froid d'abord."))

    comment = thread.comments.get()
    assert comment.is_published
    assert response["Location"] == f"/articles/un-article/#c-{comment.pk}"
    assert f"fil-{thread.pk}" in browser.session["_messages"]


def test_a_held_message_is_shown_to_its_author_alone(thread, paul, browser_of):
    browser = browser_of(paul)

    response = browser.post(write_url(thread), sent("Bonjour à tous."), follow=True)

    comment = thread.comments.get()
    body = body_of(response)
    assert response.redirect_chain == [(f"/fils/{thread.pk}/mes-messages/#c-{comment.pk}", 302)]
    assert "En attente de modération\N{NO-BREAK SPACE}: visible par vous uniquement" in body
    assert "Bonjour à tous." in body
    assert "sous un jour ouvré" in body
    assert f'<span data-draft-clear="fil-{thread.pk}" hidden></span>' in body


def test_a_reply_shows_what_it_answers_and_stands_below_it(thread, regular, browser_of):
    root = comment_in(thread, text="Qui appelle le patient ?")
    browser = browser_of(regular)

    page = body_of(browser.get(write_url(thread, root)))
    browser.post(write_url(thread, root), sent("Nous, en général."))

    reply = thread.comments.get(parent=root)
    assert "Qui appelle le patient ?" in page
    assert f'action="/fils/{thread.pk}/ecrire/?reponse={root.pk}"' in page
    assert f'data-draft="fil-{thread.pk}-{root.pk}"' in page
    assert reply.source == "Nous, en général."


@pytest.mark.parametrize("answered", ["x", "", "-1", "999999", "9" * 40, "²"])
def test_a_reply_to_nothing_is_not_found(thread, camille, browser_of, answered):
    response = browser_of(camille).get(f"{write_url(thread)}?reponse={answered}")

    assert response.status_code == 404


def test_a_reply_to_what_waits_or_stands_elsewhere_is_not_found(thread, camille, paul, browser_of):
    held = post(thread, text="Bonjour.", by=paul)
    elsewhere = comment_in(ThreadFactory())

    statuses = {browser_of(camille).get(write_url(thread, parent)).status_code for parent in (held, elsewhere)}

    assert statuses == {404}


def test_a_reply_to_what_was_removed_meanwhile_keeps_the_text(thread, regular, moderator, browser_of):
    root = comment_in(thread)
    reject(root, moderator, reason="hors sujet")

    response = browser_of(regular).post(write_url(thread, root), sent("Tout ce que j'ai écrit."))

    assert "Le message auquel vous répondez a été retiré." in body_of(response)
    assert "Tout ce que j&#x27;ai écrit.</textarea>" in body_of(response)
    assert thread.comments.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Écrivez votre message avant de l’envoyer."),
        (" \n\u200b", "Écrivez votre message avant de l’envoyer."),
        ("\n" * 50_000, "Écrivez votre message avant de l’envoyer."),
        ("é" * (LONGEST + 1), "Raccourcissez votre message de 1\N{NO-BREAK SPACE}signe"),
    ],
)
def test_a_faulty_text_is_explained_and_kept(thread, regular, browser_of, text, sentence):
    response = browser_of(regular).post(write_url(thread), sent(text))

    body = body_of(response)
    assert response.status_code == 200
    assert sentence in body
    assert "<title>Erreur\N{NO-BREAK SPACE}:" in body
    assert f"{text}</textarea>" in body
    assert not thread.comments.exists()


def test_a_nul_is_dropped_rather_than_refused(thread, regular, browser_of):
    browser_of(regular).post(write_url(thread), sent("a\0b"))

    assert thread.comments.get().source == "ab"


@pytest.mark.parametrize("key", ["", "x", "\0"])
def test_a_text_whose_key_came_back_damaged_is_taken(thread, regular, browser_of, key):
    browser_of(regular).post(write_url(thread), {"text": "Gardé.", "key": key})

    assert thread.comments.get().key is None


def test_a_form_sent_twice_makes_one_comment(thread, regular, browser_of):
    browser = browser_of(regular)
    form = sent("Une fois.")

    answers = [browser.post(write_url(thread), form)["Location"] for _time in range(2)]

    assert len(set(answers)) == 1
    assert thread.comments.count() == 1


def test_a_closed_thread_says_since_when(regular, browser_of):
    thread = ThreadFactory(closed_at=timezone.now() - timedelta(days=1))
    browser = browser_of(regular)

    page = body_of(browser.get(write_url(thread)))
    answer = body_of(browser.post(write_url(thread), sent("Trop tard.")))

    assert "Les commentaires sont fermés depuis le" in page
    assert "<textarea" not in page
    assert "Cette discussion est fermée." in answer
    assert "Trop tard.</textarea>" in answer


def test_the_text_survives_signing_in_again(thread, regular):
    browser = Client()

    refused = browser.post(write_url(thread), sent("Une heure de travail."))
    browser.force_login(regular, backend="django.contrib.auth.backends.ModelBackend")
    page, page_again = (body_of(browser.get(write_url(thread))) for _time in range(2))

    assert refused.status_code == 302
    assert "/compte/connexion/" in refused["Location"]
    assert "Une heure de travail.</textarea>" in page
    assert "Une heure de travail." not in page_again


def test_hostile_text_comes_back_as_text(thread, regular, browser_of):
    text = "</textarea><script>alert(1)</script>" * 1000

    response = browser_of(regular).post(write_url(thread), sent(text))

    assert "<script>alert" not in body_of(response)


def test_too_many_messages_a_minute_are_limited(thread, editor, browser_of, settings):
    settings.LIMITS_PER_MINUTE = {"write": 2}
    browser = browser_of(editor)

    statuses = [browser.post(write_url(thread), sent(f"Message {count}.")).status_code for count in range(3)]

    assert statuses == [302, 302, 429]


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "٣", "9" * 19, "9" * 5000])
def test_a_reply_to_what_is_no_message_is_not_found(thread, camille, browser_of, number):
    assert browser_of(camille).get(write_url(thread), {"reponse": number}).status_code == 404


def test_writing_in_no_thread_is_not_found(camille, browser_of):
    browser = browser_of(camille)

    assert browser.get("/fils/999999/ecrire/").status_code == 404
    assert browser.get("/fils/999999/mes-messages/").status_code == 404


# One's own messages, and withdrawing


def test_ones_own_messages_are_ones_own(thread, paul, camille, browser_of):
    comment_in(thread, author=camille)
    post(thread, text="Bonjour de Paul.", by=paul)

    of_paul, of_camille = (
        body_of(browser_of(person).get(f"/fils/{thread.pk}/mes-messages/")) for person in (paul, camille)
    )

    assert "Bonjour de Paul." in of_paul
    assert "Bonjour de Paul." not in of_camille
    assert "est publié" in of_camille


def test_who_has_written_nothing_is_invited_to(thread, camille, browser_of):
    body = body_of(browser_of(camille).get(f"/fils/{thread.pk}/mes-messages/"))

    assert "Vous n’avez aucun message dans cette discussion" in body


def test_withdrawing_asks_first(thread, camille, browser_of):
    comment = comment_in(thread, author=camille, text="Une phrase regrettée.")

    response = browser_of(camille).get(f"/commentaires/{comment.pk}/retirer/")

    comment.refresh_from_db()
    assert "Une phrase regrettée." in body_of(response)
    assert "Retirer le message" in body_of(response)
    assert comment.is_published


def test_withdrawing_is_confirmed_on_the_page_of_ones_own_messages(thread, camille, browser_of):
    comment = comment_in(thread, author=camille)

    response = browser_of(camille).post(f"/commentaires/{comment.pk}/retirer/", follow=True)

    comment.refresh_from_db()
    assert comment.status == Comment.Status.WITHDRAWN
    assert "Votre message a été retiré." in body_of(response)


def test_what_a_moderator_removed_cannot_be_withdrawn(thread, camille, moderator, browser_of):
    comment = comment_in(thread, author=camille)
    reject(comment, moderator, reason="hors sujet")
    browser = browser_of(camille)

    page = body_of(browser.get(f"/commentaires/{comment.pk}/retirer/"))
    answer = body_of(browser.post(f"/commentaires/{comment.pk}/retirer/", follow=True))

    assert "Retirer le message" not in page
    assert "Un modérateur a déjà retiré ce message." in answer


def test_nobody_else_sees_the_page_that_withdraws(request, thread, paul, browser_of):
    comment = comment_in(thread, author=paul)
    people = [request.getfixturevalue(name) for name in CAST]

    answers = [
        (browser.get(f"/commentaires/{comment.pk}/retirer/"), browser.post(f"/commentaires/{comment.pk}/retirer/"))
        for browser in map(browser_of, people)
    ]

    assert {answer.status_code for pair in answers for answer in pair} == {404}
    assert "/compte/connexion/" in Client().post(f"/commentaires/{comment.pk}/retirer/")["Location"]
    comment.refresh_from_db()
    assert comment.is_published


# Methods and forgery


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_not_allowed(thread, camille, browser_of, method):
    comment = comment_in(thread, author=camille)
    browser = browser_of(camille)
    addresses = [
        write_url(thread),
        f"/fils/{thread.pk}/mes-messages/",
        f"/commentaires/{comment.pk}/",
        f"/commentaires/{comment.pk}/retirer/",
    ]

    statuses = {getattr(browser, method)(address).status_code for address in addresses}

    assert statuses == {405}


def test_a_form_from_elsewhere_is_refused(thread, regular):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(regular, backend="django.contrib.auth.backends.ModelBackend")

    response = browser.post(write_url(thread), sent("Forgé."))

    assert response.status_code == 403
    assert not thread.comments.exists()
