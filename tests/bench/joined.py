"""Pages that are not kept whole: joined from kept pieces, with one piece missing, and with nothing kept at all."""

from contextlib import contextmanager

import redis
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from newsroom.accounts.models import User
from newsroom.core.page_cache.purging import purge
from tests.bench.measuring import at_most, median_cpu_ms
from tests.factories.accounts import PhysicianFactory

TIMES = 41


def joined_pages():
    """Every figure of pages made from pieces, of the newspaper that is there; whole pages are not kept here."""
    lead = Article.objects.published().order_by("-thread__comment_count").first()
    article, listing = lead.get_absolute_url(), reverse("articles:list")
    browser = Client()
    with _pieces_kept() as server:
        for name, address in (("article", article), ("home", "/"), ("list", listing)):
            browser.get(address)
            bar = 2.5 if name == "article" else 2
            yield at_most(f"site.{name}_joined_cpu", _cpu_ms(browser, address), "ms", bar)
            yield at_most(f"site.{name}_joined_queries", _queries(browser, address), "", 4)
        comment = f"thread:{lead.thread_id}"
        yield at_most("site.article_after_a_comment_cpu", _cpu_ms(browser, article, lambda: purge(comment)), "ms", 10)
        yield at_most("site.article_with_nothing_kept_cpu", _cpu_ms(browser, article, server.flushdb), "ms", 25)
        server.flushdb()
        yield at_most("site.article_with_nothing_kept_queries", _queries(browser, article), "", 12)
    yield at_most("site.personal_request_cpu", _personal_ms(lead), "ms", 3)


@contextmanager
def _pieces_kept():
    settings.PAGE_CACHE = True
    server = redis.Redis.from_url(settings.PAGE_CACHE_URL)
    server.flushdb()
    try:
        yield server
    finally:
        settings.PAGE_CACHE = False
        server.flushdb()


def _cpu_ms(browser, address, before=lambda: None):
    """Return the median milliseconds of this process for a page; ``before`` each, something is taken away."""
    spent = []
    for _time in range(TIMES):
        before()
        spent.append(median_cpu_ms(lambda: _page(browser, address), times=1, warm=False))
    return sorted(spent)[TIMES // 2]


def _page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, address


def _queries(browser, address):
    with CaptureQueriesContext(connection) as queries:
        _page(browser, address)
    return len(queries)


def _personal_ms(lead):
    reader: User = PhysicianFactory()
    browser = Client()
    browser.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    return _cpu_ms(browser, f"{reverse('frontpage:here')}?fil={lead.thread_id}")
