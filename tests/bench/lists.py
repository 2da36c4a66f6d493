"""Lists of articles: what a page costs the web process, near the top and far down, with few articles and with many."""

import re
from html import unescape
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from newsroom.discussions.models import Thread
from tests.bench.measuring import at_most, median_cpu_ms
from tests.factories.articles import ArticleFactory, AuthorFactory, ImageFactory, SpecialtyFactory

FEW, MANY = 1_000, 100_000
SPECIALTIES = 12
FAR = 4_000
LIST = reverse("articles:list")
# What differs from one copy of the first article to the next; n counts from 1.
VARIED = {
    "title": "'Ce que l’étude n° ' || n || ' dit de la prise en charge au cabinet'",
    "slug": "'etude-' || n",
    "format": "(ARRAY['news', 'interview', 'case', 'podcast', 'opinion'])[1 + n %% 5]",
    "primary_specialty_id": "(%(specialties)s::bigint[])[1 + n %% 12]",
    "published_at": "now() - n * interval '30 minutes'",
    "thread_id": "%(thread)s + n",
}


def lists():
    """Every figure of public lists. A page is asked for as after a change: nothing of it is kept."""
    specialties = SpecialtyFactory.create_batch(SPECIALTIES)
    first = ArticleFactory(image=ImageFactory(), primary_specialty=specialties[0], signed_by=[AuthorFactory()])
    asked = {"first": first.pk, "thread": first.thread_id, "specialties": [one.pk for one in specialties]}
    browser = Client()
    filed = specialties[3].get_absolute_url()
    _copy(asked, 1, FEW)
    few = {address: _cpu_ms(browser, address) for address in (LIST, filed)}
    _copy(asked, FEW + 1, MANY)
    far = _next(browser, f"{LIST}?page={FAR - 1}")
    many = {address: _cpu_ms(browser, address) for address in (LIST, filed, far, f"{LIST}?page={FAR}")}
    yield at_most("site.list_cpu", many[LIST], "ms", 10)
    yield at_most("site.list_specialty_cpu", many[filed], "ms", 10)
    yield at_most("site.list_queries", max(_queries(browser, address) for address in many), "", 4)
    yield at_most("site.list_page_4000_over_1", many[far] / many[LIST], "ratio", 1.2)
    yield at_most("site.list_number_4000_over_1", many[f"{LIST}?page={FAR}"] / many[LIST], "ratio", 1.2)
    yield at_most("site.list_100000_over_1000", many[LIST] / few[LIST], "ratio", 1.2)
    yield at_most("site.list_specialty_100000_over_1000", many[filed] / few[filed], "ratio", 1.2)
    yield at_most("site.list_database", _database_ms(browser, LIST), "ms", 30)
    yield at_most("site.list_page_4000_database", _database_ms(browser, far), "ms", 30)


def _copy(asked, start, end):
    """Make copies of the first article with these numbers, each with a thread and a signature."""
    columns = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
    columns = [name for name in columns if name not in _generated(Article)]
    varied = ", ".join(VARIED.get(name, f'a."{name}"') for name in columns)
    threads = [field.column for field in Thread._meta.concrete_fields if not field.primary_key]
    numbers = asked | {"from": start, "to": end}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO discussions_thread (id, {_named(threads)}) SELECT t.id + n, {_named(threads)} "  # noqa: S608 - our own names
            "FROM discussions_thread t, generate_series(%(from)s::int, %(to)s::int) n WHERE t.id = %(thread)s",
            numbers,
        )
        cursor.execute(
            f"INSERT INTO articles_article ({_named(columns)}) SELECT {varied} FROM articles_article a, "  # noqa: S608 - the same
            "generate_series(%(from)s::int, %(to)s::int) n WHERE a.id = %(first)s",
            numbers,
        )
        cursor.execute(
            "INSERT INTO articles_byline (article_id, author_id, position, role, affiliation, interests, "
            "are_interests_frozen) SELECT a.id, b.author_id, 1, '', '', '', false FROM articles_article a, "
            "articles_byline b WHERE b.article_id = %(first)s AND a.slug LIKE 'etude-%%' "
            "AND NOT EXISTS (SELECT 1 FROM articles_byline o WHERE o.article_id = a.id)",
            numbers,
        )
        # What is made afterwards, by whoever measures next, is numbered on from here.
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('discussions_thread', 'id'), max(id)) FROM discussions_thread"
        )
        cursor.execute("VACUUM ANALYZE")


def _generated(model):
    return {field.column for field in model._meta.concrete_fields if field.generated}


def _named(columns):
    return ", ".join(f'"{name}"' for name in columns)


def _cpu_ms(browser, address):
    return median_cpu_ms(lambda: _page(browser, address), times=41)


def _page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _next(browser, address):
    """Return the address that the page's link to the next one has."""
    return LIST + unescape(re.search(r'<a href="([^"]+)" rel="next"', _page(browser, address))[1])


def _queries(browser, address):
    with CaptureQueriesContext(connection) as queries:
        _page(browser, address)
    return len(queries)


def _database_ms(browser, address):
    """Return how long a page's queries wait for the database."""
    waited = []
    for _time in range(9):
        with CaptureQueriesContext(connection) as queries:
            _page(browser, address)
        waited.append(1000 * sum(float(query["time"]) for query in queries))
    return median(waited)
