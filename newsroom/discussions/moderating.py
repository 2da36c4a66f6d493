"""Deciding on messages. The desk (newsroom.moderation) keeps the journal of who decided what and why."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.discussions.cards import draw, draw_replies
from newsroom.discussions.counting import count_in, count_out
from newsroom.discussions.events import CommentPublished, CommentRejected, CommentReleased
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.permissions import can_moderate
from newsroom.events.recording import record

RELEASABLE = (Comment.Status.HELD, Comment.Status.REJECTED, Comment.Status.REMOVED)
AFTER_REJECTION = {
    Comment.Status.HELD: Comment.Status.REJECTED,
    Comment.Status.PUBLISHED: Comment.Status.REMOVED,
}


@transaction.atomic
def release(comment: Comment, by: User) -> Comment:
    """Publish a held, rejected or removed message and return it; its place and date stay as they were.

    Records CommentPublished and CommentReleased. Raises PermissionDenied without ``moderate_comment``, and Refusal
    when the message is no longer as ``comment`` has it: a colleague or its author was faster.
    """
    locked = _locked(comment, by)
    if locked.status not in RELEASABLE:
        raise _already_decided(locked)
    was_gone = locked.is_gone
    locked.status = Comment.Status.PUBLISHED
    locked.removal_reason = ""
    locked.published_at = locked.published_at or timezone.now()
    locked.save(update_fields=["status", "removal_reason", "published_at"])
    _show_anew(locked, with_replies=was_gone)
    count_in(locked)
    record(CommentPublished(locked.pk))
    record(CommentReleased(locked.pk, by.pk, timezone.now().isoformat()))
    return locked


@transaction.atomic
def reject(comment: Comment, by: User, *, reason: str) -> Comment:
    """Refuse a held message or remove a published one and return it; ``reason`` is the sentence readers see.

    Records CommentRejected. Raises PermissionDenied and Refusal as ``release`` does.
    """
    locked = _locked(comment, by)
    if locked.status not in AFTER_REJECTION:
        raise _already_decided(locked)
    was_published = locked.is_published
    locked.status = AFTER_REJECTION[Comment.Status(locked.status)]
    locked.removal_reason = reason
    locked.save(update_fields=["status", "removal_reason"])
    _show_anew(locked, with_replies=was_published)
    if was_published:
        count_out(locked)
    record(CommentRejected(locked.pk, by.pk, reason, timezone.now().isoformat()))
    return locked


@transaction.atomic
def pick(comment: Comment, by: User, *, is_pick: bool = True) -> Comment:
    """Mark a published message as the newsroom's choice, or no longer, and return it.

    Raises PermissionDenied without ``moderate_comment``, and Refusal for a message that is not published.
    """
    locked = _locked(comment, by)
    if not locked.is_published:
        raise _already_decided(locked)
    locked.is_pick = is_pick
    locked.save(update_fields=["is_pick"])
    _show_anew(locked, with_replies=False)
    Thread.objects.filter(pk=locked.thread_id).update(version=F("version") + 1)
    return locked


def _locked(comment: Comment, by: User) -> Comment:
    """Check the permission, lock thread and comment in this order, and compare what the caller saw with what is."""
    if not can_moderate(by):
        raise PermissionDenied
    Thread.objects.select_for_update(no_key=True).get(pk=comment.thread_id)
    locked = Comment.objects.select_for_update(no_key=True, of=["self"]).select_related("parent").get(pk=comment.pk)
    if locked.status != comment.status:
        raise _already_decided(locked)
    return locked


def _already_decided(comment: Comment) -> Refusal:
    messages = {
        Comment.Status.PUBLISHED: _("This message is already published."),
        Comment.Status.HELD: _("This message waits for a decision."),
        Comment.Status.REJECTED: _("This message has already been rejected."),
        Comment.Status.REMOVED: _("This message has already been removed."),
        Comment.Status.WITHDRAWN: _("Its author has withdrawn this message."),
    }
    return Refusal(messages[Comment.Status(comment.status)])


def _show_anew(comment: Comment, *, with_replies: bool) -> None:
    draw(comment)
    if with_replies:
        draw_replies(comment)
