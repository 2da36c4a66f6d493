"""Asking for a second pair of eyes, and what they said."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewQuerySet(models.QuerySet["ReviewRequest"]):
    """Which requests."""

    def open(self) -> Self:
        """Return what waits for an answer."""
        return self.filter(settled_at=None)

    def overdue(self) -> Self:
        """Return what should have been answered by now."""
        return self.open().filter(due_at__lt=timezone.now())

    def for_queue(self) -> Self:
        """Order by urgency: priority, then due date, then age; fetch what a row of the queue shows."""
        ranks = [When(priority=priority, then=Value(rank)) for rank, priority in enumerate(ReviewRequest.BY_URGENCY)]
        return (
            self.annotate(rank=Case(*ranks, output_field=IntegerField()))
            .order_by("rank", models.F("due_at").asc(nulls_last=True), "asked_at", "pk")
            .select_related("article__primary_specialty", "asked_by", "assignee", "taken_by")
        )

    def meant_for(self, person: Any) -> Self:
        """Return what was given to the person, or what he has taken on."""
        return self.filter(Q(assignee=person) | Q(taken_by=person))


class ReviewRequest(models.Model):
    """A request to read an article before it is released: by an editor, a physician, a lawyer."""

    class Kind(models.TextChoices):
        """Whose eyes."""

        EDITORIAL = "editorial", _("Editorial review")
        MEDICAL = "medical", _("Medical review")
        LEGAL = "legal", _("Legal review")

    class Priority(models.TextChoices):
        """How urgent."""

        HIGH = "high", pgettext_lazy("priority", "High")
        NORMAL = "normal", pgettext_lazy("priority", "Normal")
        LOW = "low", pgettext_lazy("priority", "Low")

    class Outcome(models.TextChoices):
        """What was said."""

        APPROVED = "approved", pgettext_lazy("review", "Approved")
        CHANGES = "changes", _("Changes asked for")

    BY_URGENCY = (Priority.HIGH, Priority.NORMAL, Priority.LOW)

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="reviews", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.EDITORIAL)
    priority = models.CharField(_("priority"), max_length=6, choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given to"),
    )
    # "Quelqu'un s'en occupe": who has said so.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken on by"),
    )
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    # The revision that was read: an approval holds for that text and no other.
    version = models.PositiveIntegerField(_("text that was read"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        """One request of a kind at a time; what is settled has an outcome."""

        verbose_name = _("request for review")
        verbose_name_plural = _("requests for review")
        constraints = [
            models.UniqueConstraint(
                name="one_open_review_a_kind",
                fields=["article", "kind"],
                condition=Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="settled_review_has_an_outcome",
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [models.Index(name="reviews_open", fields=["due_at", "asked_at"], condition=Q(settled_at=None))]

    def __str__(self) -> str:
        """Return kind and article."""
        return f"{self.get_kind_display()} · {self.article}"

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return self.settled_at is None

    @property
    def is_overdue(self) -> bool:
        """Say whether it should have been answered by now."""
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()
