import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from newsroom.discussions.models import Comment
from newsroom.discussions.posting import post, withdraw
from newsroom.discussions.reading import conversations, own_in, page_of
from tests.factories.discussions import ThreadFactory, comment_in, many_conversations


@pytest.fixture
def thread(db):
    return ThreadFactory()


def order_in(page):
    """Return the ids of the comments on a page, in the order of reading, each with its indent."""
    return [
        (int(number), depth)
        for depth, number in re.findall(r'<li class="(d\d)"><\w+ class="cmt[^"]*" id="c-(\d+)"', page.html)
    ]


def test_an_empty_thread_is_one_empty_page(thread, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = conversations(thread)

    assert (page.html, page.page, page.page_count) == ("", 1, 1)


def test_recent_conversations_come_first_and_replies_follow_in_order(thread):
    old = comment_in(thread, minutes_ago=60)
    new = comment_in(thread, minutes_ago=5)
    reply = comment_in(thread, parent=old, minutes_ago=50)
    deeper = comment_in(thread, parent=reply, minutes_ago=40)
    deepest = comment_in(thread, parent=deeper, minutes_ago=30)
    late = comment_in(thread, parent=old, minutes_ago=1)
    thread.refresh_from_db()

    page = conversations(thread)

    assert order_in(page) == [
        (new.pk, "d0"),
        (old.pk, "d0"),
        (reply.pk, "d1"),
        (deeper.pk, "d2"),
        (deepest.pk, "d2"),
        (late.pk, "d1"),
    ]


def test_the_oldest_conversations_come_first_when_asked(thread):
    # An import may bring old messages in last: dates decide, not places.
    new = comment_in(thread, minutes_ago=5)
    old = comment_in(thread, minutes_ago=60)
    thread.refresh_from_db()

    page = conversations(thread, order="anciens")

    assert order_in(page) == [(old.pk, "d0"), (new.pk, "d0")]
    assert page.query.urlencode() == "tri=anciens"


def test_an_unknown_order_is_the_usual_one(thread):
    page = conversations(thread, order="'; DROP TABLE discussions_comment; --")

    assert page.order == "recents"
    assert page.query.urlencode() == ""


def test_a_page_has_twenty_conversations(thread):
    many_conversations(thread, 45)

    pages = [conversations(thread, page=number) for number in ("1", "2", 3)]

    assert [page.html.count("<li") for page in pages] == [20, 20, 5]
    assert {page.page_count for page in pages} == {3}
    assert pages[0].html.startswith('<li class="d0"><article>45</article>')


@pytest.mark.parametrize("page", ["0", "-1", "4", "deux", "", "1e3", "²", "9" * 30, 0, 4])
def test_a_page_that_does_not_exist_is_not_found(thread, page):
    many_conversations(thread, 45)

    with pytest.raises(Http404):
        conversations(thread, page=page)


@pytest.mark.parametrize("number", [1, 3, 200])
def test_a_page_costs_one_query_whatever_its_size(thread, number, django_assert_num_queries):
    root = comment_in(thread)
    for count in range(1, number):
        comment_in(thread, parent=root if count % 2 else None)
    thread.refresh_from_db()

    with django_assert_num_queries(1):
        conversations(thread)


def test_a_thread_of_ten_thousand_reads_no_more_rows_than_it_shows(thread, django_assert_num_queries):
    many_conversations(thread, 10_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE discussions_comment")

    with django_assert_num_queries(1) as captured:
        page = conversations(thread)

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + captured[0]["sql"])
        (plan,) = cursor.fetchone()[0]
    assert page.page_count == 500
    assert page.html.count("<li") == 20
    # Twenty conversations, each found once and joined once; a scan may look one row ahead (PostgreSQL 15 does).
    assert rows_read(plan["Plan"]) <= 2 * 20 + 1


def rows_read(plan):
    """Return how many rows the scans of a plan have read: each conversation is found once and joined once."""
    below = sum(rows_read(part) for part in plan.get("Plans", []))
    if "Index Cond" not in plan and "Relation Name" not in plan:
        return below
    return below + (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]


def test_what_waits_or_was_rejected_is_not_shown(thread, paul):
    shown = comment_in(thread)
    post(thread, text="Bonjour.", by=paul)
    post(thread, text="Bonjour.", by=paul, parent=shown)
    thread.refresh_from_db()

    page = conversations(thread)

    assert order_in(page) == [(shown.pk, "d0")]


def test_a_placeholder_stands_as_long_as_something_below_it(thread, camille, paul):
    root = comment_in(thread, author=camille)
    reply = comment_in(thread, parent=root, author=paul)
    withdraw(root, camille)
    thread.refresh_from_db()

    page = conversations(thread)
    withdraw(reply, paul)
    thread.refresh_from_db()
    page_after = conversations(thread)

    assert order_in(page) == [(root.pk, "d0"), (reply.pk, "d1")]
    assert "cmt--gone" in page.html
    assert page_after.html == ""


def test_the_page_of_a_comment_is_where_it_is_read(thread):
    for minutes in range(45):
        comment_in(thread, minutes_ago=100 + minutes)
    old = comment_in(thread, minutes_ago=900)
    reply = comment_in(thread, parent=old)
    thread.refresh_from_db()

    number = page_of(reply)

    assert number == page_of(old) == 3
    assert f'id="c-{reply.pk}"' in conversations(thread, page=number).html


def test_conversations_of_the_same_moment_have_a_place_each(thread):
    now = timezone.now()
    for _count in range(21):
        comment_in(thread)
    Comment.objects.update(created_at=now - timedelta(hours=1))
    thread.refresh_from_db()

    pages = [page_of(comment) for comment in Comment.objects.order_by("-pk")]

    assert pages == [1] * 20 + [2]


def test_ones_own_messages_are_those_that_wait_or_are_published(thread, paul, django_assert_num_queries):
    published = comment_in(thread, author=paul)
    held = post(thread, text="Bonjour.", by=paul, parent=published)
    withdraw(comment_in(thread, author=paul), paul)
    comment_in(thread)

    with django_assert_num_queries(1):
        own = own_in(thread, paul)
        parents = [comment.parent for comment in own]

    assert own == [held, published]
    assert parents == [published, None]
