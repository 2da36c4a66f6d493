"""The schedule's rows."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long to wait after the first, second… attempt that failed; the last one holds for all that follow.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600))


class ScheduledActionQuerySet(models.QuerySet["ScheduledAction"]):
    """Which actions."""

    def undone(self) -> Self:
        """Return the actions that have not been carried out: those that wait, and those that were given up."""
        return self.filter(done_at=None)

    def pending(self) -> Self:
        """Return the actions that will be carried out by themselves, first or again."""
        return self.undone().filter(failed_at=None)

    def due(self, now: datetime) -> Self:
        """Return the pending actions of which an attempt may begin at ``now``, the longest waiting first."""
        return self.pending().filter(next_attempt_at__lte=now).order_by("next_attempt_at")

    def overdue(self, now: datetime) -> Self:
        """Return the pending actions whose moment is past, whether an attempt may begin now or only later."""
        return self.pending().filter(due_at__lte=now)

    def failed(self) -> Self:
        """Return the actions that were given up and wait for somebody to look, the latest first."""
        return self.undone().exclude(failed_at=None).order_by("-failed_at")

    def failing(self) -> Self:
        """Return the undone actions that were attempted: failing still, or given up."""
        return self.undone().filter(attempts__gt=0)

    def done_before(self, moment: datetime) -> Self:
        """Return the actions carried out before ``moment``."""
        return self.filter(done_at__lt=moment)

    def next_due(self, now: datetime) -> models.QuerySet["ScheduledAction", datetime]:
        """Return the moment of the next pending action after ``now``: one row, or none."""
        coming = self.pending().filter(next_attempt_at__gt=now).order_by("next_attempt_at")
        return coming.values_list("next_attempt_at", flat=True)[:1]

    def waiting_in(self, days: int) -> Self:
        """Return the pending actions whose moment comes within so many days from now, in their order."""
        now = timezone.now()
        return self.pending().filter(due_at__gt=now, due_at__lte=now + timedelta(days=days)).order_by("due_at", "id")

    def for_subject(self, prefix: str, subject_id: int) -> Self:
        """Return one subject's actions, carried out or not: kinds that begin with ``prefix`` ("articles.")."""
        return self.filter(subject_id=subject_id, kind__startswith=prefix)


class ScheduledAction(models.Model):
    """One thing to do to one subject at one moment. Which kinds there are stands in ``newsroom.wiring``."""

    class State(models.TextChoices):
        """What became of it so far."""

        PLANNED = "planned", _("Planned")
        FAILING = "failing", _("Failing")
        GIVEN_UP = "given-up", _("Given up")
        DONE = "done", _("Carried out")

    kind = models.CharField(_("kind"), max_length=80)
    subject_id = models.BigIntegerField(_("subject"))
    due_at = models.DateTimeField(_("due"))
    planned_at = models.DateTimeField(_("planned"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    last_error = models.TextField(_("last error"), blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = ScheduledActionQuerySet.as_manager()

    # Filled by ``board.with_subjects``.
    subject: models.Model | None = None

    class Meta:
        """Indexes serve the sweep, the desk and the prune job; who may read and retry is granted by a migration."""

        verbose_name = _("planned action")
        verbose_name_plural = _("planned actions")
        permissions = [("retry_scheduledaction", "Can try planned actions again")]
        constraints = [
            models.UniqueConstraint(
                name="one_undone_action_a_kind_and_subject",
                fields=["kind", "subject_id"],
                condition=Q(done_at=None),
            ),
            models.CheckConstraint(
                name="action_is_not_both_done_and_given_up",
                condition=Q(done_at=None) | Q(failed_at=None),
            ),
            models.CheckConstraint(
                name="no_attempt_before_the_action_is_due",
                condition=Q(next_attempt_at__gte=F("due_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="actions_due",
                fields=["next_attempt_at"],
                condition=Q(done_at=None, failed_at=None),
            ),
            models.Index(
                name="actions_given_up",
                fields=["-failed_at"],
                condition=Q(done_at=None, failed_at__isnull=False),
            ),
            models.Index(name="actions_done", fields=["done_at"], condition=Q(done_at__isnull=False)),
            models.Index(name="actions_of_a_subject", fields=["subject_id", "kind"]),
        ]

    def __str__(self) -> str:
        """Return kind and subject."""
        return f"{self.kind} {self.subject_id}"

    @property
    def is_done(self) -> bool:
        """Say whether it was carried out."""
        return self.done_at is not None

    @property
    def is_failed(self) -> bool:
        """Say whether it was given up, and waits for somebody to look."""
        return self.failed_at is not None

    @property
    def state(self) -> State:
        """Return what became of it so far; ``in_state`` says the same in SQL."""
        if self.is_done:
            return self.State.DONE
        if self.is_failed:
            return self.State.GIVEN_UP
        return self.State.FAILING if self.last_error else self.State.PLANNED

    @property
    def error_line(self) -> str:
        """Return the last error's own words, without the way to it; nothing without an error."""
        return self.last_error.partition("\n")[0]


def in_state(state: str) -> Q:
    """Return the condition for rows in that state; for a word that is none, a condition that all rows meet."""
    conditions = {
        ScheduledAction.State.PLANNED.value: Q(done_at=None, failed_at=None, last_error=""),
        ScheduledAction.State.FAILING.value: Q(done_at=None, failed_at=None) & ~Q(last_error=""),
        ScheduledAction.State.GIVEN_UP.value: Q(failed_at__isnull=False),
        ScheduledAction.State.DONE.value: Q(done_at__isnull=False),
    }
    return conditions.get(state, Q())


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when attempt number ``attempts`` + 1 may start: 1 s, 5 s, 30 s, 2 min, then every 10 min."""
    return now + WAITS[min(attempts, len(WAITS)) - 1]
