"""Rendering stored comments anew, after the renderer or the card has changed."""

from django.db import transaction

from newsroom.core.rendering import RENDERER
from newsroom.discussions.cards import redraw
from newsroom.discussions.models import Comment

BATCH = 500


def rebuild_comments(*, everything: bool = False) -> int:
    """Render text and card of the comments anew that an older renderer made; return how many.

    ``everything`` takes those of today's renderer too (the card's template has changed). Works in batches, each in
    a transaction of its own that locks its comments, so that nobody's change is lost; it can be stopped and
    started again.
    """
    rebuilt = last = 0
    while ids := _next_ids(last, everything=everything):
        with transaction.atomic():
            batch = Comment.objects.select_for_update(no_key=True, of=["self"]).select_related("parent")
            rebuilt += redraw(batch.filter(pk__in=ids).order_by("pk"))
        last = ids[-1]
    return rebuilt


def _next_ids(last: int, *, everything: bool) -> list[int]:
    comments = Comment.objects.filter(pk__gt=last).order_by("pk")
    if not everything:
        comments = comments.exclude(renderer=RENDERER)
    return list(comments.values_list("pk", flat=True)[:BATCH])
