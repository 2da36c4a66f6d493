"""Voting: one vote a reader, counters exact at every moment."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record
from polls.events import VoteCast, VoteChanged
from polls.models import Choice, Poll, Vote
from polls.permissions import reason_against_voting


@transaction.atomic
def vote(poll: Poll, choice: Choice, by: User) -> Vote:
    """Cast the vote of ``by`` for ``choice``, or change it where the poll takes changes; return the vote.

    The same answer twice (a double click, a network that repeats) is one vote and no fact. The poll's row is
    locked first, so votes on one poll follow one another; ``poll`` and ``choice`` in the caller's hands keep
    the counters they had. Records VoteCast or VoteChanged.

    Raises PermissionDenied, with the reason, when the poll does not ask this reader; Refusal when the poll is
    closed, when the answer is another poll's, and for a second answer where the first is final.
    """
    locked = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    _check(locked, choice, by)
    earlier = Vote.objects.filter(poll=locked, voter=by).first()
    if earlier is None:
        return _cast(locked, choice, by)
    if earlier.choice_id == choice.pk:
        return earlier
    if not locked.takes_changes:
        raise Refusal(_("You have already answered, and the first answer is final: this one was not counted."))
    return _change(locked, earlier, choice, by)


def _check(poll: Poll, choice: Choice, by: User) -> None:
    if reason := reason_against_voting(by, poll):
        raise PermissionDenied(reason)
    if not poll.is_open:
        raise Refusal(_("Answers are no longer taken: your choice was not counted."))
    if choice.poll_id != poll.pk:
        raise Refusal(_("This answer does not belong to this question."))


def _cast(poll: Poll, choice: Choice, by: User) -> Vote:
    is_physician = by.is_verified_physician
    cast = Vote.objects.create(poll=poll, choice=choice, voter=by, is_physician=is_physician)
    _count_choice(choice.pk, votes=1, physicians=int(is_physician))
    _count_poll(poll, votes=1, physicians=int(is_physician))
    record(VoteCast(poll.pk))
    return cast


def _change(poll: Poll, earlier: Vote, choice: Choice, by: User) -> Vote:
    """Move one vote; the reader's title counts as it is now."""
    was_physician, is_physician = earlier.is_physician, by.is_verified_physician
    _count_choice(earlier.choice_id, votes=-1, physicians=-int(was_physician))
    _count_choice(choice.pk, votes=1, physicians=int(is_physician))
    _count_poll(poll, votes=0, physicians=is_physician - was_physician)
    earlier.choice, earlier.is_physician, earlier.changed_at = choice, is_physician, timezone.now()
    earlier.save(update_fields=["choice", "is_physician", "changed_at"])
    record(VoteChanged(poll.pk))
    return earlier


def _count_choice(choice_id: int, *, votes: int, physicians: int) -> None:
    Choice.objects.filter(pk=choice_id).update(
        vote_count=F("vote_count") + votes,
        physician_count=F("physician_count") + physicians,
    )


def _count_poll(poll: Poll, *, votes: int, physicians: int) -> None:
    Poll.objects.filter(pk=poll.pk).update(
        vote_count=F("vote_count") + votes,
        physician_count=F("physician_count") + physicians,
    )
