"""Sitemaps: as their schema asks for, in parts that stay, with nothing but what anybody may find."""

import re
from datetime import datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from articles.models import Article, Author, Dossier
from articles.publishing import unpublish
from newsroom.frontpage import mapping
from newsroom.taxonomy.models import Tag

SITE = "https://observance.example"
SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
# sitemap.xsd and siteindex.xsd, version 0.9: the elements in their order, how often, and how long.
MOST_ADDRESSES, LONGEST_ADDRESS = 50_000, 2_048


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = SITE


def checked(content, root, child):
    """Return {address: lastmod or None} of a sitemap or an index that keeps to its schema."""
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    tree = fromstring(content)
    assert tree.tag == f"{SCHEMA}{root}"
    assert 1 <= len(tree) <= MOST_ADDRESSES
    found = {}
    for element in tree:
        assert element.tag == f"{SCHEMA}{child}"
        names = [one.tag.removeprefix(SCHEMA) for one in element if one.tag.startswith(SCHEMA)]
        assert names in (["loc"], ["loc", "lastmod"])
        address, lastmod = element.findtext(f"{SCHEMA}loc"), element.findtext(f"{SCHEMA}lastmod")
        assert re.fullmatch(r"https?://[!-~]{1,2000}", address)
        assert 12 <= len(address) <= LONGEST_ADDRESS
        assert lastmod is None or datetime.fromisoformat(lastmod).tzinfo is not None
        found[address] = lastmod and datetime.fromisoformat(lastmod)
    assert len(found) == len(tree)
    return found


def index(client):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return checked(response.content, "sitemapindex", "sitemap")


def part(client, name):
    return checked(client.get(f"/sitemap-{name}.xml").content, "urlset", "url")


def everything(client):
    """Return what all parts of the index hold together."""
    whole = {}
    for address in index(client):
        entries = checked(client.get(address.removeprefix(SITE)).content, "urlset", "url")
        assert not whole.keys() & entries.keys()
        whole |= entries
    return whole


def test_the_index_names_the_parts_that_hold_something(client, new_article, new_debate, new_poll):
    article = new_article()
    new_debate()
    new_poll()

    found = index(client)

    number = (article.pk - 1) // mapping.PART + 1
    assert f"{SITE}/sitemap-listes.xml" in found
    assert found[f"{SITE}/sitemap-articles-{number}.xml"] == article.published_at.replace(microsecond=0)
    assert any("/sitemap-debats-" in address for address in found)
    assert any("/sitemap-consultations-" in address for address in found)
    assert not any("/sitemap-themes-" in address or "/sitemap-auteurs-" in address for address in found)


@pytest.mark.django_db
def test_an_empty_site_has_an_index_and_its_lists(client):
    assert list(index(client)) == [f"{SITE}/sitemap-listes.xml"]
    assert f"{SITE}/" in part(client, "listes")


def test_all_parts_together_hold_every_public_page_once(
    client, new_article, new_specialty, new_tag, new_debate, new_poll, select
):
    specialty, tag = new_specialty("Cardiologie"), new_tag("rythme")
    author = Author.objects.create(name="Marielle Ammouche", slug="ammouche")
    articles = [new_article(primary_specialty=specialty, tags=[tag]) for _number in range(3)]
    articles[0].authors.add(author)
    debate, poll = new_debate(), new_poll()
    select("redaction", articles)
    Dossier.objects.create(title="Dossier", slug="dossier", published_at=timezone.now() - timedelta(days=1))

    found = everything(client)

    shown = [*articles, specialty, tag, author, debate, poll]
    assert {f"{SITE}{one.get_absolute_url()}" for one in shown} <= found.keys()
    assert {f"{SITE}/selections/redaction/", f"{SITE}/dossiers/dossier/", f"{SITE}/charte/"} <= found.keys()
    statuses = {address: client.get(address.removeprefix(SITE)).status_code for address in found}
    assert {address: status for address, status in statuses.items() if status != 200} == {}
    assert not any(b'content="noindex' in client.get(address.removeprefix(SITE)).content for address in found)


