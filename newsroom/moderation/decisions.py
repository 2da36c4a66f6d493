"""Deciding on a comment: it stands, or it goes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.discussions import moderating
from newsroom.discussions.models import Comment, Thread
from newsroom.events.recording import record
from newsroom.moderation.events import DecisionMade
from newsroom.moderation.models import LONGEST_MESSAGE, LONGEST_SIGNATURE, Decision, Reason, Report
from newsroom.moderation.permissions import can_decide


@transaction.atomic
def approve(comment: Comment, by: User, *, seen: int | None = None) -> Decision:
    """Let the comment stand and return the decision: publish it, or keep it in spite of its reports.

    ``comment`` is as the moderator saw it, ``seen`` the number of the last decision he saw (0: none; None: do not
    compare). Settles the open reports, calls discussions and records ``DecisionMade`` in one transaction. Raises
    PermissionDenied, and Refusal when a colleague has decided in the meantime or nothing is left to decide.
    """
    locked, last = _opened(comment, by, seen)
    before = locked.status
    if not locked.is_published:
        locked = moderating.release(locked, by)
    elif not Report.objects.open().filter(comment=locked).exists():
        raise Refusal(_late(last))
    return _written(locked, by, Decision(action=Decision.Action.APPROVE, before=before))


@transaction.atomic
def reject(comment: Comment, by: User, *, reason: str, message: str = "", seen: int | None = None) -> Decision:
    """Turn the comment down, or remove it from its thread, and return the decision.

    ``reason`` is one of ``Reason``; its label is the public sentence. ``message`` is for the author alone. For
    ``comment``, ``seen``, side effects and errors see ``approve``; an unknown reason is a Refusal as well.
    """
    if reason not in Reason.values:
        raise Refusal(_("Choose a reason."))
    locked, last = _opened(comment, by, seen)
    before = locked.status
    if before not in {Comment.Status.HELD, Comment.Status.PUBLISHED}:
        raise Refusal(_late(last))
    told = normalised(message)[:LONGEST_MESSAGE]
    locked = moderating.reject(locked, by, reason=str(Reason(reason).label))
    return _written(
        locked,
        by,
        Decision(action=Decision.Action.REJECT, reason=reason, message=told, before=before),
    )


def _opened(comment: Comment, by: User, seen: int | None) -> tuple[Comment, Decision | None]:
    """Lock thread and comment, in the order of discussions' own verbs, and refuse a decision that comes late."""
    if not can_decide(by):
        raise PermissionDenied
    if comment.author_id == by.pk:
        raise Refusal(_("This message is your own: a colleague decides on it."))
    Thread.objects.select_for_update(no_key=True).get(pk=comment.thread_id)
    locked = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    last = Decision.objects.filter(comment=locked).newest_first().first()
    if locked.status == Comment.Status.WITHDRAWN:
        raise Refusal(_("The author has withdrawn this message."))
    if locked.status != comment.status or (seen is not None and seen != (last.pk if last else 0)):
        raise Refusal(_late(last))
    return locked, last


def _late(last: Decision | None) -> str:
    """Return the sentence for a moderator who comes second."""
    if last is None:
        return gettext("This message has changed in the meantime: look at it again.")
    return gettext("Already handled by %(name)s.") % {"name": last.moderator_name}


def _written(comment: Comment, by: User, decision: Decision) -> Decision:
    """Complete the line of the journal, settle what it settles, and record the fact."""
    decision.comment = comment
    decision.moderator = by
    # Somebody without a signature is named by his address, which may be longer than any.
    decision.moderator_name = str(by)[:LONGEST_SIGNATURE]
    decision.after = comment.status
    decision.save(force_insert=True)
    Report.objects.filter(comment=comment, settled_at=None).update(settled_at=timezone.now())
    record(DecisionMade(decision_id=decision.pk, comment_id=comment.pk))
    return decision
