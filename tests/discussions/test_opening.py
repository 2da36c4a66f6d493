from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.discussions.models import Thread
from newsroom.discussions.opening import close, open_thread, retitle


@pytest.mark.django_db
def test_a_thread_opens_at_once_and_is_read_after_publication():
    thread = open_thread("Un article", "/articles/un-article/")

    assert thread.is_open
    assert thread.moderation == Thread.Moderation.AFTER
    assert thread.get_absolute_url() == "/articles/un-article/"
    assert str(thread) == "Un article"


@pytest.mark.django_db
def test_a_thread_can_be_read_before_publication():
    assert open_thread("A", "/a/", Thread.Moderation.BEFORE).moderation == Thread.Moderation.BEFORE


@pytest.mark.django_db
def test_a_thread_follows_its_owners_title_and_address():
    thread = open_thread("Un article", "/articles/un-article/")

    retitle(thread, "Un autre", "/articles/un-autre/")

    thread.refresh_from_db()
    assert (thread.title, thread.path) == ("Un autre", "/articles/un-autre/")


@pytest.mark.django_db
def test_a_thread_closes_at_its_hour_and_opens_again():
    thread = open_thread("A", "/a/")
    now = timezone.now()

    close(thread, now + timedelta(hours=1))
    open_before_its_hour = thread.is_open
    close(thread, now)
    open_after_its_hour = thread.is_open
    close(thread, None)

    assert (open_before_its_hour, open_after_its_hour, thread.is_open) == (True, False, True)
    assert thread.version == 3


def test_lists_show_the_comments_here_and_elsewhere():
    assert Thread(comment_count=2, elsewhere_count=20).comment_total == 22
