"""What readers report and what moderators decide."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.discussions.models import Comment

# Signs a reader may add to a report, and a moderator may write to an author.
LONGEST_TEXT = 500
LONGEST_MESSAGE = 1_000
LONGEST_SIGNATURE = 140


class Reason(models.TextChoices):
    """Why a message has no place in a thread, in the order of the keys 1 to 6; their labels are public."""

    ATTACK = "attack", _("Personal attack")
    PATIENT = "patient", _("Data that identify a patient")
    OFF_TOPIC = "off-topic", _("Off topic")
    ADVERTISING = "advertising", _("Advertising or promotion")
    MISLEADING = "misleading", _("Misleading health information")
    UNLAWFUL = "unlawful", _("Unlawful content")


# A reader may also have a reason that has no name here.
REPORT_REASONS = [*Reason.choices, ("other", _("Another reason"))]


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports."""

    def open(self) -> Self:
        """Return the reports that no decision has settled yet, oldest first."""
        return self.filter(settled_at=None).order_by("created_at", "id")


class Report(models.Model):
    """A reader's word that a published comment needs a moderator's eye. Once a person and comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports", verbose_name=_("comment"))
    # A person who leaves takes his name off the report; the report stays.
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("reader"),
    )
    reason = models.CharField(_("reason"), max_length=20, choices=REPORT_REASONS)
    text = models.TextField(_("details"), max_length=LONGEST_TEXT, blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        """What is always true of reports."""

        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(name="one_report_a_reader", fields=["comment", "reporter"]),
            models.CheckConstraint(
                name="report_is_settled_after_it_was_made",
                condition=Q(settled_at=None) | Q(settled_at__gte=models.F("created_at")),
            ),
        ]
        indexes = [
            models.Index(name="reports_open", fields=["comment", "created_at"], condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        """Return reason and comment."""
        return f"{self.get_reason_display()} – {self.comment_id}"

    @property
    def is_open(self) -> bool:
        """Say whether it waits for a decision."""
        return self.settled_at is None


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def newest_first(self) -> Self:
        """Order by date, latest first."""
        return self.order_by("-made_at", "-id")

    def for_journal(self) -> Self:
        """Fetch what the journal shows, in a fixed number of queries."""
        return self.newest_first().select_related("comment__thread")


class Decision(models.Model):
    """What a moderator decided: a line of the journal. The database refuses to change or delete it."""

    class Action(models.TextChoices):
        """Two answers to one question: does it stand?"""

        APPROVE = "approve", _("Approved")
        REJECT = "reject", _("Rejected")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="decisions", verbose_name=_("comment"))
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="decisions",
        verbose_name=_("moderator"),
    )
    # As signed on that day: the journal reads the same after the account has gone.
    moderator_name = models.CharField(_("signature"), max_length=LONGEST_SIGNATURE)
    action = models.CharField(_("decision"), max_length=10, choices=Action)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    message = models.TextField(_("message to the author"), max_length=LONGEST_MESSAGE, blank=True)
    before = models.CharField(_("state before"), max_length=10, choices=Comment.Status)
    after = models.CharField(_("state after"), max_length=10, choices=Comment.Status)
    made_at = models.DateTimeField(_("decided"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        """What is always true of decisions; that they are append-only is a trigger, see the first migration."""

        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                name="only_a_rejection_has_a_reason",
                condition=(Q(action="approve", reason="") | (Q(action="reject") & ~Q(reason=""))),
            ),
        ]
        indexes = [
            models.Index(name="decisions_by_date", fields=["-made_at", "-id"]),
            models.Index(name="decisions_of_comment", fields=["comment", "-id"]),
        ]

    def __str__(self) -> str:
        """Return what was decided on what."""
        return f"{self.get_action_display()} – {self.comment_id}"

    @property
    def is_rejection(self) -> bool:
        """Say whether the message was turned down."""
        return self.action == Decision.Action.REJECT
