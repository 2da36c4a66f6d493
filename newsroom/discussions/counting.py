"""Exact counters: moved with each visible change under the thread's row lock, and counted anew on demand."""

from django.db import connection, transaction
from django.db.models import F

from newsroom.core.page_cache.purging import changed
from newsroom.discussions.models import STEP, Comment, Thread
from newsroom.discussions.tree import ancestors_of, root_of

# Threads counted and locked at a time by ``recount``.
BATCH = 200


def count_in(comment: Comment) -> None:
    """Count a comment that has just become visible. See ``_move``."""
    _move(comment, 1)


def count_out(comment: Comment) -> None:
    """Count a comment that is no longer visible. See ``_move``."""
    _move(comment, -1)


def recount() -> int:
    """Count threads and comments anew from the rows; return how many rows had been wrong.

    Each batch of threads is locked while it is counted, so that writing goes on elsewhere.
    """
    corrected = 0
    ids = list(Thread.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        corrected += _recount(ids[start : start + BATCH])
    return corrected


def _move(comment: Comment, by: int) -> None:
    """Move the counters of the comments above and of the thread; the thread's row is locked by the caller.

    ``comment`` holds its new state, already stored. The thread's version rises: readers see a change.
    """
    above = ancestors_of(comment.path)
    if above:
        Comment.objects.filter(thread_id=comment.thread_id, path__in=above).update(
            live_descendants=F("live_descendants") + by,
        )
    Thread.objects.filter(pk=comment.thread_id).update(
        comment_count=F("comment_count") + by,
        conversation_count=F("conversation_count") + _conversations_gained(comment, by),
        version=F("version") + 1,
    )
    changed(f"thread:{comment.thread_id}")


def _conversations_gained(comment: Comment, by: int) -> int:
    """Return 1 when the conversation has just appeared in the thread, -1 when it has gone, else 0.

    A conversation stands as long as its first comment is published, or something below it is.
    """
    if comment.depth == 0:
        # Published just now; shown before, too, if it was a placeholder over replies.
        return 0 if comment.live_descendants else by
    if comment.parent is not None and comment.parent.is_published:
        return 0  # The message replied to keeps the conversation, with or without this reply.
    root = Comment.objects.only("status", "live_descendants").get(
        thread_id=comment.thread_id,
        path=root_of(comment.path),
    )
    if root.is_published:
        return 0
    is_shown, was_shown = root.live_descendants > 0, root.live_descendants - by > 0
    return int(is_shown) - int(was_shown)


@transaction.atomic
def _recount(thread_ids: list[int]) -> int:
    list(Thread.objects.select_for_update(no_key=True).filter(pk__in=thread_ids).order_by("pk").values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(DESCENDANTS, {"threads": thread_ids, "step": STEP})
        corrected: int = cursor.rowcount
        cursor.execute(THREADS, {"threads": thread_ids})
        corrected += cursor.rowcount
    if corrected:
        changed(*(f"thread:{thread_id}" for thread_id in thread_ids))
    return corrected


# Every published comment counts once for each place above it: the beginnings of its path.
DESCENDANTS = """
    WITH counted AS (
        SELECT thread_id, left(path, level * %(step)s) AS path, count(*) AS live
        FROM discussions_comment, generate_series(1, depth) AS level
        WHERE status = 'published' AND thread_id = ANY(%(threads)s)
        GROUP BY 1, 2
    ), exact AS (
        SELECT comment.id, coalesce(counted.live, 0) AS live
        FROM discussions_comment AS comment
        LEFT JOIN counted ON counted.thread_id = comment.thread_id AND counted.path = comment.path
        WHERE comment.thread_id = ANY(%(threads)s)
    )
    UPDATE discussions_comment AS comment
    SET live_descendants = exact.live
    FROM exact
    WHERE exact.id = comment.id AND comment.live_descendants <> exact.live
"""

# Numbers of places are never given twice, so ``roots`` may only rise.
THREADS = """
    WITH exact AS (
        SELECT thread.id,
               count(comment.id) FILTER (WHERE comment.status = 'published') AS comments,
               count(comment.id) FILTER (WHERE comment.depth = 0) AS roots,
               count(comment.id) FILTER (
                   WHERE comment.depth = 0
                   AND (comment.status = 'published'
                        OR (comment.status IN ('removed', 'withdrawn') AND comment.live_descendants > 0))
               ) AS conversations
        FROM discussions_thread AS thread
        LEFT JOIN discussions_comment AS comment ON comment.thread_id = thread.id
        WHERE thread.id = ANY(%(threads)s)
        GROUP BY thread.id
    )
    UPDATE discussions_thread AS thread
    SET comment_count = exact.comments,
        conversation_count = exact.conversations,
        roots = greatest(thread.roots, exact.roots),
        version = thread.version + 1
    FROM exact
    WHERE exact.id = thread.id
      AND (thread.comment_count <> exact.comments
           OR thread.conversation_count <> exact.conversations
           OR thread.roots < exact.roots)
"""
