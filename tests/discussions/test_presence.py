import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from newsroom.discussions.posting import post
from newsroom.discussions.presence import present, seen
from newsroom.discussions.reading import conversations
from tests.factories.discussions import ThreadFactory

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def shown(camille):
    camille.shows_presence = True
    camille.save()
    return camille


def test_a_person_who_agreed_is_present_in_that_thread_for_two_minutes(shown):
    with time_machine.travel("2025-05-12T10:00:00Z", tick=False):
        seen(1, shown)
        here, elsewhere = present(1), present(2)
    with time_machine.travel("2025-05-12T10:01:59Z", tick=False):
        still_here = present(1)
    with time_machine.travel("2025-05-12T10:02:01Z", tick=False):
        gone = present(1)

    assert (here, elsewhere, still_here, gone) == ([shown.pk], [], [shown.pk], [])


def test_a_person_seen_twice_is_one(shown):
    seen(1, shown)
    seen(1, shown)

    assert present(1) == [shown.pk]


def test_who_did_not_agree_is_not_present(paul):
    seen(1, paul)

    assert present(1) == []


def test_the_signed_out_are_not_present():
    seen(1, AnonymousUser())

    assert present(1) == []


def test_without_redis_nobody_is_present_and_reading_and_writing_go_on(shown, editor, settings):
    settings.REDIS_URL = NOBODY
    thread = ThreadFactory()

    seen(thread.pk, shown)
    post(thread, text="Tout va bien.", by=editor)
    thread.refresh_from_db()

    assert present(thread.pk) == []
    assert "Tout va bien." in conversations(thread).html