def test_nothing_that_is_not_for_search_engines_is_in_any_part(
    client, new_article, new_specialty, new_tag, new_debate, new_poll, select
):
    tomorrow = timezone.now() + timedelta(days=1)
    new_article(slug="brouillon", status="draft")
    new_article(slug="embargo", embargo_until=tomorrow)
    new_article(slug="demain", published_at=tomorrow)
    new_article(slug="fini", unpublish_at=timezone.now() - timedelta(seconds=5))
    new_article(slug="reprise", canonical_url="https://revue.example/insuline")
    rare = new_tag("rare")
    for _number in range(2):
        new_article(tags=[rare])
    Tag.objects.create(name="synonyme", synonym_of=rare)
    Author.objects.create(name="Sans article", slug="sans-article")
    new_specialty("Vide")
    select("vide", [])
    new_debate("Demain ?", opens_at=tomorrow)
    new_poll("Demain ?", opens_at=tomorrow)
    Dossier.objects.create(title="Brouillon", slug="brouillon-de-dossier")
    Dossier.objects.create(title="Demain", slug="dossier-de-demain", published_at=tomorrow)

    found = everything(client)

    hidden = (
        *("brouillon", "embargo", "/articles/demain", "fini", "reprise", "rare", "synonyme", "sans-article"),
        *("/specialites/specialite", "selections/", "/debats/consultation", "/consultations/consultation"),
        "dossier-de-demain",
    )
    assert [address for address in found for word in hidden if word in address] == []


def test_the_text_of_what_is_reserved_is_not_there_and_its_page_is(client, new_article):
    new_article("Dosage", "<p>Secretissime.</p>", slug="dosage", audience="professionals")

    assert f"{SITE}/articles/dosage/" in everything(client)


def test_a_part_is_a_range_of_keys_and_stays_as_it_is(client, new_article, monkeypatch):
    monkeypatch.setattr(mapping, "PART", 2)
    articles = [new_article() for _number in range(3)]
    old = min(article.pk for article in articles)
    number = (old - 1) // 2 + 1
    before = client.get(f"/sitemap-articles-{number}.xml").content
    new_article()

    assert client.get(f"/sitemap-articles-{number}.xml").content == before
    numbers = [address for address in index(client) if "articles" in address]
    assert len(numbers) >= 2
    whole = [address for name in numbers for address in part(client, name[len(f"{SITE}/sitemap-") : -len(".xml")])]
    assert sorted(whole) == sorted(f"{SITE}{one.get_absolute_url()}" for one in Article.objects.all())


def test_lastmod_is_when_the_page_changed_on_substance(client, new_article):
    published, corrected = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
    new_article(slug="tel-quel", published_at=published)
    new_article(slug="corrige", published_at=published, corrected_at=corrected)
    Article.objects.update(changed_at=timezone.now())

    found = everything(client)

    assert found[f"{SITE}/articles/tel-quel/"] == published.replace(microsecond=0)
    assert found[f"{SITE}/articles/corrige/"] == corrected.replace(microsecond=0)


def test_lists_change_with_what_comes_into_them(client, new_article, new_specialty, new_tag):
    specialty, tag = new_specialty("Cardiologie"), new_tag("rythme")
    newest = None
    for _number in range(3):
        newest = new_article(primary_specialty=specialty, tags=[tag])
    new_article("Ailleurs aussi").specialties.add(specialty)
    latest = Article.objects.latest("published_at").published_at.replace(microsecond=0)

    found = everything(client)

    assert found[f"{SITE}{specialty.get_absolute_url()}"] == latest
    assert found[f"{SITE}/"] == found[f"{SITE}/articles/"] == latest
    assert found[f"{SITE}{tag.get_absolute_url()}"] == newest.published_at.replace(microsecond=0)


