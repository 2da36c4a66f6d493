"""From a page that says that it was read to the counter in Redis."""

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.audience.counters import COUNTING, PACE, counters
from newsroom.audience.marks import mark
from newsroom.audience.models import ViewsInHour
from newsroom.audience.wishes import is_robot
from newsroom.core.middleware import MEMBER_COOKIE
from tests.audience.conftest import BROWSER


def counted():
    """Return what is counted and not yet written down: article id to views."""
    views = {}
    for field, number in counters().hgetall(COUNTING).items():
        article_id = int(field.split(b":")[1])
        views[article_id] = views.get(article_id, 0) + int(number)
    return views


def test_a_view_is_counted_for_its_article_and_the_hour(say_seen):
    before = timezone.now()

    statuses = [say_seen(12).status_code, say_seen(12).status_code, say_seen(7).status_code]

    assert statuses == [204] * 3
    assert counted() == {12: 2, 7: 1}
    hours = {int(field.split(b":")[0]) for field in counters().hgetall(COUNTING)}
    assert hours <= {int(before.timestamp()) // 3600, int(timezone.now().timestamp()) // 3600}


def test_counting_asks_the_database_nothing(say_seen, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        say_seen()


def test_counting_sets_no_cookie_and_reads_none(browser_of, lea):
    browser = browser_of(lea)
    browser.cookies[MEMBER_COOKIE] = "1"

    answer = browser.post("/audience/vue/", mark(1), content_type="text/plain", headers={"User-Agent": BROWSER})

    assert answer.status_code == 204
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_page_without_a_csrf_token_is_counted():
    browser = Client(enforce_csrf_checks=True)

    browser.post("/audience/vue/", mark(3), content_type="text/plain", headers={"User-Agent": BROWSER})

    assert counted() == {3: 1}


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_a_post_counts(client, method):
    answer = getattr(client, method)("/audience/vue/", headers={"User-Agent": BROWSER})

    assert answer.status_code == 405
    assert counted() == {}


@pytest.mark.parametrize(
    "forged",
    ["", "1", "1:", ":", "1:abc", "2" + mark(1)[1:], mark(1)[:-1], mark(1) + "x", "é", "\0", "9" * 100, "1" * 100_000],
)
def test_what_we_did_not_sign_is_refused(say_seen, forged, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert say_seen(body=forged).status_code == 400
    assert counted() == {}


def test_a_mark_of_another_key_is_refused(say_seen, settings):
    theirs = mark(1)
    settings.SECRET_KEY = "another"

    assert say_seen(body=theirs).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": ""},
    ],
)
def test_who_asked_not_to_be_counted_and_machines_are_answered_and_left_out(say_seen, headers):
    assert say_seen(headers=headers).status_code == 204
    assert counted() == {}


@pytest.mark.parametrize("headers", [{"DNT": "0"}, {"Sec-Fetch-Site": "same-origin"}])
def test_whose_browser_allows_it_is_counted(say_seen, headers):
    say_seen(headers=headers)

    assert counted() == {1: 1}


@pytest.mark.parametrize(
    "name",
    [
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
        "facebookexternalhit/1.1",
        "Feedly/1.0",
        "M" * 1000,
        "",
    ],
)
def test_machines_are_told_by_their_name(name):
    assert is_robot(name)


@pytest.mark.parametrize(
    "name",
    [
        BROWSER,
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
            "Safari/537.36 Edg/140.0.0.0"
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
            "Mobile Safari/537.36"
        ),
    ],
)
def test_browsers_are_no_machines(name):
    assert not is_robot(name)


def test_one_address_is_counted_so_many_times_a_minute_and_no_more(say_seen, settings):
    settings.LIMITS_PER_MINUTE = {**settings.LIMITS_PER_MINUTE, "view": 3}

    answers = [say_seen() for _time in range(5)]

    # A minute may end in between.
    assert [answer.status_code for answer in answers][:3] == [204] * 3
    assert answers[-1].status_code == 429 or len(counters().keys(f"{PACE}*")) == 2
    assert say_seen(REMOTE_ADDR="192.0.2.7").status_code == 204


def test_an_address_is_kept_as_a_hash_for_a_minute_alone(say_seen):
    say_seen(REMOTE_ADDR="192.0.2.7")

    keys = counters().keys("*")
    paces = [key for key in keys if key.startswith(PACE.encode())]

    assert len(paces) == 1
    assert 0 < counters().ttl(paces[0]) <= 60
    kept = b" ".join([*keys, *counters().hgetall(COUNTING), *counters().hvals(COUNTING)])
    assert b"192.0.2.7" not in kept


def test_no_table_has_a_place_for_a_person():
    assert {field.name for field in ViewsInHour._meta.get_fields()} == {"pk", "article_id", "hour", "views"}


def test_with_redis_away_the_view_is_lost_and_nobody_is_troubled(say_seen, settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert say_seen().status_code == 204
    assert "views_lost" in caplog.text
