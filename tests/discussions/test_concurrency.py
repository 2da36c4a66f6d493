"""Real threads, real connections, real locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from newsroom.core.refusals import Refusal
from newsroom.discussions.counting import recount
from newsroom.discussions.models import Comment
from newsroom.discussions.moderating import reject, release
from newsroom.discussions.posting import post
from tests.factories.discussions import ThreadFactory, comment_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number, act):
    """Call ``act(count)`` in ``number`` threads that set off together; return the answers, refusals included."""
    barrier = Barrier(number)

    def run(count):
        try:
            barrier.wait(timeout=20)
            return act(count)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_twenty_replies_at_once_have_a_place_each_and_are_all_counted(editor):
    thread = ThreadFactory()
    root = comment_in(thread)

    replies = at_once(20, lambda count: post(thread, text=f"Réponse {count}.", by=editor, parent=root))

    thread.refresh_from_db()
    root.refresh_from_db()
    assert len({reply.path for reply in replies}) == 20
    assert (root.children, root.live_descendants) == (20, 20)
    assert (thread.comment_count, thread.conversation_count) == (21, 1)
    assert recount() == 0


def test_a_form_sent_eight_times_at_once_makes_one_comment(editor):
    thread = ThreadFactory()
    key = uuid4()

    sent = at_once(8, lambda _count: post(thread, text="Une fois.", by=editor, key=key))

    thread.refresh_from_db()
    assert len({comment.pk for comment in sent}) == 1
    assert thread.comment_count == Comment.objects.count() == 1


def test_of_two_moderators_who_decide_at_once_one_is_told_that_he_is_late(paul, moderator, head_moderator):
    thread = ThreadFactory()
    held = post(thread, text="Bonjour.", by=paul)
    decisions = [
        lambda: release(held, moderator),
        lambda: reject(held, head_moderator, reason="hors sujet"),
    ]

    answers = at_once(2, lambda count: decisions[count]())

    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    assert recount() == 0
