"""What the newsroom has put right, told to everybody: the page and its feed."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.correcting import correct
from articles.models import Article, Correction
from articles.publishing import publish, unpublish
from tests.factories.articles import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
PAGE, FEED = "/corrections/", "/flux/corrections.rss"
SECRET = "La posologie réservée était de douze gouttes"


def corrected(text="La dose était fausse.", *, made_at=None, kind=Correction.Kind.ERROR, substantive=True, **fields):
    """Return a correction of a new article, as ``correct`` leaves it."""
    made_at = made_at or timezone.now()
    story = ArticleFactory(corrected_at=made_at if substantive else None, **fields)
    told = {"kind": kind, "is_substantive": substantive, "text": text, "made_at": made_at}
    return Correction.objects.create(article=story, **told)


def page_at(client, address=PAGE):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def items(client):
    return ET.fromstring(client.get(FEED).content).findall("channel/item")  # noqa: S314 - our own output


def test_the_page_tells_what_was_wrong_where_and_when(client):
    correction = corrected(
        kind=Correction.Kind.FIGURE, title="Insuline : les doses", made_at=datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
    )

    page = page_at(client)

    order = [
        "<h1",
        "Vendredi 1er\N{NO-BREAK SPACE}mai 2026",
        str(correction.get_kind_display()),
        f'href="{correction.article.get_absolute_url()}#correction-{correction.pk}"',
        "Insuline\N{NO-BREAK SPACE}: les doses",
        "La dose était fausse.",
        "9\N{NARROW NO-BREAK SPACE}h\N{NARROW NO-BREAK SPACE}30",
        "Suivre par flux RSS",
    ]
    places = [page.find(piece) for piece in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in page


def test_the_latest_come_first_day_by_day_as_days_are_here(client):
    # In Paris it is already the 3rd.
    for text, at in (("Troisième.", (2, 23)), ("Deuxième.", (2, 21)), ("Premier.", (1, 12))):
        corrected(text, made_at=datetime(2026, 3, *at, tzinfo=UTC))

    page = page_at(client)

    expected = ["Mardi 3\N{NO-BREAK SPACE}mars", "Troisième.", "Lundi 2\N{NO-BREAK SPACE}mars", "Deuxième.", "Premier."]
    places = [page.find(piece) for piece in expected]
    assert -1 not in places
    assert places == sorted(places)
    assert page.count('class="sect-head"') == 3


def test_substance_and_form_are_told_apart(client):
    corrected("De fond.")
    assert "Correction de fond" in page_at(client)

    corrected("De forme.", substantive=False)
    assert "Correction de forme" in page_at(client)


def test_nothing_leaks_of_what_readers_may_not_know_of(client, chief):
    tomorrow = timezone.now() + timedelta(days=1)
    corrected("Sous embargo.", embargo_until=tomorrow)
    corrected("Pas encore.", published_at=tomorrow, status=Article.Status.SCHEDULED)
    corrected("Fini.", published_at=timezone.now() - timedelta(days=2), unpublish_at=timezone.now())
    withdrawn = publish(DraftFactory(), by=chief)
    correct(withdrawn, "Retiré.", chief)
    unpublish(withdrawn, by=chief)

    assert "Aucune correction" in page_at(client)
    assert items(client) == []


def test_of_a_reserved_article_everybody_learns_that_it_was_corrected_and_no_more(client):
    correction = corrected(SECRET, audience=Article.Audience.PROFESSIONALS, title="Opioïdes")

    for answer in (page_at(client), client.get(FEED).content.decode()):
        assert SECRET not in answer
        assert "Opioïdes" in answer
        assert str(correction.get_kind_display()) in answer
        assert "est réservé" in answer


def test_twenty_make_a_page(client):
    for number in range(21):
        corrected(f"Numéro {number}.", made_at=timezone.now() - timedelta(minutes=number))

    second = page_at(client, f"{PAGE}?page=2")

    assert "Numéro 20." in second
    assert "Numéro 19." not in second
    assert "<title>Corrections (page 2 sur 2)" in second
    assert f'href="http://testserver{PAGE}?page=2"' in second
    assert client.get(f"{PAGE}?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_and_feed_cost_the_same_whatever_their_length(client, count, django_assert_num_queries):
    for number in range(count):
        corrected(f"Numéro {number}.")

    with django_assert_num_queries(2):
        page_at(client)
    client.get(FEED)
    with django_assert_num_queries(2):
        assert len(items(client)) == count


def test_everybody_gets_the_same_bytes(client, browser_of, camille, chief):
    corrected()

    assert len({page_at(browser) for browser in (client, browser_of(camille), browser_of(chief))}) == 1


def test_the_feed_tells_corrections_of_one_article_apart(client, chief):
    story = ArticleFactory(title="Insuline")
    first = correct(story, "La dose.", chief, kind=Correction.Kind.FIGURE)
    second = correct(story, "Le nom\x0b.", chief, kind=Correction.Kind.ATTRIBUTION)

    later, earlier = items(client)

    address = f"http://testserver{story.get_absolute_url()}#correction-"
    assert [item.findtext("link") for item in (later, earlier)] == [f"{address}{second.pk}", f"{address}{first.pk}"]
    assert later.findtext("guid") != earlier.findtext("guid")
    assert earlier.findtext("title") == f"{first.get_kind_display()}\N{NO-BREAK SPACE}: Insuline"
    assert earlier.findtext("description") == "La dose."


def test_every_page_and_a_corrected_article_lead_there(client, chief):
    story = ArticleFactory()
    correct(story, "Le nom était mal écrit.", chief, is_substantive=False)

    page = client.get(story.get_absolute_url()).content.decode()

    assert page.count(f'href="{PAGE}"') == 2
    assert "Le nom était mal écrit." in page
    assert "Mis à jour le" not in page
    assert f'href="{PAGE}"' in client.get(reverse("frontpage:home")).content.decode()


def test_machines_learn_of_the_page(client):
    assert f"<loc>http://testserver{PAGE}</loc>" in client.get("/sitemap-listes.xml").content.decode()
