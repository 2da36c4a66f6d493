"""Sending e-mails over SMTP: each one by one sender at a time, until the server has said 250.

The row is the truth, Celery only the alarm clock. A sender claims the row with a lease by compare-and-swap, talks to
the server outside of any transaction, and writes down what came of it if the row is still his. Never lost, and never
sent twice, except at the one point where nobody can know: when the connection breaks between the end of the message
and the server's answer, it is sent again, with the same Message-ID.
"""

import contextlib
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from newsroom.core.faults import described
from newsroom.notifications.composing import message_of
from newsroom.notifications.models import Delivery, Preference

log = structlog.get_logger(__name__)

# Longer than a task may live (CELERY_TASK_TIME_LIMIT, 120 s): whoever comes next finds no sender alive.
LEASE = timedelta(seconds=150)
MOST_ATTEMPTS = 8
# A sweep ends well before its task would be killed in mid-sending.
LONGEST_SWEEP = 60.0
PERMANENT = 500
LOST = "The worker was lost in mid-sending."


@dataclass(frozen=True)
class Fault:
    """Why an e-mail could not be sent, whether trying again makes sense, and whether another would fare better now."""

    error: str
    is_permanent: bool = False
    is_of_the_server: bool = False


def send(delivery_id: int) -> bool:
    """Send one e-mail unless it is settled or somebody is sending it; return whether the server took it now.

    A temporary fault is tried again later (see ``next_attempt``), up to ``MOST_ATTEMPTS`` times; a permanent one
    fails at once. What the person no longer wants, or can no longer be told, is suppressed.
    """
    return _outcome(delivery_id) is True


def _outcome(delivery_id: int) -> bool | Fault:
    """Send as ``send`` does; return whether the server took the e-mail now, or the fault that kept it from that."""
    now = timezone.now()
    until = now + LEASE
    if not _claim(delivery_id, now, until):
        return False
    delivery = Delivery.objects.select_related("notification__recipient").get(pk=delivery_id)
    if not _is_wanted(delivery):
        _settle(delivery, state=Delivery.State.SUPPRESSED)
        return False
    fault = _transmit(delivery)
    if fault is None:
        return _settle(delivery, state=Delivery.State.SENT, sent_at=timezone.now(), error="")
    _put_back(delivery, fault)
    return fault


def sweep(*, most: int = 200) -> int:
    """Send what is due, the longest waiting first, at most ``most`` or for a minute; return how many were sent.

    Any number of sweeps may run at once: each e-mail is claimed by one of them. A server that cannot be talked to
    ends the sweep: the other e-mails would only use up their attempts, and the worker that others wait for.
    """
    ends = time.monotonic() + LONGEST_SWEEP
    sent = 0
    for delivery_id in list(Delivery.objects.due(timezone.now()).values_list("pk", flat=True)[:most]):
        if time.monotonic() > ends:
            break
        outcome = _outcome(delivery_id)
        if isinstance(outcome, Fault) and outcome.is_of_the_server:
            break
        sent += outcome is True
    return sent


def retry(delivery: Delivery) -> bool:
    """Give an e-mail that failed or was dropped a fresh start with the next sweep; say whether it was one."""
    given_up = [Delivery.State.FAILED, Delivery.State.SUPPRESSED]
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state__in=given_up).update(
            state=Delivery.State.QUEUED,
            attempts=0,
            next_attempt_at=timezone.now(),
        ),
    )


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when to try again after ``attempts``: a minute, tripled each time, six hours at most."""
    return now + min(timedelta(minutes=3 ** (attempts - 1)), timedelta(hours=6))


def _claim(delivery_id: int, now: datetime, until: datetime) -> bool:
    """Take the row for ``LEASE`` and count the attempt, in one statement: of two who try, one succeeds.

    An e-mail that has lost its sender ``MOST_ATTEMPTS`` times may be what kills it: it fails here.
    """
    mine = Delivery.objects.claimable(now).filter(pk=delivery_id)
    given_up = {"state": Delivery.State.FAILED, "claimed_until": None, "error": LOST}
    mine.filter(attempts__gte=MOST_ATTEMPTS).update(**given_up)
    return bool(mine.update(state=Delivery.State.SENDING, claimed_until=until, attempts=F("attempts") + 1))


def _is_wanted(delivery: Delivery) -> bool:
    """Say whether the person can and wants to be told, now that the e-mail is about to leave."""
    recipient = delivery.notification.recipient
    return recipient.is_active and Preference.of(recipient).wants_email(delivery.notification.kind)


def _transmit(delivery: Delivery) -> Fault | None:
    """Hand the message to the server; return None after its 250."""
    try:
        connection = get_connection()
        try:
            connection.open()
            connection.send_messages([message_of(delivery)])
        finally:
            # What goes wrong while hanging up must not undo the 250.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down, and tried again or parked
        return _fault_of(error)
    return None


def _fault_of(error: Exception) -> Fault:
    """Tell a refusal of this e-mail (5xx for its recipient or its text) from everything that may pass.

    A refused sign-in or sender is our fault and is mended on our side: those e-mails wait.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Fault(str(error), is_permanent=all(code >= PERMANENT for code in codes))
    if isinstance(error, smtplib.SMTPDataError):
        return Fault(str(error), is_permanent=error.smtp_code >= PERMANENT)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Fault(str(error))
    if isinstance(error, smtplib.SMTPException | OSError):
        return Fault(f"{type(error).__name__}: {error}", is_of_the_server=True)
    return Fault(described(error))


def _put_back(delivery: Delivery, fault: Fault) -> None:
    """Write the fault down; queue the e-mail again, or give up."""
    gives_up = fault.is_permanent or delivery.attempts >= MOST_ATTEMPTS
    log.warning("mail_not_sent", delivery_id=delivery.pk, attempts=delivery.attempts, error=fault.error)
    _settle(
        delivery,
        state=Delivery.State.FAILED if gives_up else Delivery.State.QUEUED,
        error=fault.error,
        next_attempt_at=next_attempt(delivery.attempts, timezone.now()),
    )


def _settle(delivery: Delivery, **changes: object) -> bool:
    """Write down what came of it, if the lease is still ours; say whether it was."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, claimed_until=delivery.claimed_until)
    return bool(ours.update(claimed_until=None, **changes))
