"""Taking a position: a vote, and an argument for those who have one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from debates.events import ArgumentGiven
from debates.models import Argument, Debate
from newsroom.accounts.models import User
from newsroom.core.page_cache.purging import changed
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment
from newsroom.discussions.posting import post
from newsroom.discussions.wording import tidied
from newsroom.events.recording import record
from polls.models import Choice
from polls.voting import vote

# Design, debate page: long enough for a reason, short enough to be read beside thirty others. In signs.
LONGEST_ARGUMENT = 1500


@transaction.atomic
def take_position(
    debate: Debate,
    choice: Choice,
    by: User,
    *,
    text: str = "",
    key: UUID | None = None,
) -> Argument | None:
    """Vote for ``choice`` and give the argument ``text`` for it; return the person's argument, if there is one.

    Without ``text`` only the vote is cast or changed; an argument given earlier stays on the side for which it was
    written. The same text twice is one argument. An argument that was withdrawn, rejected or removed makes room
    for another. The vote locks the poll's row, so one person's arguments follow one another too.

    Records the poll's facts, the comment's, and ArgumentGiven. Raises PermissionDenied to whom the debate does not
    ask and to whom may not write in threads; Refusal when the debate is closed, when the person has an argument
    already, and for a text that is too long. Nothing is kept then, the vote included.
    """
    vote(debate.poll, choice, by)
    text = tidied(text)
    earlier = Argument.objects.by(by).filter(debate=debate).select_related("comment").first()
    if not text:
        return earlier
    if earlier is not None and not earlier.can_be_replaced:
        return _the_same(earlier, text)
    _check_length(text)
    comment = post(debate.thread, text=text, by=by, key=key)
    argument = _written(debate, choice, comment, by, earlier)
    record(ArgumentGiven(argument.pk))
    return argument


def _the_same(argument: Argument, text: str) -> Argument:
    """Return the argument when ``text`` is its own (a form sent twice); raises Refusal for another text."""
    if argument.comment.source != text:
        raise Refusal(_("You have already given an argument. Withdraw it to write another."))
    return argument


def _check_length(text: str) -> None:
    excess = len(text) - LONGEST_ARGUMENT
    if excess > 0:
        message = ngettext_lazy(
            "Shorten your argument by %(excess)d sign: it may have 1,500 at most.",
            "Shorten your argument by %(excess)d signs: it may have 1,500 at most.",
            excess,
        )
        raise Refusal(message % {"excess": excess})


def _written(debate: Debate, choice: Choice, comment: Comment, by: User, earlier: Argument | None) -> Argument:
    """Store the argument, in the place of an earlier one that is no longer shown."""
    argument = earlier or Argument(debate=debate, author=by)
    argument.comment, argument.position, argument.featured_at = comment, choice, None
    argument.save()
    changed(f"debate:{argument.debate_id}")
    return argument
