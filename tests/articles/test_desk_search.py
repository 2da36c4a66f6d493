"""Finding articles at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import desk_search
from articles.desk_search import found
from articles.models import Article, Reference
from newsroom.redirects.leading import lead
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory

pytestmark = pytest.mark.django_db

LIST = "admin:articles_article_changelist"


def titles(typed, articles=None):
    return sorted(
        article.title for article in found(Article.objects.all() if articles is None else articles, typed).articles
    )


@pytest.fixture
def oedema():
    return DraftFactory(
        title="Œdème pulmonaire",
        short_title="OAP",
        kicker="Urgences",
        standfirst="Ce que l’interne doit savoir.",
        body="<p>L’<strong>hôpital</strong>, diurétiques &amp; oxygène.</p><table><tr><td>furosémide</td></tr></table>",
        slug="oedeme-aigu",
        audience="professionals",
        signed_by=[AuthorFactory(name="Marielle Ammouche")],
    )


@pytest.mark.parametrize(
    "typed",
    [
        "oedeme",
        "ŒDÈME",
        "oap",
        "urgence",
        "interne",
        "l'interne",
        "hopital",
        "l’hopital",
        "furosemi",
        "diuretiques oxygene",
        "pulmonaire hop",
        "oedeme-aigu",
        "ammouche",
        "marielle ammouche",
        "AMMOUCHÉ oedeme",
        "furosemide marie",
        " oedeme ",
    ],
)
def test_an_article_is_found_by_any_of_its_words_reserved_text_and_authors_included(oedema, typed):
    DraftFactory(title="Un autre")

    assert titles(typed) == ["Œdème pulmonaire"]


@pytest.mark.parametrize(
    "typed", ["oedeme cerebral", "demie", "ammouche vaccin", "—", "strong", "10.1000/rien", "#1000000000"]
)
def test_what_does_not_hold_every_word_is_not_found(oedema, typed):
    assert titles(typed) == []


def test_nothing_typed_is_everything(oedema):
    assert titles("") == titles("  ") == ["Œdème pulmonaire"]


def test_the_beginning_of_a_word_finds_it():
    DraftFactory(title="Vaccination")

    assert titles("vaccin") == ["Vaccination"]


@pytest.mark.parametrize("shape", ["{pk}", "#{pk}", "n° {pk}", "N°\N{NO-BREAK SPACE}{pk}"])
def test_a_number_is_the_articles_own(oedema, shape):
    DraftFactory(title="Un autre", body="")

    assert titles(shape.format(pk=oedema.pk)) == ["Œdème pulmonaire"]


def test_a_bare_number_is_a_word_too(oedema):
    DraftFactory(title="Un autre", body=f"<p>En {oedema.pk}.</p>")

    assert titles(str(oedema.pk)) == ["Un autre", "Œdème pulmonaire"]
    assert titles(f"#{oedema.pk}") == ["Œdème pulmonaire"]


@pytest.mark.parametrize(
    "address",
    [
        "/articles/oedeme-aigu/",
        "/articles/oedeme-aigu",
        "http://testserver/articles/oedeme-aigu/texte/?page=2#c",
        "https://www.observance.example/articles/ancien/",
    ],
)
def test_an_address_present_or_former_is_its_article(oedema, address):
    DraftFactory(title="Un autre", slug="oedeme-aigu-2")
    lead("/articles/ancien/", "/articles/oedeme-aigu/")

    assert titles(address) == ["Œdème pulmonaire"]


@pytest.mark.parametrize(
    "address", ["/articles/inconnu/", "https://[::1", "http://ailleurs.example/page/", "/debats/oedeme-aigu/"]
)
def test_an_address_of_something_else_finds_nothing(oedema, address):
    assert titles(address) == []


@pytest.mark.parametrize("typed", ["10.5555/ABC.12", "https://doi.org/10.5555/abc.12", "doi:10.5555/abc.12"])
def test_a_doi_finds_what_rests_on_it(oedema, typed):
    Reference.objects.create(article=oedema, text="Étude.", doi="10.5555/abc.12")
    DraftFactory(title="Un autre")

    assert titles(typed) == ["Œdème pulmonaire"]


def test_the_search_keeps_to_the_filters_of_the_list(oedema):
    ArticleFactory(title="Œdème publié", body="")

    assert titles("oedeme", Article.objects.filter(status="draft")) == ["Œdème pulmonaire"]


def test_of_many_the_latest_changed_are_found(monkeypatch):
    monkeypatch.setattr(desk_search, "MOST_FOUND", 2)
    for days in (3, 1, 2):
        article = DraftFactory(title=f"Vaccin {days}")
        Article.objects.filter(pk=article.pk).update(changed_at=timezone.now() - timedelta(days=days))

    answer = found(Article.objects.order_by("title"), "vaccin")

    assert [article.title for article in answer.articles] == ["Vaccin 1", "Vaccin 2"]
    assert answer.is_cut


def test_a_text_of_any_size_and_any_signs_is_saved_and_found():
    words = " ".join(f"mot{number}" for number in range(60_000))
    DraftFactory(title="Long", body=f"<p>{'x' * 300_000} \U00020000\U0001f600 {words}</p>")

    assert titles("long") == ["Long"]


def test_an_author_of_whom_many_signed_costs_no_query_more(oedema):
    for _number in range(3):
        DraftFactory(signed_by=[AuthorFactory(name="Marie Curie")])

    counts = []
    for typed in ("ammouche", "mari"):
        with CaptureQueriesContext(connection) as asked:
            titles(typed)
        counts.append(len(asked))

    assert counts == [4, 4]


def test_a_name_is_found_among_many_first_names(oedema, monkeypatch):
    monkeypatch.setattr(desk_search, "MOST_AUTHORS", 3)
    AuthorFactory.create_batch(5, name="Marielle Aaa")

    assert titles("marielle ammouche") == ["Œdème pulmonaire"]


def test_what_half_the_newsroom_is_called_names_nobody(oedema, monkeypatch):
    monkeypatch.setattr(desk_search, "MOST_NAMESAKES", 1)
    AuthorFactory(name="Marielle Aaa")

    assert titles("marielle") == []
    assert titles("marielle ammouche") == ["Œdème pulmonaire"]


def test_the_list_says_when_it_shows_the_latest_alone(browser_of, editor, monkeypatch):
    monkeypatch.setattr(desk_search, "MOST_FOUND", 2)
    DraftFactory.create_batch(3, title="Vaccins")
    browser = browser_of(editor)

    answer = browser.get(reverse(LIST), {"q": "vaccins"})
    suggested = browser.get(
        reverse("admin:autocomplete"),
        {"app_label": "debates", "model_name": "debate", "field_name": "articles", "term": "vaccins"},
    )

    assert answer.context["cl"].result_count == 2
    assert len(answer.context["messages"]) == 1
    assert len(suggested.json()["results"]) == 2
    assert not browser.get(reverse(LIST)).context["messages"]


@pytest.mark.parametrize("role", ["editor", "chief", "administrator"])
def test_the_list_with_two_filters_and_words_takes_at_most_twelve_queries(browser_of, request, role):
    person = request.getfixturevalue(role)
    counts = []
    for number in (1, 3):
        ArticleFactory.create_batch(number, title="Vaccins", format="case")
        browser = browser_of(person)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(reverse(LIST), {"status__exact": "published", "format__exact": "case", "q": "vaccins"})
        assert answer.context["cl"].result_count
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_the_column_follows_into_a_query_inside_another(oedema):
    DraftFactory(title="Un autre")
    inner = desk_search.beginning(Article.objects.all(), desk_search.DeskColumn(), "oedeme").values("pk")

    assert [article.title for article in Article.objects.filter(pk__in=inner)] == ["Œdème pulmonaire"]
