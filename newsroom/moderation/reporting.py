"""Reporting a comment."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.discussions.models import Comment
from newsroom.events.recording import record
from newsroom.moderation.events import ReportFiled
from newsroom.moderation.models import LONGEST_TEXT, Report
from newsroom.moderation.permissions import can_report


@transaction.atomic
def report(comment: Comment, by: User, *, reason: str, text: str = "") -> Report:
    """File ``by``'s report of a published comment and return it; a second one gives the first back unchanged.

    ``reason`` is one of ``REPORT_REASONS``; ``text`` is cut at ``LONGEST_TEXT`` signs. Raises PermissionDenied for
    one's own comment and Refusal when the comment is no longer public. Records ``ReportFiled`` once.
    """
    if not can_report(by, comment):
        raise PermissionDenied
    # Held until commit, so that a decision taken meanwhile settles this report or refuses it.
    row = Comment.objects.select_for_update(no_key=True, of=["self"]).select_related("thread")
    locked = row.get(pk=comment.pk)
    if not (locked.is_published and locked.thread.is_public):
        raise Refusal(_("This message is no longer online: there is nothing left to report."))
    filed, is_new = Report.objects.get_or_create(
        comment=locked,
        reporter=by,
        defaults={"reason": reason, "text": normalised(text)[:LONGEST_TEXT]},
    )
    if is_new:
        record(ReportFiled(report_id=filed.pk, comment_id=locked.pk))
    return filed
