"""Writing in a thread: posting, replying, bringing in from elsewhere, withdrawing.

Every verb locks the thread's row first, then comments: places are given and counters moved by one writer at a time.
"""

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_take_part
from newsroom.accounts.professions import Civility
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.discussions.cards import draw, draw_replies
from newsroom.discussions.counting import count_in, count_out
from newsroom.discussions.events import CommentPosted, CommentPublished, CommentWithdrawn
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.permissions import can_withdraw
from newsroom.discussions.screening import Verdict, first_status
from newsroom.discussions.tree import DEEPEST, depth_of, step
from newsroom.discussions.wording import fault_of, tidied
from newsroom.events.recording import record

LONGEST_NAME = 140


@transaction.atomic
def post(
    thread: Thread,
    *,
    text: str,
    by: User,
    parent: Comment | None = None,
    key: UUID | None = None,
) -> Comment:
    """Write a message and return it, published or held as ``screening.first_status`` decides.

    The same ``key`` with the same text by the same person in the same thread returns the comment it made the first
    time; with another text (somebody went back and wrote on) it makes another. Records
    CommentPosted, and CommentPublished when it is published at once. Raises PermissionDenied for people who may
    not take part and in a thread that readers may not know of, and Refusal for a closed thread, a text that is
    empty or too long, or a parent that takes no replies.
    """
    if not can_take_part(by):
        raise PermissionDenied(_("Only professionals whose title is verified can comment."))
    text = tidied(text)
    locked = _locked_thread(thread)
    if not locked.is_public:
        raise PermissionDenied
    key = uuid5(key, text) if key else None
    if key and (earlier := locked.comments.filter(author=by, key=key).first()):
        return earlier
    if not locked.is_open:
        raise Refusal(_("This discussion is closed."))
    if fault := fault_of(text):
        raise Refusal(fault)
    verdict = _verdict(locked, text, by)
    comment = Comment(
        author=by,
        author_name=by.signature or gettext("Member"),
        author_initials=by.initials,
        author_title=_title_of(by),
        badge=_badge_of(by),
        source=text,
        status=verdict.status,
        held_because=verdict.reason,
        key=key,
    )
    _place(comment, locked, _locked_parent(locked, parent))
    record(CommentPosted(comment.pk))
    if comment.is_published:
        record(CommentPublished(comment.pk))
    return comment


@transaction.atomic
def bring_in(  # noqa: PLR0913 - what an import knows of a message, all by name
    thread: Thread,
    *,
    text: str,
    author_name: str,
    at: datetime,
    parent: Comment | None = None,
    source_id: str = "",
    author: User | None = None,
    author_title: str = "",
) -> Comment:
    """Take over a message that was published elsewhere (an import, the demo) and return it.

    It is published as of ``at``, without screening, permission or facts: nobody is told of old messages. A
    ``source_id`` that the thread already holds returns that comment unchanged. ``author`` gives his own title and
    badge. A reply below the deepest level hangs beside its parent. Raises Refusal for an empty or too long text.
    """
    text = tidied(text)
    if fault := fault_of(text):
        raise Refusal(fault)
    locked = _locked_thread(thread)
    if source_id and (earlier := locked.comments.filter(source_id=source_id).first()):
        return earlier
    if parent is not None and parent.depth >= DEEPEST:
        parent = parent.parent
    comment = Comment(
        author=author,
        author_name=normalised(author_name)[:LONGEST_NAME],
        author_initials=author.initials if author else _initials_of(author_name),
        author_title=author_title or (_title_of(author) if author else ""),
        badge=_badge_of(author) if author else Comment.Badge.PLAIN,
        source=text,
        status=Comment.Status.PUBLISHED,
        created_at=at,
        source_id=source_id,
    )
    above = locked.comments.select_for_update(no_key=True).get(pk=parent.pk) if parent else None
    _place(comment, locked, above)
    return comment


@transaction.atomic
def withdraw(comment: Comment, by: User) -> Comment:
    """Take the author's own message back and return it; replies keep a placeholder in its place.

    Withdrawing twice is the same as once. The text is kept for moderators. Records CommentWithdrawn. Raises
    PermissionDenied to anybody but the author, and Refusal when a moderator has removed the message meanwhile.
    """
    if comment.author_id != by.pk:
        raise PermissionDenied
    _locked_thread(comment.thread)
    locked = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if locked.status == Comment.Status.WITHDRAWN:
        return locked
    if not can_withdraw(by, locked):
        raise Refusal(_("A moderator has already removed this message."))
    was_published = locked.is_published
    locked.status = Comment.Status.WITHDRAWN
    locked.save(update_fields=["status"])
    draw(locked)
    if was_published:
        draw_replies(locked)
        count_out(locked)
    record(CommentWithdrawn(locked.pk))
    return locked


def _locked_thread(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)


def _locked_parent(thread: Thread, parent: Comment | None) -> Comment | None:
    """Lock and return the comment replied to; raises Refusal when it takes no replies any more."""
    if parent is None:
        return None
    locked = thread.comments.select_for_update(no_key=True).filter(pk=parent.pk).first()
    if locked is None or not locked.takes_replies:
        raise Refusal(_("The message you are replying to has been withdrawn."))
    if locked.depth >= DEEPEST:
        raise Refusal(_("This exchange has grown too long: reply to an earlier message."))
    return locked


def _place(comment: Comment, thread: Thread, parent: Comment | None) -> None:
    """Give the comment the next place under its parent or thread, both locked; store, render and count it."""
    if parent is None:
        thread.roots += 1
        thread.save(update_fields=["roots"])
        comment.path = step(thread.roots)
    else:
        parent.children += 1
        parent.save(update_fields=["children"])
        comment.path = parent.path + step(parent.children)
    comment.thread, comment.parent, comment.depth = thread, parent, depth_of(comment.path)
    if comment.is_published:
        comment.published_at = comment.created_at
    comment.save()
    draw(comment)
    if comment.is_published:
        count_in(comment)


def _verdict(thread: Thread, text: str, by: User) -> Verdict:
    enough = settings.FIRST_MESSAGES_READ
    return first_status(
        author_published=Comment.objects.by(by).published()[:enough].count(),
        text=text,
        thread_moderation=thread.moderation,
        is_staff=by.is_staff,
        first_messages_read=enough,
    )


def _title_of(author: User) -> str:
    return gettext("Newsroom") if author.is_staff else author.title_line


def _badge_of(author: User) -> Comment.Badge:
    if author.is_staff:
        return Comment.Badge.STAFF
    return Comment.Badge.VERIFIED if author.is_verified_professional else Comment.Badge.PLAIN


def _initials_of(name: str) -> str:
    """Return the initials of a signature from elsewhere: "Dre Camille R." gives CR, "Stéthoscope" gives S."""
    words = [word for word in name.split() if word[0].isalnum() and word not in Civility.values]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
