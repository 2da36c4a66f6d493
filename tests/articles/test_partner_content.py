"""What somebody paid for, and what came out elsewhere first: always told, never passed off as the newsroom's own."""

from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from articles.models import Article
from tests.factories.articles import ArticleFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db
LABEL = "Contenu partenaire"


def test_the_label_and_the_sponsor_stand_on_the_page(client):
    page = page_of(client, ArticleFactory(sponsor="Laboratoire X"))

    assert 0 < page.find(LABEL) < page.find("<h1>")
    assert "Proposé par Laboratoire X" in page


def test_partner_content_without_a_name_says_so_and_names_nobody(client):
    page = page_of(client, ArticleFactory(format=Article.Format.PARTNER))

    assert 0 < page.find(LABEL) < page.find("<h1>")
    assert "Proposé par" not in page


@pytest.mark.parametrize("name", ["articles:list", "frontpage:search"])
def test_every_list_labels_it(client, name):
    ArticleFactory(title="Un vaccin neuf", sponsor="Laboratoire X")

    page = client.get(reverse(name), {"q": "vaccin"} if name == "frontpage:search" else {}).content.decode()

    assert 0 < page.find(LABEL) < page.rfind("Un vaccin neuf")


def test_the_page_of_its_specialty_labels_it(client):
    story = ArticleFactory(title="Un vaccin neuf", sponsor="Laboratoire X")

    page = page_of(client, story.primary_specialty)

    assert LABEL in page


def test_what_nobody_paid_for_is_not_labelled_on_the_page_of_its_specialty(client):
    story = ArticleFactory(title="Un vaccin neuf", kicker="Pratique")

    page = page_of(client, story.primary_specialty)

    assert "Pratique" in page
    assert LABEL not in page


@pytest.mark.parametrize("name", ["frontpage:feed-articles", "frontpage:feed-articles-atom"])
def test_feeds_put_the_label_into_the_title(client, name):
    ArticleFactory(title="Un vaccin", sponsor="Laboratoire X")
    ArticleFactory(title="Une enquête")

    root = ET.fromstring(client.get(reverse(name)).content)  # noqa: S314 - our own output

    titles = [element.text for element in root.iter() if element.tag.endswith("title")]
    assert f"[{LABEL}] Un vaccin" in titles
    assert "Une enquête" in titles


def test_news_for_search_engines_is_the_newsrooms_own(client):
    ArticleFactory(slug="payee", sponsor="Laboratoire X")
    ArticleFactory(slug="proposee", format=Article.Format.PARTNER)
    ArticleFactory(slug="reprise", canonical_url="https://revue.example/insuline")
    ArticleFactory(slug="maison")

    xml = client.get("/sitemap-news.xml").content.decode()

    assert "/articles/maison/" in xml
    assert not any(f"/articles/{slug}/" in xml for slug in ("payee", "proposee", "reprise"))


def test_what_came_out_elsewhere_names_that_address_and_keeps_ours_in_feeds(client):
    elsewhere = "https://revue.example/insuline?a=1&b=2"
    story = ArticleFactory(slug="reprise", canonical_url=elsewhere)

    page = page_of(client, story)

    told = elsewhere.replace("&", "&amp;")
    assert f'<link rel="canonical" href="{told}">' in page
    assert f'<meta property="og:url" content="{told}">' in page
    assert 'name="robots"' not in page
    assert "/sitemap-articles-" not in client.get("/sitemap.xml").content.decode()
    item = ET.fromstring(client.get("/flux/articles.rss").content).find("channel/item")  # noqa: S314 - our own output
    assert item.findtext("link") == "http://testserver/articles/reprise/"
