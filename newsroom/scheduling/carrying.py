"""Carrying out what is due: each action once, on its own; one that fails delays nobody.

1. *Claim*, in a transaction of its own: take the next due row that nobody holds (``FOR UPDATE SKIP LOCKED``), count the
   attempt and move the next one into the future. A process that dies afterwards has been counted, so an action that
   kills its worker is given up in the end.
2. *Carry out*, in one transaction: hold the row, if the claim still stands, note that it is done, and do it. Commit
   makes all of it true at once, a crash or an error none of it. Whoever planned it anew, cancelled it or claimed it
   after us in between has withdrawn our claim.
3. *Write down*, if it failed, in a transaction of its own: the error, and after ``ACTION_ATTEMPTS``
   that it is given up.

Two orders of locks meet here: an editor's verb holds the article, then moves its action; we hold the action, then the
performer takes the article. So we give way: we wait for locks much less long than PostgreSQL takes to look for a
deadlock and to sacrifice somebody (``deadlock_timeout``, 1 s), and come back a second later.
"""

import time
from datetime import datetime

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from newsroom.core.faults import described, is_of_a_rival
from newsroom.core.pruning import delete_in_batches
from newsroom.scheduling.board import action_of
from newsroom.scheduling.models import ScheduledAction, ScheduledActionQuerySet, next_attempt

log = structlog.get_logger(__name__)

KILLED = "The worker was lost in mid-action."
# Seconds; another sweep comes every second, and this one's task would be broken off (see ``tasks``).
LONGEST_SWEEP = 10.0
LONGEST_WAIT, LONGEST_STATEMENT = "300ms", "10s"
# Actions deleted at a time.
BATCH = 1_000


class OvertakenError(Exception):
    """An action was planned anew, cancelled or claimed by somebody else since it was claimed."""


def sweep(*, most: int = 500) -> int:
    """Carry out due actions, the longest waiting first, at most ``most`` or for 10 s; return how many were.

    Safe to run in several processes at once: each action is claimed by one of them.
    """
    ends = time.monotonic() + LONGEST_SWEEP
    done = 0
    for _round in range(most):
        claimed = _claim_next() if time.monotonic() < ends else None
        if claimed is None:
            break
        done += _carry_out(claimed)
    return done


def prune() -> int:
    """Delete actions carried out longer than ``ACTIONS_KEPT`` ago; return how many."""
    return delete_in_batches(ScheduledAction.objects.done_before(timezone.now() - settings.ACTIONS_KEPT), BATCH)


@transaction.atomic
def _claim_next() -> ScheduledAction | None:
    """Claim the longest waiting due action that nobody holds; give up those on the way that used up their attempts."""
    now = timezone.now()
    due = ScheduledAction.objects.due(now).select_for_update(skip_locked=True)
    while (action := due.first()) is not None:
        if action.attempts < settings.ACTION_ATTEMPTS:
            action.attempts += 1
            action.next_attempt_at = next_attempt(action.attempts, now)
            action.save(update_fields=["attempts", "next_attempt_at"])
            return action
        _give_up(action, action.last_error or KILLED, now)
    return None


def _carry_out(claimed: ScheduledAction) -> bool:
    """Carry out a claimed action; return whether it is done. An error is written down, and stops nobody else."""
    try:
        _carry_out_holding(claimed)
    except OvertakenError:
        return False
    except Exception as error:
        log.warning("action_failed", action=str(claimed), attempts=claimed.attempts, exc_info=True)
        _write_down(claimed, described(error))
        return False
    return True


@transaction.atomic
def _carry_out_holding(claimed: ScheduledAction) -> None:
    """Note that the action is done, and do it, in this order: the performer may plan its next time at once."""
    _give_way()
    action = _held(claimed)
    action.done_at, action.last_error = timezone.now(), ""
    action.save(update_fields=["done_at", "last_error"])
    action_of(action.kind).perform(action.subject_id)
    # Foreign keys are checked at commit. Asked for now, what they say of this action is said while it can be heard.
    connection.check_constraints()


def _held(claimed: ScheduledAction) -> ScheduledAction:
    """Return the row, locked; raises OvertakenError where the claim is void or somebody is voiding it."""
    try:
        action = _standing(claimed).select_for_update().first()
    except OperationalError as error:
        if is_of_a_rival(error):
            raise OvertakenError from error
        raise
    if action is None:
        raise OvertakenError
    return action


def _write_down(claimed: ScheduledAction, error: str) -> None:
    """Keep the error with its action, unless the claim no longer stands or somebody holds the row to change it."""
    try:
        with transaction.atomic():
            _give_way()
            action = _standing(claimed).select_for_update().first()
            if action is None:
                return
            if action.attempts >= settings.ACTION_ATTEMPTS:
                _give_up(action, error, timezone.now())
            else:
                action.last_error = error
                action.save(update_fields=["last_error"])
    except OperationalError as fault:
        # The attempt is counted all the same; the next one will say what is wrong, or the last line of defence will.
        log.warning("error_not_written_down", action=str(claimed), fault=str(fault))


def _standing(claimed: ScheduledAction) -> ScheduledActionQuerySet:
    """Return the row if it is as it was claimed: not planned anew, not cancelled, not claimed by anybody since."""
    return ScheduledAction.objects.pending().filter(
        pk=claimed.pk,
        attempts=claimed.attempts,
        next_attempt_at=claimed.next_attempt_at,
    )


def _give_up(action: ScheduledAction, error: str, now: datetime) -> None:
    action.failed_at, action.last_error = now, error
    action.save(update_fields=["failed_at", "last_error"])
    log.error("action_given_up", action=str(action), error=error)


def _give_way() -> None:
    """Wait briefly for locks, and not for ever for answers, in the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'; SET LOCAL statement_timeout = '{LONGEST_STATEMENT}'"
        )
