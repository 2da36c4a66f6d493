"""The outbox's rows."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The on-commit alarm gets this long to deliver an event before the sweep looks at it.
FIRST_SWEEP = timedelta(seconds=4)


def first_sweep_at() -> datetime:
    """Return when the sweep may first take an event recorded now."""
    return timezone.now() + FIRST_SWEEP


class EventQuerySet(models.QuerySet["Event"]):
    """Which events."""

    def undelivered(self) -> Self:
        """Return the events that still have listeners to reach and are not parked."""
        return self.filter(delivered_at=None, parked_at=None)

    def due(self, now: datetime) -> Self:
        """Return the undelivered events whose next attempt may start at ``now``, oldest first."""
        return self.undelivered().filter(next_attempt_at__lte=now).order_by("next_attempt_at")

    def parked(self) -> Self:
        """Return the events that were given up and wait for somebody to look."""
        return self.exclude(parked_at=None)


class Event(models.Model):
    """A fact recorded in the transaction that made it true, to be told to listeners after commit."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField(_("values"))
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=first_sweep_at)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        """Indexes serve the sweep and the prune job."""

        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                name="event_is_not_both_delivered_and_parked",
                condition=Q(delivered_at=None) | Q(parked_at=None),
            ),
        ]
        indexes = [
            models.Index(
                name="events_due",
                fields=["next_attempt_at"],
                condition=Q(delivered_at=None, parked_at=None),
            ),
            models.Index(name="events_delivered", fields=["delivered_at"]),
        ]

    def __str__(self) -> str:
        """Return kind and id."""
        return f"{self.kind} {self.id}"

    @property
    def is_parked(self) -> bool:
        """Say whether the event was given up."""
        return self.parked_at is not None

    @property
    def is_settled(self) -> bool:
        """Say whether nothing more will be attempted."""
        return self.delivered_at is not None or self.parked_at is not None


class Receipt(models.Model):
    """Proof that one listener has done its work for one event; written in the same transaction as that work."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="receipts")
    listener = models.CharField(_("listener"), max_length=120)
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        """The constraint is what makes a second delivery harmless."""

        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(name="one_receipt_a_listener", fields=["event", "listener"]),
        ]

    def __str__(self) -> str:
        """Return listener and event."""
        return f"{self.listener} {self.event_id}"


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when attempt number ``attempts`` + 1 may start: 5 s doubled each time, an hour at most."""
    return now + min(timedelta(seconds=5 * 2 ** (attempts - 1)), timedelta(hours=1))
