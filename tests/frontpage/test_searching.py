"""What French words find, and what they must not."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from articles.finding import Asked, cleaned, meaningful
from newsroom.core.paging import A_PAGE
from newsroom.frontpage.searching import answering
from newsroom.frontpage.searching.answering import search
from newsroom.frontpage.searching.asking import DATE, Question, question_of
from newsroom.frontpage.searching.showing import Piece, pieces

TOMORROW = timezone.now() + timedelta(days=1)
TITLE = "Œdème aigu du poumon, une nuit de garde"
STANDFIRST = "Les décès à l’hôpital reculent."
BODY = "<p>Un médecin et l’interne parlent des vaccins, puis d’<strong>échographie</strong> &amp; de cœur.</p>"


def asked(words, **fields):
    return Question(words, **fields)


def titles(found):
    return [hit.title for hit in found.hits]


@pytest.fixture
def story(new_article):
    return new_article(TITLE, BODY, standfirst=STANDFIRST, kicker="Urgences")


@pytest.mark.parametrize(
    "words",
    [
        *("medecin", "MEDECINS", "médecin", "oedeme", "œdème", "OEDEME", "ŒDÈME", "deces", "décès", "hopital"),
        *("l'interne", "l’interne", "vaccination", "vaccin", "echographie", "coeur", "cœur", "urgence", "gardes"),
        *("les vaccins", "tous les médecins", '"aigu du poumon"', "« aigu du poumon »", "poumon -rein", "nuit garde"),
        *("medecin ÉCHOGRAPHIES vaccination", '"une nuit" -"de jour" gardes', "interne le la les"),
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

    found = search(asked("angine", order=DATE), 1)

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
    for _number in range(A_PAGE + 1):
        new_article("Angine")

    first, second = search(asked("angine"), 1), search(asked("angine"), 2)

    assert (first.total, first.page_count, len(first.hits), len(second.hits)) == (A_PAGE + 1, 2, A_PAGE, 1)
    assert {hit.url for hit in first.hits}.isdisjoint(hit.url for hit in second.hits)


@pytest.mark.parametrize("articles", [1, 20])
def test_a_search_takes_seven_queries_however_much_it_finds(
    new_article, new_author, articles, django_assert_num_queries
):
    for number in range(articles):
        new_author(f"Anne Martin {number}", signs=new_article("Angine"))

    with django_assert_num_queries(7):
        search(asked("angine"), 1)


def test_a_very_long_text_can_be_saved_and_found(new_article):
    words = " ".join(f"mot{number}é{number * 7919}" for number in range(60_000))

    new_article("Long", f"<p>Debutant {words}</p>")

    assert search(asked("debutant"), 1).total == 1


@pytest.mark.django_db
def test_the_migration_can_be_taken_back_and_made_again(new_article):
    migration = import_module("articles.migrations.0003_search")
    on_it = import_module("articles.migrations.0019_desk_search")
    debates = import_module("debates.migrations.0006_search")

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX articles_titles")
        cursor.execute(debates.BACKWARD)
        cursor.execute(on_it.BACKWARD)
        cursor.execute(migration.BACKWARD)
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'fr\\_%' OR proname = 'article_public_text'")
        left = cursor.fetchone()[0]
        cursor.execute(migration.FORWARD)
        cursor.execute(on_it.FORWARD)
        cursor.execute(debates.FORWARD)
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
        ('vaccins -"les tests"', 'vaccins -"les tests"'),
        ('du vaccin "contre', "du vaccin"),
        ("", ""),
    ],
)
def test_empty_words_are_left_out_outside_quotes(words, terms):
    assert meaningful(words) == terms


@pytest.mark.parametrize(
    ("words", "wanted", "excluded"),
    [
        ("vaccin -grippe", ("vaccin",), ("grippe",)),
        ('-"vaccin contre" rage', ("rage",), ('"vaccin contre"',)),
        ("-grippe", (), ("grippe",)),
        ('- -- -"" vaccin', ("vaccin",), ()),
        ("contre-indication", ("contre-indication",), ()),
        ("un " * 60, ("un",) * 24, ()),
    ],
)
def test_a_query_says_what_to_hold_and_what_not_to(words, wanted, excluded):
    assert Asked.by(words) == (wanted, excluded)


def test_what_is_excluded_is_excluded_whatever_its_accents_on_both_sides(new_article):
    new_article("Un poumon", "<p>Aucun mort, nul deces.</p>")
    new_article("Deux poumons", "<p>Des décès.</p>")
    new_article("Trois poumons")

    assert titles(search(asked("poumon -décès"), 1)) == ["Trois poumons"]
    assert titles(search(asked("poumon -deces"), 1)) == ["Trois poumons"]
    assert sorted(titles(search(asked('poumon -"nul décès"'), 1))) == ["Deux poumons", "Trois poumons"]


@pytest.mark.parametrize("words", ["-poumon", "le -rien", "les plus", "-", '-"un poumon"'])
def test_without_anything_to_hold_nothing_is_found(story, words):
    assert search(asked(words), 1).total == 0


def test_of_very_many_answers_the_newest_are_counted_and_ranked(new_article, monkeypatch):
    monkeypatch.setattr(answering, "MOST_COUNTED", 3)
    monkeypatch.setattr(answering, "MOST_RANKED", 2)
    for number in range(4):
        new_article(f"Angine {number}" if number != 2 else "Deux", standfirst="Une angine.")

    found = search(asked("angine"), 1)

    assert (found.total, found.is_more, found.is_partly_ranked) == (3, True, True)
    # Of the two newest the one with the word in its title comes first; the third by its date.
    assert titles(found) == ["Angine 3", "Deux", "Angine 1"]


def test_below_the_bound_counts_are_exact(new_article, monkeypatch):
    monkeypatch.setattr(answering, "MOST_COUNTED", 3)
    for _number in range(3):
        new_article("Angine")

    found = search(asked("angine"), 1)

    assert (found.total, found.is_more, found.is_partly_ranked) == (3, False, False)


def test_a_query_is_one_line_of_at_most_two_hundred_signs():
    assert cleaned("  a\n\tb\x00c  ") == "a bc"
    assert len(cleaned("é" * 10_000)) == 200


@pytest.mark.django_db
def test_unknown_parameters_of_the_address_are_left_out(new_specialty):
    cardiology = new_specialty("Cardiologie")
    asking = "q=x&type={0}&specialite={0}&format={0}&periode={0}&auteur={0}&tri={0}"

    unknown = question_of(QueryDict(asking.format("-title")), [cardiology])

    assert unknown == Question("x")
    assert unknown.query == "q=x"


def test_what_is_known_is_read_and_written_back(new_article, new_author, new_specialty):
    cardiology = new_specialty("Cardiologie")
    author = new_author("Anne Martin", signs=new_article("Angine"))
    address = f"q=x+y&specialite={cardiology.slug}&format=case&periode=1-an&auteur={author.slug}&tri=date"

    question = question_of(QueryDict(address + "&autre=1"), [cardiology])

    assert question.query == address
    assert [one.label for one in question.filters] == ["Cardiologie", "Cas clinique", "12 derniers mois", str(author)]
    assert question.filters[1].without.query == address.replace("&format=case", "")
    assert question.unfiltered.query == "q=x+y&tri=date"


def test_another_kind_keeps_the_filters_that_it_has(new_specialty):
    cardiology = new_specialty("Cardiologie")
    address = f"q=x&type={{}}&specialite={cardiology.slug}&format=case&periode=1-an"

    debates = question_of(QueryDict(address.format("debats")), [cardiology])
    authors = question_of(QueryDict(address.format("auteurs")), [cardiology])

    assert debates.query == f"q=x&type=debats&specialite={cardiology.slug}&periode=1-an"
    assert authors.query == "q=x&type=auteurs"


@pytest.mark.parametrize("slug", ["anne\x00", "a" * 101, "anne martin", "é"])
@pytest.mark.django_db
def test_an_author_that_no_address_has_is_left_out(slug):
    parameters = QueryDict(mutable=True)
    parameters.update({"q": "x", "auteur": slug})

    assert question_of(parameters, []).author is None


def test_an_author_of_nothing_published_is_left_out(new_article, new_author):
    author = new_author("Anne Martin", signs=new_article("Angine", status="draft"))

    assert question_of(QueryDict(f"q=x&auteur={author.slug}"), []).author is None


def test_a_marked_text_falls_into_pieces():
    assert pieces("a \ue000b\ue001 c") == [
        Piece("a ", is_marked=False),
        Piece("b", is_marked=True),
        Piece(" c", is_marked=False),
    ]
    assert pieces("\ue000b") == [Piece("b", is_marked=False)]
    assert pieces("") == []
