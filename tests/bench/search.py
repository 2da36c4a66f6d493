"""Search over 100,000 articles: a word that one of them has, words that nearly all have, slips, beginnings."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import vocabulary
from articles.models import Article
from tests.bench.crowd import ARTICLES, make_crowd
from tests.bench.measuring import at_most, median_cpu_ms

PAGE, SUGGESTIONS = "/recherche/", "/recherche/suggestions/"
RARE, COMMON, MISTYPED = {"q": "4242"}, {"q": "patient traitement"}, {"q": "vacination gripe"}
NARROWED = {"q": "patient", "format": "case", "periode": "1-an", "tri": "date"}
# Nearly every title has the first, one the second, none the third.
BEGINNINGS = ("po", "4242", "zzz")
TIMES = 40


def searches():
    """Every figure of the search page. It is made anew each time: no two readers ask the same."""
    if Article.objects.count() < ARTICLES:
        make_crowd()
    vocabulary.refresh()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    browser = Client()
    yield at_most("site.search_rare_cpu", _cpu_ms(browser, RARE), "ms", 20)
    yield at_most("site.search_common_cpu", _cpu_ms(browser, COMMON), "ms", 20)
    yield at_most("site.search_rare_p95", _p95_ms(browser, PAGE, RARE), "ms", 150)
    yield at_most("site.search_common_p95", _p95_ms(browser, PAGE, COMMON), "ms", 150)
    yield at_most("site.search_narrowed_p95", _p95_ms(browser, PAGE, NARROWED), "ms", 300)
    yield at_most("site.search_mistyped_p95", _p95_ms(browser, PAGE, MISTYPED), "ms", 300)
    beginnings = max(_p95_ms(browser, SUGGESTIONS, {"q": typed}) for typed in BEGINNINGS)
    yield at_most("site.search_suggestions_p95", beginnings, "ms", 100)
    yield at_most("site.search_queries", max(_queries(browser, asked) for asked in (RARE, COMMON)), "", 8)


def _ask(browser, address, asked):
    answer = browser.get(address, asked)
    assert answer.status_code == 200, asked


def _cpu_ms(browser, asked):
    return median_cpu_ms(lambda: _ask(browser, PAGE, asked), times=41)


def _p95_ms(browser, address, asked):
    """Return the milliseconds within which 19 of 20 calls are answered, waiting for the database included."""
    spent = []
    for _time in range(TIMES + 2):
        start = time.perf_counter()
        _ask(browser, address, asked)
        spent.append(1000 * (time.perf_counter() - start))
    return sorted(spent[2:])[TIMES * 95 // 100 - 1]


def _queries(browser, asked):
    with CaptureQueriesContext(connection) as queries:
        _ask(browser, PAGE, asked)
    return len(queries)
