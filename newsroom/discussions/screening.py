"""What becomes of a new message before anybody has read it: published at once, or held for a moderator.

A pure decision: no rows are read here and none are written.
"""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

from newsroom.discussions.models import Comment, Thread

# Each pattern reads folded text (compatibility forms resolved, invisible signs dropped), and none of them backtracks
# over more than a few signs, so that 10,000 hostile signs cost no more than 10,000 ordinary ones.
LINK = re.compile(
    r"https?:|\bwww\.|[a-z0-9-]\.(?:com|fr|org|net|eu|info|io|biz|ru|xyz|top|shop|online|site|link|ly)\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]@[\w-]{1,63}\.\w")
# French numbers: ten digits in pairs. International ones: a plus sign or 00, then eight digits at least.
# Source: the French numbering plan (Arcep, decision 2018-0881); ITU-T E.164.
TELEPHONE = re.compile(
    r"(?<!\d)0[1-9](?:[ .\-]{0,2}\d{2}){4}(?!\d)|(?:\+|(?<!\d)00)\d(?:[ .\-()]{0,2}\d){7,13}(?!\d)",
)


class Verdict(NamedTuple):
    """The state a message begins in, and why it is held: a sentence for moderators, empty when it is not."""

    status: Comment.Status
    reason: str


def first_status(
    *,
    author_published: int,
    text: str,
    thread_moderation: str,
    is_staff: bool,
    first_messages_read: int,
) -> Verdict:
    """Return what becomes of a new message.

    ``author_published`` counts the author's messages published so far (it may stop counting at
    ``first_messages_read``), ``thread_moderation`` is a ``Thread.Moderation``. The first reason found is told.
    """
    if is_staff:
        return Verdict(Comment.Status.PUBLISHED, "")
    reason = ""
    if thread_moderation == Thread.Moderation.BEFORE:
        reason = _("Every message of this thread is read before publication.")
    elif author_published < first_messages_read:
        reason = _("One of the author’s first messages.")
    else:
        reason = _suspicious(text)
    return Verdict(Comment.Status.HELD if reason else Comment.Status.PUBLISHED, reason)


def _suspicious(text: str) -> str:
    """Return what in ``text`` a moderator should see first, or nothing."""
    plain = _folded(text)
    if EMAIL.search(plain):
        return _("Contains an e-mail address.")
    if LINK.search(plain):
        return _("Contains a link.")
    if TELEPHONE.search(plain):
        return _("Contains a telephone number.")
    return ""


def _folded(text: str) -> str:
    """Undo full-width and styled letters and drop invisible signs, which hide addresses from patterns."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
