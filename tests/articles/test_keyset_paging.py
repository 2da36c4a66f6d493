"""Turning the pages of a long list: nothing twice, nothing missed, no page dearer than another."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.factories.articles import ArticleFactory, SpecialtyFactory

pytestmark = pytest.mark.django_db

LIST = reverse("articles:list")
# When the page next changes by the clock, the rows with their count, the signatures.
QUERIES = 3
CARD = re.compile(r'<h2><a href="(/articles/[^"]+/)"')


def published(count, **fields):
    """Publish stories, one a minute, the first the latest; return their addresses in that order."""
    now = timezone.now() - timedelta(hours=1)
    stories = [ArticleFactory(published_at=now - timedelta(minutes=minute), **fields) for minute in range(count)]
    return [story.get_absolute_url() for story in stories]


def link(page, rel, address=LIST):
    """Return the address of the next or the previous page, None where there is none."""
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
    return urljoin(address, unescape(found[1])) if found else None


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def walk(client, address, rel="next"):
    """Yield the pages from ``address`` on."""
    start = address.partition("?")[0]
    while address:
        page = read(client, address)
        yield page
        address = link(page, rel, start)


def test_links_lead_through_all_pages_and_back(client):
    stories = published(45)

    forth = list(walk(client, LIST))
    back = list(walk(client, link(forth[1], "next"), rel="prev"))

    assert [CARD.findall(page) for page in forth] == [stories[:20], stories[20:40], stories[40:]]
    assert [CARD.findall(page) for page in back] == [stories[40:], stories[20:40], stories[:20]]
    assert ["<title>Actualités —" in forth[0], "(page 2 sur 3)" in forth[1], "(page 3 sur 3)" in forth[2]] == [True] * 3


def test_a_number_alone_leads_to_the_same_page(client):
    stories = published(65)

    pages = [CARD.findall(read(client, f"{LIST}?page={number}")) for number in (1, 2, 3, 4)]

    assert pages == [stories[:20], stories[20:40], stories[40:60], stories[60:]]


def test_a_specialty_has_its_lead_before_the_twenty(client):
    specialty = SpecialtyFactory()
    stories = published(42, primary_specialty=specialty)
    address = specialty.get_absolute_url()

    pages = [CARD.findall(page) for page in walk(client, address)]

    assert pages == [stories[:21], stories[21:41], stories[41:]]
    assert [CARD.findall(read(client, f"{address}?page={number}")) for number in (2, 3)] == pages[1:]


def test_what_is_published_meanwhile_repeats_and_hides_nothing(client):
    stories = published(45)
    reading = walk(client, LIST)
    seen = CARD.findall(next(reading))

    for _one in range(7):
        ArticleFactory(published_at=timezone.now())
        seen += CARD.findall(next(reading, ""))

    assert seen == stories


def test_what_is_withdrawn_meanwhile_hides_nothing_else(client):
    stories = published(41)
    first = read(client, LIST)
    # Also the very story that the cursor names.
    Article.objects.filter(slug__in=[address.split("/")[2] for address in stories[17:20]]).delete()

    rest = [CARD.findall(page) for page in walk(client, link(first, "next"))]

    assert rest == [stories[20:40], stories[40:]]


def test_the_last_page_is_the_one_that_nothing_follows(client):
    published(40)
    second = link(read(client, LIST), "next")
    ArticleFactory(published_at=timezone.now())

    page = read(client, second)

    assert "(page 2 sur 2)" in page
    assert link(page, "next") is None
    assert "(page 3 sur 3)" in read(client, f"{LIST}?page=3")


def test_stories_of_one_moment_are_parted_by_their_key(client):
    moment = timezone.now() - timedelta(hours=1)
    stories = [story.get_absolute_url() for story in ArticleFactory.create_batch(25, published_at=moment)]

    seen = [address for page in walk(client, LIST) for address in CARD.findall(page)]

    assert seen == stories[::-1]


def test_links_keep_the_filter_and_nothing_else(client):
    published(25, format=Article.Format.PODCAST)

    page = read(client, f"{LIST}?format=podcast&utm_source=lettre")

    assert link(page, "next").startswith(f"{LIST}?format=podcast&avant=")
    assert "utm_source" not in page.partition("<main")[2]


def test_the_canonical_address_has_no_cursor(client):
    published(25)

    page = read(client, link(read(client, LIST), "next"))

    assert f'<link rel="canonical" href="http://testserver{LIST}?page=2">' in page


def test_a_cursor_is_good_for_one_page_of_one_list(client):
    specialty = SpecialtyFactory()
    published(65, primary_specialty=specialty)
    good = link(read(client, LIST), "next")
    cursor = good.partition("?")[2]

    assert client.get(good).status_code == 200
    assert client.get(good.replace("page=2", "page=3")).status_code == 404
    assert client.get(good.replace("avant=", "apres=")).status_code == 404
    assert client.get(f"{specialty.get_absolute_url()}?{cursor}").status_code == 404
    assert client.get(f"{LIST}?format=article&{cursor}").status_code == 404


@pytest.mark.parametrize("cursor", ["", "x", "-", "--", "1-1-0", "é-1-²", "9" * 3000, "1-1-" + "0" * 12, "%ff-1-1"])
@pytest.mark.parametrize("way", ["avant", "apres"])
def test_a_forged_cursor_leads_nowhere(client, way, cursor):
    published(25)

    assert client.get(f"{LIST}?page=2&{way}={cursor}").status_code == 404


def test_a_cursor_behind_which_nothing_is_left_leads_nowhere(client):
    stories = published(21)
    second = link(read(client, LIST), "next")
    Article.objects.filter(slug=stories[20].split("/")[2]).delete()

    assert client.get(second).status_code == 404


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_page_costs_the_same_queries(client, number, django_assert_num_queries):
    published(45)
    addresses = [LIST, *(link(page, "next") for page in walk(client, LIST))]

    with django_assert_num_queries(QUERIES):
        client.get(addresses[number - 1])
    with django_assert_num_queries(QUERIES + (number > 1)):
        client.get(f"{LIST}?page={number}")


def test_a_page_by_its_cursor_skips_no_rows(client):
    published(45)
    second = link(read(client, LIST), "next")

    with CaptureQueriesContext(connection) as queries:
        client.get(second)

    assert [query["sql"] for query in queries if "OFFSET" in query["sql"]] == []
