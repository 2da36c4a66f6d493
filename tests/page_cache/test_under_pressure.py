"""Many readers at once, a Redis that is away, a database in trouble: pages are made once, and stay at hand."""

import threading
import time

import pytest
import redis
from django.utils import timezone

from newsroom.core.page_cache import declaring, store
from newsroom.core.page_cache.declaring import Made
from newsroom.core.page_cache.entries import Entry
from newsroom.core.page_cache.serving import PageCache
from newsroom.core.page_cache.store import PageStore, page_store


class Site:
    """An application whose page takes as long as it is told, and says which one it is."""

    def __init__(self, made=lambda: None, status="200 OK"):
        self.made, self.status, self.asked = made, status, 0

    def __call__(self, environ, start_response):
        self.asked += 1
        number = self.asked
        self.made()
        if self.status.startswith("200"):
            environ[declaring.MADE] = Made(environ["PATH_INFO"], {"articles"})
        start_response(self.status, [("Content-Type", "text/plain")])
        return [f"page {number}".encode()]


def ask(cache, path="/page/"):
    told = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
    }

    def start_response(status, headers, *_error):
        told.update(status=status, **dict(headers))

    body = b"".join(cache(environ, start_response))
    return told | {"body": body.decode()}


def test_twenty_readers_at_once_have_a_page_made_once(kept):
    site = Site(made=lambda: time.sleep(0.3))
    cache = PageCache(site)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(cache))) for _one in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert site.asked == 1
    assert {answer["body"] for answer in answers} == {"page 1"}


def test_while_a_page_is_made_anew_the_others_get_the_old_one(kept):
    begun, goes_on = threading.Event(), threading.Event()

    def slowly():
        begun.set()
        assert goes_on.wait(10)

    keep_outdated("/page/")
    cache = PageCache(Site(made=slowly))
    first = []
    maker = threading.Thread(target=lambda: first.append(ask(cache)))
    maker.start()
    assert begun.wait(10)

    other = ask(cache)
    goes_on.set()
    maker.join()

    assert (other["body"], other["X-Cache"]) == ("outdated", "STALE")
    assert first[0]["body"] == "page 1"
    assert ask(cache)["body"] == "page 1"


def keep_outdated(path, kept_for=60.0):
    now = timezone.now().timestamp()
    page = Entry(headers=[], body=b"outdated", stored_at=now - 70, fresh_until=now - 10, kept_until=now + kept_for)
    begun = page_store().begin(path, "test")
    assert page_store().keep(path, page, {"articles"}, begun=begun.at, token="test")


def test_a_site_in_trouble_shows_the_page_that_is_at_hand(kept):
    keep_outdated("/page/")
    cache = PageCache(Site(status="503 Service Unavailable"))

    answer = ask(cache)

    assert answer["status"].startswith("200")
    assert (answer["body"], answer["X-Cache"]) == ("outdated", "STALE")


def test_a_site_in_trouble_without_a_page_says_so(kept):
    answer = ask(PageCache(Site(status="503 Service Unavailable")))

    assert answer["status"] == "503 Service Unavailable"
    assert answer["body"] == "page 1"


def test_nobody_waits_where_there_is_no_page_to_keep(kept):
    cache = PageCache(Site(status="404 Not Found"))
    ask(cache)

    start = page_store().begin("/page/", "another")

    assert start.is_passed


def test_whoever_was_killed_while_making_a_page_stands_in_nobody_s_way(kept, monkeypatch):
    monkeypatch.setattr("newsroom.core.page_cache.serving.LONGEST_WAIT", 0.1)
    page_store().begin("/page/", "killed")
    site = Site()

    assert ask(PageCache(site))["body"] == "page 1"


def test_a_waiting_reader_takes_the_making_over_and_holds_nobody_up(kept):
    begun, goes_on = threading.Event(), threading.Event()
    site = Site(status="404 Not Found")

    def slowly():
        if site.asked == 1:
            begun.set()
            assert goes_on.wait(10)

    site.made = slowly
    cache = PageCache(site)
    readers = [threading.Thread(target=ask, args=(cache,)) for _one in range(2)]
    readers[0].start()
    assert begun.wait(10)
    # The one that makes the page is killed: its lock goes.
    kept.delete(*kept.keys("*lock:/page/"))
    readers[1].start()
    readers[1].join(10)

    assert page_store().begin("/page/", "another").is_passed
    goes_on.set()
    readers[0].join()


def test_without_redis_pages_are_served_and_it_is_not_asked_for_a_while(settings, monkeypatch):
    settings.PAGE_CACHE_URL = "redis://127.0.0.1:9/0"
    cache = PageCache(Site())
    away = page_store()
    assert isinstance(away, PageStore)

    assert [ask(cache)["body"] for _time in range(3)] == ["page 1", "page 2", "page 3"]

    monkeypatch.setattr(away, "_rests_until", time.monotonic() + 60)
    with pytest.raises(redis.ConnectionError, match="rests"):
        away.read("/page/", "br")


def test_redis_goes_away_while_the_page_is_made(kept, settings, monkeypatch):
    def goes_away():
        page_store()._rests_until = time.monotonic() + 60

    monkeypatch.setattr(
        store, "_store_at", lambda address, prefix, kept={}: kept.setdefault(1, PageStore(address, prefix))
    )

    assert ask(PageCache(Site(made=goes_away)))["body"] == "page 1"


def test_releases_of_the_site_do_not_see_each_other_s_pages(kept, settings):
    now = timezone.now().timestamp()
    ours, theirs = (PageStore(settings.PAGE_CACHE_URL, f"pages:{name}:") for name in ("old", "new"))
    page = Entry(headers=[], body=b"x", stored_at=now, fresh_until=now + 60, kept_until=now + 60)

    assert ours.keep("/", page, {"articles"}, begun=ours.begin("/", "t").at, token="t")

    assert ours.read("/", "br") is not None
    assert theirs.read("/", "br") is None
