"""A comment's card: the whole element as it stands in a thread, rendered when the comment changes.

Pages only join cards. A card is the same for everybody: it holds no form and nothing personal.
"""

from collections.abc import Iterable
from zlib import crc32

from django.template.loader import render_to_string

from newsroom.core.page_cache.purging import changed
from newsroom.core.rendering import RENDERER, render_comment
from newsroom.discussions.models import Comment
from newsroom.taxonomy.models import Accent


def render_card(comment: Comment) -> str:
    """Return the card of a saved comment: its placeholder when it was removed or withdrawn.

    Reads the comment's parent (one query unless it is loaded).
    """
    context = {"comment": comment, "accent": accent_of(comment.author_name), "waits": False}
    return render_to_string("discussions/_card.html", context).strip()


def draw(comment: Comment) -> None:
    """Render text and card anew and store both."""
    comment.html = render_comment(comment.source)
    comment.card = render_card(comment)
    comment.renderer = RENDERER
    comment.save(update_fields=["html", "card", "renderer"])
    changed(f"thread:{comment.thread_id}")


def draw_replies(comment: Comment) -> None:
    """Render the cards of the direct replies anew: they name whom they answer, and a removed comment has no name."""
    redraw(comment.replies.select_related("parent"))


def redraw(comments: Iterable[Comment]) -> int:
    """Render text and card of several comments anew, in one statement; return how many there were."""
    drawn = list(comments)
    for comment in drawn:
        comment.html = render_comment(comment.source)
        comment.card = render_card(comment)
        comment.renderer = RENDERER
    if drawn:
        Comment.objects.bulk_update(drawn, ["html", "card", "renderer"])
        changed(*{f"thread:{comment.thread_id}" for comment in drawn})
    return len(drawn)


def accent_of(name: str) -> str:
    """Return the accent of a portrait: always the same for the same signature, in every process."""
    return Accent.values[crc32(name.encode()) % len(Accent.values)]
