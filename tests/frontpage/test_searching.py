"""What French words find, and what they must not."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from newsroom.frontpage.searching import (
    ORDERS,
    PAGE,
    Piece,
    Question,
    cleaned,
    meaningful,
    pieces,
    question_of,
    search,
)

TOMORROW = timezone.now() + timedelta(days=1)
TITLE = "Œdème aigu du poumon : une nuit de garde"
STANDFIRST = "Les décès à l’hôpital reculent."
BODY = "<p>Un médecin et l’interne parlent des vaccins, puis d’<strong>échographie</strong> &amp; de cœur.</p>"


def asked(words, *, specialty=None, order=ORDERS[0]):
    return Question(words=words, specialty=specialty, order=order)


def titles(found):
    return [hit.article.title for hit in found.hits]


@pytest.fixture
def story(new_article):
    return new_article(TITLE, BODY, standfirst=STANDFIRST, kicker="Urgences")


@pytest.mark.parametrize(
    "words",
    [
        *("medecin", "MEDECINS", "médecin", "oedeme", "œdème", "OEDEME", "ŒDÈME", "deces", "décès", "hopital"),
        *("l'interne", "l’interne", "vaccination", "vaccin", "echographie", "coeur", "cœur", "urgence", "gardes"),
        *("les vaccins", "tous les médecins", '"aigu du poumon"', "« aigu du poumon »", "poumon -rein", "nuit garde"),
    ],
)
def test_french_words_are_found_whatever_their_accents_case_and_ending(story, words):
    found = search(asked(words), 1)

    assert titles(found) == [TITLE]


@pytest.mark.parametrize(
    "words",
    ["rein", "poumon -garde", '"poumon aigu"', "strong", "p", '"', "«", "-", "()", "& | !", "<->", ":*", "\\", "'''"],
)
def test_other_words_and_odd_signs_find_nothing_and_break_nothing(story, words):
    found = search(asked(words), 1)

    assert found.total == 0
    assert found.hits == []


@pytest.mark.parametrize("words", ['vaccin "', 'vaccin "du', "vaccin\\", "vaccin:A", "vaccin’"])
def test_unbalanced_signs_leave_the_words_working(story, words):
    assert search(asked(words), 1).total == 1


def test_the_title_weighs_more_than_the_standfirst_and_the_text(new_article):
    new_article("Trois", "<p>Une angine.</p>")
    new_article("Deux", standfirst="Une angine.")
    new_article("Une angine")

    found = search(asked("angine"), 1)

    assert titles(found) == ["Une angine", "Deux", "Trois"]


def test_sorted_by_date_the_newest_comes_first(new_article):
    new_article("Une angine")
    new_article("Plus tard", standfirst="Une angine.")

    found = search(asked("angine", order=ORDERS[1]), 1)

    assert titles(found) == ["Plus tard", "Une angine"]


def test_the_text_reserved_for_professionals_is_neither_found_nor_quoted(new_article):
    article = new_article(
        "Posologie",
        "<p>Le secretissime dosage.</p>",
        standfirst="Rappels de posologie.",
        audience="professionals",
    )

    by_text = search(asked("secretissime"), 1)
    by_title = search(asked("posologie"), 1)

    assert by_text.total == 0
    assert titles(by_title) == [article.title]
    assert "secretissime" not in "".join(piece.text for piece in by_title.hits[0].excerpt)


def test_a_text_that_becomes_reserved_leaves_the_index(new_article):
    article = new_article("Dosage", "<p>Secretissime.</p>")
    article.audience = "professionals"
    article.save()

    assert search(asked("secretissime"), 1).total == 0


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"embargo_until": TOMORROW}, {"published_at": TOMORROW}],
    ids=["a draft", "under embargo", "to come"],
)
def test_what_is_not_public_yet_is_not_found(new_article, fields):
    new_article("Angine", **fields)

    assert search(asked("angine"), 1).total == 0


def test_words_of_the_query_are_marked_in_the_excerpt_accents_and_all(story):
    found = search(asked("vaccination echographie"), 1)

    assert [piece.text for piece in found.hits[0].excerpt if piece.is_marked] == ["vaccins", "échographie"]


def test_an_excerpt_is_text_without_tags_or_entities(new_article):
    new_article("Seuil", "<p>Un seuil &lt; 5 &amp; plus <a href='/x' title='a&gt;b'>ici</a>.</p>")

    found = search(asked("seuil"), 1)

    assert "".join(piece.text for piece in found.hits[0].excerpt).startswith("Un seuil < 5 & plus ici")


def test_a_specialty_narrows_the_answer(new_article, new_specialty):
    cardiology = new_specialty("Cardiologie")
    new_article("Angine de poitrine", primary_specialty=cardiology)
    new_article("Angine blanche")

    found = search(asked("angine", specialty=cardiology), 1)

    assert titles(found) == ["Angine de poitrine"]


def test_a_specialty_holds_what_is_filed_there_first_of_all(new_article, new_specialty):
    cardiology = new_specialty("Cardiologie")
    new_article("Angine de poitrine", primary_specialty=cardiology).specialties.clear()

    assert titles(search(asked("angine", specialty=cardiology), 1)) == ["Angine de poitrine"]


def test_pages_hold_twenty_articles_and_counts_are_of_all(new_article):
    for _number in range(PAGE + 1):
        new_article("Angine")

    first, second = search(asked("angine"), 1), search(asked("angine"), 2)

    assert (first.total, first.page_count, len(first.hits), len(second.hits)) == (PAGE + 1, 2, PAGE, 1)
    assert {hit.article.pk for hit in first.hits}.isdisjoint(hit.article.pk for hit in second.hits)


@pytest.mark.parametrize("articles", [1, 3])
def test_a_search_takes_four_queries_however_much_it_finds(new_article, articles, django_assert_num_queries):
    for _number in range(articles):
        new_article("Angine")

    with django_assert_num_queries(4):
        search(asked("angine"), 1)


def test_a_very_long_text_can_be_saved_and_found(new_article):
    words = " ".join(f"mot{number}é{number * 7919}" for number in range(60_000))

    new_article("Long", f"<p>Debutant {words}</p>")

    assert search(asked("debutant"), 1).total == 1


@pytest.mark.django_db
def test_the_migration_can_be_taken_back_and_made_again(new_article):
    migration = import_module("articles.migrations.0003_search")
    on_it = import_module("articles.migrations.0019_desk_search")

    with connection.cursor() as cursor:
        cursor.execute(on_it.BACKWARD)
        cursor.execute(migration.BACKWARD)
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'fr\\_%' OR proname = 'article_public_text'")
        left = cursor.fetchone()[0]
        cursor.execute(migration.FORWARD)
        cursor.execute(on_it.FORWARD)
    new_article("Angine")

    assert left == 0
    assert search(asked("angine"), 1).total == 1


def test_bodies_of_the_sql_functions_are_parsed_so_that_a_dump_restores(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'fr\\_%' AND prosqlbody IS NULL")

        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("les vaccins", "vaccins"),
        ("où sont ils", "sont"),
        ('"les vaccins" plus', '"les vaccins"'),
        ("« les vaccins »", '" les vaccins "'),
        ("les plus", "les plus"),
        ("vaccins -les", "vaccins"),
        ("", ""),
    ],
)
def test_empty_words_are_left_out_outside_quotes(words, terms):
    assert meaningful(words) == terms


def test_a_query_is_one_line_of_at_most_two_hundred_signs():
    assert cleaned("  a\n\tb\x00c  ") == "a bc"
    assert len(cleaned("é" * 10_000)) == 200


def test_unknown_parameters_of_the_address_are_left_out(new_specialty):
    cardiology = new_specialty("Cardiologie")

    known = question_of(QueryDict(f"q=x&specialite={cardiology.slug}&tri=date"), [cardiology])
    unknown = question_of(QueryDict("q=x&specialite=rien&tri=-title"), [cardiology])

    assert (known.specialty, known.order.name) == (cardiology, "date")
    assert (unknown.specialty, unknown.order.name) == (None, "pertinence")


def test_a_marked_text_falls_into_pieces():
    assert pieces("a \ue000b\ue001 c") == [
        Piece("a ", is_marked=False),
        Piece("b", is_marked=True),
        Piece(" c", is_marked=False),
    ]
    assert pieces("\ue000b") == [Piece("b", is_marked=False)]
    assert pieces("") == []
