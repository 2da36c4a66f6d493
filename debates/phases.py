"""The moments at which a debate opens and closes: told once each, when they have come.

Readers need nobody for that: what they see and may do goes by the clock. What is planned here are the facts, which
``newsroom.scheduling`` has told at their hour. ``opening_told_at`` and ``closing_told_at`` say that they were; a moment
put off to later, or taken away, is a moment to be told anew when it comes.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from debates.events import DebateClosed, DebateOpened
from debates.models import Debate
from newsroom.events.recording import record
from newsroom.scheduling.planning import cancel, plan
from polls.models import Poll

# Kinds of planned actions; ``newsroom.wiring`` says who carries them out.
OPEN, CLOSE = "debates.open", "debates.close"


def keep_phases(debate_id: int) -> None:
    """Have the debate's opening and closing told when they come; at once where they have come already.

    Called in the transaction of the verb that gave the debate its dates.
    """
    poll, debate = _held(debate_id)
    now = timezone.now()
    if not poll.is_published_at(now):
        debate.opening_told_at = None
    if not _is_over(poll, now):
        debate.closing_told_at = None
    debate.save(update_fields=["opening_told_at", "closing_told_at"])
    for kind, at, tell in ((OPEN, poll.opens_at, tell_of_opening), (CLOSE, poll.closes_at, tell_of_closing)):
        if at is not None and at > now:
            plan(kind, debate_id, at)
        else:
            cancel(kind, debate_id)
            tell(debate_id)


@transaction.atomic
def tell_of_opening(debate_id: int) -> None:
    """Record DebateOpened if readers see the debate and it was not told yet; otherwise nothing."""
    poll, debate = _held(debate_id)
    now = timezone.now()
    if debate.opening_told_at is None and poll.is_published_at(now):
        debate.opening_told_at = now
        debate.save(update_fields=["opening_told_at"])
        record(DebateOpened(debate_id))


@transaction.atomic
def tell_of_closing(debate_id: int) -> None:
    """Record DebateClosed if the debate was open, takes votes no more, and it was not told yet; otherwise nothing."""
    poll, debate = _held(debate_id)
    now = timezone.now()
    if debate.closing_told_at is None and _is_over(poll, now):
        debate.closing_told_at = now
        debate.save(update_fields=["closing_told_at"])
        record(DebateClosed(debate_id))


def _is_over(poll: Poll, now: datetime) -> bool:
    return poll.is_published_at(now) and not poll.is_open_at(now)


def _held(debate_id: int) -> tuple[Poll, Debate]:
    """Return a debate's poll, held as voting and rewording hold it, and the debate as it is under that lock."""
    poll = Poll.objects.select_for_update(no_key=True).get(debate=debate_id)
    return poll, Debate.objects.get(pk=debate_id)
