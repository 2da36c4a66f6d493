"""Planning: what has to be done at a moment, written down with the change that asks for it; trying again."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.core.page_cache.purging import CLOCK, changed
from newsroom.events.alarms import ring
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.permissions import can_retry


def plan(kind: str, subject_id: int, at: datetime) -> ScheduledAction:
    """Have the action of that kind carried out on its subject at ``at``, and return it.

    A subject has one undone action a kind: planning anew moves it, and gives it a fresh start if it was failing. What
    is planned for now or before is due at once, and a worker is asked after commit. Raises TransactionManagementError
    outside a transaction: a plan without the change it belongs to, or the reverse, must not be possible.
    """
    _require_transaction()
    now = timezone.now()
    fresh = {
        "due_at": at,
        "next_attempt_at": at,
        "planned_at": now,
        "attempts": 0,
        "last_error": "",
        "failed_at": None,
    }
    action, _is_new = ScheduledAction.objects.update_or_create(
        kind=kind,
        subject_id=subject_id,
        done_at=None,
        defaults=fresh,
    )
    if at <= now:
        _ask_for_a_sweep()
    if at <= now + settings.PAGE_STALE:
        # Kept pages are true until the next moment that was known when they were made.
        changed(CLOCK)
    return action


def cancel(kind: str, subject_id: int) -> None:
    """Drop the undone action of that kind on that subject; without one, nothing is dropped.

    Raises TransactionManagementError outside a transaction, as ``plan`` does.
    """
    _require_transaction()
    ScheduledAction.objects.undone().filter(kind=kind, subject_id=subject_id).delete()


@transaction.atomic
def retry(action: ScheduledAction, by: PermissionsMixin | AnonymousUser) -> bool:
    """Give an action that was given up, or is failing, a fresh start now; say whether it was one.

    Its attempts begin at 0, its error stays to be read until the next attempt. Raises PermissionDenied without the
    right to try again. A worker is asked after commit.
    """
    if not can_retry(by):
        raise PermissionDenied
    now = timezone.now()
    fresh = {"failed_at": None, "attempts": 0, "next_attempt_at": now}
    is_retried = bool(ScheduledAction.objects.failing().filter(pk=action.pk).update(**fresh))
    if is_retried:
        _ask_for_a_sweep()
    return is_retried


def _ask_for_a_sweep() -> None:
    """Ask a worker, once the current transaction is committed, to carry out what is due."""
    transaction.on_commit(partial(ring, "scheduling.sweep"), robust=True)


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        message = "Actions are planned inside the transaction of the change that they belong to."
        raise transaction.TransactionManagementError(message)
