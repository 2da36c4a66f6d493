from time import perf_counter

import pytest

from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.screening import first_status

HELD, PUBLISHED = Comment.Status.HELD, Comment.Status.PUBLISHED


def status_of(text="Un avis mesuré.", *, published=5, moderation=Thread.Moderation.AFTER, is_staff=False, **more):
    return first_status(
        author_published=published,
        text=text,
        thread_moderation=moderation,
        is_staff=is_staff,
        **{"first_messages_read": 2, **more},
    )


def test_a_regular_members_plain_text_is_published():
    assert status_of() == (PUBLISHED, "")


def test_a_thread_read_before_publication_holds_everything():
    verdict = status_of(moderation=Thread.Moderation.BEFORE)

    assert verdict.status == HELD
    assert verdict.reason == "Tous les messages de ce fil sont relus avant publication."


@pytest.mark.parametrize(("published", "status"), [(0, HELD), (1, HELD), (2, PUBLISHED), (3, PUBLISHED)])
def test_the_first_two_messages_of_a_member_are_held(published, status):
    assert status_of(published=published).status == status


def test_how_many_first_messages_are_read_can_be_chosen():
    assert status_of(published=0, first_messages_read=0).status == PUBLISHED
    assert status_of(published=4, first_messages_read=5).status == HELD


def test_staff_is_never_held():
    verdict = status_of(
        "Voir https://example.org",
        published=0,
        moderation=Thread.Moderation.BEFORE,
        is_staff=True,
    )

    assert verdict == (PUBLISHED, "")


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://example.org/a",
        "Voir HTTP://EXAMPLE.ORG",
        "sur www.example",
        "sur exemple.fr, page 2",
        "sur ｅｘｅｍｐｌｅ．ｆｒ",
        "sur exem\u200bple.\u200bfr",
        "raccourci bit.ly/x",
    ],
)
def test_a_link_is_held(text):
    assert status_of(text) == (HELD, "Contient un lien.")


@pytest.mark.parametrize("text", ["écrire à a.b+c@exemple.fr", "a@b.co", "nom＠exemple.net"])
def test_an_address_is_held(text):
    assert status_of(text) == (HELD, "Contient une adresse électronique.")


@pytest.mark.parametrize(
    "text",
    [
        "au 0612345678",
        "au 06 12 34 56 78.",
        "au 06.12.34.56.78",
        "au 01-42-34-56-78",
        "au +33 6 12 34 56 78",
        "au +33 (0)6 12 34 56 78",
        "au 0033612345678",
        "au +32 2 123 45 67",
    ],
)
def test_a_telephone_number_is_held(text):
    assert status_of(text) == (HELD, "Contient un numéro de téléphone.")


@pytest.mark.parametrize(
    "text",
    [
        "Depuis le 07/05/2025, 12 patients sur 340.",
        "Posologie de 0,5 mg/kg, 3 fois par jour, soit 1 500 mg.",
        "10.1056/NEJMoa2034577 le dit bien.",
        "Le RPPS a onze chiffres, 10101234567 par exemple.",
        "Entre 2019 et 2024 : +12 %, puis 0 0 0.",
        "Voir p. 12 de l'étude, etc. Fin.",
        "Je tague @camille ici.",
        "Chargé de cours à Paris-Cité, j'ai lu l'article.Voilà.",
    ],
)
def test_figures_and_dates_of_the_trade_are_not_held(text):
    assert status_of(text).status == PUBLISHED


@pytest.mark.parametrize("unit", ["0", "0 ", "+3", "a@", "a.", "@-", "www", "00 ", "-.", "é"])
def test_no_text_makes_screening_slow(unit):
    text = (unit * 10_000)[:10_000]
    began = perf_counter()

    status_of(text)

    assert perf_counter() - began < 0.5