def test_a_debate_that_has_closed_changed_then(client, new_debate):
    closed = timezone.now() - timedelta(hours=2)
    debate = new_debate(opens_at=closed - timedelta(days=3), closes_at=closed)

    assert everything(client)[f"{SITE}{debate.get_absolute_url()}"] == closed.replace(microsecond=0)


def test_what_is_unpublished_leaves_the_map(client, new_article, chief):
    article = new_article(slug="retire")
    assert f"{SITE}/articles/retire/" in everything(client)

    unpublish(article, by=chief)

    assert list(index(client)) == [f"{SITE}/sitemap-listes.xml"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "articles-1",
        "articles-0",
        "articles-99999",
        "articles-999999",
        "articles-01",
        "rien-1",
        "articles-x",
        "articles-",
    ],
)
def test_a_part_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.parametrize(("articles", "tags"), [(1, 1), (3, 3)])
def test_the_map_takes_the_same_queries_however_much_there_is(
    client, new_article, new_tag, new_specialty, new_debate, django_assert_num_queries, articles, tags
):
    for number in range(articles):
        new_article(primary_specialty=new_specialty(f"Spécialité {number}"), tags=[new_tag(f"thème {number}")])
        new_debate(f"Débat {number} ?")
    first = (Article.objects.first().pk - 1) // mapping.PART + 1

    # One query each is for how long the answer may be kept.
    with django_assert_num_queries(1 + len(mapping.KINDS)):
        client.get("/sitemap.xml")
    with django_assert_num_queries(6):
        client.get("/sitemap-listes.xml")
    with django_assert_num_queries(2):
        client.get(f"/sitemap-articles-{first}.xml")


def news(client):
    content = client.get("/sitemap-news.xml").content
    tree = fromstring(content)
    assert tree.tag == f"{SCHEMA}urlset"
    assert len(tree) <= mapping.MOST_NEWS
    stories = {}
    for url in tree:
        assert [one.tag for one in url] == [f"{SCHEMA}loc", f"{NEWS}news"]
        story = url.find(f"{NEWS}news")
        assert [one.tag.removeprefix(NEWS) for one in story] == ["publication", "publication_date", "title"]
        assert [one.tag.removeprefix(NEWS) for one in story[0]] == ["name", "language"]
        assert story.findtext(f"{NEWS}publication/{NEWS}name") == "L’Observance"
        assert story.findtext(f"{NEWS}publication/{NEWS}language") == "fr"
        assert datetime.fromisoformat(story.findtext(f"{NEWS}publication_date")).tzinfo is not None
        stories[url.findtext(f"{SCHEMA}loc")] = story.findtext(f"{NEWS}title")
    return stories


def test_the_news_sitemap_holds_the_newsrooms_own_stories_of_two_days(client, new_article):
    new_article("Neuf & vif", slug="neuf")
    new_article("Réservé", slug="reserve", audience="professionals")
    new_article("Vieux", slug="vieux", published_at=timezone.now() - timedelta(days=3))
    new_article("Payé", slug="paye", sponsor="Laboratoire X")
    new_article("Repris", slug="repris", canonical_url="https://revue.example/x")
    new_article("Embargo", slug="embargo", embargo_until=timezone.now() + timedelta(days=1))

    assert news(client) == {f"{SITE}/articles/reserve/": "Réservé", f"{SITE}/articles/neuf/": "Neuf & vif"}


@pytest.mark.django_db
def test_a_news_sitemap_without_news_is_one(client):
    assert news(client) == {}


def test_the_news_sitemap_holds_a_thousand_at_most(client, new_article, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_NEWS", 2)
    for number in range(3):
        new_article(f"N° {number}")

    assert sorted(news(client).values()) == ["N° 1", "N° 2"]


def test_a_control_sign_pasted_into_a_title_breaks_no_map(client, new_article):
    new_article("Deux\x0blignes <b>&amp;")

    assert list(news(client).values()) == ["Deux lignes <b>&amp;"]
