import pytest
from django.db.models import F

from newsroom.discussions import counting
from newsroom.discussions.counting import recount
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import post, withdraw
from tests.factories.discussions import ThreadFactory, comment_in


@pytest.fixture
def thread(camille, paul, moderator):
    """A thread with every kind of comment: published, held, removed, withdrawn, some over replies."""
    thread = ThreadFactory()
    root = comment_in(thread)
    removed = comment_in(thread, parent=root, author=camille)
    comment_in(thread, parent=comment_in(thread, parent=removed))
    reject(removed, moderator, reason="hors sujet")
    placeholder = comment_in(thread, author=camille)
    comment_in(thread, parent=placeholder)
    withdraw(placeholder, camille)
    withdraw(comment_in(thread, author=camille), camille)
    post(thread, text="Bonjour.", by=paul, parent=root)
    thread.refresh_from_db()
    return thread


def rows():
    return (
        list(Comment.objects.order_by("pk").values_list("pk", "live_descendants")),
        list(Thread.objects.order_by("pk").values_list("pk", "comment_count", "conversation_count", "roots")),
    )


def test_counters_kept_by_the_verbs_are_exact(thread):
    before = rows()

    corrected = recount()

    assert corrected == 0
    assert rows() == before
    assert (thread.comment_count, thread.conversation_count) == (4, 2)


def test_wrong_counters_are_counted_anew(thread, monkeypatch):
    exact = rows()
    ThreadFactory(comment_count=7)
    Comment.objects.update(live_descendants=F("live_descendants") + 3)
    Thread.objects.update(comment_count=99, conversation_count=99, roots=0)
    monkeypatch.setattr(counting, "BATCH", 1)

    corrected = recount()

    assert corrected == Comment.objects.count() + 2
    comments, threads = rows()
    assert comments == exact[0]
    assert threads[0] == exact[1][0]
    assert threads[1][1:] == (0, 0, 0)


def test_numbers_of_places_are_never_lowered(thread):
    Thread.objects.update(roots=50)

    recount()

    thread.refresh_from_db()
    assert thread.roots == 50
