from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from newsroom.discussions.models import Thread
from newsroom.discussions.opening import close, open_thread, retitle, show_from


@pytest.mark.django_db
def test_a_thread_opens_at_once_and_is_read_after_publication():
    thread = open_thread("Un article", "/articles/un-article/", opens_at=timezone.now())

    assert thread.is_open
    assert thread.moderation == Thread.Moderation.AFTER
    assert thread.get_absolute_url() == "/articles/un-article/"
    assert str(thread) == "Un article"


@pytest.mark.django_db
def test_a_thread_can_be_read_before_publication():
    thread = open_thread("A", "/a/", opens_at=None, moderation=Thread.Moderation.BEFORE)

    assert thread.moderation == Thread.Moderation.BEFORE


@pytest.mark.django_db
def test_a_thread_follows_its_owners_title_and_address():
    thread = open_thread("Un article", "/articles/un-article/", opens_at=timezone.now())

    retitle(thread, "Un autre", "/articles/un-autre/")

    thread.refresh_from_db()
    assert (thread.title, thread.path) == ("Un autre", "/articles/un-autre/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens_in", "is_public"),
    [(None, False), (timedelta(hours=1), False), (timedelta(0), True), (timedelta(days=-1), True)],
)
def test_readers_know_of_a_thread_from_its_opening_on(opens_in, is_public):
    opens_at = None if opens_in is None else timezone.now() + opens_in
    thread = open_thread("A", "/a/", opens_at=timezone.now())

    show_from(thread, opens_at)

    assert (thread.is_public, thread.is_open) == (is_public, is_public)
    assert Thread.objects.public().exists() is is_public


@pytest.mark.django_db
def test_a_thread_opens_by_the_clock(time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 8, tzinfo=UTC), tick=False)
    thread = open_thread("A", "/a/", opens_at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    before = (thread.is_open, Thread.objects.public().exists())

    time_machine.move_to(datetime(2026, 3, 1, 9, tzinfo=UTC), tick=False)

    assert before == (False, False)
    assert (thread.is_open, Thread.objects.public().exists()) == (True, True)


@pytest.mark.django_db
def test_a_thread_closes_at_its_hour_and_opens_again():
    now = timezone.now()
    thread = open_thread("A", "/a/", opens_at=now)

    close(thread, now + timedelta(hours=1))
    open_before_its_hour = thread.is_open
    close(thread, now)
    open_after_its_hour = thread.is_open
    close(thread, None)

    assert (open_before_its_hour, open_after_its_hour, thread.is_open) == (True, False, True)
    assert thread.version == 3


def test_lists_show_the_comments_here_and_elsewhere():
    assert Thread(comment_count=2, elsewhere_count=20).comment_total == 22
